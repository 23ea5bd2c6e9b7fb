#include "learn/estimates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "facts/judgement.h"
#include "facts/names.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "facts/written.h"
#include "learn/forecast.h"
#include "model/kinship.h"

namespace daytwo::learn {
namespace {

constexpr double kHoursPerYear = 24 * 365.25;
// Fewer expected events say more as a chance than as a number.
constexpr double kLeastExpected = 3;
constexpr std::array<Duration, 4> kWindows = {hours(1), days(1), days(7), days(30)};

// What a record says was stated, or nothing.
std::optional<chance::Distribution> law_of(const facts::Record& written, const char* input) {
  const std::string text(written.find_input(input));
  if (text.empty()) return std::nullopt;
  const auto law = chance::parse_distribution(text);
  if (!law || !std::isfinite(law->mean()) || law->mean() <= 0) return std::nullopt;
  return *law;
}

// How many events come in `window`.
chance::Distribution counts(const chance::Distribution& a_year, Duration window) {
  const double years = window.hours() / kHoursPerYear;
  const double mean = a_year.mean();
  const double variance = a_year.deviation() * a_year.deviation();
  if (variance <= 0 || !std::isfinite(variance)) return chance::poisson(mean * years);
  // Gamma of shape mean^2 / variance and scale variance / mean.
  return chance::negative_binomial(mean * mean / variance, variance / mean * years);
}

// Who said it, and what it is about, as inputs of a lesson.
std::vector<facts::Input> inputs_of(const facts::Record& written, std::string_view source) {
  const auto& finding = *facts::body_as<facts::Finding>(written);
  const std::string_view by = written.find_input("by");
  return {{"by", std::string(by.empty() ? kUnsigned : by)},
          {"source", std::string(source)},
          {"service", finding.service},
          {"what", finding.title}};
}

// "estimate/written/2f.../a91c/": the worry, and the version of what was said.
std::string version_key(const facts::Record& written, const char* input) {
  const std::string said =
      fmt::format("{} {}", written.find_input("by"), written.find_input(input));
  return fmt::format("estimate/{}/{}", written.key.value, short_id(said));
}

std::string span_words(Duration window) {
  return window == hours(1)  ? "an hour"
         : window == days(1) ? "a day"
                             : fmt::format("{:g} days", window.days());
}

}  // namespace

std::vector<Incident> incidents_of(const facts::Snapshot& snapshot) {
  std::vector<Incident> out;
  for (const facts::RecordPtr& record : snapshot.open(facts::kind_name<facts::IncidentSeen>())) {
    const auto* seen = facts::body_as<facts::IncidentSeen>(*record);
    if (seen == nullptr) continue;
    out.push_back({record->key.value, seen->service, seen->title, seen->began, seen->ended});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Incident& a, const Incident& b) { return a.began < b.began; });
  return out;
}

WorryKey often_key(const facts::Record& written) {
  return WorryKey(version_key(written, facts::kStatedEvents));
}

std::optional<facts::Record> foretold(const facts::Record& written, Timestamp now) {
  const auto& finding = *facts::body_as<facts::Finding>(written);
  const auto a_year = law_of(written, facts::kStatedEvents);
  if (!a_year || finding.service.empty()) return std::nullopt;
  Duration window = kWindows.back();
  for (const Duration each : kWindows) {
    if (a_year->mean() * each.hours() / kHoursPerYear < kLeastExpected) continue;
    window = each;
    break;
  }
  const chance::Distribution events = counts(*a_year, window);
  const WorryKey key = often_key(written);
  facts::Record out;
  if (events.mean() < kLeastExpected) {
    out = to_record(
        ChanceForecast{key, fmt::format("{} within {}", finding.title, span_words(window)),
                       events.chance_above(0), now + window, "", std::string(kIncidentsCounted)},
        written.id, now);
  } else {
    out = to_record(
        IntervalForecast{key, fmt::format("{}: how often in {}", finding.title, span_words(window)),
                         events.estimate(), "times", now + window, "",
                         std::string(kIncidentsCounted)},
        written.id, now);
  }
  out.inputs = inputs_of(written, kHowOften);
  return out;
}

facts::Record settled(const facts::Record& forecast, std::span<const Incident> incidents,
                      Timestamp now) {
  const auto& lesson = *facts::body_as<facts::Lesson>(forecast);
  CHECK(now >= lesson.due, "the time is over");
  if (incidents.empty() || incidents.front().began > lesson.due) {
    return voided(forecast, "no incident was known by then: what happened was not counted", now);
  }
  const model::Kinship kind(std::string(forecast.find_input("service")),
                            forecast.find_input("what"));
  const auto count = std::count_if(incidents.begin(), incidents.end(), [&](const Incident& each) {
    return each.began > forecast.ts && each.began <= lesson.due &&
           kind.holds(each.service, each.title);
  });
  const auto happened = static_cast<double>(count);
  return scored(forecast, lesson.chance ? std::min(1.0, happened) : happened, now);
}

std::vector<facts::Record> lasted(const facts::Record& written, std::span<const Incident> incidents,
                                  Timestamp now) {
  std::vector<facts::Record> out;
  const auto later =
      std::upper_bound(incidents.begin(), incidents.end(), written.ts,
                       [](Timestamp stated, const Incident& each) { return stated < each.began; });
  if (later == incidents.end()) return out;
  const auto& finding = *facts::body_as<facts::Finding>(written);
  const auto law = law_of(written, facts::kStatedHours);
  if (!law || finding.service.empty()) return out;
  const model::Kinship kind(finding.service, finding.title);
  for (auto each = later; each != incidents.end(); ++each) {
    if (each->ended <= each->began || each->ended > now) continue;
    if (!kind.holds(each->service, each->title)) continue;
    const WorryKey key(fmt::format("{}/{}", version_key(written, facts::kStatedHours), each->key));
    facts::Record said =
        to_record(IntervalForecast{key, fmt::format("{}: how long", finding.title), law->estimate(),
                                   "hours", each->ended, "", std::string(kValue)},
                  written.id, written.ts);
    said.inputs = inputs_of(written, kHowLong);
    facts::Record score = scored(said, (each->ended - each->began).hours(), now);
    score.causes = {written.id};
    out.push_back(std::move(score));
  }
  return out;
}

}  // namespace daytwo::learn
