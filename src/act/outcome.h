// Outcome of one attempt to send.
#pragma once

#include <string>

#include "base/time.h"

namespace daytwo::act {

struct Outcome {
  enum class Kind : std::uint8_t { kAccepted, kTryAgain, kFinal };
  Kind kind = Kind::kAccepted;
  std::string error;  // why not accepted
  Duration wait;      // what the receiver asked for; 0 = our own schedule
};

// How long to wait before attempt `next` (2, 3, ...) [acting.md 14.2]: 1, 2, 4, 8, then 15 s.
[[nodiscard]] inline Duration wait_before(std::int64_t next) {
  if (next <= 2) return seconds(1);
  if (next == 3) return seconds(2);
  if (next == 4) return seconds(4);
  if (next == 5) return seconds(8);
  return seconds(15);
}

}  // namespace daytwo::act
