#include "orient/meter.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/time.h"
#include "model/objective.h"
#include "model/service.h"
#include "promql/parse.h"
#include "series/labels.h"
#include "series/source.h"

namespace daytwo::orient {
namespace {

// Longest range read at once, so that a month of history does not stand in memory at a time.
constexpr Duration kSlice = days(1);
// A sample may reach the store this long after its instant: a slow scrape, an agent's delay.
constexpr Duration kLate = minutes(1);
// Two scrapes of the slowest usual interval: a longer hole in which a counter was reset is unknown.
constexpr Duration kGap = minutes(2);

Result<MeterSide> side(std::string_view query, double bad, double total, bool measures) {
  MeterSide out;
  TRY(out.matchers, promql::parse_selector(query));
  out.bad = bad;
  out.total = total;
  out.measures = measures;
  return out;
}

Result<std::vector<MeterSide>> flow_sides(const model::Objective& objective,
                                          const model::Service* service) {
  const model::Flow* flow = nullptr;
  if (service != nullptr) {
    for (const model::Flow& candidate : service->flows) {
      if (candidate.name == objective.flow) flow = &candidate;
    }
  }
  if (flow == nullptr) {
    return fail(Code::kNotFound, fmt::format("no flow is called '{}'", objective.flow));
  }
  std::vector<MeterSide> out;
  TRY(auto received, side(flow->received, 1, 1, true));
  TRY(auto processed, side(flow->processed, -1, 0, false));
  out.push_back(std::move(received));
  out.push_back(std::move(processed));
  return out;
}

std::uint64_t target_of(const series::Labels& labels) {
  std::string text(labels.get("job"));
  text += '\xff';
  text += labels.get("instance");
  return hash64(text);
}

}  // namespace

Result<std::vector<MeterSide>> sides_of(const model::Objective& objective,
                                        const model::Service* service) {
  if (objective.kind == model::ObjectiveKind::kFlow) return flow_sides(objective, service);
  std::vector<MeterSide> out;
  if (objective.kind == model::ObjectiveKind::kProbe) {
    TRY(auto probe, side(objective.probe, 1, 1, true));
    probe.gauge = true;
    out.push_back(std::move(probe));
    return out;
  }
  const bool by_good = !objective.good.empty();
  TRY(auto total, side(objective.total, by_good ? 1 : 0, 1, true));
  TRY(auto other, by_good ? side(objective.good, -1, 0, false) : side(objective.bad, 1, 0, false));
  out.push_back(std::move(total));
  out.push_back(std::move(other));
  return out;
}

Meter::Meter(std::vector<MeterSide> sides, Duration window)
    : sides_(std::move(sides)), window_(window), rings_(window) {
  CHECK(!sides_.empty(), "an objective counts something");
}

Result<void> Meter::read(const series::Source& source, Timestamp now) {
  // One bucket of history more than the window, so that its oldest bucket is whole.
  if (read_until_ == kMinTimestamp) read_until_ = now - window_ - hours(2);
  while (read_until_ < now) {
    const Timestamp to = std::min(now, read_until_ + kSlice);
    // What was read counts once: samples at or before a series' last one are passed over.
    TRY_VOID(read_slice(source, read_until_ + milliseconds(1) - kLate, to));
    read_until_ = to;
  }
  return {};
}

Result<void> Meter::read_slice(const series::Source& source, Timestamp from, Timestamp to) {
  // All sides are read before any is counted: an error leaves the sums as they were.
  std::vector<std::vector<series::SeriesColumn>> read;
  for (const MeterSide& each : sides_) {
    TRY(auto columns, source.select(each.matchers, {from, to}, {}));
    read.push_back(std::move(columns));
  }
  std::vector<Interval> known;
  for (std::size_t i = 0; i < read.size(); ++i) {
    for (const auto& column : read[i]) take(i, column, known);
  }
  targets_.merge(new_targets_);
  new_targets_.clear();
  add_known(std::move(known));
  return {};
}

void Meter::take(std::size_t index, const series::SeriesColumn& series,
                 std::vector<Interval>& known) {
  const MeterSide& each = sides_[index];
  const std::uint64_t target = target_of(series.labels);
  new_targets_.insert(target);
  const auto [at, is_new] = last_.try_emplace({index, series.labels.hash()});
  Last& last = at->second;
  for (std::size_t i = 0; i < series.column.size(); ++i) {
    const Timestamp when = series.column.times[i];
    const double value = series.column.numbers[i];
    if (std::isnan(value)) continue;
    if (last.at.ms == 0 && is_new) {
      // A counter that was born beside others of its target began at zero.
      if (!each.gauge && targets_.contains(target) && value > 0) {
        rings_.add_events(when - seconds(10), when, each.bad * value, each.total * value);
      }
      last = {when, value, {}};
      continue;
    }
    take_sample(each, last, when, value, known);
  }
}

void Meter::take_sample(const MeterSide& each, Last& last, Timestamp at, double value,
                        std::vector<Interval>& known) {
  if (at <= last.at) return;
  const Duration step = at - last.at;
  const Duration usual = last.step.ms == 0 ? step : last.step;
  const bool gap = step > std::max(kGap, usual * 2);
  if (each.gauge) {
    // A state is known from one sample to the next, but not across a hole.
    const Timestamp from = gap ? at - std::min(usual, step) : last.at;
    rings_.add_events(from, at, value >= 1 ? 0 : each.bad, each.total);
    if (each.measures) known.emplace_back(from, at);
  } else {
    const bool reset = value < last.value;
    const double increment = reset ? value : value - last.value;
    if (increment > 0) {
      rings_.add_events(last.at, at, each.bad * increment, each.total * increment);
    }
    if (each.measures && !(reset && gap)) known.emplace_back(last.at, at);
  }
  last = {at, value, gap ? usual : step};
}

void Meter::add_known(std::vector<Interval> known) {
  std::sort(known.begin(), known.end());
  for (auto [from, to] : known) {
    from = std::max(from, known_until_);
    if (from >= to) continue;
    rings_.add_known(from, to);
    known_until_ = to;
  }
}

}  // namespace daytwo::orient
