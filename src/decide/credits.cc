#include "decide/credits.h"

#include <algorithm>
#include <cstddef>

#include "base/result.h"
#include "chance/exact_loss.h"
#include "model/contract.h"

namespace daytwo::decide {
namespace {

constexpr std::size_t kMonthCells = std::size_t{1} << 16U;
// The grid ends this much beyond the last tier.
constexpr double kBeyond = 1.01;

}  // namespace

Result<double> expected_credit(const model::Contract& contract, const Downtime& downtime) {
  if (downtime.outages.empty()) return contract.credit_at(1 - downtime.steady);
  // Hours that a month may lose before this tier gives back.
  const auto allowed = [&](const model::CreditTier& tier) {
    return (1 - tier.below - downtime.steady) * downtime.month_hours;
  };
  double farthest = 0;
  for (const model::CreditTier& tier : contract.tiers) farthest = std::max(farthest, allowed(tier));
  TRY(const chance::ExactLoss month,
      chance::exact_annual_loss(downtime.outages, kMonthCells, farthest * kBeyond));
  double out = 0;
  double so_far = 0;
  for (const model::CreditTier& tier : contract.tiers) {
    // At exactly the tier's availability nothing is owed.
    const double hours = allowed(tier);
    out += (tier.credit - so_far) * (hours < 0 ? 1 : month.chance_above(hours));
    so_far = tier.credit;
  }
  return std::clamp(out, 0.0, 1.0);
}

}  // namespace daytwo::decide
