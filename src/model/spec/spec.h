// Objectives as other tools write them: Sloth, Pyrra, OpenSLO. Every field is read and kept; what
// it means in PromQL, and whether daytwo can evaluate it, is said by orient. Queries stay text.
// Sources: sloth.dev (prometheus/v1 and sloth.slok.dev/v1), pyrra.dev/v1alpha1, OpenSLO v1alpha, v1
// and v2alpha. Thread rule: plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "base/time.h"
#include "model/objective.h"
#include "model/service.h"
#include "model/yaml.h"

namespace daytwo::model {

// Whose language a specification is written in.
enum class SpecForm : std::uint8_t { kSloth, kPyrra, kOpenSlo, kDaytwo };

// "sloth", "pyrra", "openslo", "daytwo".
[[nodiscard]] std::string_view name_of(SpecForm form);
// The form called `name`, or nothing.
[[nodiscard]] std::optional<SpecForm> find_spec_form(std::string_view name);

// How an objective of another tool counts.
enum class SpecSignal : std::uint8_t {
  kEvents,         // two of good, bad and total, as queries or counters
  kErrorRatio,     // `ratio` is the share of bad events
  kSuccessRatio,   // `ratio` is the share of good events
  kLatency,        // good is a bucket (or its counter), total all requests
  kNativeLatency,  // total is a native histogram; good are those below `below`
  kGauge,          // good is a gauge of 0 and 1
  kThreshold,      // a sample of `ratio` is good when it is `op` `value`
  kPlugin,         // code of the other tool
  kElsewhere,      // a data source that is not Prometheus
};

// A query and where it stood.
struct SpecQuery {
  std::string text;
  std::optional<YamlNode> at;
  [[nodiscard]] bool empty() const { return text.empty(); }
  // A problem with it, at its place if that is known.
  [[nodiscard]] Diagnostic problem(std::string what, std::string expected = {}) const;
};

// How time is counted.
enum class SpecMethod : std::uint8_t { kOccurrences, kTimeslices, kRatioTimeslices };

// "Occurrences", "Timeslices", "RatioTimeslices".
[[nodiscard]] std::string_view name_of(SpecMethod method);

// A window that begins on a date of the calendar.
struct SpecCalendar {
  std::string duration;  // "1M"
  std::string start;     // "2022-01-01 12:00:00"
  std::string zone;      // IANA
};

// Names and values, as labels and annotations have them.
using SpecTexts = std::map<std::string, std::string>;

// One severity of an alert.
struct SpecAlert {
  bool on = true;
  SpecTexts labels;
  SpecTexts annotations;
};

// What is to be done when the budget burns.
struct SpecAlerting {
  std::string name;
  std::string absent_name;
  SpecTexts labels;
  SpecTexts annotations;
  SpecAlert page;
  SpecAlert ticket;
  bool absent = true;              // Pyrra: an alert when the metric is absent
  SpecTexts severities;            // Pyrra: its names for fastBurn, mediumBurn, ..
  std::vector<BurnRule> policies;  // OpenSLO: burn rates by its alert policies
};

// One objective of a specification.
struct SpecObjective {
  SpecForm form = SpecForm::kSloth;
  std::string version;  // "prometheus/v1"
  std::string name;
  std::string service;
  std::string description;
  SpecTexts service_labels;
  SpecTexts labels;
  SpecTexts annotations;
  SpecSignal signal = SpecSignal::kEvents;
  SpecQuery good;
  SpecQuery bad;
  SpecQuery total;
  SpecQuery ratio;
  bool counters = false;  // queries name counters; else they are rates of them
  std::string source;     // of kElsewhere and kPlugin: its kind
  std::string op;         // lt, lte, gt, gte
  double value = 0;
  std::optional<Duration> below;
  std::string target;  // in percent, as written
  double percent = 0;  // the same as a number
  Duration window;     // 0 = the other tool's default, 30 days
  std::optional<SpecCalendar> calendar;
  SpecMethod method = SpecMethod::kOccurrences;
  double slice_target = 0;
  std::optional<Duration> slice;
  double weight = 1;
  std::vector<std::string> by;
  SpecAlerting alerting;
  std::optional<YamlNode> at;
};

// One condition of Sloth's alert windows: this much of the budget within the long window.
struct SpecWindow {
  double percent = 0;
  Duration short_window;
  Duration long_window;
};

// Sloth's AlertWindows for objectives of one period.
struct SpecWindows {
  Duration period = days(30);
  SpecWindow page_quick{2, minutes(5), hours(1)};
  SpecWindow page_slow{5, minutes(30), hours(6)};
  SpecWindow ticket_quick{10, hours(2), days(1)};
  SpecWindow ticket_slow{10, hours(6), days(3)};
};

// What files say. `notes` are things with no effect, each at its place.
struct Specs {
  std::vector<SpecObjective> objectives;
  SpecWindows windows;
  Diagnostics notes;
};

// Reads all documents of `files` (references of OpenSLO go from file to file). `only` refuses other
// forms; nothing takes each document for what it says it is; a catalog of daytwo reads too. Errors:
// kInvalid with every problem: unknown keys with the nearest known one, both or neither of a pair,
// bad ranges, references to nothing; kLimit as parse_yaml.
[[nodiscard]] Result<Specs> read_specs(std::span<const CatalogFile> files,
                                       std::optional<SpecForm> only);

// Whether `query` holds Sloth's {{.window}} (blanks allowed).
[[nodiscard]] bool has_window(std::string_view query);
// `query` with each {{.window}} replaced by `window`, filled up with blanks to the same length
// where `same_length`, so that columns stay.
[[nodiscard]] std::string with_window(std::string_view query, std::string_view window,
                                      bool same_length = false);

}  // namespace daytwo::model
