// How often a written worry happens: as stated, counted by deploys, taught by incidents and alerts.
// Thread rule: pure functions over plain values.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "decide/case.h"
#include "decide/history.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {

// Events a year, or the chance of a year where it happens at most once.
struct YearlyRate {
  chance::Distribution events;
  bool at_most_once = false;
  std::string source;  // "stated", or prior, what was counted, and posterior
  std::string note;    // the same as a sentence; empty where history teaches nothing
};

// Errors: kNotFound for a rate per deploy that nobody counts; kInvalid for a range that no
// distribution holds.
[[nodiscard]] Result<YearlyRate> rate_of(const model::FiledWorry& worry,
                                         std::optional<double> trials_a_year,
                                         const History& history, Timestamp now);

// The case of a worry that one sentence says, with its rate as of rate_of(). Errors: as there;
// those of the sentence.
[[nodiscard]] Result<Case> case_of(const model::FiledWorry& worry, const model::Stakes& stakes,
                                   std::optional<double> trials_a_year, const History& history,
                                   Timestamp now);

// The size of one event of a plain sentence: `stated`, taught by incidents where it is hours.
[[nodiscard]] Uncertain size_of(const model::WorrySentence& sentence,
                                const chance::Distribution& stated, const std::string& service,
                                const History& history);

}  // namespace daytwo::decide::risk
