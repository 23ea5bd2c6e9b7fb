#include "app/late_store.h"

namespace daytwo::app {

Result<const series::Source*> LateStore::source() const {
  const series::Source* source = source_;
  if (source == nullptr) return fail(Code::kUnavailable, "the store is not open yet");
  return source;
}

Result<std::vector<series::SeriesColumn>> LateStore::select(
    std::span<const series::Matcher> matchers, series::TimeRange range,
    const series::Hints& hints) const {
  TRY(const series::Source* now, source());
  return now->select(matchers, range, hints);
}

Result<std::vector<series::Labels>> LateStore::series(std::span<const series::Matcher> matchers,
                                                      series::TimeRange range,
                                                      std::size_t limit) const {
  TRY(const series::Source* now, source());
  return now->series(matchers, range, limit);
}

Result<std::vector<std::string>> LateStore::label_names(std::span<const series::Matcher> matchers,
                                                        series::TimeRange range) const {
  TRY(const series::Source* now, source());
  return now->label_names(matchers, range);
}

Result<std::vector<std::string>> LateStore::label_values(const std::string& name,
                                                         std::span<const series::Matcher> matchers,
                                                         series::TimeRange range) const {
  TRY(const series::Source* now, source());
  return now->label_values(name, matchers, range);
}

Result<std::vector<series::Metadata>> LateStore::metadata(const std::string& family) const {
  TRY(const series::Source* now, source());
  return now->metadata(family);
}

Result<series::Appended> LateStore::append(const series::BatchView& batch) {
  series::Sink* sink = sink_;
  if (sink == nullptr) return fail(Code::kUnavailable, "the store is not open yet");
  return sink->append(batch);
}

}  // namespace daytwo::app
