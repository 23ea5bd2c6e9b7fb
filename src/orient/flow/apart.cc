#include "orient/flow/apart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/flow.h"
#include "orient/detector.h"
#include "orient/flow.h"
#include "orient/flow/counted.h"
#include "orient/flow/pair.h"
#include "orient/flow/residual.h"
#include "orient/words.h"
#include "promql/parse.h"
#include "series/labels.h"
#include "series/source.h"

namespace daytwo::orient::flow {
namespace {

// Samples that tell the class of a flow.
constexpr Duration kNewest = minutes(15);
constexpr double kSide90 = 1.645;  // standard errors on each side of a 90 % interval

Result<std::vector<series::SeriesColumn>> read(const std::string& query, Duration back,
                                               const View& view) {
  if (query.empty()) return std::vector<series::SeriesColumn>{};
  TRY(const auto matchers, promql::parse_selector(query));
  return view.source.select(matchers, {view.now - back, view.now}, {});
}

std::set<Timestamp> instants_of(std::span<const series::SeriesColumn> columns) {
  std::set<Timestamp> out;
  for (const auto& [labels, column] : columns) out.insert(column.times.begin(), column.times.end());
  return out;
}

// Job and instance of each series; empty where one has no job.
std::set<std::string> targets_of(std::span<const series::SeriesColumn> columns) {
  std::set<std::string> out;
  for (const auto& [labels, column] : columns) {
    const std::string job(labels.get("job"));
    if (job.empty()) return {};
    out.insert(job + '\n' + std::string(labels.get("instance")));
  }
  return out;
}

std::string lost_words(const Leak& leak, const char* what) {
  const double low = std::max(0.0, leak.messages - kSide90 * leak.error);
  return fmt::format("{} {} since {} ({} messages; {} to {}, 90 %)", percent_words(leak.share),
                     what, to_clock(leak.since), number_words(leak.messages), number_words(low),
                     number_words(leak.messages + kSide90 * leak.error));
}

std::string lag_words(const FlowStatus& status) {
  return status.lag ? "lag " + to_words(*status.lag) : "lag above an hour";
}

void take_leak(FlowStatus& status, const Leak& leak, FlowState state, const char* what) {
  status.state = state;
  status.lost = leak.messages;
  status.lost_error = leak.error;
  status.lost_share = leak.share;
  status.since = leak.since;
  status.sentence = lost_words(leak, what) + ", " + lag_words(status);
}

// What is known of the two ends besides.
std::string apart_words(const PairStatus& pair) {
  return fmt::format(
      "; its ends are scraped apart, {:.3g} s: a loss of {} would show within an hour",
      pair.shift.seconds() + pair.skew_seconds, percent_words(pair.least_in_an_hour));
}

void take_unlearnt(FlowStatus& status, const PairStatus& pair) {
  if (status.state == FlowState::kLosing) {
    const double skewed = status.received * kMostShift.seconds() / hours(1).seconds();
    if (status.lost <= skewed) {
      status.state = FlowState::kFine;
      status.lost = status.lost_share = 0;
      status.since.reset();
      status.sentence = fmt::format("{} received, nothing lost that its clocks do not explain, {}",
                                    number_words(status.received), lag_words(status));
    }
  }
  status.sentence +=
      fmt::format("; its ends are scraped apart: small losses show after {} of counts ({} so far)",
                  to_words(kPairLeast), to_words(pair.seen));
}

}  // namespace

bool same_scrape(std::span<const series::SeriesColumn> received,
                 std::span<const series::SeriesColumn> processed) {
  if (received.empty() || processed.empty()) return true;
  const auto targets = targets_of(received);
  if (!targets.empty() && targets == targets_of(processed)) return true;
  const auto ours = instants_of(received);
  const auto theirs = instants_of(processed);
  const auto shared =
      std::count_if(theirs.begin(), theirs.end(), [&](Timestamp at) { return ours.contains(at); });
  return 2 * static_cast<std::size_t>(shared) >= theirs.size();
}

Result<bool> is_same_scrape(const model::Flow& flow, const View& view) {
  TRY(const auto received, read(flow.received, kNewest, view));
  TRY(const auto processed, read(flow.processed, kNewest, view));
  return same_scrape(received, processed);
}

Result<PairStatus> pair_status(const model::Flow& flow, const View& view) {
  const Duration back = kPairWindow + kMostShift;
  TRY(const auto received, read(flow.received, back, view));
  TRY(const auto processed, read(flow.processed, back, view));
  TRY(const auto dropped, read(flow.dropped, back, view));
  return judge_pair(end_of(received), joined(end_of(processed), end_of(dropped)));
}

void take_pair(FlowStatus& status, const PairStatus& pair) {
  status.apart = true;
  if (status.state == FlowState::kUnknown || status.state == FlowState::kStalled) return;
  if (!pair.learnt) {
    take_unlearnt(status, pair);
    return;
  }
  if (pair.lost && pair.lost->goes_on) {
    take_leak(status, *pair.lost, FlowState::kLosing, "lost");
  } else if (pair.duplicated && pair.duplicated->goes_on) {
    take_leak(status, *pair.duplicated, FlowState::kDoubling, "came out twice");
  } else {
    status.state = FlowState::kFine;
    status.lost = status.lost_share = 0;
    status.since.reset();
    status.sentence = fmt::format("{} received, nothing lost, {}", number_words(status.received),
                                  lag_words(status));
    if (pair.lost) {
      status.sentence += fmt::format(", {} lost from {} to {}", number_words(pair.lost->messages),
                                     to_clock(pair.lost->since), to_clock(pair.lost->until));
    }
  }
  status.sentence += apart_words(pair);
}

}  // namespace daytwo::orient::flow
