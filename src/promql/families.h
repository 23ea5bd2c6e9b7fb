// The families of functions: each file gives its rows of the table (functions.h).
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "promql/functions.h"

namespace daytwo::promql {

[[nodiscard]] std::span<const Function> counter_functions();     // rate, increase, resets, ...
[[nodiscard]] std::span<const Function> over_time_functions();   // avg_over_time, ...
[[nodiscard]] std::span<const Function> regression_functions();  // deriv, predict_linear
[[nodiscard]] std::span<const Function> math_functions();        // abs, round, clamp, sin, ...
[[nodiscard]] std::span<const Function> date_functions();        // hour, day_of_week, ...
[[nodiscard]] std::span<const Function> label_functions();       // label_replace, label_join
[[nodiscard]] std::span<const Function> shape_functions();       // absent, scalar, sort, time, ...
[[nodiscard]] std::span<const Function> bucket_functions();      // histogram_quantile, ...
[[nodiscard]] std::span<const Function> native_functions();  // histogram_sum, histogram_stddev, ...

// Makes the parameters of a row. REQUIRES: at most five types.
[[nodiscard]] constexpr Parameters takes(std::initializer_list<Type> types,
                                         Arity arity = Arity::kExact) {
  Parameters out;
  for (const Type type : types) out.types.at(out.count++) = type;
  out.arity = arity;
  return out;
}

}  // namespace daytwo::promql
