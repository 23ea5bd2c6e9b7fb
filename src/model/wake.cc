#include "model/wake.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
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

// A positive quantity drawn from its five quantiles.
double draw(const chance::Estimate& x, chance::Stream& stream) {
  return std::max(chance::quantile(x, stream.uniform()), 0.0);
}

}  // namespace

double Burning::after(double hours) const {
  CHECK(hours >= 0, "time runs forward");
  if (s == 0) return std::exp(-hours / std::exp(mu));
  return hours == 0 ? 1 : chance::normal_cdf((mu - std::log(hours)) / s);
}

double loss_by_waiting(double needs_human, double loss_per_hour, const Burning& burning,
                       double hours_to_mitigate, double hours_to_day,
                       const std::optional<Cliff>& cliff) {
  CHECK(needs_human >= 0 && needs_human <= 1, "a chance lies between 0 and 1");
  CHECK(loss_per_hour >= 0 && hours_to_mitigate >= 0 && hours_to_day >= 0, "no negative hours");
  // Simpson's rule; the curve is smooth, 64 steps leave less than 1e-6 of the value.
  constexpr int kSteps = 64;
  const double step = hours_to_day / kSteps;
  double sum = 0;
  for (int i = 0; i <= kSteps; ++i) {
    const double weight = i == 0 || i == kSteps ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * burning.after(hours_to_mitigate + i * step);
  }
  double value = needs_human * loss_per_hour * sum * step / 3;
  if (cliff && hours_to_mitigate < cliff->at_hours &&
      cliff->at_hours < hours_to_day + hours_to_mitigate) {
    value += needs_human * cliff->loss * burning.after(cliff->at_hours);
  }
  return value;
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
  int wins = 0;
  for (int i = 0; i < kWakeDraws; ++i) {
    chance::Stream stream(seed, static_cast<std::uint64_t>(i));
    const double needs_human = wake.needs_human.quantile(stream.uniform());
    const double loss = draw(wake.loss_per_hour, stream);
    std::optional<Cliff> cliff;
    if (wake.cliff)
      cliff = Cliff{draw(wake.cliff->at_hours, stream), draw(wake.cliff->loss, stream)};
    waiting.push_back(loss_by_waiting(needs_human, loss, wake.burning, wake.hours_to_mitigate,
                                      wake.hours_to_day, cliff));
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
