#include "promql/buckets.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace daytwo::promql {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Counts that differ by less come from floating point, not from the world.
constexpr double kRounding = 1e-12;

bool nearly_equal(double a, double b) {
  if (a == b) return true;
  const double size = std::abs(a) + std::abs(b);
  const double difference = std::abs(a - b);
  constexpr double kSmallest = std::numeric_limits<double>::min();
  if (a == 0 || b == 0 || size < kSmallest) return difference < kRounding * kSmallest;
  return difference / std::min(size, std::numeric_limits<double>::max()) < kRounding;
}

// Observations below `value`, at rank within all.
double rank_below(double value, const std::vector<Bucket>& buckets) {
  double below = 0;
  double start = buckets.front().upper > 0 ? 0 : -kInfinity;
  for (const Bucket& bucket : buckets) {
    if (value <= start) return below;
    if (value < bucket.upper) {
      const bool bounded = std::isfinite(start) && std::isfinite(bucket.upper);
      if (!bounded) return below;
      return below + (bucket.count - below) * (value - start) / (bucket.upper - start);
    }
    below = bucket.count;
    start = bucket.upper;
  }
  return below;
}

bool has_infinity(const std::vector<Bucket>& buckets) {
  return !buckets.empty() && buckets.back().upper == kInfinity;
}

}  // namespace

BucketRepair repair(std::vector<Bucket>& buckets) {
  BucketRepair done;
  if (buckets.empty()) return done;
  std::stable_sort(buckets.begin(), buckets.end(),
                   [](const Bucket& a, const Bucket& b) { return a.upper < b.upper; });
  std::vector<Bucket> merged;
  for (const Bucket& bucket : buckets) {
    if (!merged.empty() && merged.back().upper == bucket.upper) {
      merged.back().count += bucket.count;
    } else {
      merged.push_back(bucket);
    }
  }
  double before = merged.front().count;
  for (Bucket& bucket : merged) {
    if (nearly_equal(bucket.count, before)) {
      bucket.count = before;
    } else if (bucket.count < before) {
      if (!done.forced) done.lowest = bucket.upper;
      done.highest = bucket.upper;
      done.max_difference = std::max(done.max_difference, before - bucket.count);
      done.forced = true;
      bucket.count = before;
    } else {
      before = bucket.count;
    }
  }
  buckets = std::move(merged);
  return done;
}

double bucket_quantile(double q, const std::vector<Bucket>& buckets) {
  if (std::isnan(q)) return kNaN;
  if (q < 0) return -kInfinity;
  if (q > 1) return kInfinity;
  if (buckets.size() < 2 || !has_infinity(buckets)) return kNaN;
  const double observations = buckets.back().count;
  if (observations == 0 || std::isnan(observations)) return kNaN;
  const double rank = q * observations;
  const auto last = buckets.end() - 1;
  const auto found = std::find_if(buckets.begin(), last,
                                  [rank](const Bucket& bucket) { return bucket.count >= rank; });
  if (found == last) return (last - 1)->upper;
  if (found == buckets.begin() && found->upper <= 0) return found->upper;
  const double start = found == buckets.begin() ? 0 : (found - 1)->upper;
  const double below = found == buckets.begin() ? 0 : (found - 1)->count;
  return start + (found->upper - start) * ((rank - below) / (found->count - below));
}

double bucket_fraction(double lower, double upper, const std::vector<Bucket>& buckets) {
  if (!has_infinity(buckets) || std::isnan(lower) || std::isnan(upper)) return kNaN;
  const double observations = buckets.back().count;
  if (observations == 0 || std::isnan(observations)) return kNaN;
  if (lower >= upper) return 0;
  return (rank_below(upper, buckets) - rank_below(lower, buckets)) / observations;
}

}  // namespace daytwo::promql
