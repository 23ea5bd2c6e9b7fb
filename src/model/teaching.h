// Teaching: what a study would tell about one thing that is not known, as a person writes it:
//   50% | by half | by 60%   takes this share off the width of its interval
//   within $50k              a reading with this standard error
//   test 90/85               says whether it lies high: sensitivity and specificity in percent
//   3 years                  of logs, more than were counted, about how often
// Used by `studies:` of worry files and by --study. Thread rule: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/field.h"

namespace daytwo::model {

// One of the four; only its own numbers are set.
struct Teaching {
  enum class How : std::uint8_t { kNarrower, kReading, kTest, kYears };
  std::string text;  // as written
  How how = How::kNarrower;
  double share = 0;  // kNarrower: off the width, in (0, 1]
  double error = 0;  // kReading: standard error, in `unit`; above 0
  std::string unit;
  double sensitivity = 1;  // kTest: together above 1
  double specificity = 1;
  double years = 0;  // kYears: above 0
  bool operator==(const Teaching&) const = default;
};

// Reads a teaching; a share may be any quantity, and counts with its mean. Errors: kInvalid with
// what was expected; a test whose rates add to 100 % or less, which tells nothing.
[[nodiscard]] Result<Teaching> parse_teaching(std::string_view text, const Definitions& names = {});

}  // namespace daytwo::model
