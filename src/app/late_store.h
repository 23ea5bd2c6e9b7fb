// A store that opens later: until then it says so. Lets the server answer while the log is
// replayed. Thread rule: any thread; open_with is called once.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "series/sink.h"
#include "series/source.h"

namespace daytwo::app {

class LateStore final : public series::Source, public series::Sink {
 public:
  // From now on everything goes to these. Both outlive this object.
  void open_with(const series::Source& source, series::Sink& sink) {
    sink_ = &sink;
    source_ = &source;
  }

  [[nodiscard]] Result<std::vector<series::SeriesColumn>> select(
      std::span<const series::Matcher> matchers, series::TimeRange range,
      const series::Hints& hints) const override;
  [[nodiscard]] Result<std::vector<series::Labels>> series(
      std::span<const series::Matcher> matchers, series::TimeRange range,
      std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_names(
      std::span<const series::Matcher> matchers, series::TimeRange range) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_values(
      const std::string& name, std::span<const series::Matcher> matchers,
      series::TimeRange range) const override;
  [[nodiscard]] Result<std::vector<series::Metadata>> metadata(
      const std::string& family) const override;
  [[nodiscard]] Result<series::Appended> append(const series::BatchView& batch) override;

 private:
  // Errors: kUnavailable before open_with.
  [[nodiscard]] Result<const series::Source*> source() const;

  std::atomic<const series::Source*> source_{nullptr};
  std::atomic<series::Sink*> sink_{nullptr};
};

}  // namespace daytwo::app
