// Samples in memory behind both borders: what scripts and other rooms' tests read and write.
// Model: one sorted column per label set; nothing expires and nothing is ever on disk.
// Thread rule: every method may be called from any thread at once.
#pragma once

#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "series/labels.h"
#include "series/matcher.h"
#include "series/sink.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::series {

// A Source and Sink that keeps everything in memory. Follows the store's rules: any order of
// samples is taken, the same sample twice is fine, another value at a stored time is refused.
// Series without a metric name are taken too, since scripts of the query language use them.
class MemorySource final : public Source, public Sink {
 public:
  [[nodiscard]] Result<Appended> append(const BatchView& batch) override;

  // Cost: looks at the labels of every series, copies the samples in the range.
  [[nodiscard]] Result<std::vector<SeriesColumn>> select(std::span<const Matcher> matchers,
                                                         TimeRange range,
                                                         const Hints& hints) const override;
  [[nodiscard]] Result<std::vector<Labels>> series(std::span<const Matcher> matchers,
                                                   TimeRange range,
                                                   std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_names(std::span<const Matcher> matchers,
                                                             TimeRange range) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_values(const std::string& name,
                                                              std::span<const Matcher> matchers,
                                                              TimeRange range) const override;
  [[nodiscard]] Result<std::vector<Metadata>> metadata(const std::string& family) const override;

  // Shorthand for tests: one series of floats. Errors: as append.
  [[nodiscard]] Result<Appended> add(Labels labels, std::vector<Sample> samples);
  // Forgets everything.
  void clear();

 private:
  mutable std::mutex mutex_;
  // Guarded by mutex_.
  std::map<Labels, Column> columns_;
  std::map<std::string, Metadata> metadata_;
};

}  // namespace daytwo::series
