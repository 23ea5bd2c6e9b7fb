#include "base/money.h"

#include <fmt/format.h>

#include <cstddef>

namespace daytwo {

Result<Currency> parse_currency(std::string_view text) {
  if (text == "$") return Currency{{'U', 'S', 'D'}};
  if (text == "\xE2\x82\xAC") return Currency{{'E', 'U', 'R'}};
  if (text == "\xC2\xA3") return Currency{{'G', 'B', 'P'}};
  Currency out;
  bool letters = text.size() == 3;
  for (std::size_t i = 0; letters && i < 3; ++i) {
    const char upper =
        text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
    letters = upper >= 'A' && upper <= 'Z';
    out.code[i] = upper;
  }
  if (!letters) {
    return fail(Code::kInvalid,
                fmt::format("'{}' is no currency: write $, € or a code such as USD", text));
  }
  return out;
}

Result<Money> add(Money a, Money b) {
  if (a.currency != b.currency) {
    return fail(Code::kInvalid, fmt::format("{} and {} do not add: state a rate first",
                                            a.currency.to_string(), b.currency.to_string()));
  }
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a.minor, b.minor, &sum)) {
    return fail(Code::kLimit, "the total is larger than money can be counted");
  }
  return Money{sum, a.currency};
}

}  // namespace daytwo
