#include "orient/flow.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/flow.h"
#include "model/service.h"
#include "orient/detector.h"
#include "orient/flow/apart.h"
#include "orient/words.h"
#include "promql/parse.h"
#include "series/labels.h"
#include "series/matcher.h"

namespace daytwo::orient {
namespace {

constexpr Duration kWindow = hours(1);
// Worth waking somebody: one in a hundred, or a queue that stands until it is late.
constexpr double kPageShare = 0.01;

// One side: cumulative count since the window began, and the counters' sum at its beginning.
struct Side {
  std::vector<Arrival> counts;
  double start = 0;
  bool reset = false;  // then `start` says nothing
};

// Increments of all series that match, merged to one cumulative count.
Result<Side> counts_of(const std::string& query, const View& view) {
  Side out;
  if (query.empty()) return out;
  TRY(const auto matchers, promql::parse_selector(query));
  TRY(const auto columns, view.source.select(matchers, {view.now - kWindow, view.now}, {}));
  std::map<Timestamp, double> increments;
  for (const auto& [labels, column] : columns) {
    std::optional<double> last;
    for (std::size_t i = 0; i < column.size(); ++i) {
      const double value = column.numbers[i];
      if (std::isnan(value)) continue;
      double& at = increments[column.times[i]];
      if (last) {
        at += value < *last ? value : value - *last;
        out.reset = out.reset || value < *last;
      } else {
        out.start += value;
      }
      last = value;
    }
  }
  double sum = 0;
  for (const auto& [at, increment] : increments) out.counts.push_back({at, sum += increment});
  return out;
}

// The sum of all gauges that match, at each instant.
Result<std::vector<Arrival>> gauge_of(const std::string& query, const View& view) {
  std::vector<Arrival> out;
  if (query.empty()) return out;
  TRY(const auto matchers, promql::parse_selector(query));
  TRY(const auto columns, view.source.select(matchers, {view.now - kWindow, view.now}, {}));
  std::map<Timestamp, double> sums;
  for (const auto& [labels, column] : columns) {
    for (std::size_t i = 0; i < column.size(); ++i) {
      if (!std::isnan(column.numbers[i])) sums[column.times[i]] += column.numbers[i];
    }
  }
  for (const auto& [at, value] : sums) out.push_back({at, value});
  return out;
}

// Two cumulative counts as one.
std::vector<Arrival> sum_of(const std::vector<Arrival>& a, const std::vector<Arrival>& b) {
  std::map<Timestamp, double> increments;
  for (const auto* side : {&a, &b}) {
    double last = 0;
    for (const Arrival& arrival : *side) {
      increments[arrival.at] += arrival.count - last;
      last = arrival.count;
    }
  }
  std::vector<Arrival> out;
  double sum = 0;
  for (const auto& [at, increment] : increments) out.push_back({at, sum += increment});
  return out;
}

Result<FlowReading> reading_of(const model::Flow& flow, const View& view) {
  FlowReading out;
  TRY(auto received, counts_of(flow.received, view));
  TRY(auto processed, counts_of(flow.processed, view));
  TRY(const auto dropped, counts_of(flow.dropped, view));
  TRY(out.in_flight, gauge_of(flow.in_flight, view));
  // Counters of both ends that began together tell what was inside when the window began, unless
  // one was reset. More than came in within the window is history, not a queue.
  const double start = received.start - processed.start - dropped.start;
  const bool whole = !received.reset && !processed.reset && !dropped.reset;
  const double traffic = received.counts.empty() ? 0 : received.counts.back().count;
  if (whole && start > 0 && start < traffic) out.inside_at_start = start;
  if (!dropped.counts.empty()) out.dropped = dropped.counts.back().count;
  out.received = std::move(received.counts);
  out.gone = dropped.counts.empty() ? std::move(processed.counts)
                                    : sum_of(processed.counts, dropped.counts);
  return out;
}

// Declared flows, and those that applications count without a declaration.
Result<std::vector<model::Flow>> flows_of(const View& view) {
  std::vector<model::Flow> out;
  std::string declared;
  for (const model::Service& service : view.catalog.all()) {
    for (const model::Flow& flow : service.flows) {
      out.push_back(flow);
      declared += flow.received + "\n";
    }
  }
  const auto metric =
      series::Matcher::equal(std::string(series::kMetricName), "daytwo_count_total");
  TRY(const auto names,
      view.source.label_values("flow", {&metric, 1}, {view.now - kWindow, view.now}));
  for (const std::string& name : names) {
    if (declared.find("flow=\"" + name + "\"") != std::string::npos) continue;
    const auto query = [&](const char* stage) {
      return fmt::format("daytwo_count_total{{flow=\"{}\",stage=\"{}\"}}", name, stage);
    };
    out.push_back({name, {}, query("received"), query("processed"), query("dropped"), ""});
  }
  return out;
}

// How a state that is a finding is told.
struct StateWords {
  const char* title;
  const char* state;
  const char* option;
  const char* next_step;
};

StateWords words_of(FlowState state) {
  if (state == FlowState::kStalled) {
    return {" stands still", "stalled", "start the worker again",
            "see whether the worker runs, and what it waits for"};
  }
  if (state == FlowState::kDoubling) {
    return {" delivers messages twice", "doubling", "make the stage drop what it has seen",
            "look for retries of what had been processed"};
  }
  return {" loses messages", "losing", "find where they are lost",
          "compare ids at both ends of this stage"};
}

// The middle and the intervals of a normal count; exact where it has no error.
chance::Estimate estimate_of_lost(const FlowStatus& status) {
  chance::Estimate out = chance::exactly(status.lost);
  const auto below = [&](double errors) {
    return std::max(0.0, status.lost - errors * status.lost_error);
  };
  out.p05 = below(1.645);
  out.p25 = below(0.6745);
  out.p75 = status.lost + 0.6745 * status.lost_error;
  out.p95 = status.lost + 1.645 * status.lost_error;
  return out;
}

Claim claim_of(const FlowStatus& status) {
  const bool stalled = status.state == FlowState::kStalled;
  const bool doubling = status.state == FlowState::kDoubling;
  const StateWords words = words_of(status.state);
  Claim claim = make_claim(
      facts::FindingKind::kFlow,
      "flow/" + (status.service.empty() ? "counted" : status.service) + "/" + status.name,
      status.name, title_of(status), status.name + ": " + status.sentence, words.state);
  facts::Finding& finding = finding_of(claim);
  finding.service = status.service;
  finding.symptom = true;
  finding.wake = wakes(status);
  if (finding.wake) claim.state += ", page";
  finding.option = words.option;
  finding.next_step = words.next_step;
  finding.evidence.push_back(
      {"both ends", fmt::format("daytwo_count_total{{flow=\"{}\"}}", status.name), 0});
  claim.record.inputs = {{"received", number_words(status.received)},
                         {"came out", number_words(status.gone)},
                         {"dropped", number_words(status.dropped)}};
  if (status.since) claim.record.inputs.push_back({"since", to_rfc3339(*status.since)});
  if (status.lag) claim.record.inputs.push_back({"lag", to_words(*status.lag)});
  // What comes out twice is not kept from anybody.
  const double share = stalled ? 1 : doubling ? 0 : status.lost_share;
  add_amount(claim, doubling ? "doubled" : "lost", estimate_of_lost(status), "messages",
             model::kNow);
  add_amount(claim, "hours_lost_per_day", chance::exactly(24 * share), model::kHoursLost,
             model::kADay);
  return claim;
}

}  // namespace

std::string title_of(const FlowStatus& status) {
  return status.name + words_of(status.state).title;
}

bool wakes(const FlowStatus& status) {
  if (status.state == FlowState::kStalled) return !status.lag || *status.lag >= kFlowLate;
  const bool leaks = status.state == FlowState::kLosing || status.state == FlowState::kDoubling;
  return leaks && status.lost_share >= kPageShare;
}

FlowStatus flow_status(const model::Flow& flow, const View& view) {
  FlowStatus status;
  const auto reading = reading_of(flow, view);
  if (reading) {
    status = judge_flow(*reading, view.now);
    const auto same = flow::is_same_scrape(flow, view);
    if (same && !*same) {
      const auto pair = flow::pair_status(flow, view);
      if (pair) flow::take_pair(status, *pair);
    }
  } else {
    status.sentence = "cannot be measured: " + reading.error().to_string();
  }
  status.name = flow.name;
  status.service = flow.service.value;
  return status;
}

Result<std::vector<FlowStatus>> flow_statuses(const View& view) {
  TRY(const auto flows, flows_of(view));
  std::vector<FlowStatus> out;
  for (const model::Flow& flow : flows) out.push_back(flow_status(flow, view));
  return out;
}

Judgement Flows::judge(const View& view) {
  Judgement out;
  const auto statuses = flow_statuses(view);
  if (!statuses) {
    out.unknown.emplace_back("flow/");
    return out;
  }
  std::vector<std::string> unknown;
  for (const FlowStatus& status : *statuses) {
    const std::string key =
        "flow/" + (status.service.empty() ? "counted" : status.service) + "/" + status.name;
    if (status.state == FlowState::kUnknown) {
      out.unknown.push_back(key);
      unknown.push_back(status.name + " (" + status.sentence + ")");
    } else if (status.state != FlowState::kFine) {
      out.claims.push_back(claim_of(status));
    }
  }
  if (statuses->empty()) {
    out.claims.push_back(make_source_claim(
        "flow", "nobody counts both ends of anything",
        "POST /api/daytwo/v1/count/orders.received and .processed, or `flows:` in a service's file",
        "none"));
  } else {
    out.claims.push_back(make_source_claim(
        "flow",
        unknown.empty() ? counted(statuses->size(), "flow", "flows") + " accounted at both ends"
                        : "cannot account " + join_words(unknown),
        unknown.empty() ? "" : "count both ends for five minutes",
        fmt::format("{} of {}", unknown.size(), statuses->size())));
  }
  return out;
}

bool Flows::moved(const facts::Record& before, const facts::Record& after) const {
  const auto lost = [](const facts::Record& record) {
    const model::Amount* amount = record.find_amount("lost");
    if (amount == nullptr) amount = record.find_amount("doubled");
    return amount == nullptr ? 0.0 : amount->estimate.p50;
  };
  return lost(after) > 2 * lost(before) && lost(before) > 0;
}

std::string Flows::closing_sentence(const facts::Record& before) const {
  return before.subject + " loses and doubles no more";
}

}  // namespace daytwo::orient
