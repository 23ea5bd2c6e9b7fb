// Classic histograms: cumulative buckets in series with a label `le`.
#pragma once

#include <vector>

namespace daytwo::promql {

// Observations at or below `upper`.
struct Bucket {
  double upper = 0;
  double count = 0;
};

// What had to be repaired so that counts rise with their bounds.
struct BucketRepair {
  bool forced = false;  // a count was raised by more than rounding explains
  double lowest = 0;    // bounds between which it happened
  double highest = 0;
  double max_difference = 0;
};

// Sorts by bound, merges equal bounds, and makes counts rise: relative steps below 1e-12 are
// flattened, falls are raised and reported.
[[nodiscard]] BucketRepair repair(std::vector<Bucket>& buckets);

// The value below which a share `q` of the observations lies, linear inside a bucket. NaN for q
// NaN, without a +Inf bucket, with fewer than two buckets or no observation; -Inf for q < 0, +Inf
// for q > 1. The first bucket starts at 0 if its bound is above 0; a rank in the last bucket gives
// the bound below it. REQUIRES: repaired.
[[nodiscard]] double bucket_quantile(double q, const std::vector<Bucket>& buckets);

// The share of observations between `lower` and `upper`, with the same interpolation. NaN without
// observations or +Inf bucket or for NaN bounds; 0 if lower >= upper. REQUIRES: repaired.
[[nodiscard]] double bucket_fraction(double lower, double upper,
                                     const std::vector<Bucket>& buckets);

}  // namespace daytwo::promql
