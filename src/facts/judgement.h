// What the other four rooms write: Finding (orient), Choice (decide), Deed (act), Lesson (learn).
// Uncertain numbers stand in Record::amounts under the names given here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "base/units.h"
#include "model/tripwire.h"
#include "model/verdict.h"

namespace daytwo::facts {

// One piece of evidence that opens: a query, or a record.
struct Evidence {
  std::string sentence;
  std::string query;         // PromQL, or empty
  std::uint64_t record = 0;  // journal id, or 0
};

// What kind of thing was found.
enum class FindingKind : std::uint8_t {
  kRunOut,     // a filesystem, memory limit or declared capacity runs out
  kBurn,       // an objective's budget burns
  kExposure,   // an advisory hits a package here
  kDrift,      // runs but is not declared, or the reverse
  kMemoryCap,  // a workload against its memory limit
  kAlert,      // received from another system
  kProbe,      // a watched URL is down
  kFlow,       // received but not processed
  kCpu,        // busy: a symptom or not
  kWritten,    // a person's sentence
  kTripwire,   // a tripwire crossed
  kSource,     // a source of findings and whether it can work ("no advisory file"): never a worry
  kObjective,  // where a budget stands as a day begins: never a worry
};

// Whether a finding of this kind is something to worry about, and not a note between rooms.
[[nodiscard]] constexpr bool is_worry(FindingKind kind) {
  return kind != FindingKind::kSource && kind != FindingKind::kObjective;
}

// What a signal means, in natural units. Amounts: "events_per_year", "hours_per_event",
// "hours_lost_per_day" (expected, if left alone), "days_to_runout", "chance" (probability that it
// happens within `horizon`); for kObjective shares of the budget: "budget_left", what the window
// gives back until the day (UTC) ends "given_back_by_day_end", what the same hours of earlier days
// spent "spent_by_day_end", and its "deviation" from day to day; input "days" says how many.
struct Finding {
  FindingKind kind = FindingKind::kWritten;
  std::string title;                    // one short sentence, no full stop
  std::string service;                  // empty = not tied to one
  std::string written;                  // the person's own words, for kWritten
  std::vector<std::string> understood;  // the echo of what was understood
  std::vector<Evidence> evidence;
  std::string next_step;    // what to do, as a command or sentence
  std::string option;       // the one option's name: "clean or grow the filesystem"
  bool symptom = false;     // customers can feel it now
  bool wake = false;        // may page; else it is a ticket
  Duration horizon;         // until when `chance` counts; 0 = a year
  std::string truth_query;  // PromQL that tells later whether it came true, or empty
};

// Inputs of kExposure findings by which a promise of security is measured: when the world could
// have known and when exploitation was (dates), the services concerned (one input each); and of
// their source, how many packages were held against advisories: without it nothing was looked for.
inline constexpr std::string_view kPublished = "published";
inline constexpr std::string_view kExploited = "exploited since";
inline constexpr std::string_view kService = "service";
inline constexpr std::string_view kMatched = "packages matched";

// Who chose, and what.
enum class ChoiceKind : std::uint8_t {
  kVerdict,   // computed
  kDecided,   // by a person
  kStake,     // what something is worth, stated by a person
  kQuestion,  // the one question whose answer would change most
  kPremise,   // a text that verdicts rest on; the newest version holds, verdicts name theirs
};

// What it is worth and what to do. Amounts: "worth" (net, shrunk), "worth_raw", "loss" (if left
// alone, a year), "loss_per_day", "loss_per_hour", "cost", "work_per_hour" (price of an hour of
// work), "customers", "knowing" (net value of the best study); for kStake "stake".
struct Choice {
  ChoiceKind kind = ChoiceKind::kVerdict;
  model::Verdict verdict = model::Verdict::kUndecided;
  std::string reason;                // one sentence
  std::optional<Ratio> chance_pays;  // over what we do not know, not over luck
  std::optional<model::Tripwire> tripwire;
  std::string option;
  std::string study;             // what to find out, for find out first
  std::string by;                // "daytwo" or a person
  std::string text;              // a stake's or decision's own words, or what a premise says
  std::string source;            // where a stake comes from: a person, or a cited default
  std::vector<std::string> how;  // how it was computed, step by step
  // Twenty equally likely values of what acting is worth net, rising; empty when it was not valued.
  // In `account`: a currency, or hours of work.
  std::vector<double> worlds;
  std::string account;
};

// The steps of carrying something out.
enum class DeedKind : std::uint8_t {
  kRouted,         // who gets it and why
  kQueued,         // a page is owed
  kAttempt,        // a send was tried
  kSent,           // the receiver accepted it
  kUndeliverable,  // given up
  kCancelled,      // acked, resolved or silenced before it went
  kAcked,
  kSnoozed,
  kFeedback,  // useful, noise, not mine, no power
  kShadow,    // would have held, and here is what it would have cost
};

// What was done. Amounts: "waiting" and "waking" for kShadow.
struct Deed {
  DeedKind kind = DeedKind::kQueued;
  std::string page;    // page id
  std::string to;      // person or receiver
  std::string method;  // webhook, mail
  std::string idempotency_key;
  std::int64_t attempt = 0;
  std::string by;
  std::string error;
  std::string vote;
  Timestamp until;                 // snooze end, or when the next attempt is due
  std::vector<std::string> trace;  // the decision, as sentences
};

// Said, scored, or never to be scored.
enum class LessonKind : std::uint8_t { kForecast, kScored, kVoid };

// What came of it. A forecast is stored when made; its score is a second record under the same key.
// Amounts: "said" for intervals.
struct Lesson {
  LessonKind kind = LessonKind::kForecast;
  std::string what;             // "/var full", "checkout up tomorrow"
  std::optional<Ratio> chance;  // a probability forecast
  std::string unit;             // of an interval forecast
  Timestamp due;                // when the truth is known
  std::string truth_query;      // PromQL evaluated at `due`
  std::string
      truth_rule;  // how the query's answer becomes the outcome: "value", "below 1", "crossed"
  std::optional<double> outcome;  // 0 or 1 for a chance, a value for an interval
  std::optional<bool> inside;     // the 90 % interval held
  std::optional<double> score;    // Brier for a chance, CRPS for an interval
};

}  // namespace daytwo::facts
