#include "decide/waste/worth.h"

#include <gtest/gtest.h>

#include <vector>

#include "chance/still_needed.h"

namespace daytwo::decide::waste {
namespace {

constexpr chance::Seed kSeed{7};

TEST(SavedAMonth, IsAllOfItWhenNothingIsNeeded) {
  const std::vector<Candidate> all = {{{100, 0, 31}, chance::exactly(0)},
                                      {{50, 0, 31}, chance::exactly(0)}};
  const chance::Estimate got = saved_a_month(all, kSeed);
  EXPECT_EQ(got.p05, 150);
  EXPECT_EQ(got.p95, 150);
}

// One thing of 100, needed with chance 0.2 on average: mean 80. 4096 draws have a standard error of
// 100 sqrt(.2 x .8 / 4096) = 0.63; five of them miss with chance 6e-7.
TEST(SavedAMonth, LosesWhatComesBack) {
  const std::vector<Candidate> all = {{{100, 0, 31}, chance::still_needed({}, 30)}};
  const chance::Estimate got = saved_a_month(all, kSeed);
  EXPECT_NEAR(got.mean, 80, 3.2);
  EXPECT_EQ(got.p05, 0);
  EXPECT_EQ(got.p95, 100);
}

// 0.8 x 12 x 100 - 0.2 x 1000 = 760; standard error sqrt(.16) 2200 / 64 = 13.8.
TEST(WorthOfAYear, TakesOffWhatPuttingItBackCosts) {
  const chance::Estimate got =
      worth_of_a_year({{100, 0, 31}, chance::still_needed({}, 30)}, chance::point(1000), kSeed);
  EXPECT_NEAR(got.mean, 760, 69);
  EXPECT_EQ(got.p05, -1000);
}

TEST(WorthOfAYear, IsBelowNothingWhenItIsDearToPutBack) {
  const chance::Estimate got =
      worth_of_a_year({{1, 0, 31}, chance::still_needed({}, 30)}, chance::point(1000), kSeed);
  EXPECT_LT(got.mean, 0);
}

TEST(WorthOfAYear, IsTheSameForTheSameSeed) {
  const Candidate one{{100, 20, 31}, chance::still_needed({}, 3)};
  EXPECT_EQ(worth_of_a_year(one, chance::point(9), kSeed),
            worth_of_a_year(one, chance::point(9), kSeed));
}

}  // namespace
}  // namespace daytwo::decide::waste
