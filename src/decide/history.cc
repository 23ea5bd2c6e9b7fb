#include "decide/history.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/learning.h"
#include "chance/near_misses.h"
#include "decide/case.h"
#include "facts/names.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/kinship.h"
#include "model/worry_file.h"

namespace daytwo::decide {
namespace {

// Below this a count says little about a year.
constexpr double kLeastYears = 1.0 / 12;
// Shape of the inverse gamma that a stated range is for the variance: four degrees of freedom, the
// least whole number of pairs with which its mean exists.
constexpr double kRangeShape = 2;
// Of ten close calls one becomes an incident, worth ten seen. Ours, without a source: said wherever
// it counts.
constexpr double kBecomesIncident = 1;
constexpr double kStaysNearMiss = 9;
// An alert this long before an incident belongs to it.
constexpr Duration kAnnounces = hours(6);

double years_since(Timestamp since, Timestamp now) { return (now - since).days() / kDaysPerYear; }

// When those of one kind began, oldest first.
std::vector<Timestamp> times_of(const std::vector<History::Incident>& all,
                                const model::Kinship& kind) {
  std::vector<Timestamp> out;
  for (const History::Incident& one : all) {
    if (kind.holds(one.service, one.title)) out.push_back(one.began);
  }
  return out;
}

// A rate on its way from what was stated to what is believed, and the words for it.
struct Lesson {
  chance::Distribution rate;
  std::string words;
};

std::string hours_words(const chance::Distribution& hours) {
  const chance::Estimate x = hours.estimate();
  return fmt::format("{} hours (90 %: {} to {})", model::money_words(x.p50, ""),
                     model::money_words(x.p05, ""), model::money_words(x.p95, ""));
}

std::string rate_words(const chance::Distribution& rate) {
  const chance::Estimate x = rate.estimate();
  return fmt::format("{} a year (90 %: {} to {})", model::money_words(x.mean, ""),
                     model::money_words(x.p05, ""), model::money_words(x.p95, ""));
}

// The kind in words: "of checkout", "of checkout whose title shares a word with 'cards'".
std::string which_words(const model::Kinship& kind, const std::string& service,
                        const std::string& what) {
  if (kind.any_title()) return "of " + service;
  return fmt::format("of {} whose title shares a word with '{}'", service, what);
}

// What incidents teach, and near misses from the first of them on.
void learn_from_incidents(const History& history, const model::Kinship& kind,
                          const std::string& which, Timestamp now, Lesson& lesson) {
  const double years = years_since(history.since, now);
  const std::vector<Timestamp> incidents = times_of(history.incidents, kind);
  const std::vector<Timestamp> near_misses = times_of(history.near_misses, kind);
  const auto losses = static_cast<std::int64_t>(incidents.size());
  const double with_near_misses =
      near_misses.empty() ? 0 : std::min(years_since(near_misses.front(), now), years);
  if (with_near_misses < kLeastYears) {
    lesson.rate = chance::updated_rate(lesson.rate, losses, years);
  } else {
    const auto lucky = static_cast<std::int64_t>(near_misses.size());
    lesson.rate = chance::updated_rate(lesson.rate, {losses, years, lucky, with_near_misses},
                                       chance::beta(kBecomesIncident, kStaysNearMiss));
  }
  std::string seen = counted(incidents.size(), "incident", "incidents");
  if (!near_misses.empty()) {
    seen += " and " + counted(near_misses.size(), "near miss", "near misses");
  }
  lesson.words += fmt::format(
      ", then {} in {:.1f} years: {}; counted are {} {}{}", seen, years, rate_words(lesson.rate),
      near_misses.empty() ? "incidents" : "those", which,
      near_misses.empty()
          ? ""
          : "; assumed until yours say otherwise: of ten close calls one becomes an incident");
}

// True when an alert of that time announced or accompanied one of the incidents.
bool belongs(Timestamp at, const std::vector<History::Incident>& incidents,
             const model::Kinship& kind) {
  return std::any_of(incidents.begin(), incidents.end(), [&](const History::Incident& each) {
    const Timestamp ended = each.began + milliseconds(std::llround(each.hours * 3.6e6));
    return at >= each.began - kAnnounces && at <= ended && kind.holds(each.service, each.title);
  });
}

// What days of a forerunner teach that no incident came of.
void learn_from_alerts(const History& history, const Forerunner& forerunner,
                       const model::Kinship& kind, const std::string& service, Timestamp now,
                       Lesson& lesson) {
  const double years = years_since(history.alert_days.front().at, now);
  std::int64_t lucky = 0;
  for (const History::AlertDay& each : history.alert_days) {
    if (each.alert != forerunner.alert) continue;
    if (!each.service.empty() && each.service != service) continue;
    lucky += belongs(each.at, history.incidents, kind) ? 0 : 1;
  }
  lesson.rate = chance::updated_rate(lesson.rate, {0, 0, lucky, years}, forerunner.becomes);
  lesson.words += fmt::format(
      ", then {} of {} without an incident in {:.1f} years, of which {:.3g} % become one: {}",
      counted(static_cast<std::size_t>(lucky), "day", "days"), forerunner.alert, years,
      forerunner.becomes.mean() * 100, rate_words(lesson.rate));
}

}  // namespace

std::int64_t History::deploy_count() const {
  std::int64_t out = 0;
  for (const Deploys& each : deploys) out += each.count;
  return out;
}

std::string History::fingerprint() const {
  double hours = 0;  // changes when one ends
  for (const Incident& each : incidents) hours += each.hours;
  // Nothing was counted before the first incident: the time of asking is no part of it.
  const std::int64_t from = incidents.empty() ? 0 : since.ms;
  return fmt::format("{} {} {} {} {} {}", incidents.size(), near_misses.size(), deploy_count(),
                     from, hours, alert_days.size());
}

History history_of(const facts::Snapshot& snapshot, Timestamp now) {
  History out;
  out.since = now;
  for (const auto& record : snapshot.open(facts::kind_name<facts::IncidentSeen>())) {
    const auto* seen = facts::body_as<facts::IncidentSeen>(*record);
    if (seen == nullptr || seen->began > now) continue;
    const double hours = seen->ended.ms > 0 ? (seen->ended - seen->began).hours() : 0;
    out.incidents.push_back({seen->service, seen->title, seen->began, std::max(hours, 0.0)});
    out.since = std::min(out.since, seen->began);
  }
  for (const auto& record : snapshot.open(facts::kind_name<facts::NearMissSeen>())) {
    const auto* seen = facts::body_as<facts::NearMissSeen>(*record);
    if (seen == nullptr || seen->at > now) continue;
    out.near_misses.push_back({seen->service, seen->title, seen->at, 0});
  }
  for (auto* each : {&out.incidents, &out.near_misses}) {
    std::stable_sort(each->begin(), each->end(),
                     [](const auto& a, const auto& b) { return a.began < b.began; });
  }
  for (const auto& record : snapshot.open(facts::kind_name<facts::AlertDaySeen>())) {
    const auto* seen = facts::body_as<facts::AlertDaySeen>(*record);
    if (seen == nullptr || seen->at > now) continue;
    out.alert_days.push_back({seen->alert, seen->service, seen->at});
  }
  std::stable_sort(out.alert_days.begin(), out.alert_days.end(),
                   [](const auto& a, const auto& b) { return a.at < b.at; });
  std::map<std::string, History::Deploys> deploys;
  for (const auto& record : snapshot.open(facts::kind_name<facts::ChangeSeen>())) {
    const auto* seen = facts::body_as<facts::ChangeSeen>(*record);
    if (seen == nullptr || seen->what != "deploy" || seen->at > now) continue;
    const auto [at, fresh] = deploys.try_emplace(seen->service, seen->service, 0, seen->at);
    ++at->second.count;
    at->second.since = std::min(at->second.since, seen->at);
  }
  for (auto& [service, each] : deploys) out.deploys.push_back(std::move(each));
  return out;
}

History relevant(const History& history, const model::WorryFile& file) {
  std::set<std::string> services;
  for (const model::FiledWorry& worry : file.worries) services.insert(worry.service);
  History out = history;
  for (auto* each : {&out.incidents, &out.near_misses}) {
    std::erase_if(*each, [&](const auto& one) { return !services.contains(one.service); });
  }
  if (out.incidents.empty()) out.since = {};
  return out;
}

std::optional<double> deploys_a_year(const History& history, const std::string& service,
                                     Timestamp now) {
  const bool own = std::any_of(history.deploys.begin(), history.deploys.end(),
                               [&](const auto& deploy) { return deploy.service == service; });
  Timestamp since = now;
  std::int64_t count = 0;
  for (const History::Deploys& each : history.deploys) {
    since = std::min(since, each.since);
    if (!own || each.service == service) count += each.count;
  }
  const double years = years_since(since, now);
  if (count == 0 || years < kLeastYears) return std::nullopt;
  return static_cast<double>(count) / years;
}

std::optional<Uncertain> taught(const Uncertain& prior, const History& history,
                                const std::string& service, const std::string& what, Timestamp now,
                                std::span<const Forerunner> forerunners) {
  if (service.empty() || prior.what.is_clipped() || prior.what.is_truncated()) return std::nullopt;
  Lesson lesson{prior.what, ""};
  if (lesson.rate.is_point() && lesson.rate.mean() > 0) {
    lesson.rate = chance::gamma(1, 1 / lesson.rate.mean());
  }
  if (lesson.rate.family != chance::Family::kGamma) return std::nullopt;
  const std::string stated = fmt::format("{} {}", prior.source, rate_words(lesson.rate));
  const model::Kinship kind(service, what);
  const bool known =
      years_since(history.since, now) >= kLeastYears &&
      std::any_of(history.incidents.begin(), history.incidents.end(),
                  [&](const History::Incident& one) { return one.service == service; });
  if (known) {
    learn_from_incidents(history, kind, which_words(kind, service, what), now, lesson);
  }
  const bool listened =
      !history.alert_days.empty() && years_since(history.alert_days.front().at, now) >= kLeastYears;
  if (listened) {
    for (const Forerunner& each : forerunners) {
      learn_from_alerts(history, each, kind, service, now, lesson);
    }
  }
  if (lesson.words.empty()) return std::nullopt;
  return Uncertain{lesson.rate, stated + lesson.words};
}

std::optional<TaughtHours> taught_hours(const Uncertain& prior, const History& history,
                                        const std::string& service, const std::string& what) {
  const chance::Distribution& before = prior.what;
  if (before.family != chance::Family::kLognormal || before.is_clipped() || before.is_truncated() ||
      before.b <= 0) {
    return std::nullopt;
  }
  const model::Kinship kind(service, what);
  std::vector<double> seen;
  for (const History::Incident& each : history.incidents) {
    if (each.hours > 0 && kind.holds(each.service, each.title)) seen.push_back(each.hours);
  }
  if (seen.empty()) return std::nullopt;
  // A stated range holds where the middle lies and the luck around it, half of its variance each.
  const chance::LogBelief stated{before.a, 1, kRangeShape,
                                 before.b * before.b / 2 * (kRangeShape - 1)};
  const chance::LogBelief after = stated.after(seen);
  const double luck = after.b / (after.a - 1);
  const chance::Distribution hours =
      chance::lognormal(after.m, std::sqrt(luck * (1 + 1 / after.k)));
  std::sort(seen.begin(), seen.end());
  return TaughtHours{
      {hours, fmt::format("{} {}, then {} of {} hours in the middle: {}", prior.source,
                          hours_words(before), counted(seen.size(), "incident", "incidents"),
                          model::money_words(seen[seen.size() / 2], ""), hours_words(hours))},
      after.k / (after.k + 1)};
}

}  // namespace daytwo::decide
