// Legal caps of fines: what a regulator may ask at most. A cap bounds a fine, it is no estimate of
// one.
// Thread rule: constants.
#pragma once

#include <span>
#include <string_view>

namespace daytwo::model {

// A fixed amount or a share of the worldwide turnover of the year before, whichever is higher.
struct LegalCap {
  std::string_view id;
  std::string_view source;
  std::string_view currency;
  double amount = 0;
  double share = 0;

  // In the currency of the turnover; `rate` is what one of `currency` is in that.
  [[nodiscard]] double at(double turnover, double rate) const {
    const double fixed = amount * rate;
    return fixed > share * turnover ? fixed : share * turnover;
  }
};

// All that are known.
[[nodiscard]] std::span<const LegalCap> legal_caps();
// The cap called `id`, or null.
[[nodiscard]] const LegalCap* find_legal_cap(std::string_view id);

}  // namespace daytwo::model
