// Detector: one kind of judgement over what was seen and measured. It says what holds now; what
// that changes in the journal is settled in one place for all (orient/settle.h).
// Thread rule: one thread at a time; a detector may keep sums between steps, nothing else.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "facts/journal.h"
#include "facts/names.h"
#include "facts/record.h"
#include "model/service.h"
#include "series/source.h"

namespace daytwo::orient {

// What a detector may look at: the newest records, samples, what was declared, and the instant of
// the turn.
struct View {
  const facts::Snapshot& snapshot;
  const series::Source& source;
  const model::Catalog& catalog;
  Timestamp now;
};

// One finding that holds now. `state` is what a person would call a change ("full", "P(1 d) above a
// half"): while it stays the same, and the detector sees no other reason, nothing is written.
struct Claim {
  facts::Record record;
  std::string state;
};

// What one detector says in one turn. An open finding that is not in `claims` closes, unless its
// key starts with one of `unknown`: what cannot be judged stays as it was.
struct Judgement {
  std::vector<Claim> claims;
  std::vector<std::string> unknown;
};

class Detector {
 public:
  virtual ~Detector() = default;

  // "runout". It owns the keys `NAME/...` and `source/NAME` and no others.
  [[nodiscard]] virtual std::string_view name() const = 0;
  // Who judged, with version: "orient.runout/1".
  [[nodiscard]] virtual std::string_view engine() const = 0;
  // What holds at view.now. Never fails: what could not be read is said in `unknown` and as a
  // kSource claim.
  [[nodiscard]] virtual Judgement judge(const View& view) = 0;
  // True when `after` differs enough from `before`, the open record of the same key, to be told
  // again although its state did not change.
  [[nodiscard]] virtual bool moved(const facts::Record& before, const facts::Record& after) const;
  // The sentence under which an open finding of this detector closes.
  [[nodiscard]] virtual std::string closing_sentence(const facts::Record& before) const;
};

// All sightings of one kind that hold, with who saw them.
template <typename T>
struct Seen {
  facts::RecordPtr record;
  const T* what = nullptr;
};

// The open sightings of struct T, sorted by key.
template <typename T>
[[nodiscard]] std::vector<Seen<T>> seen(const facts::Snapshot& snapshot) {
  std::vector<Seen<T>> out;
  for (auto& record : snapshot.open(facts::kind_name<T>())) {
    const T* what = facts::body_as<T>(*record);
    if (what != nullptr) out.push_back({std::move(record), what});
  }
  return out;
}

// The host that a sighting speaks of: the second part of its key (`listener/HOST/...`).
[[nodiscard]] std::string_view host_of(const facts::Record& sighting);

// A claim of a finding: key `NAME/SUBJECT/WHAT`, the given kind and sentence; the rest is filled by
// the caller.
[[nodiscard]] Claim make_claim(facts::FindingKind kind, std::string key, std::string subject,
                               std::string title, std::string sentence, std::string state);

// The kSource claim of detector `name`: whether it can work, in one sentence, and what would enable
// it (empty when nothing is missing). `state` is what changes rarely ("ok", "no file").
[[nodiscard]] Claim make_source_claim(std::string_view name, std::string sentence,
                                      std::string enable, std::string state);

// Input of the kSource claim of a detector that was given something and cannot use it: kFailed for
// a file that does not read, kWaiting for a query without an answer yet.
inline constexpr std::string_view kSourceInput = "source";
inline constexpr std::string_view kFailed = "failed";
inline constexpr std::string_view kWaiting = "waiting";

// As make_source_claim, with that input. `mend` says what to do.
[[nodiscard]] Claim make_stuck_source_claim(std::string_view name, std::string_view stuck,
                                            std::string sentence, std::string mend,
                                            std::string state);

// The finding inside a claim. REQUIRES: made by make_claim or make_source_claim.
[[nodiscard]] facts::Finding& finding_of(Claim& claim);

// Adds amount `name` to the claim, as of now, by this engine.
void add_amount(Claim& claim, std::string name, const chance::Estimate& estimate,
                std::string_view unit, std::string_view window);

}  // namespace daytwo::orient
