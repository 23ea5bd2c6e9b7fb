#include "facts/bill.h"

namespace daytwo::facts {

void Charged::add(const CostSeen& cost) {
  for (const CostDay& day : cost.days) {
    billed.add(day.billed_nanos);
    effective.add(day.effective_nanos);
  }
  billed_known = billed_known && cost.billed_known;
  effective_known = effective_known && cost.effective_known;
}

void Bill::add(const CostSeen& cost) {
  all.add(cost);
  by_kind.at(static_cast<std::size_t>(cost.kind)).add(cost);
  by_service[cost.service].add(cost);
  if (!cost.resource.empty()) ++resources[cost.service];
}

}  // namespace daytwo::facts
