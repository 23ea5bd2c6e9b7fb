// Money for ledger totals: int64 minor units of one currency. Estimates of money are
// model::MoneyEstimate, in major units.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo {

// ISO 4217 code, three upper-case letters. Compared by code; two currencies never add.
struct Currency {
  std::array<char, 3> code = {'U', 'S', 'D'};
  auto operator<=>(const Currency&) const = default;
  [[nodiscard]] std::string to_string() const { return {code.data(), code.size()}; }
};

// Reads "$", "€", "£", "USD", "eur". Errors: kInvalid for anything else.
[[nodiscard]] Result<Currency> parse_currency(std::string_view text);

// An exact total in minor units (cents).
struct Money {
  std::int64_t minor = 0;
  Currency currency;
  auto operator<=>(const Money&) const = default;
};

// a + b. Errors: kInvalid for two currencies, kLimit on overflow.
[[nodiscard]] Result<Money> add(Money a, Money b);

}  // namespace daytwo
