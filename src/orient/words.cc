#include "orient/words.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "base/time.h"

namespace daytwo::orient {

std::string to_clock(Timestamp at) {
  const std::string full = to_rfc3339(Timestamp{at.ms - ((at.ms % 60'000) + 60'000) % 60'000});
  return full.substr(0, 10) + " " + full.substr(11, 5) + " UTC";
}

std::string span_words(double seconds) {
  constexpr double kTenYears = 10 * 365.25 * 86400;
  if (seconds >= kTenYears * 0.999) return "over 10 years";
  return to_words(milliseconds(static_cast<std::int64_t>(std::llround(seconds)) * 1000));
}

std::string percent_words(double share) {
  const double percent = share * 100;
  if (percent == 0) return "0 %";
  // Near the whole, what is missing to it carries the digits.
  const double missing = 100 - percent;
  const double told = percent > 90 && missing > 0 ? missing : percent;
  const int digits = std::clamp(1 - static_cast<int>(std::floor(std::log10(std::abs(told)))), 0, 9);
  std::string out = fmt::format("{:.{}f}", percent, digits);
  if (out.find('.') != std::string::npos) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.back() == '.') out.pop_back();
  }
  return out + " %";
}

std::string number_words(double value) {
  if (value == 0) return "0";
  const int digits =
      std::clamp(2 - static_cast<int>(std::floor(std::log10(std::abs(value)))), 0, 9);
  std::string out = fmt::format("{:.{}f}", value, digits);
  if (out.find('.') != std::string::npos) {
    while (out.back() == '0') out.pop_back();
    if (out.back() == '.') out.pop_back();
  }
  return out;
}

}  // namespace daytwo::orient
