// Bounds that several rooms share, each with its reason. A bound that one room needs stands in that
// room.
#pragma once

#include <cstddef>

namespace daytwo {

// Prometheus senders pack at most 2,000 series a request; 32 MB leaves a factor of ten for long
// labels.
inline constexpr std::size_t kMaxBodyBytes = 32U << 20U;
// Longest label name or value that is stored; longer ones are the mark of a program that logs into
// labels.
inline constexpr std::size_t kMaxLabelBytes = 16U << 10U;
// Labels on one series.
inline constexpr std::size_t kMaxLabels = 64;
// Samples that one query may hold at a time, as in Prometheus (--query.max-samples).
inline constexpr std::size_t kMaxQuerySamples = 50'000'000;

}  // namespace daytwo
