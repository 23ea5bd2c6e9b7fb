#include "orient/flow/catch_up.h"

#include <cmath>
#include <cstdint>
#include <optional>

#include "base/time.h"

namespace daytwo::orient::flow {
namespace {

constexpr double kSide90 = 1.645;  // standard errors on each side of a 90 % interval
constexpr Duration kNever = days(365);

std::optional<Duration> time_for(double waiting, double faster, Duration span) {
  if (faster <= 0) return std::nullopt;
  const double ms = waiting / faster * static_cast<double>(span.ms);
  if (ms > static_cast<double>(kNever.ms)) return std::nullopt;
  return milliseconds(static_cast<std::int64_t>(ms));
}

}  // namespace

CatchUp catch_up(double waiting, double in, double out, Duration span) {
  const double faster = out - in;
  const double error = kSide90 * std::sqrt(in + out);
  return {time_for(waiting, faster + error, span), time_for(waiting, faster, span),
          time_for(waiting, faster - error, span)};
}

}  // namespace daytwo::orient::flow
