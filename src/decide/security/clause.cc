#include "decide/security/clause.h"

#include <optional>

#include "base/time.h"
#include "chance/estimate.h"
#include "model/contract.h"
#include "model/security_promise.h"

namespace daytwo::decide::security {

Credit credit_of(const model::SecurityPromise& promise, const model::Contract& contract,
                 std::optional<double> within) {
  Credit out;
  if (!within) return out;
  out.share = contract.credit_at(*within);
  // A fee that was read has a distribution.
  const auto fee = contract.per_year.fit();
  if (out.share <= 0 || !fee) return out;
  const double years = promise.window.days() / kDaysPerYear;
  out.money = chance::scaled(fee->distribution.estimate(), years * out.share);
  return out;
}

}  // namespace daytwo::decide::security
