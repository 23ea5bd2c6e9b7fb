#include "orient/memory_cap.h"

#include <fmt/core.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "base/units.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/service.h"
#include "orient/columns.h"
#include "orient/detector.h"
#include "orient/intruder.h"
#include "orient/words.h"
#include "series/labels.h"
#include "series/value.h"

namespace daytwo::orient {
namespace {

// A workload is at its cap from this share of its limit on.
constexpr double kAtCap = 0.9;

constexpr std::string_view kPrefix = "daytwo_cgroup_memory_";
constexpr std::array<std::string_view, 6> kMetrics = {"limit_bytes",       "anonymous_bytes",
                                                      "working_set_bytes", "file_bytes",
                                                      "oom_kills_total",   "limit_hits_total"};
using Columns = std::array<series::Column, kMetrics.size()>;

// All columns of each cgroup, by labels without the name.
Result<std::map<series::Labels, Columns>> columns_of(const View& view) {
  std::map<series::Labels, Columns> out;
  for (std::size_t i = 0; i < kMetrics.size(); ++i) {
    TRY(auto columns, recent(view, std::string(kPrefix) + std::string(kMetrics.at(i)), hours(1)));
    for (auto& [labels, column] : columns) {
      out[labels.without(series::kMetricName)].at(i) = std::move(column);
    }
  }
  return out;
}

std::string_view words_of(CapHypothesis hypothesis) {
  switch (hypothesis) {
    case CapHypothesis::kLeak:
      return "a leak";
    case CapHypothesis::kTooLittle:
      return "too little memory";
    case CapHypothesis::kCacheOnly:
      return "cached files only";
    case CapHypothesis::kIntruder:
      return "perhaps an intruder";
    case CapHypothesis::kCannotTell:
      break;
  }
  return "cannot tell yet";
}

std::string bytes_words(double bytes) { return to_words(Bytes{static_cast<std::int64_t>(bytes)}); }

std::string_view option_of(CapHypothesis hypothesis) {
  if (hypothesis == CapHypothesis::kIntruder) return "look into the program and stop it";
  return hypothesis == CapHypothesis::kLeak ? "fix the leak" : "raise the limit";
}

void add_intruder(const Intruder& intruder, const std::string& workload, Claim& claim) {
  facts::Finding& finding = finding_of(claim);
  finding.title = fmt::format("{} may hold an intruder: {}", workload, intruder.executable);
  finding.wake = true;
  finding.evidence.push_back({intruder_words(intruder), intruder.query, intruder.record});
  claim.record.inputs.push_back({"intruder", intruder.executable});
}

Claim claim_of(const series::Labels& labels, const MemoryEvidence& evidence,
               const std::optional<Intruder>& intruder, const View& view) {
  const std::string cgroup(labels.get("cgroup"));
  std::string workload(labels.get("workload"));
  if (workload.empty()) workload = cgroup;
  const std::string host = host_of(labels, view);
  const CapAnswer memory = judge_memory(evidence, workload);
  const CapAnswer answer = intruder ? with_intruder(memory, *intruder) : memory;
  const std::string words(words_of(answer.hypothesis));
  const std::string kills =
      evidence.kills > 0
          ? fmt::format(", killed {} in the last hour",
                        counted(static_cast<std::size_t>(evidence.kills), "time", "times"))
          : "";
  Claim claim =
      make_claim(facts::FindingKind::kMemoryCap, "memory/" + host + "/" + cgroup, workload,
                 workload + (evidence.kills > 0 ? " is killed at its memory limit"
                                                : " is at its memory limit"),
                 fmt::format("{} on {} uses {} of {}{}: {}, because {}", workload, host,
                             bytes_words(evidence.working_set), bytes_words(evidence.limit), kills,
                             words, answer.because),
                 fmt::format("{}, {} kills", words, evidence.kills));
  facts::Finding& finding = finding_of(claim);
  if (const model::Service* service = view.catalog.running(workload)) {
    finding.service = service->id.value;
  }
  finding.symptom = evidence.recent_kills > 0;
  finding.wake = evidence.recent_kills > 0;
  finding.option = option_of(answer.hypothesis);
  finding.next_step = answer.next_step;
  finding.evidence.push_back({"memory that cannot be dropped",
                              "daytwo_cgroup_memory_anonymous_bytes" + labels.to_string(), 0});
  finding.evidence.push_back(
      {"kills", "daytwo_cgroup_memory_oom_kills_total" + labels.to_string(), 0});
  claim.record.inputs = {{"limit", bytes_words(evidence.limit)},
                         {"anonymous", bytes_words(evidence.anonymous)},
                         {"cached files", bytes_words(evidence.file)},
                         {"kills in the last hour", number_words(evidence.kills)},
                         {"met the limit in ten minutes", number_words(evidence.limit_hits)},
                         {"lives seen", std::to_string(evidence.starts)},
                         {"hypothesis", words}};
  if (intruder) add_intruder(*intruder, workload, claim);
  if (evidence.growth) {
    chance::Estimate growth;
    growth.p05 = evidence.growth->low;
    growth.p50 = growth.mean = evidence.growth->value;
    growth.p95 = evidence.growth->high;
    growth.p25 = growth.p50 + (growth.p05 - growth.p50) * 0.41;
    growth.p75 = growth.p50 + (growth.p95 - growth.p50) * 0.41;
    add_amount(claim, "growth", growth, "bytes", model::kAnHour);
  }
  if (evidence.kills > 0) {
    add_amount(claim, "events_per_year", chance::exactly(evidence.kills * kHoursPerYear),
               model::kIncidents, model::kAYear);
  }
  return claim;
}

}  // namespace

Judgement MemoryCap::judge(const View& view) {
  Judgement out;
  const auto columns = columns_of(view);
  if (!columns) {
    out.unknown.emplace_back("memory/");
    return out;
  }
  std::size_t limited = 0;
  for (const auto& [labels, each] : *columns) {
    const auto limit = newest(each[0]);
    if (!limit || *limit <= 0) continue;
    ++limited;
    const MemoryEvidence evidence =
        memory_evidence(*limit, each[1], each[2], each[3], each[4], each[5], view.now);
    if (evidence.working_set < kAtCap * *limit && evidence.kills == 0) continue;
    const auto intruder =
        find_intruder(view, host_of(labels, view), std::string(labels.get("cgroup")));
    // Samples that cannot be read hide an intruder, but not the limit that was read.
    out.claims.push_back(
        claim_of(labels, evidence, intruder ? *intruder : std::optional<Intruder>{}, view));
  }
  if (columns->empty()) out.unknown.emplace_back("memory/");
  out.claims.push_back(
      limited == 0 ? make_source_claim("memory", "no workload has a memory limit that can be seen",
                                       "set MemoryMax= or a container's limit, and run as root",
                                       "no limit seen")
                   : make_source_claim(
                         "memory", counted(limited, "memory limit", "memory limits") + " watched",
                         "", std::to_string(limited)));
  return out;
}

std::string MemoryCap::closing_sentence(const facts::Record& before) const {
  return before.subject + " is below its memory limit again";
}

}  // namespace daytwo::orient
