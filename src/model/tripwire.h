// Tripwire: the live condition under which a verdict flips. What is left or postponed carries one;
// daytwo watches it.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"

namespace daytwo::model {

// `query` (PromQL) compared with `value`; or, without a query, an instant (`until`).
struct Tripwire {
  std::string sentence;  // "flips when an hour of checkout down costs more than $2k"
  std::string input;     // which input it watches: "hours_per_event", "price of an hour"
  std::string op;        // ">", "<", ">=", "<="
  double value = 0;
  std::string query;  // empty when the input has no live query
  Timestamp until;    // 0 = none
  std::string unit;   // of `value`: a currency, a natural unit, "share"; empty = not known
  bool operator==(const Tripwire&) const = default;
};

// True when the tripwire has been crossed: `value`, the query's answer, compares with the limit;
// or, for a tripwire without a query, `until` has come. An unknown value (no answer, NaN) and an
// unknown `op` never cross.
[[nodiscard]] bool crosses(const Tripwire& tripwire, std::optional<double> value, Timestamp now);

}  // namespace daytwo::model
