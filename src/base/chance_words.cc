#include "base/chance_words.h"

#include <fmt/core.h>

namespace daytwo {

std::string chance_words(double chance) {
  constexpr double kNear = 0.005;
  constexpr double kVeryNear = 0.001;
  if (chance > 0 && chance < kVeryNear) return "under 0.1 %";
  if (chance < 1 && chance > 1 - kVeryNear) return "over 99.9 %";
  const bool near = (chance > 0 && chance < kNear) || (chance < 1 && chance > 1 - kNear);
  return fmt::format("{:.{}f} %", chance * 100, near ? 1 : 0);
}

}  // namespace daytwo
