// Saying an estimate: the one small language in which worries, stakes, costs and effects are
// written, in files, on the command line and in the one text field [worth.md 2].
//   worry  = often [ "that" text ] "," range { "," extra }
//   often  = P "%" [ "to" P "%" ] [ "chance" ] period | P "%" "of" trials | N "in" M trials
//          | N [ "to" N ] [ "times" ] period | ( "once" | "twice" ) period
//          | "once in" N "years" | "every" N "years"
//   period = ( "a" | "per" | "each" ) ( day | week | month | quarter | year ) | "per deploy"
//   range  = [ conf "%" [ ":" ] ] amount [ ( "to" | "-" ) amount ] [ "(" conf "%" ")" ]
//   extra  = "likely" amount | "never above" amount | "at most once" | "ongoing" | "source" text
//   amount = currency number [ k | M | B ] | number ( "%" | unit )
// A worry that is not written so is read in the order in which people say it (plain_words.h).
// A range without a confidence is a 90 % interval; one amount alone is taken as exact. Errors are
// kInvalid with the column and what was expected there, kLimit for rates above kMaxEventsAYear.
// Thread rule: pure functions over plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chance/distribution.h"
#include "chance/fit.h"

namespace daytwo::model {

// Events a year above which a worry is a metric, not a worry.
inline constexpr double kMaxEventsAYear = 1e5;
// Above this ratio of the ends the mean of a lognormal exceeds the upper end.
inline constexpr double kWideRatio = 5e4;

// Something that a person wrote as a number with an interval. Money is in major units; hours of
// service and person-hours are in hours; shares are 0 to 1. low == high: one number, taken as
// exact.
struct Quantity {
  double low = 0;
  double high = 0;
  double confidence = 0.9;
  std::optional<double> likely;
  std::optional<double> cap;  // never above
  std::string unit;           // a currency code, or one of the units of model/amount.h

  // Lognormal; beta for shares; PERT with a likely value; capped by `cap`. Errors: kInvalid when no
  // distribution holds it.
  [[nodiscard]] Result<chance::Fit> fit() const;
  bool operator==(const Quantity&) const = default;
};

// How often, as written.
struct Frequency {
  enum class Kind : std::uint8_t {
    kChance,    // P(at least one) in `years`, 0 to 1
    kRate,      // events in `years`
    kPerTrial,  // chance at each `trial` ("deploy")
  };
  Kind kind = Kind::kRate;
  double low = 0;
  double high = 0;  // equal to low when one number was written
  double years = 1;
  std::string trial;
  bool at_most_once = false;  // a year has one event or none

  // Events a year: a point, or a gamma for a range (a chance p a year is the rate -ln(1 - p)). With
  // `at_most_once` it is the chance of a year. `trials_a_year` is what was counted. Errors:
  // kNotFound for kPerTrial without a count; kInvalid for a range that no gamma holds.
  [[nodiscard]] Result<chance::Distribution> events_a_year(
      std::optional<double> trials_a_year) const;
  bool operator==(const Frequency&) const = default;
};

// One worry, as written and understood.
struct WorrySentence {
  std::string text;  // the whole sentence
  Frequency frequency;
  std::string what;  // "payments is down"; empty when nothing was said
  Quantity size;     // of one event
  bool ongoing = false;
  std::string source;
  std::string
      heard;  // which words were taken for what; empty when it was written in the strict form
};

// Reads a worry: in the strict form, else with its parts in any order.
[[nodiscard]] Result<WorrySentence> parse_sentence(std::string_view text);

// Reads a range or a single amount alone ("$2k to $20k", "2h", "60% to 80%").
[[nodiscard]] Result<Quantity> parse_quantity(std::string_view text);

// What was understood, before it is saved: rate, quiet years, median, mean and 1-in-100 of an
// event, expected a year, return period of the upper end, fit, and one sentence of why. Errors: the
// fit's; kNotFound for a rate per trial without a count.
[[nodiscard]] Result<std::vector<std::string>> echo(const WorrySentence& sentence,
                                                    std::optional<double> trials_a_year = {});

// The same while nobody has counted the trials of a rate "per deploy": what is known by trial, and
// what is missing. REQUIRES: the frequency is per trial. Errors: the fit's.
[[nodiscard]] Result<std::vector<std::string>> echo_per_trial(const WorrySentence& sentence);

// The longest of `names` that stands in `text` as a whole word (case ignored), or empty: ties a
// sentence to a service.
[[nodiscard]] std::string mentioned(std::string_view text, std::span<const std::string> names);

}  // namespace daytwo::model
