#include "model/quantity/year.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "chance/exact_loss.h"
#include "chance/risk.h"

namespace daytwo::model::quantity {

Result<std::shared_ptr<const Year>> Year::make(std::vector<chance::Risk> sources,
                                               std::size_t cells) {
  TRY_VOID(chance::check_risks(sources));
  return std::shared_ptr<const Year>(new Year(std::move(sources), cells));
}

std::shared_ptr<const Year> Year::sum(const Year& a, const Year& b) {
  std::vector<chance::Risk> sources = a.sources_;
  sources.insert(sources.end(), b.sources_.begin(), b.sources_.end());
  auto both = make(std::move(sources), a.cells_);
  return both ? *both : nullptr;
}

double Year::mean() const {
  double sum = 0;
  for (const chance::Risk& source : sources_) sum += source.annual_mean();
  return sum;
}

double Year::variance() const {
  double sum = 0;
  for (const chance::Risk& source : sources_) sum += source.annual_variance();
  return sum;
}

double Year::chance_of_none() const {
  double product = 1;
  for (const chance::Risk& source : sources_) product *= source.loss_free();
  return product;
}

const chance::ExactLoss& Year::exact() const {
  if (!exact_) {
    auto worked_out = chance::exact_annual_loss(sources_, cells_);
    CHECK(worked_out.has_value(), "sources were checked when they were put together");
    exact_ = *std::move(worked_out);
  }
  return *exact_;
}

double Year::chance_above(double x) const {
  if (x < exact().top()) return exact().chance_above(x);
  const double top = std::min(2 * x, kLongest * exact().top());
  const auto longer = chance::exact_annual_loss(sources_, cells_, top);
  CHECK(longer.has_value(), "sources were checked when they were put together");
  return longer->chance_above(x);
}

}  // namespace daytwo::model::quantity
