#include "orient/cpu.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "orient/columns.h"
#include "orient/detector.h"
#include "orient/objectives.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

constexpr Duration kWindow = minutes(5);
constexpr double kBusy = 0.9;
// Work waits more than a tenth of the time: customers may feel it.
constexpr double kWaiting = 0.1;

struct Load {
  double idle = 0;
  double all = 0;
};

// Idle and total processor seconds by host.
Result<std::map<std::string, Load>> loads(const View& view) {
  TRY(const auto columns, recent(view, "node_cpu_seconds_total", kWindow));
  std::map<std::string, Load> out;
  for (const auto& [labels, column] : columns) {
    const Increase increase = increase_of(column, view.now - kWindow, view.now);
    // A scan or two say nothing about five minutes.
    if (increase.increments == 0 || increase.last - increase.first < kWindow - minutes(1)) continue;
    Load& load = out[host_of(labels, view)];
    const std::string_view mode = labels.get("mode");
    if (mode == "idle" || mode == "iowait") load.idle += increase.value;
    load.all += increase.value;
  }
  return out;
}

Result<std::map<std::string, double>> waits(const View& view) {
  TRY(const auto columns, recent(view, "node_pressure_cpu_waiting_seconds_total", kWindow));
  std::map<std::string, double> out;
  for (const auto& [labels, column] : columns) {
    const Increase increase = increase_of(column, view.now - kWindow, view.now);
    const double seconds = (increase.last - increase.first).seconds();
    if (seconds > 0) out[host_of(labels, view)] = std::min(increase.value / seconds, 1.0);
  }
  return out;
}

std::vector<std::string> symptoms(const View& view) {
  std::vector<std::string> out;
  for (const std::string_view kind : {"probe", "burn"}) {
    for (const auto& record : view.snapshot.open(kind)) {
      const auto* finding = facts::body_as<facts::Finding>(*record);
      if (finding != nullptr && finding->symptom) out.push_back(finding->title);
    }
  }
  return out;
}

std::string budget_words(const std::vector<ObjectiveStatus>& objectives) {
  double least = 1;
  std::size_t known = 0;
  for (const ObjectiveStatus& status : objectives) {
    if (!status.budget_left) continue;
    ++known;
    least = std::min(least, *status.budget_left);
  }
  if (known == 0) return "no budget is measured that it could touch";
  return fmt::format("{} of the tightest budget is left", percent_words(std::max(least, 0.0)));
}

void conclude(CpuAnswer& answer, const std::vector<std::string>& symptoms_now,
              const std::vector<ObjectiveStatus>& objectives) {
  const bool waits_for_it = answer.waiting && *answer.waiting > kWaiting;
  if (answer.busy > kBusy) {
    for (const std::string& symptom : symptoms_now) answer.reasons.push_back(symptom);
    if (waits_for_it) {
      answer.reasons.push_back("work waits for a processor " + percent_words(*answer.waiting) +
                               " of the time");
    }
  }
  answer.problem = !answer.reasons.empty();
  const std::string busy =
      fmt::format("{} uses {} of its processors", answer.host, percent_words(answer.busy));
  if (answer.problem) {
    answer.sentence = busy + ": yes, a problem, because " + join_words(answer.reasons);
    return;
  }
  const std::string waiting = answer.waiting
                                  ? "work waits " + percent_words(*answer.waiting) + " of the time"
                                  : "how long work waits is not known (no PSI)";
  answer.sentence = fmt::format("{}: {}; {}, {}{}", busy,
                                answer.busy > kBusy ? "busy, not a problem" : "not busy",
                                "no symptom", waiting + ", " + budget_words(objectives),
                                answer.busy > kBusy ? "; a ticket, not a page" : "");
}

}  // namespace

Result<std::vector<CpuAnswer>> cpu_answers(const View& view,
                                           const std::vector<ObjectiveStatus>& objectives) {
  TRY(const auto load, loads(view));
  TRY(const auto wait, waits(view));
  const auto symptoms_now = symptoms(view);
  std::vector<CpuAnswer> out;
  for (const auto& [host, each] : load) {
    if (each.all <= 0) continue;
    CpuAnswer answer;
    answer.host = host;
    answer.busy = std::clamp(1 - each.idle / each.all, 0.0, 1.0);
    if (const auto at = wait.find(host); at != wait.end()) answer.waiting = at->second;
    conclude(answer, symptoms_now, objectives);
    out.push_back(std::move(answer));
  }
  return out;
}

Judgement Cpu::judge(const View& view) {
  Judgement out;
  const auto answers = cpu_answers(view, objectives_.statuses());
  if (!answers || answers->empty()) {
    out.unknown.emplace_back("cpu/");
    out.claims.push_back(make_source_claim("cpu", "processor use needs five minutes of samples",
                                           "wait, or scrape a node_exporter", "too short"));
    return out;
  }
  for (const CpuAnswer& answer : *answers) {
    if (answer.busy <= kBusy) continue;
    Claim claim = make_claim(facts::FindingKind::kCpu, "cpu/" + answer.host + "/busy", answer.host,
                             answer.problem ? "the processors are the bottleneck"
                                            : "the processors are busy, and nobody suffers",
                             answer.sentence, answer.problem ? "problem" : "busy");
    facts::Finding& finding = finding_of(claim);
    finding.symptom = answer.problem;
    finding.option = answer.problem ? "take load away or add processors" : "leave it";
    finding.next_step = "see who uses it: topk(5, rate(daytwo_process_cpu_seconds_total[5m]))";
    finding.evidence.push_back(
        {"processor use", "1 - avg(rate(node_cpu_seconds_total{mode=\"idle\"}[5m]))", 0});
    out.claims.push_back(std::move(claim));
  }
  out.claims.push_back(make_source_claim(
      "cpu", "processor use is watched on " + counted(answers->size(), "host", "hosts"), "",
      std::to_string(answers->size())));
  return out;
}

std::string Cpu::closing_sentence(const facts::Record& before) const {
  return before.subject + " is no longer above 90 % of its processors";
}

}  // namespace daytwo::orient
