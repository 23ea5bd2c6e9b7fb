#include "decide/history.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
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

namespace daytwo::decide {
namespace {

// Below this a count says little about a year.
constexpr double kLeastYears = 1.0 / 12;
// Of ten close calls one becomes an incident, worth ten seen. Ours, without a source: said wherever
// it counts.
constexpr double kBecomesIncident = 1;
constexpr double kStaysNearMiss = 9;
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

// Near misses speak for the time since the first was written down, incidents for all of it.
chance::Distribution updated(const chance::Distribution& before,
                             const std::vector<Timestamp>& incidents,
                             const std::vector<Timestamp>& near_misses, double years,
                             Timestamp now) {
  const auto all = static_cast<std::int64_t>(incidents.size());
  const double with_near_misses =
      near_misses.empty() ? 0 : std::min(years_since(near_misses.front(), now), years);
  if (with_near_misses < kLeastYears) return chance::updated_rate(before, all, years);
  const auto since = std::lower_bound(incidents.begin(), incidents.end(), near_misses.front());
  const std::int64_t earlier = since - incidents.begin();
  const chance::Distribution until_then =
      chance::updated_rate(before, earlier, years - with_near_misses);
  return chance::updated_rate(
      until_then, {all - earlier, static_cast<std::int64_t>(near_misses.size()), with_near_misses},
      chance::beta(kBecomesIncident, kStaysNearMiss));
}

std::string rate_words(const chance::Distribution& rate) {
  const chance::Estimate x = rate.estimate();
  return fmt::format("{} a year (90 %: {} to {})", model::money_words(x.mean, ""),
                     model::money_words(x.p05, ""), model::money_words(x.p95, ""));
}

}  // namespace

std::int64_t History::deploy_count() const {
  std::int64_t out = 0;
  for (const Deploys& each : deploys) out += each.count;
  return out;
}

std::string History::fingerprint() const {
  return fmt::format("{} {} {} {}", incidents.size(), near_misses.size(), deploy_count(), since.ms);
}

History history_of(const facts::Snapshot& snapshot, Timestamp now) {
  History out;
  out.since = now;
  for (const auto& record : snapshot.open(facts::kind_name<facts::IncidentSeen>())) {
    const auto* seen = facts::body_as<facts::IncidentSeen>(*record);
    if (seen == nullptr || seen->began > now) continue;
    out.incidents.push_back({seen->service, seen->title, seen->began});
    out.since = std::min(out.since, seen->began);
  }
  for (const auto& record : snapshot.open(facts::kind_name<facts::NearMissSeen>())) {
    const auto* seen = facts::body_as<facts::NearMissSeen>(*record);
    if (seen == nullptr || seen->at > now) continue;
    out.near_misses.push_back({seen->service, seen->title, seen->at});
  }
  for (auto* each : {&out.incidents, &out.near_misses}) {
    std::stable_sort(each->begin(), each->end(),
                     [](const auto& a, const auto& b) { return a.began < b.began; });
  }
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
                                const std::string& service, const std::string& what,
                                Timestamp now) {
  const double years = years_since(history.since, now);
  const bool known =
      !service.empty() &&
      std::any_of(history.incidents.begin(), history.incidents.end(),
                  [&](const History::Incident& one) { return one.service == service; });
  if (!known || years < kLeastYears || prior.what.is_clipped() || prior.what.is_truncated()) {
    return std::nullopt;
  }
  chance::Distribution before = prior.what;
  if (before.is_point() && before.mean() > 0) before = chance::gamma(1, 1 / before.mean());
  if (before.family != chance::Family::kGamma) return std::nullopt;
  const model::Kinship kind(service, what);
  const std::vector<Timestamp> incidents = times_of(history.incidents, kind);
  const std::vector<Timestamp> near_misses = times_of(history.near_misses, kind);
  const chance::Distribution after = updated(before, incidents, near_misses, years, now);
  const std::string which =
      kind.any_title() ? "of " + service
                       : fmt::format("of {} whose title shares a word with '{}'", service, what);
  std::string seen = counted(incidents.size(), "incident", "incidents");
  std::string close_calls;
  if (!near_misses.empty()) {
    seen += " and " + counted(near_misses.size(), "near miss", "near misses");
    close_calls = "; assumed until yours say otherwise: of ten close calls one becomes an incident";
  }
  return Uncertain{
      after, fmt::format("{} {}, then {} in {:.1f} years: {}; counted are {} {}{}", prior.source,
                         rate_words(before), seen, years, rate_words(after),
                         near_misses.empty() ? "incidents" : "those", which, close_calls)};
}

}  // namespace daytwo::decide
