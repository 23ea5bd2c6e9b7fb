#include "observe/staleness.h"

#include <cstdint>

#include "base/time.h"
#include "series/value.h"

namespace daytwo::observe {

std::size_t Staleness::mark(series::Batch& batch, Timestamp at) {
  std::size_t added = 0;
  for (const series::SeriesSamples& one : batch.series) {
    const std::uint64_t hash = one.labels.hash();
    const auto found = known_.find(hash);
    if (found != known_.end()) {
      found->second.seen = true;
    } else {
      known_.emplace(hash, Known{one.labels, true});
      ++added;
    }
  }
  for (auto each = known_.begin(); each != known_.end();) {
    if (each->second.seen) {
      each->second.seen = false;
      ++each;
      continue;
    }
    batch.series.push_back({each->second.labels, {{at, {series::kStaleNaN, nullptr}}}});
    each = known_.erase(each);
  }
  return added;
}

void Staleness::end_all(series::Batch& batch, Timestamp at) {
  for (const auto& [hash, known] : known_) {
    batch.series.push_back({known.labels, {{at, {series::kStaleNaN, nullptr}}}});
  }
  known_.clear();
}

}  // namespace daytwo::observe
