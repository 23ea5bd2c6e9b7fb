// GET /noise: which alerts are noise, and what attention they take.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/view_base.h"
#include "api/view_noise.h"
#include "app/pages/context.h"
#include "app/pages/learn_pages.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/decider.h"
#include "facts/journal.h"
#include "learn/firings.h"
#include "learn/usefulness.h"
#include "model/amount.h"
#include "model/stakes.h"

namespace daytwo::app {
namespace {

constexpr std::string_view kEngine = "learn.usefulness/1";
constexpr std::string_view kPersonMinutes = "person-minutes";

// What an hour of somebody's work is stated to cost.
struct HourPrice {
  chance::Estimate hourly;
  std::string currency;
};

std::optional<HourPrice> hour_price(const facts::Snapshot& snapshot) {
  const model::Stakes stakes = decide::stakes_in(snapshot);
  const model::Stake* stake = stakes.find(model::StakeOf::kPersonHour, "");
  if (stake == nullptr) return std::nullopt;
  const auto fit = stake->worth.fit();
  if (!fit) return std::nullopt;
  return HourPrice{fit->distribution.estimate(), stake->worth.unit};
}

// Turns rules into rows at one instant.
struct Rows {
  Timestamp now;
  std::string window;
  std::optional<HourPrice> price;
  chance::Seed seed;

  [[nodiscard]] api::Amount amount(const chance::Estimate& estimate, std::string unit) const {
    return api::to_view(
        model::Amount{estimate, std::move(unit), window, now, std::string(kEngine)});
  }

  [[nodiscard]] api::NoiseRow row(const learn::RuleUse& use) const {
    api::NoiseRow out;
    out.rule = use.rule;
    out.services = use.services;
    out.severity = use.severity;
    out.fired = use.fired;
    out.called = use.called;
    out.by_custom = use.by_custom;
    out.asleep = use.asleep;
    out.answered = use.answered;
    out.acknowledged = use.acked;
    out.not_mine = use.not_mine;
    out.followed = use.followed;
    out.short_lived = use.short_lived;
    out.useful = use.useful;
    out.judged = use.judged;
    if (use.use) out.share = amount(*use.use, std::string(model::kProbability));
    out.noise_chance = use.noise_chance;
    out.verdict = static_cast<api::RuleVerdict>(use.standing);
    if (use.minutes) out.minutes = amount(*use.minutes, std::string(kPersonMinutes));
    if (use.minutes && price) {
      out.cost = amount(learn::priced(*use.minutes, price->hourly, seed), price->currency);
    }
    out.for_longer = use.longer;
    out.sentence = use.sentence;
    return out;
  }
};

std::string sentence_of(const std::vector<api::NoiseRow>& rules, Duration window) {
  if (rules.empty()) return fmt::format("no alert fired in {}", to_string(window));
  std::size_t noise = 0;
  std::size_t unknown = 0;
  for (const api::NoiseRow& row : rules) {
    if (row.verdict == api::RuleVerdict::kNoise) ++noise;
    if (row.verdict == api::RuleVerdict::kUnknown) ++unknown;
  }
  std::string out = fmt::format("{} of {} that fired in {} {} noise", noise,
                                counted(rules.size(), "alert rule", "alert rules"),
                                to_string(window), noise == 1 ? "is" : "are");
  if (unknown > 0) out += fmt::format("; of {} it is not known", unknown);
  const auto worst = std::find_if(rules.begin(), rules.end(), [](const api::NoiseRow& row) {
    return row.verdict == api::RuleVerdict::kNoise;
  });
  return worst == rules.end() ? out : out + ". " + worst->sentence;
}

void say_what_is_missing(const learn::Firings& firings, bool priced, api::NoisePage& page) {
  const auto any = [&](auto&& holds) {
    return std::any_of(page.rules.begin(), page.rules.end(), holds);
  };
  if (firings.unreadable > 0) page.coverage.push_back(facts::unread_words(firings.unreadable));
  if (firings.cut) page.coverage.emplace_back("older alerts of this window: there are too many");
  if (any([](const auto& row) { return row.by_custom; })) {
    page.coverage.emplace_back(
        "whom other systems called: a severity that wakes by custom counts as one call");
  }
  if (any([](const auto& row) { return row.called > 0 && !row.asleep; })) {
    page.coverage.emplace_back("who slept: state `hours` under notify or people");
  }
  if (!priced && any([](const auto& row) { return row.minutes.has_value(); })) {
    page.coverage.emplace_back("what attention costs: state it once, such as " +
                               model::example(model::StakeOf::kPersonHour, ""));
  }
}

}  // namespace

Result<api::NoisePage> LearnPages::noise(Duration window) {
  api::NoisePage page;
  stamp(context_, page);
  const Timestamp now = context_.clock.wall();
  page.since = now - window;
  const auto config = context_.config();
  TRY(const learn::Firings firings,
      learn::load_firings(context_.journal, config->catalog, config->people, page.since, now));
  const Rows rows{now, "in " + to_string(window), hour_price(context_.journal.snapshot()),
                  context_.seed};
  for (const learn::RuleUse& use : learn::rules_of(firings.all, window)) {
    page.rules.push_back(rows.row(use));
  }
  page.sentence = sentence_of(page.rules, window);
  say_what_is_missing(firings, rows.price.has_value(), page);
  if (page.rules.empty()) {
    page.teach = "daytwo import alerts FILE, or point Alertmanager's webhook at daytwo";
  }
  return page;
}

}  // namespace daytwo::app
