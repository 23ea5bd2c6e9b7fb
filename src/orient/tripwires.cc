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

#include "base/text.h"
#include "base/time.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/tripwire.h"
#include "orient/detector.h"
#include "orient/words.h"
#include "promql/engine.h"

namespace daytwo::orient {
namespace {

struct Watched {
  facts::RecordPtr record;
  const model::Tripwire* tripwire = nullptr;
};

// The tripwire in force for each worry.
std::map<std::string, Watched> in_force(const facts::Snapshot& snapshot) {
  std::map<std::string, Watched> out;
  for (const std::string_view kind : {"verdict", "decided"}) {
    for (const auto& record : snapshot.open(kind)) {
      const auto* choice = facts::body_as<facts::Choice>(*record);
      if (choice == nullptr || !choice->tripwire) continue;
      out[record->key.value] = {record, &*choice->tripwire};
    }
  }
  return out;
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

Claim claim_of(const std::string& worry, const Watched& watched, const Reading& reading) {
  const model::Tripwire& tripwire = *watched.tripwire;
  std::string sentence = "the tripwire is crossed: " + tripwire.sentence;
  if (reading.value) {
    sentence += fmt::format(" (now {}, the bound is {} {})", number_words(*reading.value),
                            tripwire.op, number_words(tripwire.value));
  }
  const auto* choice = facts::body_as<facts::Choice>(*watched.record);
  Claim claim =
      make_claim(facts::FindingKind::kTripwire, "tripwire/" + worry, watched.record->subject,
                 "a verdict should be looked at again", std::move(sentence), "crossed");
  facts::Finding& finding = finding_of(claim);
  finding.option = "decide again";
  finding.next_step = "daytwo worry show " + worry;
  finding.evidence.push_back({tripwire.sentence, tripwire.query, watched.record->id.value});
  claim.record.causes.push_back(watched.record->id);
  claim.record.inputs = {{"worry", worry}, {"decided by", choice == nullptr ? "" : choice->by}};
  return claim;
}

}  // namespace

Judgement Tripwires::judge(const View& view) {
  Judgement out;
  const promql::Engine engine(view.source);
  std::size_t live = 0;
  const auto watched = in_force(view.snapshot);
  for (const auto& [worry, each] : watched) {
    const Reading reading = read(*each.tripwire, engine, view.now);
    if (!reading.crossed) {
      out.unknown.push_back("tripwire/" + worry);
      continue;
    }
    ++live;
    if (*reading.crossed) out.claims.push_back(claim_of(worry, each, reading));
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
