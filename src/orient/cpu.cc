#include "orient/cpu.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/objective.h"
#include "model/service.h"
#include "orient/cpu_use.h"
#include "orient/detector.h"
#include "orient/objectives.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

constexpr double kBusy = 0.9;
// Work waits more than a tenth of the time: customers may feel it.
constexpr double kWaiting = 0.1;
// Named among the users of a host from this share of one processor on.
constexpr double kNamed = 0.1;
constexpr std::size_t kUsers = 3;

// What customers feel now, and what would show it.
struct Felt {
  std::vector<std::string> symptoms;
  std::size_t measured = 0;  // objectives and probes that would show one
  std::string budgets;       // how they fare, in words
};

// `id` and every service that needs it, directly or through others.
std::set<std::string> affected_by(const std::string& id, const model::Catalog& catalog) {
  std::set<std::string> out = {id};
  for (std::size_t before = 0; before != out.size();) {
    before = out.size();
    for (const model::Service& service : catalog.all()) {
      for (const model::Dependency& needed : service.depends) {
        const bool needs = std::any_of(needed.on.begin(), needed.on.end(),
                                       [&](const ServiceId& on) { return out.contains(on.value); });
        if (needs) out.insert(service.id.value);
      }
    }
  }
  return out;
}

std::string name_of(const model::Objective& objective) {
  return objective.service.value.empty() ? objective.name
                                         : objective.service.value + " " + objective.name;
}

// How the budgets fared over the shortest window of their rules, and which has least left.
std::string budget_words(const std::vector<const ObjectiveStatus*>& measured) {
  if (measured.empty()) return "no budget is measured that it could touch";
  const ObjectiveStatus* tightest = nullptr;
  const ObjectiveStatus* fastest = nullptr;
  double least = 2;  // more than a whole budget
  double top = 0;
  for (const ObjectiveStatus* status : measured) {
    if (const double left = status->budget_left.value_or(least); left < least) {
      least = left;
      tightest = status;
    }
    if (status->rules.empty()) continue;
    const auto burn =
        model::burn_of(status->rules.front().short_sums, status->objective.target_ppb);
    if (burn && *burn > top) {
      top = *burn;
      fastest = status;
    }
  }
  std::string out =
      top <= 0   ? "budget untouched"
      : top <= 1 ? "no budget goes faster than it may"
                 : fmt::format("{} goes {} times faster than it may, too little for an alert",
                               name_of(fastest->objective), number_words(top));
  if (tightest != nullptr) {
    out += fmt::format(" (tightest: {}, {} left)", name_of(tightest->objective),
                       percent_words(std::max(least, 0.0)));
  }
  return out;
}

// Of all services, or of `whom` only.
Felt felt_by(const std::set<std::string>* whom, const View& view,
             const std::vector<ObjectiveStatus>& objectives) {
  const auto counts = [&](const std::string& service) {
    return whom == nullptr || whom->contains(service);
  };
  Felt out;
  for (const std::string_view kind : {"probe", "burn"}) {
    for (const auto& record : view.snapshot.open(kind)) {
      const auto* finding = facts::body_as<facts::Finding>(*record);
      if (finding == nullptr || !finding->symptom || !counts(finding->service)) continue;
      out.symptoms.push_back(finding->title);
    }
  }
  std::vector<const ObjectiveStatus*> measured;
  for (const ObjectiveStatus& status : objectives) {
    if (status.sli && counts(status.objective.service.value)) measured.push_back(&status);
  }
  out.measured = measured.size();
  for (const auto& probe : seen<facts::ProbeSeen>(view.snapshot)) {
    const model::Service* service = view.catalog.probed(probe.what->url);
    if (counts(service == nullptr ? std::string() : service->id.value)) ++out.measured;
  }
  out.budgets = budget_words(measured);
  return out;
}

// "vm used 97 % of its 2 processors over 1m".
std::string use_words(const CpuAnswer& answer) {
  const std::string span = to_words(seconds(answer.span.ms / 1000));
  const std::string processors =
      counted(static_cast<std::size_t>(answer.processors), "processor", "processors");
  if (answer.service.empty()) {
    return fmt::format("{} used {} of its {} over {}", answer.host, percent_words(answer.busy),
                       processors, span);
  }
  return fmt::format("{} used {} of the {} of {} over {}", answer.service,
                     number_words(answer.used), processors, answer.host, span);
}

std::string waiting_words(const CpuAnswer& answer) {
  return answer.waiting ? "work waited " + percent_words(*answer.waiting) + " of the time"
                        : "how long work waits is not known (no PSI)";
}

// Busy: is it a problem, and why or why not.
void conclude_busy(CpuAnswer& answer, const Felt& felt, const std::string& users) {
  const bool waits = answer.waiting && *answer.waiting > kWaiting;
  const bool may_be_why = waits || !answer.waiting;
  if (!felt.symptoms.empty() && may_be_why) {
    answer.reasons = felt.symptoms;
    if (waits) answer.reasons.push_back(waiting_words(answer));
  } else if (felt.measured == 0 && waits) {
    answer.reasons = {waiting_words(answer), "nothing measures what customers feel"};
  }
  const std::string used = use_words(answer);
  if (!answer.reasons.empty()) {
    answer.state = CpuState::kProblem;
    answer.sentence =
        fmt::format("{}: yes, a problem, because {}{}", used, join_words(answer.reasons), users);
    return;
  }
  answer.state = CpuState::kBusy;
  const std::string symptom =
      felt.measured == 0 ? "nothing measures what customers feel"
      : felt.symptoms.empty()
          ? "no symptom"
          : join_words(felt.symptoms) + ", and work hardly waits: that has another cause";
  answer.sentence = fmt::format("{}: busy, not a problem: {}, {}, {}{}: a ticket, not a page", used,
                                symptom, felt.budgets, waiting_words(answer), users);
}

// Who is seen to use most. What lives shorter than a scan is not seen, so it may be the lesser
// part.
std::string users_words(const std::vector<std::string>& users) {
  return users.empty() ? "" : "; used most by " + join_words(users);
}

void conclude(CpuAnswer& answer, const Felt& felt) {
  const double share = answer.service.empty() ? answer.busy : answer.used;
  if (share > kBusy) {
    conclude_busy(answer, felt, users_words(answer.users));
    return;
  }
  answer.sentence = fmt::format(
      "{}: not busy, {}{}", use_words(answer), waiting_words(answer),
      felt.symptoms.empty() ? "" : "; " + join_words(felt.symptoms) + " for another reason");
}

CpuAnswer answer_of(const std::string& host, const CpuUse& use) {
  CpuAnswer out;
  out.host = host;
  out.span = use.span;
  out.busy = use.busy;
  out.used = use.busy * use.processors;
  out.processors = use.processors;
  out.waiting = use.waiting;
  return out;
}

std::vector<std::string> users_of(const CpuUse& use) {
  std::vector<std::pair<double, std::string>> sorted;
  for (const auto& [name, used] : use.by_process) {
    if (used >= kNamed && name != "rest") sorted.emplace_back(-used, name);
  }
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::string> out;
  for (const auto& [negative, name] : sorted) {
    if (out.size() < kUsers)
      out.push_back(fmt::format("{} ({} processors)", name, number_words(-negative)));
  }
  return out;
}

}  // namespace

Result<std::vector<CpuAnswer>> cpu_answers(const View& view,
                                           const std::vector<ObjectiveStatus>& objectives,
                                           CpuWindow window) {
  TRY(const auto uses, cpu_use(view, window.back, window.least));
  const Felt felt = felt_by(nullptr, view, objectives);
  std::vector<CpuAnswer> out;
  for (const auto& [host, use] : uses) {
    CpuAnswer answer = answer_of(host, use);
    answer.users = users_of(use);
    conclude(answer, felt);
    out.push_back(std::move(answer));
  }
  return out;
}

Result<std::vector<CpuAnswer>> service_cpu_answers(const View& view,
                                                   const std::vector<ObjectiveStatus>& objectives,
                                                   CpuWindow window) {
  TRY(const auto uses, cpu_use(view, window.back, window.least));
  std::vector<CpuAnswer> out;
  for (const model::Service& service : view.catalog.all()) {
    const std::string& id = service.id.value;
    const std::set<std::string> whom = affected_by(id, view.catalog);
    const Felt felt = felt_by(&whom, view, objectives);
    for (const auto& [host, use] : uses) {
      const auto used = use.by_service.find(id);
      if (used == use.by_service.end()) continue;
      CpuAnswer answer = answer_of(host, use);
      answer.service = id;
      answer.used = used->second;
      answer.busy = std::min(used->second / use.processors, 1.0);
      conclude(answer, felt);
      out.push_back(std::move(answer));
    }
  }
  return out;
}

Judgement Cpu::judge(const View& view) {
  Judgement out;
  const auto answers = cpu_answers(view, objectives_.statuses(), kFiveMinutes);
  if (!answers || answers->empty()) {
    out.unknown.emplace_back("cpu/");
    out.claims.push_back(make_source_claim("cpu", "processor use needs five minutes of samples",
                                           "wait, or scrape a node_exporter", "too short"));
    return out;
  }
  for (const CpuAnswer& answer : *answers) {
    if (answer.state == CpuState::kCalm) continue;
    const bool problem = answer.state == CpuState::kProblem;
    Claim claim = make_claim(facts::FindingKind::kCpu, "cpu/" + answer.host + "/busy", answer.host,
                             problem ? "the processors are the bottleneck"
                                     : "the processors are busy, and nobody suffers",
                             answer.sentence, problem ? "problem" : "busy");
    facts::Finding& finding = finding_of(claim);
    finding.symptom = problem;
    finding.option = problem ? "take load away or add processors" : "leave it";
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
