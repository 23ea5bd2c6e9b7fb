// Case: one worry with one option, ready to be valued: what is not known about it as distributions,
// each with where it comes from. A Case prints into a record's inputs and reads back to the same
// bits, so that a stored verdict can be replayed.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "facts/record.h"

namespace daytwo::decide {

// A number that is not known exactly, and who says so: "stated", "measured", or "assumed: ...".
struct Uncertain {
  chance::Distribution what;
  std::string source;
  bool operator==(const Uncertain&) const = default;
};

// What a verdict depends on. Prices are absent until somebody states them.
enum class Part : std::uint8_t {
  kEvents,  // events in the window if left alone; of what burns, the days it goes on
  kSize,    // units an event; of what burns, units a day
  kPrice,   // money a unit
  kEffect,  // share of the loss that the option takes away
  kWork,    // person-hours that the option takes
  kHour,    // money a person-hour
  kOnce,    // money that the option costs besides
};
inline constexpr std::size_t kParts = 7;
// "events", "size", "price", "effect", "work", "hour", "once".
[[nodiscard]] std::string_view to_string(Part part);

// One worry, one option. REQUIRES (kept by read_case and case_of): events, size, effect and work
// are present; effect lies inside [0, 1]; nothing is negative.
struct Case {
  std::array<std::optional<Uncertain>, kParts> parts;
  std::string unit;      // of the size: a natural unit or a currency
  std::string currency;  // of price, hour and once; empty when there is none
  std::string service;   // whose hour it is; may be empty
  std::string option;    // what would be done
  double window_days = 365.25;
  // Windows over which acting helps: what is paid once is weighed against all of them. A yearly
  // rate goes on after its year, so a remedy of it has a life (life.h); a date comes once.
  double windows = 1;
  // It is happening: the loss falls while it goes on, and not evenly over the window.
  bool burning = false;
  // Share of the size's log-variance that is luck, not ignorance: 1/2 says that a stated range is
  // worth one observed event (effective sample size 1).
  double luck = 0.5;
  // Pull towards the other worries: ln(loss) is drawn to `centre`, whose spread is `spread`. No
  // pull when spread is 0 (fewer than three others to compare with).
  double centre = 0;
  double spread = 0;
  // PromQL for the live value of a part, where one is known.
  std::array<std::string, kParts> queries;
  Timestamp runs_out;  // the earliest date (5 %) of a run-out, if that is the worry; 0 = none
  bool operator==(const Case&) const = default;

  [[nodiscard]] const std::optional<Uncertain>& part(Part which) const {
    return parts.at(static_cast<std::size_t>(which));
  }
  [[nodiscard]] std::optional<Uncertain>& part(Part which) {
    return parts.at(static_cast<std::size_t>(which));
  }
  [[nodiscard]] bool has(Part which) const { return part(which).has_value(); }
  // REQUIRES: has(which).
  [[nodiscard]] const Uncertain& get(Part which) const {
    const auto& found = part(which);
    CHECK(found.has_value(), "the case has this part");
    return *found;
  }
  [[nodiscard]] const std::string& query(Part which) const {
    return queries.at(static_cast<std::size_t>(which));
  }
  // True when the size is money already.
  [[nodiscard]] bool sized_in_money() const { return unit.size() == 3; }
};

// The inputs that reproduce `item`.
[[nodiscard]] std::vector<facts::Input> inputs_of(const Case& item);

// The input called `name` as a number. Errors: kCorrupt for one that is missing or no number.
[[nodiscard]] Result<double> number_of(const facts::Record& record, std::string_view name);

// Inverse of inputs_of; other inputs are ignored. Errors: kCorrupt for an input that is missing or
// does not read.
[[nodiscard]] Result<Case> case_of(const facts::Record& record);

}  // namespace daytwo::decide
