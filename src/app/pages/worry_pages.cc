#include "app/pages/worry_pages.h"

#include <fmt/format.h>

#include "app/pages/binding.h"
#include "app/pages/fan_view.h"
#include "app/pages/loop_stages.h"
#include "app/pages/worry_view.h"
#include "base/text.h"
#include "decide/decider.h"
#include "facts/fold.h"
#include "facts/told.h"
#include "facts/written.h"
#include "model/sentence.h"

namespace daytwo::app {
namespace {

using facts::RecordPtr;

// Newest records of one thread that a page shows.
constexpr std::size_t kThreadEntries = 200;

std::string worries_sentence(const std::vector<model::Worry>& worries) {
  std::size_t counts[4] = {};
  std::size_t open = 0;
  for (const model::Worry& worry : worries) {
    if (!worry.open) continue;
    ++open;
    ++counts[static_cast<std::size_t>(worry.verdict)];
  }
  if (open == 0) return "No worry is open.";
  std::string out = counted(open, "worry", "worries") + ": ";
  out += fmt::format("{} do, {} find out first, {} leave", counts[1], counts[2], counts[3]);
  if (counts[0] > 0) out += fmt::format(", {} not decided yet", counts[0]);
  return out + '.';
}

api::EvidenceKind evidence_kind(const facts::Record& record, const facts::Evidence& evidence) {
  const std::string_view bound = record.find_input(kBoundInput);
  if (bound.starts_with("finding:")) return api::EvidenceKind::kFinding;
  if (bound.starts_with("service:")) return api::EvidenceKind::kService;
  return evidence.query.empty() ? api::EvidenceKind::kSighting : api::EvidenceKind::kQuery;
}

void take_finding(api::WorryPage& page, const facts::Record& record, const facts::Finding& finding,
                  const PageContext& context) {
  page.written = finding.written;
  page.fan = fan_of(record);
  if (const model::Amount* date = record.find_amount("days_to_runout")) {
    page.date = api::to_view(*date);
  }
  page.understood = finding.understood;
  page.evidence.clear();
  for (const facts::Evidence& evidence : finding.evidence) {
    api::EvidenceView view;
    view.kind = evidence_kind(record, evidence);
    view.sentence = evidence.sentence;
    if (!evidence.query.empty()) {
      if (const auto now = context.ask(evidence.query)) {
        view.sentence += fmt::format(" (now {})", format_double(*now));
      }
    }
    view.query = evidence.query;
    view.at = record.ts;
    view.coverage = record.coverage;
    page.evidence.push_back(std::move(view));
  }
}

void take_choice(api::WorryPage& page, const facts::Record& record, const facts::Choice& choice) {
  if (choice.kind != facts::ChoiceKind::kVerdict) return;
  page.how_computed = choice.how;
  if (!choice.worlds.empty()) page.worlds = api::Worlds{choice.worlds, 0, choice.account};
  if (const model::Amount* ours = record.find_amount("loss")) page.ours = api::to_view(*ours);
  if (const model::Amount* theirs = record.find_amount("customers")) {
    page.customers = api::to_view(*theirs);
  }
}

// A span such as 30d from now, or an instant.
Result<Timestamp> parse_until(const std::string& text, Timestamp now) {
  if (const auto span = parse_duration(text)) return now + *span;
  if (const auto at = parse_rfc3339(text)) return *at;
  if (const auto day = parse_rfc3339(text + "T00:00:00Z")) return *day;
  return fail(Code::kInvalid,
              fmt::format("'{}' is neither a span such as 30d nor a date such as 2027-05-01",
                          to_utf8(text)));
}

}  // namespace

Result<api::LoopPage> WorryPages::loop() {
  api::LoopPage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const std::vector<model::Worry> all = facts::worries(snapshot, false);
  page.host = context_.host;
  page.sentence = loop_sentence(all);
  page.stages = loop_stages(snapshot, all, context_);
  page.sources = finding_sources(snapshot);
  for (const model::Worry& worry : all) page.worries.push_back(to_row(worry, snapshot, context_));
  page.question = open_question(snapshot);
  page.turn_time = turn_time(all);
  return page;
}

Result<api::WorriesPage> WorryPages::worries(bool include_closed) {
  api::WorriesPage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const std::vector<model::Worry> all = facts::worries(snapshot, include_closed);
  page.sentence = worries_sentence(all);
  for (const model::Worry& worry : all) page.worries.push_back(to_row(worry, snapshot, context_));
  return page;
}

Result<WorryKey> WorryPages::find(const std::string& id) const {
  std::vector<WorryKey> hits;
  for (const model::Worry& worry : facts::worries(context_.journal.snapshot(), true)) {
    if (worry.id == id || worry.key.value == id) return worry.key;
    if (id.size() >= 4 && worry.id.starts_with(id)) hits.push_back(worry.key);
  }
  if (hits.size() == 1) return hits.front();
  if (hits.size() > 1) {
    return fail(Code::kNotFound, fmt::format("{} worries begin with {}", hits.size(), to_utf8(id)));
  }
  return fail(Code::kNotFound, fmt::format("there is no worry {}", to_utf8(id)));
}

Result<api::WorryPage> WorryPages::worry(const std::string& id) {
  TRY(const WorryKey key, find(id));
  return page_of(key);
}

Result<api::WorryPage> WorryPages::page_of(const WorryKey& key) {
  api::WorryPage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const std::vector<RecordPtr> newest = snapshot.thread(key);
  model::Worry worry = facts::fold(newest);
  worry.paged = facts::Told(snapshot).words(key);
  page.worry = to_row(worry, snapshot, context_);
  for (const RecordPtr& record : newest) {
    if (const auto* finding = facts::body_as<facts::Finding>(*record)) {
      take_finding(page, *record, *finding, context_);
    }
    if (const auto* choice = facts::body_as<facts::Choice>(*record)) {
      take_choice(page, *record, *choice);
    }
    const auto* lesson = facts::body_as<facts::Lesson>(*record);
    if (lesson != nullptr) page.scores.push_back(record->sentence);
  }
  TRY(const facts::Past past, context_.journal.history(key, kThreadEntries));
  for (const RecordPtr& record : past.records) page.thread.push_back(to_entry(*record));
  if (past.unreadable > 0) page.thread.push_back(unread_entry(past.unreadable, page.as_of));
  page.question = open_question(snapshot);
  return page;
}

Result<facts::Record> WorryPages::record_of(const api::WorryDraft& draft, const std::string& by,
                                            const facts::Snapshot& snapshot) const {
  const std::shared_ptr<const Config> config = context_.config();
  const Timestamp now = context_.clock.wall();
  std::vector<std::string> services;
  for (const model::Service& service : config->catalog.all()) services.push_back(service.id.value);
  std::optional<Binding> bound;
  if (draft.evidence && !draft.evidence->empty()) {
    TRY(bound, bind_evidence(*draft.evidence, {snapshot, config->catalog, context_.source, now}));
  }
  const std::string service = draft.service.value_or(
      bound && model::mentioned(draft.text, services).empty() ? bound->service : std::string());
  const double changes = deploys_a_year(context_.journal, now);
  const std::optional<double> trials = changes > 0 ? std::optional(changes) : std::nullopt;
  TRY(facts::Record record, facts::written_worry({draft.text, service, by}, services, trials, now));
  if (!bound) return record;
  auto& finding = std::get<facts::Finding>(record.body);
  finding.evidence.push_back(std::move(bound->evidence));
  finding.truth_query = std::move(bound->truth_query);
  record.inputs.push_back({kBoundInput, std::move(bound->to)});
  if (bound->cause.value != 0) record.causes.push_back(bound->cause);
  return record;
}

Result<api::WorryPage> WorryPages::add(const api::WorryDraft& draft, const std::string& by) {
  const facts::Snapshot snapshot = context_.journal.snapshot();
  TRY(facts::Record record, record_of(draft, by, snapshot));
  if (draft.dry_run.value_or(false)) return preview_of(std::move(record), snapshot);
  const WorryKey key = record.key;
  TRY_VOID(context_.journal.append({std::move(record)}));
  context_.wake();
  return page_of(key);
}

api::WorryPage WorryPages::preview_of(facts::Record record, const facts::Snapshot& snapshot) const {
  decide::Preview seen =
      decide::preview(record, decide::stakes_in(snapshot), context_.seed, context_.clock.wall());
  const auto finding = std::make_shared<const facts::Record>(std::move(record));
  const auto verdict = std::make_shared<const facts::Record>(std::move(seen.verdict));
  const std::vector<RecordPtr> thread = {finding, verdict};
  api::WorryPage page;
  stamp(context_, page);
  page.worry = to_row(facts::fold(thread), snapshot, context_);
  page.worry.id.clear();  // nothing is stored under it
  take_finding(page, *finding, *facts::body_as<facts::Finding>(*finding), context_);
  take_choice(page, *verdict, *facts::body_as<facts::Choice>(*verdict));
  if (seen.question) {
    page.question = to_question(seen.question->of, seen.question->service);
    page.question->why = "its answer would settle this verdict";
  }
  return page;
}

Result<api::WorryPage> WorryPages::decide(const std::string& id, const api::DecideRequest& request,
                                          const std::string& by) {
  TRY(const WorryKey key, find(id));
  if (request.verdict == model::Verdict::kUndecided) {
    return fail(Code::kInvalid, "a verdict is do, find_out or leave");
  }
  const Timestamp now = context_.clock.wall();
  Timestamp until;
  if (request.until && !request.until->empty()) {
    TRY(until, parse_until(*request.until, now));
    if (until <= now) return fail(Code::kInvalid, "the verdict would have ended already");
  }
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const model::Worry worry = facts::fold(snapshot.thread(key));
  const RecordPtr said = snapshot.find("verdict", key);
  const auto* computed = said ? facts::body_as<facts::Choice>(*said) : nullptr;
  const auto then = computed != nullptr ? computed->verdict : model::Verdict::kUndecided;
  TRY_VOID(context_.journal.append(
      {facts::decided(key, worry.subject, request.verdict, request.reason, by, until, now, then)}));
  context_.wake();
  return page_of(key);
}

}  // namespace daytwo::app
