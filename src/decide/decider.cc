#include "decide/decider.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/filed.h"
#include "decide/history.h"
#include "decide/judge.h"
#include "decide/live.h"
#include "decide/premises.h"
#include "decide/reading.h"
#include "decide/worlds.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/stakes.h"
#include "model/tripwire.h"
#include "model/verdict.h"
#include "model/worry_file.h"

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

// `option` and `inputs` are what the judgement was made of.
Record to_record(const Record& finding, const FiledJudgement& made, std::string_view engine,
                 chance::Seed seed, Timestamp now) {
  const Judgement& judgement = made.judgement;
  Record out;
  out.ts = now;
  out.subject = finding.subject;
  out.key = finding.key;
  out.causes = {finding.id};
  out.seed = seed;
  out.engine = engine;
  out.amounts = judgement.amounts;
  out.coverage = finding.coverage;
  out.sentence = std::string(model::to_words(judgement.verdict)) + ": " + judgement.reason;
  out.inputs = made.inputs;
  Choice choice;
  choice.kind = ChoiceKind::kVerdict;
  choice.verdict = judgement.verdict;
  choice.reason = judgement.reason;
  choice.chance_pays = judgement.chance_pays;
  choice.tripwire = judgement.tripwire;
  choice.option = made.option;
  choice.study = judgement.study;
  choice.by = "daytwo";
  choice.how = judgement.how;
  choice.worlds = judgement.worlds;
  choice.account = judgement.account;
  out.body = std::move(choice);
  return out;
}

// The verdict on a case by itself; without one, to look first.
FiledJudgement judge_alone(const Record& finding, const std::optional<Case>& item,
                           chance::Seed seed, Timestamp now) {
  const Finding& body = *facts::body_as<Finding>(finding);
  if (!item) return {look_first(body), body.option, {}};
  return {judge(*item, seed, now), item->option, inputs_of(*item)};
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

void add(std::vector<facts::Input> more, std::vector<facts::Input>& inputs) {
  inputs.insert(inputs.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
}

RecordId id_of(const RecordPtr& record) { return record ? record->id : RecordId{}; }

}  // namespace

void Decider::configure(std::shared_ptr<const model::WorryFile> written,
                        std::span<const model::WorrySource> sources) {
  if (written == written_) return;
  written_ = std::move(written);
  register_ = register_premise(sources);
  ++configured_;
}

void Decider::read_findings(const facts::Snapshot& snapshot, Timestamp now) {
  stakes_ = stakes_in(snapshot);
  history_ = history_of(snapshot, now);
  std::string stated = std::to_string(configured_) + "\n";
  for (const model::Stake& stake : stakes_.all()) stated += stake.text + "\n";
  stated += history_.fingerprint();
  const bool same = stated == stated_;
  stated_ = std::move(stated);
  if (!same && written_) {
    relevant_ = relevant(history_, *written_);
    premises_ = {register_, stakes_premise(stakes_), history_premise(relevant_)};
  }
  findings_.clear();
  std::set<std::string> alive;
  for (const FindingKind kind : kValued) {
    for (const RecordPtr& record : snapshot.open(facts::to_string(kind))) {
      findings_.push_back(record);
      alive.insert(record->key.value);
      Entry& entry = entries_[record->key.value];
      const RecordId crossed = id_of(crossed_of(snapshot, record->key));
      if (same && entry.finding == record->id && entry.crossed == crossed) continue;
      entry.finding = record->id;
      entry.crossed = crossed;
      read_entry(snapshot, *record, now, entry);
    }
  }
  std::erase_if(entries_, [&](const auto& entry) { return !alive.contains(entry.first); });
}

void Decider::read_entry(const facts::Snapshot& snapshot, const Record& finding, Timestamp now,
                         Entry& entry) const {
  entry.judged.clear();
  entry.log_loss.reset();
  entry.live = live_of(snapshot, finding.key);
  entry.item = read_case(finding, stakes_, now, history_);
  entry.filed = nullptr;
  if (written_) {
    for (const model::FiledWorry& worry : written_->worries) {
      if ("written/" + worry.id != finding.key.value || !needs_register(worry, *written_)) continue;
      // One that reads alone but for its option is judged alone until its unit has a price.
      const bool priced =
          entry.item && (entry.item->sized_in_money() || entry.item->part(Part::kPrice));
      if (!entry.item || priced) entry.filed = &worry;
    }
  }
  if (entry.filed != nullptr) entry.item.reset();
  if (!entry.item) return;
  take_live_value(entry.live, *entry.item);
  entry.log_loss = log_loss(*entry.item, chance::derive(seed_, finding.key.value));
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

FiledJudgement Decider::judge_entry(const Record& finding, const Entry& entry,
                                    Timestamp now) const {
  const chance::Seed own = chance::derive(seed_, finding.key.value);
  FiledJudgement out;
  if (entry.filed != nullptr) {
    std::optional<double> trials;
    if (const auto* count = finding.find_amount("trials_per_year")) trials = count->estimate.mean;
    out = judge_filed(*entry.filed, {*written_, stakes_, relevant_, trials, entry.live}, own, now);
    if (out.option.empty()) out.option = facts::body_as<Finding>(finding)->option;
    add(premise_inputs(premises_, trials), out.inputs);
  } else {
    out = judge_alone(finding, entry.item, own, now);
  }
  if (entry.live) add(inputs_of(*entry.live), out.inputs);
  return out;
}

void Decider::judge_one(const facts::Snapshot& snapshot, const RecordPtr& finding, Timestamp now,
                        std::vector<Record>& out) {
  Entry& entry = entries_.at(finding->key.value);
  const std::string judged = entry.item ? fingerprint(*entry.item)
                                        : fmt::format("look {} {} {}", finding->id.value, stated_,
                                                      entry.live ? entry.live->value : 0);
  const RecordPtr before = snapshot.find("verdict", finding->key);
  const auto* choice = before ? facts::body_as<Choice>(*before) : nullptr;
  const bool due = choice != nullptr && choice->tripwire && choice->tripwire->query.empty() &&
                   model::crosses(*choice->tripwire, {}, now);
  if (judged == entry.judged && !due) return;
  entry.judged = judged;
  const FiledJudgement made = judge_entry(*finding, entry, now);
  entry.question = made.judgement.question;
  entry.loss_per_day = 0;
  for (const facts::NamedAmount& amount : made.judgement.amounts) {
    if (amount.name == "loss_per_day") entry.loss_per_day = amount.amount.estimate.mean;
  }
  Record record = to_record(*finding, made, entry.filed != nullptr ? kFiledEngine : kEngine,
                            chance::derive(seed_, finding->key.value), now);
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
  // Before the verdicts that rest on them.
  std::vector<Record> premises = unwritten(premises_, out, snapshot, now);
  out.insert(out.begin(), std::move_iterator(premises.begin()), std::move_iterator(premises.end()));
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
  const FiledJudgement made = judge_alone(finding, item, own, now);
  return {to_record(finding, made, kEngine, own, now), made.judgement.question};
}

}  // namespace daytwo::decide
