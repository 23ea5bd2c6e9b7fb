#include "orient/objectives.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/amount.h"
#include "model/objective.h"
#include "model/service.h"
#include "orient/detector.h"
#include "orient/flow.h"
#include "orient/meter.h"
#include "orient/miss.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

// Every objective in force: declared ones, and one for each watched URL that none of them names.
std::vector<std::pair<model::Objective, const model::Service*>> in_force(const View& view) {
  std::vector<std::pair<model::Objective, const model::Service*>> out;
  for (const model::Service& service : view.catalog.all()) {
    for (const model::Objective& objective : service.objectives) {
      out.emplace_back(objective, &service);
    }
  }
  for (const auto& [record, probe] : seen<facts::ProbeSeen>(view.snapshot)) {
    const bool named = std::any_of(out.begin(), out.end(), [&](const auto& item) {
      return item.first.probe.find("\"" + probe->url + "\"") != std::string::npos;
    });
    if (named) continue;
    const model::Service* service = view.catalog.probed(probe->url);
    model::Objective objective = model::objective_of_probe(
        probe->url, service == nullptr ? std::string_view{} : service->id.value);
    // One service may be watched at several places.
    if (service != nullptr && service->probes.size() > 1) objective.name = "up " + probe->url;
    out.emplace_back(std::move(objective), service);
  }
  return out;
}

std::string money_free_name(const model::Objective& objective) {
  return objective.service.value.empty() ? objective.name
                                         : objective.service.value + " " + objective.name;
}

// Hours of service lost a day at the share that fails now.
void add_loss(Claim& claim, const model::EventSums& recent) {
  if (recent.total <= 0) return;
  const ShareInterval share = bad_share(recent);
  chance::Estimate hours;
  hours.p05 = share.low * 24;
  hours.p50 = share.value * 24;
  hours.p95 = share.high * 24;
  hours.p25 = (hours.p05 + hours.p50) / 2;
  hours.p75 = (hours.p50 + hours.p95) / 2;
  hours.mean = hours.p50;
  add_amount(claim, "hours_lost_per_day", hours, model::kHoursLost, model::kADay);
}

Claim claim_of(const ObjectiveStatus& status, const std::string& what, std::string title,
               std::string sentence) {
  Claim claim =
      make_claim(facts::FindingKind::kBurn, "burn/" + id_of(status.objective) + "/" + what,
                 money_free_name(status.objective), std::move(title), std::move(sentence), what);
  facts::Finding& finding = finding_of(claim);
  finding.service = status.objective.service.value;
  finding.symptom = true;
  finding.option = "stop what fails";
  finding.next_step = "look at what changed, and at which requests fail";
  for (const std::string* query :
       {&status.objective.bad, &status.objective.good, &status.objective.probe}) {
    if (!query->empty()) finding.evidence.push_back({"what is counted", *query, 0});
  }
  claim.record.inputs = {{"target", model::target_words(status.objective.target_ppb)},
                         {"window", to_string(status.objective.window)}};
  if (status.budget_left) {
    claim.record.inputs.push_back({"budget left", percent_words(*status.budget_left)});
  }
  return claim;
}

Claim claim_burning(const ObjectiveStatus& status, const RuleStatus& rule) {
  const auto burn = model::burn_of(rule.long_sums, status.objective.target_ppb).value_or(0);
  const ShareInterval share = bad_share(rule.long_sums);
  const std::string name = money_free_name(status.objective);
  std::string sentence = fmt::format(
      "{} burns its budget {} times too fast over {}: {} of {} failed ({} to {}, 90 %)", name,
      number_words(burn), to_words(rule.rule.long_window), percent_words(share.value),
      number_words(rule.long_sums.total), percent_words(share.low), percent_words(share.high));
  if (status.empty_at) {
    sentence += fmt::format("; at this rate the budget is gone {} ({} to {}, 90 %)",
                            to_clock(status.empty_at->p50), to_clock(status.empty_at->p05),
                            to_clock(status.empty_at->p95));
  } else if (status.budget_left && *status.budget_left <= 0) {
    sentence += "; the budget is spent";
  }
  Claim claim =
      claim_of(status, rule.rule.severity, name + " burns its error budget", std::move(sentence));
  facts::Finding& finding = finding_of(claim);
  finding.wake = rule.rule.severity == "page";
  add_amount(claim, "burn", chance::exactly(burn), "times the allowed speed", model::kNow);
  claim.record.inputs.push_back(
      {"rule", fmt::format("{} in {} and {}", number_words(rule.rule.factor),
                           to_words(rule.rule.short_window), to_words(rule.rule.long_window))});
  claim.record.inputs.push_back({"good", format_double(rule.long_sums.total - rule.long_sums.bad)});
  claim.record.inputs.push_back({"bad", format_double(rule.long_sums.bad)});
  claim.record.inputs.push_back({"least bad events", std::to_string(rule.least_bad)});
  if (status.empty_at) {
    claim.record.inputs.push_back({"empty at", to_rfc3339(status.empty_at->p50)});
  }
  add_loss(claim, rule.short_sums);
  return claim;
}

Claim claim_spent(const ObjectiveStatus& status) {
  Claim claim =
      claim_of(status, "spent", money_free_name(status.objective) + " has spent its budget",
               money_free_name(status.objective) + ": " + status.sentence);
  finding_of(claim).symptom = false;
  finding_of(claim).option = "put reliability before features until it recovers";
  return claim;
}

// Whether the journal says that a rule of this severity was firing when we stopped.
bool was_firing(const View& view, const model::Objective& objective, const std::string& severity) {
  const auto record =
      view.snapshot.find("burn", WorryKey("burn/" + id_of(objective) + "/" + severity));
  return record != nullptr && record->state != facts::State::kClosed;
}

}  // namespace

std::string id_of(const model::Objective& objective) {
  return (objective.service.value.empty() ? "watched" : objective.service.value) + "/" +
         objective.name;
}

namespace {

// A chance of a week changes little in less.
constexpr Duration kForetellEvery = minutes(10);

// The input that names the finding which wakes instead.
constexpr std::string_view kToldAs = "told as";

std::optional<model::Flow> flow_of(const model::Objective& objective,
                                   const model::Service* service) {
  if (objective.kind != model::ObjectiveKind::kFlow || service == nullptr) return std::nullopt;
  for (const model::Flow& flow : service->flows) {
    if (flow.name == objective.flow) return flow;
  }
  return std::nullopt;
}

}  // namespace

void Objectives::hold_back(Entry& entry, const View& view) {
  if (!entry.flow || entry.held_at >= view.now) return;
  const double before = entry.flow_status.under_way;
  entry.flow_status = flow_status(*entry.flow, view);
  // After a start nothing is known of earlier turns: what is under way came in lately.
  const Timestamp from = std::max(entry.held_at, view.now - kFlowLate);
  entry.meter->hold_back(from, view.now, entry.flow_status.under_way - before);
  entry.held_at = view.now;
}

void Objectives::foretell(Entry& entry, Timestamp now, ObjectiveStatus& status) {
  if (now - entry.miss_at >= kForetellEvery || now < entry.miss_at) {
    entry.miss = miss_outlook(entry.objective, entry.meter->rings(), now);
    entry.miss_at = now;
  }
  status.miss = entry.miss;
}

void Objectives::fold_into_flow(const Entry& entry, const View& view, Claim& claim) {
  if (!entry.flow) return;
  std::string told_as;
  if (wakes(entry.flow_status)) told_as = title_of(entry.flow_status);
  const auto before = view.snapshot.find("burn", claim.record.key);
  // Once told under that name it stays so: a queue that drains still burns for a while.
  if (told_as.empty() && before != nullptr && before->state != facts::State::kClosed) {
    told_as = before->find_input(kToldAs);
  }
  if (told_as.empty()) return;
  finding_of(claim).wake = false;
  claim.record.sentence += "; one cause with '" + told_as + "', which tells people";
  claim.record.inputs.push_back({std::string(kToldAs), std::move(told_as)});
}

void Objectives::follow(const View& view) {
  std::set<std::string> live;
  for (auto& [objective, service] : in_force(view)) {
    const std::string id = id_of(objective);
    if (!live.insert(id).second) continue;
    const auto at = entries_.find(id);
    if (at != entries_.end() && at->second.objective == objective) continue;
    Entry entry;
    entry.objective = objective;
    entry.flow = flow_of(objective, service);
    auto sides = sides_of(objective, service);
    if (sides) {
      entry.meter = std::make_unique<Meter>(*std::move(sides), objective.window);
    } else {
      entry.problem = sides.error().to_string();
    }
    const std::size_t rules = objective.rules.empty()
                                  ? model::default_rules(objective.window).size()
                                  : objective.rules.size();
    entry.memory.resize(rules);
    entries_.insert_or_assign(id, std::move(entry));
  }
  std::erase_if(entries_, [&](const auto& item) { return !live.contains(item.first); });
}

void Objectives::judge_entry(Entry& entry, const View& view, Judgement& out,
                             std::vector<ObjectiveStatus>& statuses) {
  const std::string prefix = "burn/" + id_of(entry.objective) + "/";
  ObjectiveStatus status;
  status.objective = entry.objective;
  if (entry.meter != nullptr) {
    if (const auto read = entry.meter->read(view.source, view.now); !read) {
      entry.problem = read.error().to_string();
    } else {
      entry.problem.clear();
      hold_back(entry, view);
    }
  }
  if (!entry.problem.empty()) {
    status.reason = entry.problem;
    status.sentence = "cannot be measured: " + entry.problem;
    out.unknown.push_back(prefix);
    statuses.push_back(std::move(status));
    return;
  }
  if (!entry.recalled) {
    entry.recalled = true;
    const auto rules = entry.objective.rules.empty() ? model::default_rules(entry.objective.window)
                                                     : entry.objective.rules;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      entry.memory[i].firing = was_firing(view, entry.objective, rules[i].severity);
    }
  }
  status = judge_objective(entry.objective, entry.meter->rings(), view.now, entry.memory);
  foretell(entry, view.now, status);
  std::set<std::string> firing;
  for (const RuleStatus& rule : status.rules) {
    // A frozen rule neither fires nor resolves.
    if (rule.state == RuleState::kFrozen) out.unknown.push_back(prefix + rule.rule.severity);
    if (rule.state == RuleState::kFiring && firing.insert(rule.rule.severity).second) {
      out.claims.push_back(claim_burning(status, rule));
      fold_into_flow(entry, view, out.claims.back());
    }
  }
  if (status.state == BudgetState::kSpent) out.claims.push_back(claim_spent(status));
  if (status.state == BudgetState::kUnknown) out.unknown.push_back(prefix);
  statuses.push_back(std::move(status));
}

Judgement Objectives::judge(const View& view) {
  Judgement out;
  follow(view);
  std::vector<ObjectiveStatus> statuses;
  for (auto& [id, entry] : entries_) judge_entry(entry, view, out, statuses);
  std::vector<std::string> unknown;
  for (const ObjectiveStatus& status : statuses) {
    if (status.state == BudgetState::kUnknown) {
      unknown.push_back(money_free_name(status.objective) + " (" + status.reason + ")");
    }
  }
  if (statuses.empty()) {
    out.claims.push_back(make_source_claim("burn", "no objective: no budget can burn",
                                           "daytwo watch URL, or `slos:` in a service's file",
                                           "no objective"));
  } else if (!unknown.empty()) {
    out.claims.push_back(
        make_stuck_source_claim("burn", kWaiting, "cannot measure " + join_words(unknown),
                                "check the queries of the objective", join_words(unknown)));
  } else {
    out.claims.push_back(
        make_source_claim("burn", counted(statuses.size(), "objective", "objectives") + " measured",
                          "", fmt::format("{}", statuses.size())));
  }
  const std::lock_guard lock(mutex_);
  statuses_ = std::move(statuses);
  return out;
}

bool Objectives::moved(const facts::Record& before, const facts::Record& after) const {
  const auto burn = [](const facts::Record& record) {
    const model::Amount* amount = record.find_amount("burn");
    return amount == nullptr ? 0.0 : amount->estimate.p50;
  };
  const double old_burn = burn(before);
  const double new_burn = burn(after);
  if (old_burn > 0 && (new_burn > 1.5 * old_burn || new_burn < old_burn / 1.5)) return true;
  const auto old_date = parse_rfc3339(before.find_input("empty at"));
  const auto new_date = parse_rfc3339(after.find_input("empty at"));
  if (!old_date || !new_date) return false;
  const std::int64_t left = std::max((*old_date - before.ts).ms, minutes(1).ms);
  return std::abs((*new_date - *old_date).ms) > left / 4;
}

std::string Objectives::closing_sentence(const facts::Record& before) const {
  return before.subject + " no longer burns its budget too fast";
}

std::map<std::string, std::pair<model::Objective, BudgetOutlook>> Objectives::outlooks(
    Timestamp now, Timestamp until) const {
  std::map<std::string, std::pair<model::Objective, BudgetOutlook>> out;
  for (const auto& [id, entry] : entries_) {
    if (entry.meter == nullptr || !entry.problem.empty()) continue;
    const auto outlook = outlook_of(entry.objective, entry.meter->rings(), now, until);
    if (outlook) out.emplace(id, std::pair(entry.objective, *outlook));
  }
  return out;
}

std::vector<ObjectiveStatus> Objectives::statuses() const {
  const std::lock_guard lock(mutex_);
  return statuses_;
}

}  // namespace daytwo::orient
