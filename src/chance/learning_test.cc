#include "chance/learning.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <vector>

#include "chance/seed.h"

// Expected values: cases.md, RC14 to RC16, RC35, RC41 and RC46, relative 1e-7.
namespace daytwo::chance {
namespace {

void expect_near(double actual, double expected, double relative = 1e-7) {
  EXPECT_NEAR(actual, expected, std::abs(expected) * relative);
}

TEST(Learning, RateAfterIncidentsRC14) {
  const Distribution rate = updated_rate(gamma(2, 4), 3, 2.5);
  EXPECT_EQ(rate, gamma(5, 6.5));
  expect_near(rate.mean(), 0.7692307692);
  expect_near(rate.quantile(.05), 0.3030999335);
  expect_near(rate.quantile(.95), 1.408233696);
  expect_near(1 - chance_of_count(rate, 0), 0.5110544856);
  expect_near(chance_of_count(rate, 2), 0.1303854705);
}

TEST(Learning, SizesAfterLossesRC15) {
  const LogBelief after = LogBelief{12, 1, 2, 1}.after(std::vector{120e3, 300e3, 90e3, 700e3});
  expect_near(after.m, 12.23463707);
  EXPECT_EQ(after.k, 5);
  EXPECT_EQ(after.a, 4);
  expect_near(after.b, 2.335380336);
  expect_near(after.quantile(.5), 205795.2595);
  expect_near(after.quantile(.05), 43396.98559);
  expect_near(after.quantile(.95), 975913.1484);
  expect_near(after.chance_above(1e6), 0.04781021484);
  // The spread of ln X in units of Student's t with 8 degrees of freedom, whose 95 % quantile is
  // 1.859548037530898.
  const double scale = std::log(after.quantile(.95) / after.quantile(.5)) / 1.859548037530898;
  expect_near(scale, 0.8370269415);
}

TEST(Learning, ChangeFailureRateRC16) {
  const Distribution share = updated_share(beta(1, 9), 7, 60);
  expect_near(share.mean(), 0.1142857143);
  expect_near(share.quantile(.05), 0.0590164732);
  expect_near(share.quantile(.95), 0.1821182804);
  expect_near(1 - share.cdf(0.15), 0.168674922);
}

TEST(Learning, HazardOfExploitationRC41AndRC46) {
  const double thirty_days = 30 / 365.25;
  double total = 0;
  double none = 1;
  for (const double chance :
       {0.9, 0.3, 0.05, 0.05, 0.02, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01}) {
    total += *rate_from_chance(chance, thirty_days);
    none *= 1 - chance;
  }
  expect_near(total, 35.09507902);
  expect_near(1 - none, 0.9440083492);
  const double a_day = *rate_from_chance(0.4, 30);
  expect_near(a_day, 0.01702752079);
  expect_near(1 - std::exp(-12 * a_day), 0.1848068904);
  expect_near(800e3 * (1 - std::exp(-12 * a_day)), 147845.5123);
  EXPECT_FALSE(rate_from_chance(1, 1));
  EXPECT_FALSE(rate_from_chance(.5, 0));
}

TEST(Learning, BinomialTailRC35) { expect_near(binomial_cdf(14, 20, 0.9), 0.01125313416); }

TEST(Learning, IntervalsOfAShareAtTheEnds) {
  // Clopper, Pearson 1934: 0 of n has the upper end 1 - (alpha / 2)^(1 / n).
  expect_near(clopper_pearson(0, 10, .9).high, 1 - std::pow(.05, .1));
  EXPECT_EQ(clopper_pearson(0, 10, .9).low, 0);
  expect_near(clopper_pearson(10, 10, .9).low, std::pow(.05, .1));
  EXPECT_EQ(jeffreys(0, 10, .9).low, 0);
  EXPECT_EQ(jeffreys(10, 10, .9).high, 1);
  EXPECT_LT(jeffreys(0, 10, .9).high, clopper_pearson(0, 10, .9).high);
}

// Exact coverage over the whole binomial: Clopper and Pearson's never falls below what it says.
TEST(Learning, ClopperPearsonAlwaysCovers) {
  for (const double chance : {.01, .1, .37, .5, .93}) {
    double covered = 0;
    for (int k = 0; k <= 30; ++k) {
      const Interval interval = clopper_pearson(k, 30, .9);
      const double here = binomial_cdf(k, 30, chance) - binomial_cdf(k - 1, 30, chance);
      if (interval.low <= chance && chance <= interval.high) covered += here;
    }
    EXPECT_GE(covered, .9) << chance;
  }
}

// Simulation-based calibration [Talts et al. 2018]: the rank of the truth among posterior quantiles
// is uniform. 2,000 draws in 10 bins, chi squared with 9 degrees of freedom: above 55 with 8e-9.
TEST(Learning, RatePosteriorIsCalibrated) {
  std::vector<int> bins(10);
  Stream stream(Seed{17}, 0);
  for (int i = 0; i < 2000; ++i) {
    const Distribution prior = gamma(2, 4);
    const double truth = prior.quantile(stream.uniform());
    std::int64_t events = 0;
    for (double at = -std::log(stream.uniform()) / truth; at < 3;
         at -= std::log(stream.uniform()) / truth) {
      ++events;
    }
    const double rank = updated_rate(prior, events, 3).cdf(truth);
    ++bins[static_cast<std::size_t>(rank * 10)];
  }
  double chi_squared = 0;
  for (const int count : bins) chi_squared += (count - 200.0) * (count - 200.0) / 200;
  EXPECT_LT(chi_squared, 55);
}

}  // namespace
}  // namespace daytwo::chance
