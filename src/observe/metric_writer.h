// Builds a batch: one sample at one instant for each call, under common labels.
// Thread rule: one thread at a time.
#pragma once

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "series/labels.h"
#include "series/sink.h"

namespace daytwo::observe {

// A label of one metric, borrowed for the length of a call.
struct MetricLabel {
  std::string_view name;
  std::string_view value;
};

// Writes samples of known families. Values are stored as UTF-8: broken bytes become U+FFFD.
class MetricWriter {
 public:
  using Extra = std::initializer_list<MetricLabel>;

  // `common` stands on every series (job, instance).
  explicit MetricWriter(std::vector<series::Label> common) : common_(std::move(common)) {}

  // Starts a batch whose samples all carry `at`.
  void begin(Timestamp at);
  // One sample. A family's type is sent with the first batch that has it and again every hour, so
  // that a store that was emptied learns it.
  void counter(std::string_view name, double value, Extra labels = {});
  void gauge(std::string_view name, double value, Extra labels = {});
  // The batch so far; the writer is empty afterwards.
  [[nodiscard]] series::Batch take();

 private:
  void add(std::string_view name, std::string_view type, double value, Extra labels);

  const std::vector<series::Label> common_;
  Timestamp at_;
  Timestamp types_sent_ = kMinTimestamp;
  std::set<std::string, std::less<>> typed_;
  series::Batch batch_;
};

}  // namespace daytwo::observe
