#include "http/date.h"

#include <fmt/format.h>

#include <cstddef>

namespace daytwo::http {

std::string date_text(Timestamp at, std::string_view zone) {
  constexpr std::string_view kDays = "ThuFriSatSunMonTueWed";  // the epoch was a Thursday
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::string iso = to_rfc3339(at);
  const auto day = static_cast<std::size_t>((at.ms / 86'400'000) % 7);
  const auto month = static_cast<std::size_t>((iso[5] - '0') * 10 + (iso[6] - '0') - 1);
  return fmt::format("{}, {} {} {} {} {}", kDays.substr(day * 3, 3), iso.substr(8, 2),
                     kMonths.substr(month * 3, 3), iso.substr(0, 4), iso.substr(11, 8), zone);
}

}  // namespace daytwo::http
