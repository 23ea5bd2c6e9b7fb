// Bills in FOCUS 1.0 to 1.2 [focus.finops.org, FinOps Open Cost and Usage Specification] as CSV:
// any subset of its columns in any order and case, exports as spreadsheets save them. A broken row
// is named and left out, the rest counts.
// Thread rule: one thread at a time.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/money.h"
#include "base/result.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "facts/sighting.h"

namespace daytwo::observe {

// Records of one import: what has more resources and months is to be imported in parts.
inline constexpr std::size_t kMaxCosts = 200'000;

// Called about every ten thousand rows with the bytes read of the file and its size.
using FocusProgress = std::function<void(std::size_t done, std::size_t total)>;

// What was read of all files so far.
struct FocusBill {
  std::map<std::string, facts::CostSeen, std::less<>> costs;  // by key of their record
  std::size_t rows = 0;                                       // read, broken ones too
  std::size_t broken = 0;
  Diagnostics problems;              // of broken rows, the first 100
  std::vector<std::string> ignored;  // columns that are none of FOCUS, nor `x_`
  std::vector<std::string> extras;   // `x_` columns, counted and left out
};

// Adds up charges of the same thing, kind, currency and day over all rows of all files given to it.
class FocusReader {
 public:
  // `currency` is taken where a file has no column BillingCurrency.
  explicit FocusReader(std::optional<Currency> currency = {}) : currency_(currency) {}

  // Reads one file, which came from `source`. Errors: kInvalid when nothing can be had of it (no
  // heading, no price, no date, no currency), kLimit beyond kMaxCosts; what was read before stays.
  [[nodiscard]] Result<void> read(std::string_view text, std::string_view source,
                                  const FocusProgress& progress = {});

  [[nodiscard]] const FocusBill& bill() const { return bill_; }

 private:
  std::optional<Currency> currency_;
  FocusBill bill_;
};

// One record for each cost, dated with its last day. What `snapshot` holds of the same thing and
// month stays for days that `bill` does not have; a day that it has replaces. Records that would
// change nothing are left out, so that importing twice adds nothing.
[[nodiscard]] std::vector<facts::Record> to_records(const FocusBill& bill,
                                                    const facts::Snapshot& snapshot);

// The costs [from, to) of `bill`, in its order, as FOCUS that FocusReader reads to the same costs.
[[nodiscard]] std::string to_focus(const FocusBill& bill, std::size_t from, std::size_t to);

}  // namespace daytwo::observe
