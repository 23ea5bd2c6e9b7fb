#include "chance/counting.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "chance/learning.h"
#include "chance/sampler.h"
#include "chance/score.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

TEST(Counting, ClusteredCountsAreToldFromPoissonOnes) {
  std::vector<std::int64_t> clustered;
  for (const double x : draws(negative_binomial(15, 1.15), 200, Seed{1})) {
    clustered.push_back(static_cast<std::int64_t>(x));
  }
  const Dispersion out = *dispersion_of(clustered);
  EXPECT_TRUE(out.clustered);
  EXPECT_LT(out.p, 1e-6);
  EXPECT_NEAR(out.r, 15, 6);
  EXPECT_NEAR(out.r * out.clustering, out.mean, 1e-9);
  // With 23 counts nobody can tell.
  EXPECT_FALSE(dispersion_of(std::span(clustered).first(23))->clustered);
}

// Under Poisson the test says "clustered" in 5 % of rows: of 1,000 rows between 22 and 85 but for
// 6e-5 on each side.
TEST(Counting, PoissonRowsAreRarelyCalledClustered) {
  int called = 0;
  for (std::uint64_t row = 0; row < 1000; ++row) {
    std::vector<std::int64_t> counts;
    for (const double x : draws(poisson(17), 31, Seed{row})) {
      counts.push_back(static_cast<std::int64_t>(x));
    }
    called += dispersion_of(counts)->clustered ? 1 : 0;
  }
  EXPECT_GT(called, 22);
  EXPECT_LT(called, 85);
}

TEST(Counting, NothingSeenBoundsARate) {
  EXPECT_NEAR(rate_upper_bound(0, 2, .95), -std::log(.05) / 2, 1e-12);
  // Garwood: P(N <= 3 | upper) = 5 %.
  const double upper = rate_upper_bound(3, 1, .95);
  EXPECT_NEAR(poisson(upper).cdf(3), .05, 1e-9);
}

TEST(Counting, EvidenceFadesAndTheMeanStays) {
  const Distribution rate = gamma(5, 6.5);
  const Distribution later = faded(rate, .8, 2);
  EXPECT_NEAR(later.mean(), rate.mean(), 1e-12);
  EXPECT_NEAR(later.a, 5 * .64, 1e-12);
  EXPECT_GT(later.deviation(), rate.deviation());
}

// Against draws of the product: 4 standard errors at 100,000 draws.
// 300 services drawn from Gamma(3, 2), 4 years each: shape and mean within about 4 standard errors.
TEST(Counting, ServicesShareTheirStrength) {
  std::vector<Exposure> services;
  Stream stream(Seed{3}, 0);
  for (int i = 0; i < 300; ++i) {
    const double rate = gamma(3, 2).draw(stream);
    services.push_back({static_cast<std::int64_t>(poisson(rate * 4).draw(stream)), 4});
  }
  const Distribution found = *shared_rate(services);
  EXPECT_NEAR(found.mean(), 1.5, .25);
  EXPECT_NEAR(found.a, 3, 1.5);
  // A service that has seen nothing is believed better than average, but not perfect.
  const Distribution quiet = updated_rate(found, 0, 4);
  EXPECT_LT(quiet.mean(), found.mean());
  EXPECT_GT(quiet.mean(), .1);
  // Services that agree borrow all strength.
  const std::vector<Exposure> same(10, Exposure{6, 4});
  EXPECT_GT(shared_rate(same)->a, 100);
  EXPECT_FALSE(shared_rate(std::array{Exposure{0, 1}, Exposure{0, 1}, Exposure{0, 1}}));
  EXPECT_FALSE(shared_rate(std::array{Exposure{1, 1}, Exposure{1, 1}}));
}

// 4,000 losses of which those under 3 are never written down; 4,000 of which all above 10 still go
// on and are known to be at least 10. Errors of mu and s are about 0.03 and 0.02: four of them.
TEST(Counting, OngoingAndUnreportedLossesDoNotBiasTheFit) {
  std::vector<KnownLoss> finished;
  for (const double x : draws(lognormal(2, 1), 4000, Seed{6})) {
    if (x > 3) finished.push_back({x, false});
  }
  const Distribution fit = *fit_losses(finished, 3);
  EXPECT_NEAR(fit.a, 2, .12);
  EXPECT_NEAR(fit.b, 1, .08);
  std::vector<KnownLoss> censored;
  for (const double x : draws(lognormal(2, 1), 4000, Seed{7})) {
    censored.push_back({std::min(x, 10.0), x > 10});
  }
  const Distribution whole = *fit_losses(censored, 0);
  EXPECT_NEAR(whole.a, 2, .1);
  EXPECT_NEAR(whole.b, 1, .08);
  EXPECT_FALSE(fit_losses(std::array{KnownLoss{1, false}, KnownLoss{2, false}}, 0));
  EXPECT_FALSE(fit_losses(std::vector<KnownLoss>(5, KnownLoss{1, false}), 0));
  EXPECT_FALSE(fit_losses(std::vector<KnownLoss>(5, KnownLoss{1, false}), 2));
}

// Simulation-based calibration [Talts et al. 2018, arXiv 1804.06788]: the posterior's CDF at the
// truth is uniform. 2,000 rounds; the largest gap exceeds sqrt(-ln(5e-7) / 4000) with 1e-6.
constexpr int kRounds = 2000;
const double kGap = std::sqrt(-std::log(1e-6 / 2) / (2.0 * kRounds));

TEST(Counting, EachPosteriorIsCalibrated) {
  Stream stream(Seed{11}, 0);
  std::vector<double> rates;
  std::vector<double> shares;
  std::vector<double> sizes;
  for (int i = 0; i < kRounds; ++i) {
    const Distribution rate = gamma(2, 4);
    const double true_rate = rate.draw(stream);
    const auto events = static_cast<std::int64_t>(poisson(true_rate * 3).draw(stream));
    rates.push_back(updated_rate(rate, events, 3).cdf(true_rate));

    const Distribution share = beta(1, 9);
    const double true_share = share.draw(stream);
    const auto hits = static_cast<std::int64_t>(binomial(60, true_share).draw(stream));
    shares.push_back(updated_share(share, hits, 60).cdf(true_share));

    // Normal-inverse-gamma: precision from a gamma, mean given it; the next loss is the truth.
    const LogBelief belief{12, 1, 3, 2};
    const double precision = gamma(belief.a, belief.b).draw(stream);
    const double mean = belief.m + stream.normal() / std::sqrt(belief.k * precision);
    std::vector<double> seen;
    for (int k = 0; k < 4; ++k) {
      seen.push_back(std::exp(mean + stream.normal() / std::sqrt(precision)));
    }
    const double next = std::exp(mean + stream.normal() / std::sqrt(precision));
    sizes.push_back(1 - belief.after(seen).chance_above(next));
  }
  EXPECT_LT(uniformity(rates).largest_gap, kGap);
  EXPECT_LT(uniformity(shares).largest_gap, kGap);
  EXPECT_LT(uniformity(sizes).largest_gap, kGap);
}

}  // namespace
}  // namespace daytwo::chance
