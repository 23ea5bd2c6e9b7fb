#include "observe/count/counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "base/text.h"

namespace daytwo::observe {
namespace {

constexpr std::size_t kMaxNameBytes = 128;
// The job of every counter that is kept here.
constexpr std::string_view kCountJob = "count";

constexpr std::size_t kMaxExtraLabels = 8;

// The name of a counter's series. Errors: kInvalid when `extra` takes a name that has a meaning.
[[nodiscard]] Result<series::Labels> labels_of(const CountName& name, const series::Labels& extra) {
  std::vector<series::Label> all = {{std::string(series::kMetricName), std::string(kCountSeries)},
                                    {"job", std::string(kCountJob)},
                                    {"flow", name.flow},
                                    {"stage", name.stage}};
  if (extra.all().size() > kMaxExtraLabels) {
    return fail(Code::kInvalid, fmt::format("more than {} labels", kMaxExtraLabels));
  }
  for (const series::Label& label : extra.all()) {
    for (const char* taken : {"__name__", "job", "flow", "stage"}) {
      if (label.name == taken) {
        return fail(Code::kInvalid, fmt::format("the label {} has a meaning here", taken));
      }
    }
    all.push_back(label);
  }
  TRY_VOID(series::check_labels(all));
  return series::Labels(std::move(all));
}

bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNameBytes &&
         text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") ==
             std::string_view::npos;
}

}  // namespace

Result<CountName> parse_count_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  CountName out;
  if (dot != std::string_view::npos) {
    out.flow = name.substr(0, dot);
    out.stage = name.substr(dot + 1);
  }
  if (!is_name(out.flow)) {
    return fail(Code::kInvalid,
                fmt::format("\"{}\" is no counter: expected FLOW.STAGE such as orders.received, in "
                            "letters, digits, _ - and .",
                            to_utf8(name.substr(0, kMaxNameBytes))));
  }
  if (std::find(kCountStages.begin(), kCountStages.end(), out.stage) == kCountStages.end()) {
    const std::vector<std::string> known(kCountStages.begin(), kCountStages.end());
    const std::string nearest = nearest_word(out.stage, known);
    return fail(Code::kInvalid,
                fmt::format("\"{}\" is no stage: expected received, processed or dropped{}",
                            to_utf8(std::string_view(out.stage).substr(0, kMaxNameBytes)),
                            nearest.empty() ? "" : fmt::format("; did you mean {}?", nearest)));
  }
  return out;
}

Result<void> Counts::load(const series::Source& source, Timestamp now) {
  // Only what is counted here: a scraped service may have series of the same name.
  const std::array<series::Matcher, 2> ours = {
      series::Matcher::equal(std::string(series::kMetricName), std::string(kCountSeries)),
      series::Matcher::equal("job", std::string(kCountJob))};
  TRY(const std::vector<series::Labels> known,
      source.series(ours, {kMinTimestamp, now}, kMaxCounters));
  std::map<series::Labels, Counter> loaded;
  // The newest sample is near: idle counters are refreshed while the server runs. Look further back
  // only for those that are not found.
  for (const Duration back : {minutes(10), days(1), days(40), days(40'000)}) {
    if (loaded.size() == known.size()) break;
    TRY(const std::vector<series::SeriesColumn> found, source.select(ours, {now - back, now}, {}));
    for (const series::SeriesColumn& one : found) {
      for (std::size_t i = one.column.size(); i-- > 0;) {
        const series::Sample sample = one.column.at(i);
        if (sample.value.is_stale() || sample.value.is_histogram()) continue;
        loaded.try_emplace(one.labels, Counter{sample.value.number, sample.at});
        break;
      }
    }
  }
  const std::lock_guard lock(mutex_);
  counters_ = std::move(loaded);
  loaded_ = true;
  return {};
}

Result<void> Counts::append(const series::Labels& labels, double value, Timestamp at) {
  series::Batch batch;
  batch.series.push_back({labels, {{at, {value, nullptr}}}});
  batch.metadata.push_back(
      {std::string(kCountSeries), "counter", "Things that applications counted.", ""});
  TRY(const series::Appended appended, sink_.append(batch));
  static_cast<void>(appended);
  return {};
}

Result<double> Counts::add(const CountName& name, double amount, const series::Labels& extra,
                           Timestamp now) {
  if (!std::isfinite(amount) || amount < 0) {
    return fail(Code::kInvalid, "a count is a number of 0 or more: counters never go back");
  }
  TRY(const series::Labels labels, labels_of(name, extra));
  // Held over the append on purpose: samples of one series must reach the store in order of time.
  const std::lock_guard lock(mutex_);
  if (!loaded_) {
    return fail(Code::kUnavailable, "counters were not read back yet: try again in a moment");
  }
  if (!counters_.contains(labels) && counters_.size() >= kMaxCounters) {
    return fail(Code::kLimit, fmt::format("there are {} counters already: names must not hold ids",
                                          kMaxCounters));
  }
  Counter next = counters_.contains(labels) ? counters_.at(labels) : Counter{};
  next.value += amount;
  next.written = std::max(now, next.written + milliseconds(1));
  TRY_VOID(append(labels, next.value, next.written));
  counters_[labels] = next;
  return next.value;
}

Result<void> Counts::refresh(Timestamp now) {
  const std::lock_guard lock(mutex_);
  series::Batch batch;
  for (auto& [labels, counter] : counters_) {
    if (now - counter.written < kCountRefresh) continue;
    batch.series.push_back({labels, {{now, {counter.value, nullptr}}}});
  }
  if (batch.series.empty()) return {};
  TRY(const series::Appended appended, sink_.append(batch));
  static_cast<void>(appended);
  for (const series::SeriesSamples& one : batch.series) counters_[one.labels].written = now;
  return {};
}

std::size_t Counts::size() const {
  const std::lock_guard lock(mutex_);
  return counters_.size();
}

}  // namespace daytwo::observe
