#include "model/tripwire.h"

#include <optional>

#include "base/time.h"

namespace daytwo::model {

bool crosses(const Tripwire& tripwire, std::optional<double> value, Timestamp now) {
  if (tripwire.query.empty()) return tripwire.until.ms != 0 && now >= tripwire.until;
  if (!value) return false;
  // Every comparison with NaN is false.
  if (tripwire.op == ">") return *value > tripwire.value;
  if (tripwire.op == ">=") return *value >= tripwire.value;
  if (tripwire.op == "<") return *value < tripwire.value;
  if (tripwire.op == "<=") return *value <= tripwire.value;
  return false;
}

}  // namespace daytwo::model
