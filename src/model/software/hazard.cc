#include "model/software/hazard.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>

#include "base/check.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "chance/seed.h"

namespace daytwo::model {
namespace {

constexpr std::array<Factor, 5> kLadder = {Factor{.00003, .0003, .003}, Factor{.0002, .002, .01},
                                           Factor{.001, .006, .03}, Factor{.003, .015, .06},
                                           Factor{.02, .08, .3}};
constexpr std::array<std::string_view, 5> kWords = {
    "E0: installed", "E1: used lately", "E2: mapped into a running process",
    "E3: a process that uses it listens", "E4: reachable beyond this host"};
// What all vulnerabilities have in common: how hard the season's attackers look at us.
constexpr double kCommonSigma = 0.7;
// Standard normal quantile of 0.95.
constexpr double kZ95 = 1.6448536269514722;
constexpr int kNodes = 200;

struct Lognormal {
  double mu = 0;
  double variance = 0;
};

// The lognormal with this median and the width of its 90 % interval.
Lognormal fit(const Factor& factor) {
  const double sigma = (std::log(factor.p95) - std::log(factor.p05)) / (2 * kZ95);
  return {std::log(factor.p50), sigma * sigma};
}

}  // namespace

std::string_view to_words(Rung rung) { return kWords.at(static_cast<std::size_t>(rung)); }

Factor factor_of(Rung rung) { return kLadder.at(static_cast<std::size_t>(rung)); }

double hazard_per_day(double epss) {
  CHECK(epss >= 0 && epss < 1, "EPSS is a probability below 1");
  return -std::log1p(-epss) / 30;
}

chance::Estimate events_per_year(double epss, Rung rung, bool kev) {
  const double base = hazard_per_day(std::min(epss, 0.99999)) * kDaysPerYear;
  Lognormal phi = fit(factor_of(rung));
  if (kev) {
    const Lognormal more = fit(kKevFactor);
    phi.mu += more.mu;
    phi.variance += more.variance;
  }
  const double sigma = std::sqrt(phi.variance + kCommonSigma * kCommonSigma);
  // phi times Z is capped at 1: nobody is hit more often than everybody together.
  const auto at = [&](double p) {
    return base * std::min(1.0, std::exp(phi.mu + sigma * chance::normal_quantile(p)));
  };
  chance::Estimate out{at(.05), at(.25), at(.5), at(.75), at(.95), 0, 0, {}};
  for (int i = 0; i < kNodes; ++i) out.mean += at((i + 0.5) / kNodes) / kNodes;
  return out;
}

chance::Estimate chance_in_a_year(const chance::Estimate& rate) {
  chance::Estimate out = rate;
  for (double* figure : {&out.p05, &out.p25, &out.p50, &out.p75, &out.p95, &out.mean}) {
    *figure = -std::expm1(-*figure);
  }
  return out;
}

}  // namespace daytwo::model
