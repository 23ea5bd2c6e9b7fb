#include "model/tail_limit.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "model/amount.h"
#include "model/sentence.h"

namespace daytwo::model {
namespace {

constexpr double kLeast = 0.5;
constexpr double kMost = 0.999;

}  // namespace

Result<StatedTail> parse_tail_limit(std::string_view text) {
  const auto wrong = [&](std::string_view expected) {
    return fail(Code::kInvalid, fmt::format("a limit on the tail '{}': expected {}, such as '$2M "
                                            "at 99%'",
                                            to_utf8(text), expected));
  };
  const std::size_t at = text.find(" at ");
  if (at == std::string_view::npos) return wrong("MONEY at PERCENT");
  const auto money = parse_quantity(text.substr(0, at));
  if (!money || money->unit.size() != 3 || money->low != money->high || money->low <= 0) {
    return wrong("one amount of money above 0 before 'at'");
  }
  const auto level = parse_quantity(text.substr(at + 4));
  if (!level || level->unit != kProbability || level->low != level->high || level->low < kLeast ||
      level->low > kMost) {
    return wrong("50% to 99.9% after 'at'");
  }
  return StatedTail{money->low, money->unit, level->low};
}

}  // namespace daytwo::model
