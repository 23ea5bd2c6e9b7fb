// Risk: one source of loss, how often times how large; what both engines of annual loss take.
// Counts: worth.md 4.1. Common causes: one source whose events hit several things [Marshall, Olkin
// 1967, JASA 62:30].
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "chance/distribution.h"

namespace daytwo::chance {

// How many events a year has.
enum class Count : std::uint8_t {
  kPoisson,           // any number, at `rate` a year
  kAtMostOnce,        // one with probability `rate`, else none
  kNegativeBinomial,  // mean `rate`, variance rate (1 + clustering): r = rate / clustering
};

// One thing that an event of a common cause hits, with this chance; hits are independent.
struct Hit {
  double chance = 1;
  Distribution size;
  bool operator==(const Hit&) const = default;
};

// One source of loss. Sizes are not negative. `name` keys its draws: adding a risk never changes
// another's. A rate that is Gamma(a, g) makes a year's count negative binomial with rate a / g and
// clustering 1 / g (uncertain_rate).
struct Risk {
  std::string name;
  Count count = Count::kPoisson;
  double rate = 0;
  Distribution size;
  double clustering = 0;  // of kNegativeBinomial: variance over mean, less 1
  // Where not empty, an event loses the sum of its hits and `size` is not used.
  std::vector<Hit> hits = {};

  // Mean and variance of what one event loses; variance may be infinite.
  [[nodiscard]] double event_mean() const;
  [[nodiscard]] double event_variance() const;
  // P(one event loses nothing): 0 unless every hit may miss or a size may be 0.
  [[nodiscard]] double event_of_nothing() const;
  // The bound P(one event loses more than x) <= sum of chance_j P(X_j > x / n) over its n hits;
  // exact for a single size.
  [[nodiscard]] double event_above(double x) const;
  // Mean and variance of a year's loss [worth.md 4.1]; the variance may be infinite.
  [[nodiscard]] double annual_mean() const { return rate * event_mean(); }
  [[nodiscard]] double annual_variance() const;
  // P(no loss in a year).
  [[nodiscard]] double loss_free() const;
};

// A Poisson source whose rate is not known: Gamma(shape, rate) events a year [worth.md 4.1].
// REQUIRES: `rate` is a gamma, neither truncated nor clipped.
[[nodiscard]] Risk uncertain_rate(std::string name, const Distribution& rate, Distribution size);

// Rates above this are a metric, not a risk; more risks are refused in one run [worth.md 2].
inline constexpr double kMaxRate = 1e5;
// Risks in one run.
inline constexpr std::size_t kMaxRisks = 10'000;

// Errors: kInvalid for no risks, equal names, a rate that is negative (above 1 for kAtMostOnce), a
// clustering not above 0 where one is needed, a chance outside [0, 1], a size that may be negative
// or whose mean is infinite or 0; kLimit above kMaxRate or kMaxRisks.
[[nodiscard]] Result<void> check_risks(std::span<const Risk> risks);

// Near the loss of one year in a million: where the chance of one larger event falls to 1e-6, or
// ten deviations above the mean where many small events add up. Both engines end their grids here.
[[nodiscard]] double top_loss(std::span<const Risk> risks);

}  // namespace daytwo::chance
