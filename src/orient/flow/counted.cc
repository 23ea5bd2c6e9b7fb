#include "orient/flow/counted.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "base/time.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::orient::flow {
namespace {

// A counter without a sample for so many intervals has ended.
constexpr std::int64_t kEnded = 3;

Duration usual_interval(const std::vector<Timestamp>& times) {
  std::vector<std::int64_t> apart;
  for (std::size_t i = 1; i < times.size(); ++i) apart.push_back((times[i] - times[i - 1]).ms);
  const auto middle = apart.begin() + static_cast<std::ptrdiff_t>(apart.size() / 2);
  std::nth_element(apart.begin(), middle, apart.end());
  return milliseconds(*middle);
}

// What a counter counts in `span` at the rate it had on the whole.
double usual_count(const Counter& counter, Duration span) {
  const Duration all = counter.times.back() - counter.times.front();
  return counter.counts.back() * static_cast<double>(span.ms) / static_cast<double>(all.ms);
}

bool ended(const Counter& counter, Timestamp latest) {
  return latest - counter.times.back() > counter.interval * kEnded;
}

Timestamp latest_of(const std::vector<Counter>& counters) {
  Timestamp out = kMinTimestamp;
  for (const Counter& each : counters) out = std::max(out, each.times.back());
  return out;
}

}  // namespace

Timestamp End::first() const {
  Timestamp out = kMaxTimestamp;
  for (const Counter& each : counters) out = std::min(out, each.times.front());
  return out;
}

Timestamp End::last() const {
  const Timestamp latest = latest_of(counters);
  Timestamp out = latest;
  for (const Counter& each : counters) {
    if (!ended(each, latest)) out = std::min(out, each.times.back());
  }
  return out;
}

Counter counter_of(const series::Column& column) {
  Counter out;
  double last = 0;
  double sum = 0;
  std::vector<std::size_t> restarts;
  for (std::size_t i = 0; i < column.size(); ++i) {
    const double value = column.numbers[i];
    if (std::isnan(value)) continue;
    if (!out.times.empty()) {
      if (value < last) restarts.push_back(out.times.size());
      sum += value < last ? value : value - last;
    }
    out.times.push_back(column.times[i]);
    out.counts.push_back(sum);
    last = value;
  }
  if (out.times.size() < 2) return {};
  out.interval = usual_interval(out.times);
  for (const std::size_t at : restarts) {
    const Timestamp from = out.times[at - 1];
    out.gaps.push_back({from, out.times[at], usual_count(out, out.times[at] - from)});
  }
  return out;
}

End end_of(std::span<const series::SeriesColumn> columns) {
  End out;
  for (const auto& [labels, column] : columns) {
    Counter counter = counter_of(column);
    if (!counter.times.empty()) out.counters.push_back(std::move(counter));
  }
  if (out.empty()) return out;
  const Timestamp first = out.first();
  const Timestamp latest = latest_of(out.counters);
  for (Counter& each : out.counters) {
    const Duration step = each.interval;
    const double fits = usual_count(each, step);
    const Timestamp begins = each.times.front();
    if (begins - first > step * kEnded) each.gaps.push_back({begins - step, begins, fits});
    const Timestamp ends = each.times.back();
    if (ended(each, latest)) each.gaps.push_back({ends, ends + step, fits});
  }
  return out;
}

End joined(End a, End b) {
  std::move(b.counters.begin(), b.counters.end(), std::back_inserter(a.counters));
  return a;
}

std::vector<double> counted_at(const End& end, std::span<const Timestamp> instants) {
  std::vector<double> out(instants.size());
  for (const Counter& each : end.counters) {
    std::size_t next = 0;  // the first sample after the instant
    for (std::size_t i = 0; i < instants.size(); ++i) {
      while (next < each.times.size() && each.times[next] <= instants[i]) ++next;
      if (next == 0) continue;
      double count = each.counts[next - 1];
      if (next < each.times.size()) {
        const auto gone = static_cast<double>((instants[i] - each.times[next - 1]).ms);
        const auto step = static_cast<double>((each.times[next] - each.times[next - 1]).ms);
        count += gone / step * (each.counts[next] - count);
      }
      out[i] += count;
    }
  }
  return out;
}

}  // namespace daytwo::orient::flow
