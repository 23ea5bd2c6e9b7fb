#include "facts/fold.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/hash.h"
#include "facts/told.h"
#include "model/remedy.h"
#include "model/verdict.h"

namespace daytwo::facts {
namespace {

void take_finding(model::Worry& worry, const Record& record, const Finding& finding) {
  if (finding.kind == FindingKind::kTripwire && !worry.kind.empty()) return;
  worry.kind = to_string(finding.kind);
  worry.title = finding.title;
  worry.subject = record.subject;
  worry.service = finding.service;
  worry.open = record.state != State::kClosed;
  worry.written = finding.kind == FindingKind::kWritten;
  worry.next_step = finding.next_step;
}

void take_choice(model::Worry& worry, const Record& record, const Choice& choice) {
  if (choice.kind != ChoiceKind::kVerdict && choice.kind != ChoiceKind::kDecided) return;
  const bool by_person = choice.kind == ChoiceKind::kDecided && record.state != State::kClosed;
  const bool person_stands = !worry.decided_by.empty() && worry.decided_by != "daytwo";
  if (by_person || !person_stands) {
    worry.verdict = choice.verdict;
    worry.reason = choice.reason;
    worry.decided_by = by_person ? choice.by : "daytwo";
  }
  if (choice.tripwire) worry.tripwire = choice.tripwire;
  if (choice.kind != ChoiceKind::kVerdict) return;
  worry.chance_pays = choice.chance_pays;
  if (const model::Amount* loss = record.find_amount("loss")) worry.loss = *loss;
  if (const model::Amount* daily = record.find_amount("loss_per_day")) worry.loss_per_day = *daily;
}

void take_deed(model::Worry& worry, const Deed& deed) {
  if (deed.kind == DeedKind::kRouted) worry.owner = deed.to;
}

// What the verdict says to do, where no finding knows better: the option, or the study.
std::string step_of(const model::Worry& worry, std::span<const RecordPtr> thread) {
  for (const RecordPtr& record : thread) {
    const auto* choice = body_as<Choice>(*record);
    if (choice == nullptr || choice->kind != ChoiceKind::kVerdict) continue;
    const bool stated = choice->option != model::kAssumedRemedy;
    if (worry.verdict == model::Verdict::kDo && stated) return choice->option;
    if (worry.verdict == model::Verdict::kFindOut) return choice->study;
  }
  return {};
}

// Money first, then natural units, then what has no figure; the larger mean first within each.
int rank_class(const model::Worry& worry) {
  if (!worry.loss_per_day) return 2;
  return worry.loss_per_day->is_money() ? 0 : 1;
}

bool ranks_before(const model::Worry& a, const model::Worry& b) {
  if (a.open != b.open) return a.open;
  if (rank_class(a) != rank_class(b)) return rank_class(a) < rank_class(b);
  if (a.loss_per_day && b.loss_per_day &&
      a.loss_per_day->estimate.mean != b.loss_per_day->estimate.mean) {
    return a.loss_per_day->estimate.mean > b.loss_per_day->estimate.mean;
  }
  if (a.first_seen != b.first_seen) return a.first_seen > b.first_seen;
  return a.key < b.key;
}

bool tells_a_worry(std::span<const RecordPtr> thread) {
  return std::any_of(thread.begin(), thread.end(), [](const RecordPtr& record) {
    const auto* finding = body_as<Finding>(*record);
    return finding != nullptr && is_worry(finding->kind);
  });
}

}  // namespace

model::Worry fold(std::span<const RecordPtr> thread) {
  CHECK(tells_a_worry(thread), "a worry has a finding");
  model::Worry worry;
  worry.key = thread.front()->key;
  worry.id = short_id(worry.key.value);
  worry.first_seen = thread.front()->ts;
  for (const RecordPtr& record : thread) {
    worry.first_seen = std::min(worry.first_seen, record->ts);
    worry.changed = std::max(worry.changed, record->ts);
    if (const auto* finding = body_as<Finding>(*record)) take_finding(worry, *record, *finding);
    if (const auto* choice = body_as<Choice>(*record)) take_choice(worry, *record, *choice);
    if (const auto* deed = body_as<Deed>(*record)) take_deed(worry, *deed);
    const auto* lesson = body_as<Lesson>(*record);
    if (lesson != nullptr && lesson->kind == LessonKind::kScored) worry.score = record->sentence;
  }
  if (worry.next_step.empty()) worry.next_step = step_of(worry, thread);
  return worry;
}

std::vector<model::Worry> worries(const Snapshot& snapshot, bool include_closed) {
  std::vector<model::Worry> out;
  const Told told(snapshot);
  snapshot.for_each_thread([&](std::span<const RecordPtr> thread) {
    if (!tells_a_worry(thread)) return;
    model::Worry worry = fold(thread);
    worry.paged = told.words(worry.key);
    if (worry.open || include_closed) out.push_back(std::move(worry));
  });
  std::sort(out.begin(), out.end(), ranks_before);
  return out;
}

}  // namespace daytwo::facts
