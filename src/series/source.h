// The border for reading: whoever answers queries about the past. store/, remote/ and tests
// implement it, promql/ and orient/ use it. Thread rule: all methods may be called from any thread
// at once.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "series/labels.h"
#include "series/matcher.h"
#include "series/value.h"

namespace daytwo::series {

// Both ends included, as Prometheus selects.
struct TimeRange {
  Timestamp from = kMinTimestamp;
  Timestamp to = kMaxTimestamp;
};

// What the caller will do with the samples; a source may use it to read less, never to answer
// otherwise.
struct Hints {
  std::string function;
  Duration step;
  Duration range;
  std::size_t max_samples = 0;  // 0 = no limit; a source that would return more fails with kLimit
};

// One series and its samples in the range.
struct SeriesColumn {
  Labels labels;
  Column column;
};

// What is known of a metric family besides its samples.
struct Metadata {
  std::string family;
  std::string type;  // counter, gauge, histogram, gaugehistogram, summary, info, stateset, unknown
  std::string help;
  std::string unit;
};

// Where samples are read: our store or a remote cluster.
class Source {
 public:
  virtual ~Source() = default;

  // Series that match all matchers and have a sample in the range, sorted by labels, stale markers
  // included. Errors: kLimit (hints.max_samples), kUnavailable (peer away), kCorrupt. Cost:
  // proportional to what is returned.
  [[nodiscard]] virtual Result<std::vector<SeriesColumn>> select(std::span<const Matcher> matchers,
                                                                 TimeRange range,
                                                                 const Hints& hints) const = 0;

  // Label sets of matching series with a sample in the range, sorted. `limit` 0 = all.
  [[nodiscard]] virtual Result<std::vector<Labels>> series(std::span<const Matcher> matchers,
                                                           TimeRange range,
                                                           std::size_t limit) const = 0;

  // Label names in use in the range, sorted; no matchers = all series.
  [[nodiscard]] virtual Result<std::vector<std::string>> label_names(
      std::span<const Matcher> matchers, TimeRange range) const = 0;

  // Values of `name` in use in the range, sorted; no matchers = all series.
  [[nodiscard]] virtual Result<std::vector<std::string>> label_values(
      const std::string& name, std::span<const Matcher> matchers, TimeRange range) const = 0;

  // Type, help and unit per family, sorted by family; empty `family` = all.
  [[nodiscard]] virtual Result<std::vector<Metadata>> metadata(const std::string& family) const = 0;
};

}  // namespace daytwo::series
