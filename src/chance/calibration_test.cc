// Whether what is fitted to data is as sure as it should be, over worlds whose truth is drawn
// [Talts et al. 2018, arXiv 1804.06788]. Fixed seeds; each bound is passed by a right program with
// all but 1e-6 of seeds. Conjugate posteriors are in counting_test.cc and learning_test.cc.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "chance/counting.h"
#include "chance/distribution.h"
#include "chance/learning.h"
#include "chance/score.h"
#include "chance/seed.h"
#include "chance/tail.h"

namespace daytwo::chance {
namespace {

// The largest gap of n uniforms is above this with 1e-6 [Massart 1990, Annals of Probability
// 18:1269].
double gap_of(std::size_t n) {
  return std::sqrt(-std::log(1e-6 / 2) / (2 * static_cast<double>(n)));
}

// 60 services, each with a rate of its own and few incidents: the rate's place in its posterior
// under the prior that was fitted to all. A fitted prior is a little too sure of itself, by about
// one part in the number of services; that is allowed for.
TEST(Calibration, SharedRatesPlaceEachServicesTruth) {
  constexpr int kServices = 60;
  Stream stream(Seed{21}, 0);
  std::vector<double> ranks;
  for (int world = 0; world < 60; ++world) {
    std::vector<double> truths;
    std::vector<Exposure> seen;
    for (int i = 0; i < kServices; ++i) {
      truths.push_back(gamma(3, 1.5).draw(stream));
      const double years = .5 + 3 * stream.uniform();
      seen.push_back(
          {static_cast<std::int64_t>(poisson(truths.back() * years).draw(stream)), years});
    }
    const auto prior = shared_rate(seen);
    ASSERT_TRUE(prior.has_value()) << prior.error().to_string();
    for (std::size_t i = 0; i < truths.size(); ++i) {
      ranks.push_back(updated_rate(*prior, seen[i].events, seen[i].years).cdf(truths[i]));
    }
  }
  EXPECT_LT(uniformity(ranks).largest_gap, gap_of(ranks.size()) + 1.0 / kServices);
}

// The next loss under the lognormal that 150 known losses were fitted to, a fifth of which go on
// and none below the reporting limit. The fit takes its two figures as known: 1 / 150 is allowed.
TEST(Calibration, FittedLossesPlaceTheNextOne) {
  constexpr double kReported = 2;
  constexpr std::size_t kKnown = 150;
  const Distribution truth = lognormal(2, 1);
  Stream stream(Seed{22}, 0);
  const auto reported = [&] {
    double loss = 0;
    while (loss <= kReported) loss = truth.draw(stream);
    return loss;
  };
  std::vector<double> ranks;
  for (int world = 0; world < 400; ++world) {
    std::vector<KnownLoss> seen;
    while (seen.size() < kKnown) {
      const double loss = reported();
      // Watched for a time of its own: what is still going on then is at least that.
      const double until = kReported - 60 * std::log(stream.uniform());
      seen.push_back({std::min(loss, until), loss > until});
    }
    const auto fitted = fit_losses(seen, kReported);
    ASSERT_TRUE(fitted.has_value()) << fitted.error().to_string();
    const double below = fitted->cdf(kReported);
    ranks.push_back((fitted->cdf(reported()) - below) / (1 - below));
  }
  EXPECT_LT(uniformity(ranks).largest_gap, gap_of(ranks.size()) + 1.0 / kKnown);
}

// The 95 % interval of a tail's shape holds the shape that drew it. Profile likelihood is right in
// the limit; with 300 losses above the threshold it may miss 2 % more often.
TEST(Calibration, TheShapeOfATailLiesInItsInterval) {
  Stream stream(Seed{23}, 0);
  constexpr int kWorlds = 120;
  const Distribution truth = pareto(10, 5, .4);
  std::int64_t held = 0;
  for (int world = 0; world < kWorlds; ++world) {
    std::vector<double> losses;
    for (int i = 0; i < 300; ++i) losses.push_back(truth.draw(stream));
    const auto fit = fit_tail(losses, 10);
    ASSERT_TRUE(fit.has_value()) << fit.error().to_string();
    held += fit->shape_low <= .4 && .4 <= fit->shape_high ? 1 : 0;
  }
  EXPECT_GT(binomial_cdf(held, kWorlds, .93), 1e-6) << held;
  EXPECT_GT(1 - binomial_cdf(held - 1, kWorlds, .97), 1e-6) << held;
}

}  // namespace
}  // namespace daytwo::chance
