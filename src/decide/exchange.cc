#include "decide/exchange.h"

#include <string_view>

#include "model/amount.h"

namespace daytwo::decide {

Exchange exchange_for(std::string_view unit) {
  if (unit == model::kHoursLost) return {1, 1000};
  if (unit == model::kIncidents) return {1, 10'000};
  // Nobody need be busy for one record or one failed request, and few would spend a day on one.
  if (unit == model::kRecordsExposed) return {0, 8};
  if (unit == model::kFailedRequests) return {0, 1};
  return {};
}

}  // namespace daytwo::decide
