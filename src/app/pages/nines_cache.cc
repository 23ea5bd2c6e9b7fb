#include "app/pages/nines_cache.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>

namespace daytwo::app {
namespace {

bool still(const DrawnNines& drawn, const MeasuredWords& measured) {
  return std::all_of(drawn.measured.begin(), drawn.measured.end(),
                     [&](const auto& each) { return measured(each.first) == each.second; });
}

}  // namespace

Result<api::NinesPage> NinesCache::page(const NinesBasis& basis, const std::string& question,
                                        const MeasuredWords& measured, const Draw& draw) {
  const std::lock_guard lock(mutex_);
  if (!(basis_ == basis) || curves_.size() >= kMost) curves_.clear();
  basis_ = basis;
  const auto held = curves_.find(question);
  if (held != curves_.end() && still(held->second, measured)) return held->second.page;
  TRY(DrawnNines drawn, draw());
  ++drawn_;
  return curves_.insert_or_assign(question, std::move(drawn)).first->second.page;
}

int NinesCache::drawn() const {
  const std::lock_guard lock(mutex_);
  return drawn_;
}

}  // namespace daytwo::app
