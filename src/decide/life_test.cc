// Money over years, against the reference case and closed forms.
#include "decide/life.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace daytwo::decide {
namespace {

// Reference case RC24: 200k a year growing 15 %, cut by 60 % for 150k and 30k a year; 5 years, 8 %.
std::vector<Flow> reference(const Life& life) {
  std::vector<Flow> out = {{0, -150e3}};
  for (const LifeYear& year : years_of(life)) {
    if (year.steady > 0) out.push_back({year.at, 0.6 * 200e3 * year.loss - 30e3 * year.steady});
  }
  return out;
}

TEST(Life, ValuesTheReferenceControl) {
  const Life life{.years = 5, .discount = 0.08, .growth = 0.15};
  const std::vector<Flow> flows = reference(life);
  EXPECT_NEAR(net_present_value(flows, 0.08), 382721.6835, 1e-3);
  EXPECT_NEAR(internal_return(flows).value_or(0), 0.9661186229, 1e-9);
  EXPECT_EQ(payback(flows, 0.08), 1.5);
  const PresentValue today = present_value(life);
  EXPECT_NEAR(0.6 * 200e3 * today.loss - 30e3 * today.steady - 150e3, 382721.6835, 1e-3);
}

TEST(Life, HasNoReturnWithoutAChangeOfSignAndNoPaybackOfALoss) {
  EXPECT_FALSE(internal_return({{0.5, 10}, {1.5, 10}}));
  EXPECT_FALSE(internal_return({{0, -10}, {1.5, -10}}));
  EXPECT_FALSE(payback({{0, -10}, {1.5, 9}}, 0));
  EXPECT_EQ(payback({{0, -10}, {1.5, 10}}, 0), 1.5);
}

TEST(Life, WhatLandsLateIsTheSameMoneyLater) {
  const PresentValue plain = present_value({.years = 4, .growth = 0.1, .decay = 0.05});
  EXPECT_NEAR(plain.late, plain.loss, 1e-12) << "nothing is lost by landing late";
  const PresentValue dear = present_value({.years = 4, .discount = 0.1});
  EXPECT_LT(dear.late, dear.loss);
  EXPECT_GT(dear.late, dear.loss / 1.21);
}

TEST(Life, APartOfAYearCountsInItsMiddle) {
  const std::vector<LifeYear> years = years_of({.years = 2.5});
  ASSERT_EQ(years.size(), 5U);
  EXPECT_EQ(years[2].at, 2.25);
  EXPECT_EQ(years[2].steady, 0.5);
  EXPECT_NEAR(present_value({.years = 2.5}).steady, 2.5, 1e-12);
}

}  // namespace
}  // namespace daytwo::decide
