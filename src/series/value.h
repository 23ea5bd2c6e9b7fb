// Values and samples: a float or a histogram at an instant.
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "base/time.h"

namespace daytwo::series {

// A run of consecutive buckets: `offset` empty buckets after the last run (or the index of the
// first), then `length` filled ones.
struct Span {
  std::int32_t offset = 0;
  std::uint32_t length = 0;
  auto operator<=>(const Span&) const = default;
};

// Whether a histogram is known to have been reset since the sample before [native histogram spec].
enum class ResetHint : std::uint8_t { kUnknown, kReset, kNotReset, kGauge };

// A native histogram with float counts. Counts are absolute per bucket, not deltas. Schema -53 =
// custom bounds in `custom_values`.
struct FloatHistogram {
  std::int32_t schema = 0;
  double zero_threshold = 0;
  double zero_count = 0;
  double count = 0;
  double sum = 0;
  std::vector<Span> positive_spans;
  std::vector<double> positive_counts;
  std::vector<Span> negative_spans;
  std::vector<double> negative_counts;
  std::vector<double> custom_values;
  ResetHint reset_hint = ResetHint::kUnknown;
  bool operator==(const FloatHistogram&) const = default;
};

// The two NaNs that Prometheus tells apart by their bits.
inline const double kStaleNaN = std::bit_cast<double>(0x7ff0000000000002ULL);
inline const double kNormalNaN = std::bit_cast<double>(0x7ff8000000000001ULL);

// True for the stale marker alone: "this series ended here".
[[nodiscard]] inline bool is_stale_marker(double value) {
  return std::bit_cast<std::uint64_t>(value) == 0x7ff0000000000002ULL;
}

// A float, or a histogram when `histogram` is set (then `number` is its sum, so that a stale marker
// needs no look inside).
struct Value {
  double number = 0;
  std::shared_ptr<const FloatHistogram> histogram;

  [[nodiscard]] bool is_histogram() const { return histogram != nullptr; }
  [[nodiscard]] bool is_stale() const { return is_stale_marker(number); }
};

// One value at one instant.
struct Sample {
  Timestamp at;
  Value value;
};

// The samples of one series in time order, as columns: histograms is empty when all values are
// floats, else as long as times, null where the value is a float. Timestamps are strictly
// increasing.
struct Column {
  std::vector<Timestamp> times;
  std::vector<double> numbers;
  std::vector<std::shared_ptr<const FloatHistogram>> histograms;

  [[nodiscard]] std::size_t size() const { return times.size(); }
  [[nodiscard]] bool empty() const { return times.empty(); }
  [[nodiscard]] Sample at(std::size_t index) const {
    return {times[index], {numbers[index], histograms.empty() ? nullptr : histograms[index]}};
  }
  // REQUIRES: sample.at is after the last time.
  void push(const Sample& sample) {
    if (sample.value.is_histogram() && histograms.empty()) histograms.resize(times.size());
    times.push_back(sample.at);
    numbers.push_back(sample.value.number);
    if (!histograms.empty() || sample.value.is_histogram()) {
      histograms.push_back(sample.value.histogram);
    }
  }
};

}  // namespace daytwo::series
