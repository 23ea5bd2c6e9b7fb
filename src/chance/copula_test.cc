#include "chance/copula.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "chance/distribution.h"
#include "chance/risk.h"
#include "chance/sampler.h"
#include "chance/simulation.h"
#include "chance/year_histogram.h"

// Expected values: cases.md, RC36, relative 1e-7.
namespace daytwo::chance {
namespace {

TEST(Copula, ClosedFormsRC36) {
  EXPECT_NEAR(joint_tail(.5, .05), 0.01218942877, 1e-9);
  EXPECT_NEAR(joint_tail(0, .05), 0.0025, 1e-12);
  EXPECT_NEAR(kendall_tau(.5), 1.0 / 3, 1e-12);
  EXPECT_NEAR(spearman_rho(.5), 0.4825837395, 1e-9);
  EXPECT_NEAR(rho_of_spearman(spearman_rho(.5)), .5, 1e-12);
  EXPECT_NEAR(tail_dependence(.5, 4), 0.2531699951, 1e-9);
}

double share_of_both(const std::vector<std::vector<double>>& columns, double tail) {
  const std::size_t rows = columns[0].size();
  std::vector<std::vector<double>> sorted = columns;
  for (auto& column : sorted) std::sort(column.begin(), column.end());
  const auto cut = static_cast<std::size_t>((1 - tail) * static_cast<double>(rows));
  double both = 0;
  for (std::size_t i = 0; i < rows; ++i) {
    if (columns[0][i] >= sorted[0][cut] && columns[1][i] >= sorted[1][cut]) both += 1;
  }
  return both / static_cast<double>(rows);
}

// 200,000 draws: the share of both in their top 5 % within 4 standard errors (6e-5).
TEST(Copula, ReorderedColumnsKeepTheirValuesAndGetTheDependence) {
  constexpr std::size_t kRows = 200'000;
  const std::vector<std::vector<double>> before = {draws(lognormal(1, 2), kRows, Seed{1}),
                                                   draws(gamma(2, 1), kRows, Seed{2})};
  auto columns = before;
  const Correlation half{2, {1, .5, .5, 1}};
  reorder(columns, half, 0, Seed{3});
  for (std::size_t j = 0; j < 2; ++j) {
    auto a = before[j];
    auto b = columns[j];
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    EXPECT_EQ(a, b);
  }
  EXPECT_NEAR(share_of_both(columns, .05), 0.01218942877,
              4 * std::sqrt(.0122 / static_cast<double>(kRows)));
  auto heavy = before;
  reorder(heavy, half, 4, Seed{3});
  // A t copula crowds the joint tail: well above the Gaussian's share at one in a thousand.
  EXPECT_GT(share_of_both(heavy, .001), 1.5 * share_of_both(columns, .001));
  EXPECT_GT(share_of_both(heavy, .001), 0.25 * .001);
}

// Two like risks: the sum's mean does not depend on the correlation, its spread and tail grow with
// it; at full correlation of two equal risks the tail is twice the tail of one.
TEST(Copula, CorrelatedYearsKeepTheMeanAndFattenTheTail) {
  const std::vector<Risk> risks = {{"a", Count::kPoisson, 3, lognormal(1, 1)},
                                   {"b", Count::kPoisson, 3, lognormal(1, 1)}};
  const SimulationOptions options{50'000, Seed{1}};
  const auto read = [&](double rho, double freedom) {
    const auto years = *correlated_years(risks, {2, {1, rho, rho, 1}}, freedom, options);
    return histogram_of(years, top_loss(risks), 2 * risks[0].annual_mean());
  };
  const YearHistogram apart = read(0, 0);
  const YearHistogram half = read(.5, 0);
  const YearHistogram heavy = read(.5, 3);
  const YearHistogram together = read(1, 0);
  EXPECT_NEAR(half.mean(), apart.mean(), 1e-9 * apart.mean());
  EXPECT_GT(half.value_at_risk(.99).value, 1.05 * apart.value_at_risk(.99).value);
  EXPECT_GT(heavy.value_at_risk(.999).value, half.value_at_risk(.999).value);
  const Simulation alone = *simulate(std::span(risks).first(1), options);
  EXPECT_NEAR(together.value_at_risk(.99).value, 2 * alone.losses.value_at_risk(.99).value,
              .08 * together.value_at_risk(.99).value);
  EXPECT_FALSE(correlated_years(risks, {1, {1}}, 0, options));
}

TEST(Copula, RepairsWhatCannotHoldTogetherAndSaysSo) {
  // a goes with b, b with c, a against c.
  const Correlation stated{3, {1, .9, -.9, .9, 1, .9, -.9, .9, 1}};
  const Repaired out = *repaired(stated);
  EXPECT_GT(out.largest_change, .1);
  EXPECT_NE(out.warning.find("cannot hold"), std::string::npos);
  // By symmetry all three move alike, to the edge: the determinant of what is left is 0.
  const double r = out.matrix.at(0, 1);
  EXPECT_NEAR(r, .5, 1e-6);
  EXPECT_NEAR(out.matrix.at(0, 2), -r, 1e-6);
  EXPECT_EQ(repaired({2, {1, .5, .5, 1}})->warning, "");
}

TEST(Copula, RefusesWhatIsNoCorrelation) {
  EXPECT_FALSE(repaired({2, {1, .5, .4, 1}}));
  EXPECT_FALSE(repaired({2, {1, 1.5, 1.5, 1}}));
  EXPECT_FALSE(repaired({2, {2, .5, .5, 1}}));
  EXPECT_FALSE(repaired({2, {1, .5, .5}}));
  EXPECT_FALSE(repaired({0, {}}));
}

}  // namespace
}  // namespace daytwo::chance
