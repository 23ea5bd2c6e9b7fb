#include "model/wake.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/check.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "model/amount.h"

namespace daytwo::model {
namespace {

std::string interval_words(const chance::Estimate& x, const std::string& unit) {
  return money_words(x.p05, unit) + " to " + money_words(x.p95, unit);
}

// The middles of kShares slices of equal probability: drawing one of them stands for drawing from
// the distribution, whose own inverse would take most of the time of a judgement.
constexpr std::size_t kShares = 256;
std::array<double, kShares> middles_of(const chance::Distribution& distribution) {
  std::array<double, kShares> out{};
  for (std::size_t i = 0; i < kShares; ++i) {
    out.at(i) = distribution.quantile((static_cast<double>(i) + .5) / kShares);
  }
  return out;
}

// What the cliff adds: its loss where it comes too late for who is woken now, and before the day.
double cliff_by_waiting(const Cliff& cliff, const Burning& burning, double hours_to_mitigate,
                        double hours_to_day) {
  const bool between =
      hours_to_mitigate < cliff.at_hours && cliff.at_hours < hours_to_day + hours_to_mitigate;
  return between ? cliff.loss * burning.after(cliff.at_hours) : 0;
}

// A positive quantity drawn from its five quantiles.
double draw(const chance::Estimate& x, chance::Stream& stream) {
  return std::max(chance::quantile(x, stream.uniform()), 0.0);
}

}  // namespace

double Burning::after(double hours) const {
  CHECK(hours >= 0 && age_hours >= 0, "time runs forward");
  if (s == 0) return std::exp(-hours / std::exp(mu));  // whatever its age
  const auto survives = [&](double until) {
    return until == 0 ? 1 : chance::normal_cdf((mu - std::log(until)) / s);
  };
  const double so_far = survives(age_hours);
  return so_far > 0 ? survives(age_hours + hours) / so_far : 1;
}

double hours_untouched(const Burning& burning, double hours_to_mitigate, double hours_to_day) {
  CHECK(hours_to_mitigate >= 0 && hours_to_day >= 0, "no negative hours");
  // Simpson's rule; the curve is smooth, 64 steps leave less than 1e-6 of the value.
  constexpr int kSteps = 64;
  const double step = hours_to_day / kSteps;
  double sum = 0;
  for (int i = 0; i <= kSteps; ++i) {
    const double weight = i == 0 || i == kSteps ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * burning.after(hours_to_mitigate + i * step);
  }
  return sum * step / 3;
}

double loss_by_waiting(double needs_human, double loss_per_hour, const Burning& burning,
                       double hours_to_mitigate, double hours_to_day,
                       const std::optional<Cliff>& cliff) {
  CHECK(needs_human >= 0 && needs_human <= 1, "a chance lies between 0 and 1");
  CHECK(loss_per_hour >= 0, "a loss");
  const double hours = hours_untouched(burning, hours_to_mitigate, hours_to_day);
  double value = loss_per_hour * hours;
  if (cliff) value += cliff_by_waiting(*cliff, burning, hours_to_mitigate, hours_to_day);
  return needs_human * value;
}

double cost_of_waking(double minutes_awake, double hourly, double night_factor,
                      double next_day_hours) {
  CHECK(minutes_awake >= 0 && hourly >= 0 && night_factor >= 0 && next_day_hours >= 0,
        "no negative cost");
  return minutes_awake / 60 * hourly * night_factor + next_day_hours * hourly;
}

WakeJudgement weigh(const WakeCase& wake, chance::Seed seed) {
  CHECK(wake.people >= 1, "a page goes to somebody");
  std::vector<double> waiting;
  std::vector<double> waking;
  waiting.reserve(kWakeDraws);
  waking.reserve(kWakeDraws);
  int wins = 0;
  const std::array<double, kShares> needs = middles_of(wake.needs_human);
  // How long it burns is the same in all worlds: one integral serves them.
  const double hours = hours_untouched(wake.burning, wake.hours_to_mitigate, wake.hours_to_day);
  for (int i = 0; i < kWakeDraws; ++i) {
    chance::Stream stream(seed, static_cast<std::uint64_t>(i));
    const double needs_human =
        needs.at(static_cast<std::size_t>(stream.uniform() * static_cast<double>(kShares)));
    double loss = draw(wake.loss_per_hour, stream) * hours;
    if (wake.cliff) {
      const double at = draw(wake.cliff->at_hours, stream);
      const Cliff cliff{at, draw(wake.cliff->loss, stream)};
      loss += cliff_by_waiting(cliff, wake.burning, wake.hours_to_mitigate, wake.hours_to_day);
    }
    waiting.push_back(needs_human * loss);
    double cost = 0;
    for (std::int64_t person = 0; person < wake.people; ++person) {
      const double minutes = draw(wake.minutes_awake, stream);
      const double hourly = draw(wake.hourly, stream);
      const double tomorrow = wake.night ? draw(wake.next_day_hours, stream) : 0;
      cost += cost_of_waking(minutes, hourly, wake.night ? wake.night_factor : 1, tomorrow);
    }
    waking.push_back(cost);
    if (waiting.back() > cost) ++wins;
  }
  WakeJudgement out;
  out.waiting = chance::estimate_of(waiting, seed);
  out.waking = chance::estimate_of(waking, seed);
  out.waking_wins = static_cast<double>(wins) / kWakeDraws;
  out.page = out.waiting.mean > out.waking.mean;
  return out;
}

std::string mean_words(const chance::Estimate& x, const std::string& unit) {
  return fmt::format("{} (90 %: {})", money_words(x.mean, unit), interval_words(x, unit));
}

std::string wake_words(const WakeJudgement& judgement, const std::string& until,
                       const std::string& unit) {
  const auto worlds = [](double share) { return std::lround(share * 20); };
  const bool waking = judgement.waking_wins >= .5;
  return fmt::format("Waiting until {} loses {}; waking costs {} ({}). {} wins in {} of 20 worlds.",
                     until, mean_words(judgement.waiting, unit),
                     money_words(judgement.waking.mean, unit),
                     interval_words(judgement.waking, unit), waking ? "Waking" : "Waiting",
                     worlds(waking ? judgement.waking_wins : 1 - judgement.waking_wins));
}

}  // namespace daytwo::model
