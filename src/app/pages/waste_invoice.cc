// The newest invoice, split by what it pays for.
#include <fmt/format.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/pages/waste_view.h"
#include "facts/bill.h"
#include "facts/names.h"

namespace daytwo::app {
namespace {

// In the order in which they stand on the page.
enum class Part : std::uint8_t {
  kUsed,
  kIdle,
  kUnnamed,
  kUnused,
  kPurchase,
  kTax,
  kCredit,
  kAdjustment,
  kCorrection
};
constexpr std::size_t kParts = 9;

constexpr std::array<std::string_view, kParts> kWords = {"what runs here and is used",
                                                         "what runs here and is idle",
                                                         "what names nothing that runs here",
                                                         "unused commitments",
                                                         "purchases",
                                                         "tax",
                                                         "credits",
                                                         "adjustments",
                                                         "corrections"};

Part part_of(const facts::CostSeen& cost, const std::set<std::string>& idle,
             const WasteFacts& facts) {
  switch (cost.kind) {
    case facts::CostKind::kUsage: {
      const std::string name = facts.names.find(cost);
      if (name.empty()) return Part::kUnnamed;
      return idle.contains(name) ? Part::kIdle : Part::kUsed;
    }
    case facts::CostKind::kUnused:
      return Part::kUnused;
    case facts::CostKind::kPurchase:
      return Part::kPurchase;
    case facts::CostKind::kTax:
      return Part::kTax;
    case facts::CostKind::kCredit:
      return Part::kCredit;
    case facts::CostKind::kAdjustment:
      return Part::kAdjustment;
    case facts::CostKind::kCorrection:
      return Part::kCorrection;
  }
  return Part::kCorrection;
}

struct Split {
  facts::Charged all;
  std::array<facts::Charged, kParts> parts;
};

}  // namespace

std::vector<api::Invoice> invoices_of(const facts::Snapshot& snapshot, const WasteFacts& facts) {
  std::set<std::string> idle;
  for (const orient::Idle& each : facts.idle.idle) {
    if (each.of != orient::IdleOf::kFilesystem) idle.insert(each.name);
  }
  const auto records = snapshot.open(facts::kind_name<facts::CostSeen>());
  std::map<std::string, Timestamp> newest;
  for (const auto& record : records) {
    const auto* cost = facts::body_as<facts::CostSeen>(*record);
    if (cost == nullptr) continue;
    Timestamp& month = newest.try_emplace(cost->currency, cost->month).first->second;
    month = std::max(month, cost->month);
  }
  std::map<std::string, Split> splits;
  for (const auto& record : records) {
    const auto* cost = facts::body_as<facts::CostSeen>(*record);
    if (cost == nullptr || cost->month != newest[cost->currency]) continue;
    Split& split = splits[cost->currency];
    split.all.add(*cost);
    split.parts.at(static_cast<std::size_t>(part_of(*cost, idle, facts))).add(*cost);
  }
  std::vector<api::Invoice> out;
  for (const auto& [currency, split] : splits) {
    api::Invoice invoice;
    invoice.currency = currency;
    invoice.month = newest[currency];
    invoice.billed = split.all.billed.major();
    invoice.effective = split.all.effective.major();
    invoice.sentence =
        fmt::format("{}: {} {} billed, {} effective", to_rfc3339(invoice.month).substr(0, 7),
                    currency, split.all.billed.to_cents(), split.all.effective.to_cents());
    for (std::size_t i = 0; i < kParts; ++i) {
      const facts::Charged& part = split.parts.at(i);
      if (part == facts::Charged{}) continue;
      invoice.parts.push_back(
          {std::string(kWords.at(i)), part.billed.major(), part.effective.major()});
    }
    out.push_back(std::move(invoice));
  }
  return out;
}

}  // namespace daytwo::app
