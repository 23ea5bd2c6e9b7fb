#include "decide/security/price.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/time.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/seed.h"

namespace daytwo::decide::security {
namespace {

// Two neighbours in Fibonacci's sequence: the points ((i + 1/2)/N, frac(i G / N) + 1/2N) fill the
// square evenly [Niederreiter, "Random Number Generation and Quasi-Monte Carlo Methods", ch. 5].
constexpr std::size_t kPoints = 4181;
constexpr std::size_t kGenerator = 2584;

double first_at(std::size_t i) {
  return (static_cast<double>(i) + 0.5) / static_cast<double>(kPoints);
}

double second_at(std::size_t i) { return first_at(i * kGenerator % kPoints); }

// One exposure as it is priced.
struct Priced {
  const chance::Estimate* rate = nullptr;
  double days = 0;
  double within = 0;
  double open = 0;  // 1 while it stands
  double late = 0;
};

// The chance that it is used against us within so many days.
double used_within(double a_day, double days_open) { return -std::expm1(-a_day * days_open); }

// Standard normal quantiles of 0.75 and 0.95.
constexpr double kZ75 = 0.6744897501960817;
constexpr double kZ95 = 1.6448536269514722;
constexpr std::array<double, 5> kScores = {-kZ95, -kZ75, 0, kZ75, kZ95};

// REQUIRES: quantiles above 0.
double rate_at(const chance::Estimate& rate, double score) {
  const std::array<double, 5> values = {rate.p05, rate.p25, rate.p50, rate.p75, rate.p95};
  std::size_t i = 0;
  while (i + 2 < kScores.size() && score > kScores.at(i + 1)) ++i;
  const double share = (score - kScores.at(i)) / (kScores.at(i + 1) - kScores.at(i));
  return values.at(i) * std::pow(values.at(i + 1) / values.at(i), share);
}

}  // namespace

double rate_quantile(const chance::Estimate& rate, double p) {
  return rate.p05 <= 0 ? chance::quantile(rate, p) : rate_at(rate, chance::normal_quantile(p));
}

Price price(const Measured& measured, const chance::Distribution& loss) {
  Price out;
  std::vector<Priced> exposures;
  for (const Counted& counted : measured.exposures) {
    if (!counted.span->events_per_year) {
      ++out.unknown;
      continue;
    }
    exposures.push_back({&*counted.span->events_per_year, counted.days,
                         counted.days - counted.overdue, counted.still_open ? 1.0 : 0.0,
                         counted.is_late ? 1.0 : 0.0});
  }
  std::array<std::vector<double>, 5> draws;
  for (auto& each : draws) each.reserve(kPoints);
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double one = loss.is_point() ? loss.mean() : loss.quantile(second_at(i));
    std::array<double, 5> sums{};
    for (const Priced& each : exposures) {
      const double a_day = rate_quantile(*each.rate, first_at(i)) / kDaysPerYear;
      const double so_far = used_within(a_day, each.days);
      const double allowed = used_within(a_day, each.within);
      const double tomorrow = used_within(a_day, 1);
      sums[0] += so_far;
      sums[1] += allowed;
      sums[2] += so_far - allowed;
      sums[3] += each.open * tomorrow;
      sums[4] += each.late * tomorrow;
    }
    for (std::size_t k = 0; k < sums.size(); ++k) draws.at(k).push_back(one * sums.at(k));
  }
  const std::array<chance::Estimate*, 5> figures = {&out.so_far, &out.allowed, &out.late,
                                                    &out.a_day, &out.a_late_day};
  for (std::size_t k = 0; k < figures.size(); ++k) {
    *figures.at(k) = chance::estimate_of(draws.at(k), {});
  }
  return out;
}

}  // namespace daytwo::decide::security
