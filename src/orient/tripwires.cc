#include "orient/tripwires.h"

#include <fmt/core.h>

#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/written.h"
#include "model/tripwire.h"
#include "model/verdict.h"
#include "orient/detector.h"
#include "orient/words.h"
#include "promql/engine.h"

namespace daytwo::orient {
namespace {

struct Watched {
  facts::RecordPtr record;                    // whose tripwire it is
  const model::Tripwire* tripwire = nullptr;  // null: none
  facts::RecordPtr decided;                   // by a person; may be null
};

// What a person decided about each worry, and the tripwire in force.
std::map<std::string, Watched> in_force(const facts::Snapshot& snapshot) {
  std::map<std::string, Watched> out;
  for (const auto& record : snapshot.open("verdict")) {
    const auto* choice = facts::body_as<facts::Choice>(*record);
    if (choice == nullptr || !choice->tripwire) continue;
    out[record->key.value] = {record, &*choice->tripwire, nullptr};
  }
  for (const auto& record : snapshot.open("decided")) {
    const auto* choice = facts::body_as<facts::Choice>(*record);
    if (choice == nullptr) continue;
    Watched& watched = out[record->key.value];
    watched.decided = record;
    if (!choice->tripwire && watched.record != nullptr) continue;
    watched.record = record;
    watched.tripwire = choice->tripwire ? &*choice->tripwire : nullptr;
  }
  return out;
}

// The verdict that says do it although a person left it when no verdict said so.
facts::RecordPtr flipped(const facts::Snapshot& snapshot, const std::string& worry,
                         const Watched& watched) {
  if (watched.decided == nullptr) return nullptr;
  if (!watched.decided->find_input(facts::kAcceptance).empty()) return nullptr;
  const auto* left = facts::body_as<facts::Choice>(*watched.decided);
  const auto said = snapshot.find("verdict", WorryKey(worry));
  if (left->verdict != model::Verdict::kLeave || said == nullptr) return nullptr;
  const auto* choice = facts::body_as<facts::Choice>(*said);
  const bool new_to_them =
      said->id > watched.decided->id &&
      watched.decided->find_input(facts::kVerdictThen) != model::to_string(model::Verdict::kDo);
  const bool says_do = choice != nullptr && choice->verdict == model::Verdict::kDo;
  return said->state != facts::State::kClosed && says_do && new_to_them ? said : nullptr;
}

std::optional<bool> holds(double value, const std::string& op, double bound) {
  if (std::isnan(value)) return std::nullopt;
  if (op == ">") return value > bound;
  if (op == "<") return value < bound;
  if (op == ">=") return value >= bound;
  if (op == "<=") return value <= bound;
  return std::nullopt;
}

// The numbers a query answers with now. Empty: no data, or no query of numbers.
std::vector<double> numbers_of(const promql::Engine& engine, const std::string& query,
                               Timestamp now) {
  const auto answer = engine.instant(query, now);
  std::vector<double> out;
  if (!answer) return out;
  if (const auto* scalar = std::get_if<promql::ScalarAnswer>(&answer->value)) {
    out.push_back(scalar->value);
  } else if (const auto* vector = std::get_if<promql::VectorAnswer>(&answer->value)) {
    for (const auto& element : *vector) out.push_back(element.sample.value.number);
  }
  return out;
}

struct Reading {
  std::optional<bool> crossed;
  std::optional<double> value;
};

Reading read(const model::Tripwire& tripwire, const promql::Engine& engine, Timestamp now) {
  if (tripwire.query.empty()) {
    // Without a query it is an instant, or an input that only people change.
    if (tripwire.until.ms == 0) return {};
    return {now >= tripwire.until, std::nullopt};
  }
  Reading out;
  for (const double value : numbers_of(engine, tripwire.query, now)) {
    const auto crossed = holds(value, tripwire.op, tripwire.value);
    if (!crossed) continue;
    if (!out.crossed || *crossed) out = {crossed, value};
    if (*crossed) break;
  }
  return out;
}

// The claim that a verdict should be looked at again, for the owner of its worry.
Claim claim_of(const facts::Snapshot& snapshot, const std::string& worry, const Watched& watched,
               std::string sentence) {
  std::string title = "a verdict should be looked at again";
  std::string service;
  for (const auto& record : snapshot.thread(WorryKey(worry))) {
    const auto* about = facts::body_as<facts::Finding>(*record);
    if (about == nullptr) continue;
    title = fmt::format("'{}' should be decided again", about->title);
    service = about->service;
  }
  Claim claim =
      make_claim(facts::FindingKind::kTripwire, "tripwire/" + worry, watched.record->subject,
                 std::move(title), std::move(sentence), "crossed");
  facts::Finding& finding = finding_of(claim);
  finding.service = std::move(service);
  finding.option = "decide again";
  finding.next_step = "daytwo worry show " + worry;
  claim.record.causes.push_back(watched.record->id);
  const facts::RecordPtr& by = watched.decided != nullptr ? watched.decided : watched.record;
  claim.record.inputs = {{"worry", worry},
                         {std::string(facts::kDecidedBy), facts::body_as<facts::Choice>(*by)->by}};
  return claim;
}

Claim crossed_claim(const View& view, const std::string& worry, const Watched& watched,
                    const Reading& reading) {
  const model::Tripwire& tripwire = *watched.tripwire;
  std::string sentence = "the tripwire is crossed: " + tripwire.sentence;
  if (reading.value) {
    sentence += fmt::format(" (now {}, the bound is {} {})", number_words(*reading.value),
                            tripwire.op, number_words(tripwire.value));
  }
  Claim claim = claim_of(view.snapshot, worry, watched, std::move(sentence));
  finding_of(claim).evidence.push_back(
      {tripwire.sentence, tripwire.query, watched.record->id.value});
  if (reading.value) {
    claim.record.inputs.push_back({"input", tripwire.input});
    claim.record.inputs.push_back({"query", tripwire.query});
    claim.record.amounts.push_back(
        {"value",
         {chance::exactly(*reading.value), tripwire.unit, "", view.now, "orient.tripwire/1"}});
  }
  return claim;
}

Claim flipped_claim(const View& view, const std::string& worry, const Watched& watched,
                    const facts::Record& said) {
  const auto* left = facts::body_as<facts::Choice>(*watched.decided);
  const auto* choice = facts::body_as<facts::Choice>(said);
  Claim claim =
      claim_of(view.snapshot, worry, watched,
               fmt::format("{} left it on {}, and the verdict is now to do it: {}", left->by,
                           to_rfc3339(watched.decided->ts).substr(0, 10), choice->reason));
  finding_of(claim).evidence.push_back({said.sentence, "", said.id.value});
  claim.record.causes.push_back(said.id);
  return claim;
}

}  // namespace

Judgement Tripwires::judge(const View& view) {
  Judgement out;
  const promql::Engine engine(view.source);
  std::size_t live = 0;
  const auto watched = in_force(view.snapshot);
  for (const auto& [worry, each] : watched) {
    if (const auto said = flipped(view.snapshot, worry, each)) {
      ++live;
      out.claims.push_back(flipped_claim(view, worry, each, *said));
      continue;
    }
    if (each.tripwire == nullptr) continue;
    const Reading reading = read(*each.tripwire, engine, view.now);
    if (!reading.crossed) {
      out.unknown.push_back("tripwire/" + worry);
      continue;
    }
    ++live;
    if (*reading.crossed) out.claims.push_back(crossed_claim(view, worry, each, reading));
  }
  out.claims.push_back(
      watched.empty()
          ? make_source_claim("tripwire", "no verdict has a tripwire",
                              "decide a worry: what is left "
                              "carries one",
                              "none")
          : make_source_claim("tripwire",
                              fmt::format("{} of {} can be read now", live,
                                          counted(watched.size(), "tripwire", "tripwires")),
                              live < watched.size() ? "the others depend on what people state" : "",
                              fmt::format("{} of {}", live, watched.size())));
  return out;
}

std::string Tripwires::closing_sentence(const facts::Record& before) const {
  return "no longer crossed, or decided again: " + before.sentence;
}

}  // namespace daytwo::orient
