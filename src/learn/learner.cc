#include "learn/learner.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "facts/told.h"
#include "learn/estimates.h"
#include "learn/forecast.h"
#include "learn/waiting.h"
#include "model/amount.h"
#include "promql/engine.h"
#include "series/source.h"

namespace daytwo::learn {
namespace {

using facts::Finding;
using facts::Lesson;
using facts::LessonKind;
using facts::Record;
using facts::RecordPtr;
using facts::Snapshot;

constexpr double kDay = 8.64e7;
// A run-out further away than this has no interval forecast: its truth would come too late.
constexpr double kLongestDays = 7;

// A budget forecast later than this before the day's end would be told by the morning's.
constexpr Duration kLeastAhead = hours(1);
constexpr std::string_view kToday = "/today";

// The objective that a forecast of its budget speaks of: "forecast/objective/.../today".
WorryKey noted_key(const WorryKey& forecast) {
  constexpr std::size_t kBefore = std::string_view("forecast/").size();
  return WorryKey(forecast.value.substr(kBefore, forecast.value.size() - kBefore - kToday.size()));
}

Timestamp day_after(Timestamp now) {
  const std::int64_t day = days(1).ms;
  return {(now.ms / day + 1) * day};
}

// True when a forecast under `key` is still waiting for its truth.
bool is_open(const Snapshot& snapshot, const WorryKey& key) {
  const RecordPtr said = snapshot.find("forecast", key);
  if (!said) return false;
  for (const char* end : {"scored", "void"}) {
    const RecordPtr record = snapshot.find(end, key);
    if (record && record->id > said->id) return false;
  }
  return true;
}

// One turn's work: the snapshot, the time, what is to be said.
class Turn {
 public:
  Turn(const Evaluate& evaluate, const Snapshot& snapshot, Timestamp now)
      : evaluate_(evaluate),
        snapshot_(snapshot),
        now_(now),
        incidents_(incidents_of(snapshot)),
        told_(snapshot) {}

  std::vector<Record> run() {
    for (const RecordPtr& forecast : snapshot_.open("forecast")) {
      if (is_open(snapshot_, forecast->key)) settle(*forecast);
    }
    for (const RecordPtr& finding : snapshot_.open("runout")) forecast_run_out(*finding);
    for (const RecordPtr& probe : snapshot_.open("probe_seen")) forecast_probe(*probe);
    for (const RecordPtr& note : snapshot_.open("objective")) forecast_budget(*note);
    for (const RecordPtr& shadow : snapshot_.open("shadow")) forecast_waiting(*shadow);
    for (const RecordPtr& written : snapshot_.open("written")) take_estimates(*written);
    return std::move(out_);
  }

 private:
  std::optional<double> ask(const std::string& query, Timestamp at) const {
    const auto answer = evaluate_(query, at);
    const std::optional<double> value = answer ? *answer : std::nullopt;
    return value && std::isfinite(*value) ? value : std::nullopt;
  }

  void settle(const Record& forecast) {
    const Lesson& lesson = *facts::body_as<Lesson>(forecast);
    if (lesson.truth_rule == kRanOut) {
      settle_run_out(forecast, lesson);
      return;
    }
    if (lesson.truth_rule == kNextNote) {
      settle_budget(forecast, lesson);
      return;
    }
    if (lesson.truth_rule == kIncidentsCounted) {
      if (now_ >= lesson.due + kIncidentsIn) {
        out_.push_back(settled(forecast, incidents_, now_));
      }
      return;
    }
    if (now_ < lesson.due + kSettle) return;
    if (lesson.truth_rule == kStillOpen || lesson.truth_rule == kRanFull) {
      settle_waiting(forecast, lesson);
      return;
    }
    if (told_.acked(forecast.key, forecast.ts, lesson.due)) {
      out_.push_back(voided(forecast, "somebody acted upon it", now_));
      return;
    }
    const auto value = ask(lesson.truth_query, lesson.due);
    if (value) {
      out_.push_back(scored(forecast, outcome(lesson, *value), now_));
    } else if (now_ >= lesson.due + kGiveUp) {
      out_.push_back(voided(forecast, "the truth is not known", now_));
    }
  }

  static double outcome(const Lesson& lesson, double value) {
    if (lesson.truth_rule == kAboveZero) return value > 0 ? 1 : 0;
    if (lesson.truth_rule == kAtLeastOne) return value >= 1 ? 1 : 0;
    return value;
  }

  // The finding under the key without its "/when": full now, or gone, or not in time.
  void settle_run_out(const Record& forecast, const Lesson& lesson) {
    const std::string& key = forecast.key.value;
    const WorryKey worry(key.substr(0, key.rfind("/when")));
    const RecordPtr finding = snapshot_.find("runout", worry);
    const double waited = static_cast<double>((now_ - forecast.ts).ms) / kDay;
    const auto* left = finding ? finding->find_amount("days_to_runout") : nullptr;
    const bool full = left != nullptr && left->estimate.p95 <= 0;
    if (told_.acked(worry, forecast.ts, lesson.due)) {
      out_.push_back(voided(forecast, "somebody acted upon it", now_));
    } else if (full && finding->ts >= forecast.ts) {
      const double took = static_cast<double>((finding->ts - forecast.ts).ms) / kDay;
      out_.push_back(scored(forecast, took, now_));
    } else if (now_ >= lesson.due + kSettle) {
      // Past the upper end and not full: the truth is later than was said.
      out_.push_back(scored(forecast, waited, now_));
    }
  }

  // The newest finding of a worry; null when there is none.
  RecordPtr finding_of(const WorryKey& worry) const {
    RecordPtr out;
    for (const RecordPtr& record : snapshot_.thread(worry)) {
      const auto* finding = facts::body_as<Finding>(*record);
      const bool own = finding != nullptr && facts::is_worry(finding->kind) &&
                       finding->kind != facts::FindingKind::kTripwire;
      if (own) out = record;
    }
    return out;
  }

  void forecast_waiting(const Record& shadow) {
    const WorryKey key = waiting_key(shadow.key);
    const RecordPtr last = snapshot_.find("forecast", key);
    const bool said = last && last->find_input("epoch") == shadow.find_input("epoch");
    const RecordPtr finding = finding_of(shadow.key);
    if (said || is_open(snapshot_, key) || !finding || finding->state == facts::State::kClosed)
      return;
    if (told_.acked(shadow.key, shadow.ts, now_)) return;
    if (auto forecast = waiting_foretold(shadow, *finding, now_)) {
      out_.push_back(*std::move(forecast));
    }
  }

  void settle_waiting(const Record& forecast, const Lesson& lesson) {
    const WorryKey worry = worry_of_waiting(forecast.key);
    const RecordPtr finding = finding_of(worry);
    if (told_.acked(worry, forecast.ts, lesson.due)) {
      out_.push_back(voided(forecast, "somebody acted upon it", now_));
    } else if (!finding || now_ > lesson.due + kGiveUp) {
      out_.push_back(voided(forecast, "the truth is not known", now_));
    } else {
      out_.push_back(waiting_scored(forecast, *finding, now_));
    }
  }

  // The objective's note of the next day, if it was written soon enough after midnight.
  void settle_budget(const Record& forecast, const Lesson& lesson) {
    const RecordPtr note = snapshot_.find("objective", noted_key(forecast.key));
    const auto* left = note ? note->find_amount("budget_left") : nullptr;
    if (left == nullptr || note->state == facts::State::kClosed) {
      out_.push_back(voided(forecast, "it is no longer an objective", now_));
    } else if (note->ts >= lesson.due && note->ts <= lesson.due + kGiveUp) {
      out_.push_back(scored(forecast, left->estimate.p50, now_));
    } else if (now_ > lesson.due + kGiveUp) {
      out_.push_back(voided(forecast, "the truth is not known", now_));
    }
  }

  // What a person stated of a worry: how often it will be, and how long the last ones were.
  void take_estimates(const Record& written) {
    if (!is_open(snapshot_, often_key(written))) {
      if (std::optional<Record> often = foretold(written, now_)) out_.push_back(*std::move(often));
    }
    for (Record& score : lasted(written, incidents_, now_)) {
      if (snapshot_.find("scored", score.key) == nullptr) out_.push_back(std::move(score));
    }
  }

  void forecast_budget(const Record& note) {
    const Timestamp due = day_after(note.ts);
    const WorryKey key("forecast/" + note.key.value + std::string(kToday));
    if (now_ + kLeastAhead > due || is_open(snapshot_, key)) return;
    const auto share = [&](const char* name) {
      const model::Amount* amount = note.find_amount(name);
      return amount == nullptr ? 0.0 : amount->estimate.p50;
    };
    BudgetNote said;
    said.left = share("budget_left");
    said.given_back = share("given_back_by_day_end");
    said.spent = share("spent_by_day_end");
    said.deviation = share("deviation");
    const std::string_view days = note.find_input("days");
    const auto read = std::from_chars(days.data(), days.data() + days.size(), said.days);
    if (read.ec != std::errc{} || said.days < 0 || said.deviation <= 0)
      return;  // of another version
    say("budgets",
        to_record(IntervalForecast{key, "budget of " + note.subject + " at the day's end",
                                   budget_at_day_end(said), "of the budget", due, "",
                                   std::string(kNextNote)},
                  note.id, now_));
  }

  void forecast_run_out(const Record& record) {
    const Finding& finding = *facts::body_as<Finding>(record);
    const model::Amount* left = record.find_amount("days_to_runout");
    if (left == nullptr || left->estimate.p95 <= 0) return;  // nothing to foretell
    // What was said when the finding was written; it has aged since.
    const double age = static_cast<double>((now_ - record.ts).ms) / kDay;
    chance::Estimate from_now = left->estimate;
    for (double* figure : {&from_now.p05, &from_now.p25, &from_now.p50, &from_now.p75,
                           &from_now.p95, &from_now.mean}) {
      *figure = std::max(*figure - age, 0.0);
    }
    if (!finding.truth_query.empty() && !is_open(snapshot_, record.key)) {
      const double chance = chance::chance_below(from_now, 1 / 24.0);
      const std::string query = fmt::format("max_over_time(({})[1h:30s])", finding.truth_query);
      say("run-outs",
          to_record(ChanceForecast{record.key, record.subject + " full within the hour", chance,
                                   now_ + hours(1), query, std::string(kAboveZero)},
                    record.id, now_));
    }
    const WorryKey when(record.key.value + "/when");
    if (from_now.p95 > 0 && from_now.p95 <= kLongestDays && !is_open(snapshot_, when)) {
      const auto latest = static_cast<std::int64_t>(from_now.p95 * kDay);
      say("run-outs",
          to_record(IntervalForecast{when, record.subject + " full in", from_now, "days",
                                     now_ + milliseconds(latest), "", std::string(kRanOut)},
                    record.id, now_));
    }
  }

  void forecast_probe(const Record& record) {
    const auto* probe = facts::body_as<facts::ProbeSeen>(record);
    const std::string series = fmt::format("probe_success{{instance=\"{}\"}}", probe->url);
    const WorryKey hour("forecast/" + probe->url + "/hour");
    const WorryKey tomorrow("forecast/" + probe->url + "/tomorrow");
    const WorryKey today("forecast/" + probe->url + "/today");
    const bool hour_due = !is_open(snapshot_, hour);
    const bool tomorrow_due = !is_open(snapshot_, tomorrow);
    const bool today_due = !is_open(snapshot_, today);
    if (!hour_due && !tomorrow_due && !today_due) return;
    const double seen =
        ask(fmt::format("count_over_time(min_over_time({}[1h])[7d:1h])", series), now_).value_or(0);
    const double clean =
        ask(fmt::format("sum_over_time(min_over_time({}[1h])[7d:1h])", series), now_).value_or(0);
    if (hour_due) {
      say_clean(hour, probe->url + " answers throughout the next hour", series, hours(1), 1,
                now_ + hours(1), std::min(clean, seen), seen, record.id);
    }
    const Timestamp midnight = day_after(now_);
    if (tomorrow_due) {
      say_clean(tomorrow, probe->url + " answers throughout tomorrow", series, days(1), 24,
                midnight + days(1), std::min(clean, seen), seen, record.id);
    }
    if (today_due) say_today(today, *probe, series, seen, midnight, record.id);
  }

  void say_clean(const WorryKey& key, std::string what, const std::string& series, Duration span,
                 int hours_in_span, Timestamp due, double clean, double seen, RecordId cause) {
    ChanceForecast forecast;
    forecast.key = key;
    forecast.what = std::move(what);
    forecast.chance = chance_of_clean_hours(clean, seen, hours_in_span);
    forecast.due = due;
    forecast.truth_query = fmt::format("min_over_time({}[{}])", series, to_string(span));
    forecast.truth_rule = kAtLeastOne;
    say("answers", to_record(forecast, cause, now_));
  }

  void say_today(const WorryKey& key, const facts::ProbeSeen& probe, const std::string& series,
                 double seen, Timestamp midnight, RecordId cause) {
    const double gone = std::clamp(24 - (midnight - now_).hours(), 0.0, 23.99);
    const auto mean = ask(fmt::format("avg_over_time({}[7d])", series), now_);
    if (!mean) return;  // never probed: nothing to say yet
    const auto range =
        to_string(seconds(std::max<std::int64_t>(60, static_cast<std::int64_t>(gone * 3600))));
    const double so_far =
        ask(fmt::format("avg_over_time({}[{}])", series, range), now_).value_or(*mean);
    IntervalForecast forecast;
    forecast.key = key;
    forecast.what = "availability of " + probe.url + " today";
    forecast.said = availability_of_day(gone, so_far, *mean, seen);
    forecast.unit = "share";
    forecast.due = midnight;
    forecast.truth_query = fmt::format("avg_over_time({}[1d])", series);
    forecast.truth_rule = kValue;
    say("availability", to_record(forecast, cause, now_));
  }

  // A forecast of our own, of this kind.
  void say(const char* kind, Record forecast) {
    forecast.inputs = {{"source", kind}};
    out_.push_back(std::move(forecast));
  }

  const Evaluate& evaluate_;
  const Snapshot& snapshot_;
  const Timestamp now_;
  const std::vector<Incident> incidents_;
  const facts::Told told_;
  std::vector<Record> out_;
};

}  // namespace

Evaluate evaluate_over(const series::Source& source) {
  return [&source](const std::string& query, Timestamp at) -> Result<std::optional<double>> {
    const promql::Engine engine(source);
    TRY(const promql::Answer answer, engine.instant(query, at));
    if (const auto* scalar = std::get_if<promql::ScalarAnswer>(&answer.value)) return scalar->value;
    const auto* vector = std::get_if<promql::VectorAnswer>(&answer.value);
    if (vector == nullptr || vector->empty()) return std::optional<double>();
    return vector->front().sample.value.number;
  };
}

std::vector<Record> Learner::step(const Snapshot& snapshot, Timestamp now) {
  return Turn(evaluate_, snapshot, now).run();
}

}  // namespace daytwo::learn
