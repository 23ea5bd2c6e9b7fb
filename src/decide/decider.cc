#include "decide/decider.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/history.h"
#include "decide/judge.h"
#include "decide/reading.h"
#include "decide/worlds.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/tripwire.h"
#include "model/verdict.h"

namespace daytwo::decide {
namespace {

using facts::Choice;
using facts::ChoiceKind;
using facts::Finding;
using facts::FindingKind;
using facts::Record;
using facts::RecordPtr;

// Others to compare with before estimates are pulled together.
constexpr std::size_t kGroup = 4;
// Below this a loss is a point, up to rounding: it says nothing about how far to believe others.
constexpr double kLeastVariance = 1e-9;

constexpr std::array<FindingKind, 10> kValued = {
    FindingKind::kRunOut, FindingKind::kBurn,   FindingKind::kExposure,  FindingKind::kDrift,
    FindingKind::kAlert,  FindingKind::kProbe,  FindingKind::kMemoryCap, FindingKind::kFlow,
    FindingKind::kCpu,    FindingKind::kWritten};

std::string fingerprint(const Case& item) {
  std::string out;
  for (const facts::Input& input : inputs_of(item)) out += input.name + "=" + input.value + "\n";
  return out;
}

bool moved(double before, double after) {
  return std::abs(after - before) > kMaterial * std::max(std::abs(before), std::abs(after));
}

// True when a person would read something new.
bool differs(const Record& before, const Record& after) {
  const auto* old_choice = facts::body_as<Choice>(before);
  const auto* new_choice = facts::body_as<Choice>(after);
  if (before.state == facts::State::kClosed) return true;
  if (old_choice->verdict != new_choice->verdict || old_choice->study != new_choice->study) {
    return true;
  }
  const auto wire = [](const Choice& choice) {
    return choice.tripwire ? choice.tripwire->input + choice.tripwire->query : std::string();
  };
  if (wire(*old_choice) != wire(*new_choice)) return true;
  if (before.amounts.size() != after.amounts.size()) return true;
  for (const facts::NamedAmount& amount : after.amounts) {
    const model::Amount* old = before.find_amount(amount.name);
    if (old == nullptr || old->unit != amount.amount.unit) return true;
    if (moved(old->estimate.mean, amount.amount.estimate.mean)) return true;
    if (moved(old->estimate.p95, amount.amount.estimate.p95)) return true;
  }
  return false;
}

// A finding that says neither how often nor how much: looking comes first.
Judgement look_first(const Finding& finding) {
  Judgement out;
  out.verdict = model::Verdict::kFindOut;
  out.study = finding.next_step.empty() ? "look at it" : finding.next_step;
  const auto sentence = model::parse_sentence(finding.written);
  if (finding.kind != FindingKind::kWritten) {
    out.reason =
        "it is not known how often it costs something, or how much: look at it, then accept it or "
        "write what it may cost";
  } else if (sentence && !sentence->frequency.trial.empty()) {
    const std::string trial = sentence->frequency.trial;
    out.study = "count the " + trial + "s: daytwo import " + trial + "s FILE";
    out.reason = "how often is said per " + trial + ", and how many there are a year is not known";
  } else {
    out.reason = "nobody has said how often or how much: '30% a year that ..., 2h to 8h'";
  }
  return out;
}

Record to_record(const Record& finding, const Judgement& judgement, const std::optional<Case>& item,
                 chance::Seed seed, Timestamp now) {
  Record out;
  out.ts = now;
  out.subject = finding.subject;
  out.key = finding.key;
  out.causes = {finding.id};
  out.seed = seed;
  out.engine = kEngine;
  out.amounts = judgement.amounts;
  out.coverage = finding.coverage;
  out.sentence = std::string(model::to_words(judgement.verdict)) + ": " + judgement.reason;
  if (item) out.inputs = inputs_of(*item);
  Choice choice;
  choice.kind = ChoiceKind::kVerdict;
  choice.verdict = judgement.verdict;
  choice.reason = judgement.reason;
  choice.chance_pays = judgement.chance_pays;
  choice.tripwire = judgement.tripwire;
  choice.option = item ? item->option : facts::body_as<Finding>(finding)->option;
  choice.study = judgement.study;
  choice.by = "daytwo";
  choice.how = judgement.how;
  choice.worlds = judgement.worlds;
  choice.account = judgement.account;
  out.body = std::move(choice);
  return out;
}

Record closed(const Record& before, Timestamp now, std::string sentence) {
  Record out = before;
  out.id = {};
  out.ts = now;
  out.state = facts::State::kClosed;
  out.sentence = std::move(sentence);
  return out;
}

}  // namespace

model::Stakes stakes_in(const facts::Snapshot& snapshot) {
  model::Stakes out;
  for (const RecordPtr& record : snapshot.open("stake")) {
    const auto* choice = facts::body_as<Choice>(*record);
    if (choice == nullptr) continue;
    if (auto stake = model::parse_stake(choice->text)) {
      if (!choice->source.empty()) stake->source = choice->source;
      out.add(*std::move(stake));
    }
  }
  return out;
}

namespace {

// A crossed tripwire brings the live value of the part it watched: the part keeps its shape and
// moves to that mean.
void take_live_value(const facts::Snapshot& snapshot, const WorryKey& key, Case& item) {
  const RecordPtr crossed = snapshot.find("tripwire", key);
  const RecordPtr said = snapshot.find("verdict", key);
  if (!crossed || crossed->state == facts::State::kClosed || !said) return;
  const model::Amount* live = crossed->find_amount("value");
  const auto* choice = facts::body_as<Choice>(*said);
  if (live == nullptr || choice == nullptr || !choice->tripwire) return;
  for (std::size_t i = 0; i < kParts; ++i) {
    auto& part = item.parts.at(i);
    const auto which = static_cast<Part>(i);
    if (!part || to_string(which) != choice->tripwire->input) continue;
    const double mean = part->what.mean();
    const double now = live->estimate.mean;
    if (!(mean > 0) || !(now > 0)) continue;
    const bool share = which == Part::kEffect;
    part = Uncertain{
        share ? chance::point(std::min(now, 1.0)) : chance::scaled(part->what, now / mean),
        "measured: " + choice->tripwire->query};
  }
}

RecordId id_of(const RecordPtr& record) { return record ? record->id : RecordId{}; }

}  // namespace

void Decider::read_findings(const facts::Snapshot& snapshot, Timestamp now) {
  const model::Stakes stakes = stakes_in(snapshot);
  std::string stated;
  for (const model::Stake& stake : stakes.all()) stated += stake.text + "\n";
  const History history = history_of(snapshot, now);
  stated += history.fingerprint();
  const bool same = stated == stated_;
  stated_ = std::move(stated);
  findings_.clear();
  std::set<std::string> alive;
  for (const FindingKind kind : kValued) {
    for (const RecordPtr& record : snapshot.open(facts::to_string(kind))) {
      findings_.push_back(record);
      alive.insert(record->key.value);
      Entry& entry = entries_[record->key.value];
      const RecordId crossed = id_of(snapshot.find("tripwire", record->key));
      if (same && entry.finding == record->id && entry.crossed == crossed) continue;
      entry.finding = record->id;
      entry.crossed = crossed;
      entry.item = read_case(*record, stakes, now, history);
      if (entry.item) take_live_value(snapshot, record->key, *entry.item);
      entry.log_loss.reset();
      entry.judged.clear();
      const chance::Seed own = chance::derive(seed_, record->key.value);
      if (entry.item) entry.log_loss = log_loss(*entry.item, own);
    }
  }
  std::erase_if(entries_, [&](const auto& entry) { return !alive.contains(entry.first); });
}

// Empirical Bayes on the log scale, by unit: the spread between worries beyond what their own
// variances explain [DerSimonian, Laird 1986, Controlled Clinical Trials 7:177].
void Decider::pull_together() {
  struct Member {
    Case* item;
    LogLoss loss;
  };
  std::map<std::string, std::vector<Member>> groups;
  for (auto& [key, entry] : entries_) {
    if (!entry.item) continue;
    entry.item->centre = entry.item->spread = 0;
    const LogLoss loss = entry.log_loss.value_or(LogLoss{});
    if (loss.variance > kLeastVariance) groups[entry.item->unit].push_back({&*entry.item, loss});
  }
  for (auto& [unit, group] : groups) {
    if (group.size() < kGroup) continue;
    double weights = 0;
    double squares = 0;
    double mean = 0;
    for (const Member& member : group) {
      const double weight = 1 / member.loss.variance;
      weights += weight;
      squares += weight * weight;
      mean += weight * member.loss.mean;
    }
    mean /= weights;
    double spread = 0;
    for (const Member& member : group) {
      const double gap = member.loss.mean - mean;
      spread += gap * gap / member.loss.variance;
    }
    const double between =
        (spread - static_cast<double>(group.size() - 1)) / (weights - squares / weights);
    // Rounded, so that a group which hardly moves does not rewrite all its verdicts.
    const double deviation = std::round(std::sqrt(std::max(between, 0.01)) * 10) / 10;
    for (const Member& member : group) {
      member.item->centre = std::round(mean * 4) / 4;
      member.item->spread = deviation;
    }
  }
}

void Decider::judge_one(const facts::Snapshot& snapshot, const RecordPtr& finding, Timestamp now,
                        std::vector<Record>& out) {
  Entry& entry = entries_.at(finding->key.value);
  const std::string judged =
      entry.item ? fingerprint(*entry.item) : "look " + std::to_string(finding->id.value);
  const RecordPtr before = snapshot.find("verdict", finding->key);
  const auto* choice = before ? facts::body_as<Choice>(*before) : nullptr;
  const bool due = choice != nullptr && choice->tripwire && choice->tripwire->query.empty() &&
                   model::crosses(*choice->tripwire, {}, now);
  if (judged == entry.judged && !due) return;
  entry.judged = judged;
  const chance::Seed own = chance::derive(seed_, finding->key.value);
  const Judgement judgement =
      entry.item ? judge(*entry.item, own, now) : look_first(*facts::body_as<Finding>(*finding));
  entry.question = judgement.question;
  entry.loss_per_day = 0;
  for (const facts::NamedAmount& amount : judgement.amounts) {
    if (amount.name == "loss_per_day") entry.loss_per_day = amount.amount.estimate.mean;
  }
  Record record = to_record(*finding, judgement, entry.item, own, now);
  if (before && !due && !differs(*before, record)) return;
  if (before && before->state != facts::State::kClosed) record.state = facts::State::kChanged;
  out.push_back(std::move(record));
}

namespace {

// "its answer settles 3 of 7 verdicts".
std::string settles_words(std::size_t settled, std::size_t all) {
  if (all == 1) return "its answer settles the one verdict there is";
  if (settled == all) return "its answer settles all " + std::to_string(all) + " verdicts";
  return "its answer settles " + std::to_string(settled) + " of " + std::to_string(all) +
         " verdicts";
}

}  // namespace

// The stake whose answer settles most verdicts; then the one with the larger loss behind it.
void Decider::ask(const facts::Snapshot& snapshot, Timestamp now, std::vector<Record>& out) const {
  struct Waiting {
    std::size_t verdicts = 0;
    double loss = 0;
  };
  std::map<OpenQuestion, Waiting> waiting;
  for (const auto& [key, entry] : entries_) {
    if (!entry.question) continue;
    ++waiting[*entry.question].verdicts;
    waiting[*entry.question].loss += entry.loss_per_day;
  }
  const RecordPtr before = snapshot.find("question", WorryKey(std::string(kQuestionKey)));
  const bool asked = before && before->state != facts::State::kClosed;
  if (waiting.empty()) {
    if (asked) out.push_back(closed(*before, now, "no question is open"));
    return;
  }
  const auto best =
      std::max_element(waiting.begin(), waiting.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second.verdicts, a.second.loss) <
               std::pair(b.second.verdicts, b.second.loss);
      });
  const auto& [question, behind] = *best;
  Choice choice;
  choice.kind = ChoiceKind::kQuestion;
  choice.by = "daytwo";
  choice.text = model::question(question.of, question.service);
  choice.study = model::example(question.of, question.service);
  choice.reason = settles_words(behind.verdicts, entries_.size());
  for (const model::BaseRate& rate : model::offered(question.of)) {
    choice.how.push_back("offered: " + std::string(rate.sentence) + " (" +
                         std::string(rate.source) + ", " + std::string(rate.population) + "; " +
                         std::string(rate.caveat) + ")");
  }
  if (asked) {
    const auto* old = facts::body_as<Choice>(*before);
    if (old->text == choice.text && old->reason == choice.reason) return;
  }
  Record record;
  record.ts = now;
  record.key = WorryKey(std::string(kQuestionKey));
  record.subject = question.service;
  record.state = asked ? facts::State::kChanged : facts::State::kOpen;
  record.engine = kEngine;
  record.sentence = choice.text;
  record.body = std::move(choice);
  out.push_back(std::move(record));
}

std::vector<Record> Decider::step(const facts::Snapshot& snapshot, Timestamp now) {
  std::vector<Record> out;
  read_findings(snapshot, now);
  pull_together();
  for (const RecordPtr& finding : findings_) judge_one(snapshot, finding, now, out);
  for (const RecordPtr& verdict : snapshot.open("verdict")) {
    if (!entries_.contains(verdict->key.value)) {
      out.push_back(closed(*verdict, now, "the worry ended"));
    }
  }
  ask(snapshot, now, out);
  return out;
}

Preview preview(const Record& finding, const model::Stakes& stakes, chance::Seed seed,
                Timestamp now) {
  const std::optional<Case> item = read_case(finding, stakes, now);
  const chance::Seed own = chance::derive(seed, finding.key.value);
  Judgement judgement =
      item ? judge(*item, own, now) : look_first(*facts::body_as<Finding>(finding));
  return {to_record(finding, judgement, item, own, now), judgement.question};
}

Result<Judgement> replay(const Record& record) {
  const auto* choice = facts::body_as<Choice>(record);
  if (choice == nullptr || choice->kind != ChoiceKind::kVerdict) {
    return fail(Code::kInvalid, "only a verdict can be replayed");
  }
  if (record.engine != kEngine) {
    return fail(Code::kInvalid, "made by " + record.engine + ", this is " + std::string(kEngine));
  }
  TRY(const Case item, case_of(record));
  return judge(item, record.seed, record.ts);
}

}  // namespace daytwo::decide
