// Waiting or waking: what it costs to let people sleep, against what it costs to wake them. Pure
// functions; act/ decides and writes the Deed.
//   V = p * integral from m to H + m of r S(u) du   (+ p L S(T) for a cliff at T, m < T < H + m)
//   C = sum over the people woken of (minutes / 60 * hourly * night + next-day hours * hourly)
// p = chance that it needs a human, r = loss an hour untouched, S(u) = chance that it still burns
// after u hours untouched, m = hours from page to mitigation, H = hours until the owner's day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/seed.h"

namespace daytwo::model {

// How long it burns when nobody comes.
struct Burning {
  // ln(hours) is Normal(mu, s); or, when s is 0, exponential with mean exp(mu).
  double mu = 0;
  double s = 0;
  double age_hours = 0;  // that it has burned already: what lasts, lasts longer
  // P(still burning after `hours` more). REQUIRES: hours and age >= 0.
  [[nodiscard]] double after(double hours) const;
};

// How long what burns goes on when nobody comes, until it is measured: half ends by itself within
// four hours, nine in ten within 31. Ours, without a source: shown as assumed wherever it counts.
inline constexpr double kBurningMedianHours = 4;
inline constexpr double kBurningSpread = 1.6;

// Loss that comes all at once: a disk that is full.
struct Cliff {
  double at_hours = 0;
  double loss = 0;
};

// Hours of loss that paging now avoids, were a human needed: the integral of P(still burning) from
// `hours_to_mitigate` on, over `hours_to_day`. REQUIRES: both >= 0.
[[nodiscard]] double hours_untouched(const Burning& burning, double hours_to_mitigate,
                                     double hours_to_day);

// Expected loss that paging now avoids, at known values. REQUIRES: needs_human inside [0, 1], the
// others >= 0.
[[nodiscard]] double loss_by_waiting(double needs_human, double loss_per_hour,
                                     const Burning& burning, double hours_to_mitigate,
                                     double hours_to_day, const std::optional<Cliff>& cliff = {});

// Cost of waking one person, at known values. REQUIRES: all >= 0.
[[nodiscard]] double cost_of_waking(double minutes_awake, double hourly, double night_factor,
                                    double next_day_hours);

// A cliff that is not known exactly.
struct CliffCase {
  chance::Estimate at_hours;
  chance::Estimate loss;
};

// What is known about one condition, and about the people it would wake. The starting values are
// ours, without a source, and must be shown as assumed until somebody sets them.
struct WakeCase {
  chance::Distribution needs_human = chance::beta(1, 1);  // the rule's posterior
  chance::Estimate loss_per_hour;                         // money, or another unit of loss
  Burning burning;
  double hours_to_mitigate = 1;
  double hours_to_day = 0;
  std::optional<CliffCase> cliff;
  std::int64_t people = 1;
  bool night = true;
  chance::Estimate minutes_awake{20, 34, 45, 72, 120, 53, 0, {}};
  chance::Estimate hourly{60, 77, 90, 114, 150, 96, 0, {}};
  chance::Estimate next_day_hours{0, .5, 1, 2, 4, 1.4, 0, {}};
  double night_factor = 2;
};

// Both sides, and which wins.
struct WakeJudgement {
  chance::Estimate waiting;  // V
  chance::Estimate waking;   // C
  double waking_wins = 0;    // share of worlds in which V exceeds C
  bool page = false;         // mean of V above mean of C
};

// Draws a run takes.
inline constexpr int kWakeDraws = 2000;

// Same seed, same bits. REQUIRES: people >= 1. Cost: kWakeDraws integrals, below a millisecond.
[[nodiscard]] WakeJudgement weigh(const WakeCase& wake, chance::Seed seed);

// "Waiting until 09:00 loses $1.9k (90 %: $300 to $9k); waking costs $210 ($90 to $600). Waking
// wins in 19 of 20 worlds." `until` names the hour, `unit` the currency.
[[nodiscard]] std::string wake_words(const WakeJudgement& judgement, const std::string& until,
                                     const std::string& unit);

// A mean and its interval: "$1.9k (90 %: $300 to $9k)"; without a currency "2.3 (90 %: 0.6 to 6)".
[[nodiscard]] std::string mean_words(const chance::Estimate& x, const std::string& unit);

}  // namespace daytwo::model
