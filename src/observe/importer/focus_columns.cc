#include "observe/importer/focus_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace daytwo::observe {
namespace {

// In the order of FocusColumn.
constexpr std::array<std::string_view, kFocusColumnsRead> kRead = {"BilledCost",
                                                                   "EffectiveCost",
                                                                   "BillingCurrency",
                                                                   "ChargePeriodStart",
                                                                   "ChargePeriodEnd",
                                                                   "BillingPeriodStart",
                                                                   "BillingPeriodEnd",
                                                                   "ChargeCategory",
                                                                   "ChargeClass",
                                                                   "CommitmentDiscountStatus",
                                                                   "CommitmentDiscountId",
                                                                   "ProviderName",
                                                                   "BillingAccountId",
                                                                   "SubAccountId",
                                                                   "ServiceName",
                                                                   "ResourceId",
                                                                   "ResourceName",
                                                                   "ResourceType",
                                                                   "RegionId",
                                                                   "Tags"};

// The other columns of FOCUS 1.0 to 1.2: known, and of no use here.
constexpr std::array kUnread = {"AvailabilityZone",
                                "BillingAccountName",
                                "BillingAccountType",
                                "CapacityReservationId",
                                "CapacityReservationStatus",
                                "ChargeDescription",
                                "ChargeFrequency",
                                "CommitmentDiscountCategory",
                                "CommitmentDiscountName",
                                "CommitmentDiscountQuantity",
                                "CommitmentDiscountType",
                                "CommitmentDiscountUnit",
                                "ConsumedQuantity",
                                "ConsumedUnit",
                                "ContractedCost",
                                "ContractedUnitPrice",
                                "InvoiceId",
                                "InvoiceIssuerName",
                                "ListCost",
                                "ListUnitPrice",
                                "PricingCategory",
                                "PricingCurrency",
                                "PricingCurrencyContractedUnitPrice",
                                "PricingCurrencyEffectiveCost",
                                "PricingCurrencyListUnitPrice",
                                "PricingQuantity",
                                "PricingUnit",
                                "PublisherName",
                                "RegionName",
                                "ServiceCategory",
                                "ServiceSubcategory",
                                "SkuId",
                                "SkuMeter",
                                "SkuPriceDetails",
                                "SkuPriceId",
                                "SubAccountName",
                                "SubAccountType"};

std::string plain(std::string_view written) {
  std::string out;
  for (const char c : to_lower(trim(written))) {
    if (c != ' ' && c != '_' && c != '-') out += c;
  }
  return out;
}

}  // namespace

std::string_view name_of(FocusColumn column) { return kRead.at(static_cast<std::size_t>(column)); }

FocusHeading read_focus_heading(const wire::CsvRow& row) {
  std::vector<std::string> known;
  for (const std::string_view name : kRead) known.push_back(plain(name));
  for (const std::string_view name : kUnread) known.push_back(plain(name));
  FocusHeading out;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string written(trim(row.cells[i].text));
    if (written.empty()) continue;
    const auto found = std::find(known.begin(), known.end(), plain(written));
    const auto index = static_cast<std::size_t>(found - known.begin());
    if (index < kFocusColumnsRead) {
      if (!out.at[index]) out.at[index] = i;
    } else if (to_lower(written).starts_with("x_")) {
      out.extras.push_back(written);
    } else if (found == known.end()) {
      const std::string nearest = nearest_word(plain(written), known);
      const auto named = std::find(known.begin(), known.end(), nearest);
      const auto at = static_cast<std::size_t>(named - known.begin());
      out.ignored.push_back(
          nearest.empty()
              ? written
              : fmt::format("{} (did you mean {}?)", written,
                            at < kFocusColumnsRead
                                ? kRead.at(at)
                                : std::string_view(kUnread.at(at - kFocusColumnsRead))));
    }
  }
  return out;
}

}  // namespace daytwo::observe
