// What people say enters the journal here: a worry in one sentence, a stake, a decision.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "facts/record.h"
#include "model/sentence.h"
#include "model/verdict.h"

namespace daytwo::facts {

// What a person wrote about one worry.
struct WrittenWorry {
  std::string text;
  std::string service;  // empty: taken from the sentence, if it names one
  std::string by;
};

// The Finding of a written worry: its words, the echo of what was understood. The key
// is made of the text, so the same sentence is the same worry. `services` are the names known;
// `trials_a_year` counts deploys for "1 in 20 deploys", and goes along as amount "trials_per_year".
// Without that count it is taken all the same, and says what is missing. Errors: kInvalid with
// diagnostics in the sentence.
[[nodiscard]] Result<Record> written_worry(const WrittenWorry& worry,
                                           std::span<const std::string> services,
                                           std::optional<double> trials_a_year, Timestamp now);

// Adds what `sentence` states of a rate and of hours to the inputs of its record.
void state_laws(const model::WorrySentence& sentence, Record& record);

// The Choice of a stake, with amount "stake". Errors: kInvalid with diagnostics in the sentence.
[[nodiscard]] Result<Record> stated_stake(const std::string& text, const std::string& by,
                                          Timestamp now);

// Inputs of a written worry: the laws of its events a year and of the hours of one event, as
// Distribution::to_string() has them; absent where it states none.
inline constexpr const char* kStatedEvents = "stated.events";
inline constexpr const char* kStatedHours = "stated.hours";

// The input of a decision that holds the computed verdict which the person saw.
inline constexpr const char* kVerdictThen = "verdict then";
// The input of a decision that is an acceptance of a file: its id. It is kept until its day,
// whatever the verdict says meanwhile.
inline constexpr const char* kAcceptance = "acceptance";
// The input of a finding about a decision that names who took it.
inline constexpr const char* kDecidedBy = "decided by";

// The Choice of a person's own verdict on the worry `key`; `until` 0 = for good. `then` is the
// computed verdict that stood.
[[nodiscard]] Record decided(const WorryKey& key, const std::string& subject,
                             model::Verdict verdict, const std::string& reason,
                             const std::string& by, Timestamp until, Timestamp now,
                             model::Verdict then = model::Verdict::kUndecided);

}  // namespace daytwo::facts
