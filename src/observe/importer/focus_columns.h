// The columns of FOCUS, and which of them are read. Inner header of the importer.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "wire/csv.h"

namespace daytwo::observe {

// Columns that are read; kNone for all others.
enum class FocusColumn : std::uint8_t {
  kBilledCost,
  kEffectiveCost,
  kBillingCurrency,
  kChargePeriodStart,
  kChargePeriodEnd,
  kBillingPeriodStart,
  kBillingPeriodEnd,
  kChargeCategory,
  kChargeClass,
  kCommitmentDiscountStatus,
  kCommitmentDiscountId,
  kProviderName,
  kBillingAccountId,
  kSubAccountId,
  kServiceName,
  kResourceId,
  kResourceName,
  kResourceType,
  kRegionId,
  kTags,
  kNone,
};
inline constexpr std::size_t kFocusColumnsRead = static_cast<std::size_t>(FocusColumn::kNone);

// As the specification writes it.
[[nodiscard]] std::string_view name_of(FocusColumn column);

// Which columns a file has, and where.
struct FocusHeading {
  std::array<std::optional<std::size_t>, kFocusColumnsRead> at;
  std::vector<std::string> ignored;  // none of FOCUS; with the nearest of FOCUS
  std::vector<std::string> extras;   // begin with x_
  [[nodiscard]] bool has(FocusColumn column) const {
    return at.at(static_cast<std::size_t>(column)).has_value();
  }
};

// Reads a heading. Case, blanks, dashes and underscores do not matter.
[[nodiscard]] FocusHeading read_focus_heading(const wire::CsvRow& row);

}  // namespace daytwo::observe
