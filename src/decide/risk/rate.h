// How often a written worry happens: as stated, counted by deploys, taught by incidents.
// Thread rule: pure function over plain values.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "decide/history.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {

// Events a year, or the chance of a year where it happens at most once.
struct YearlyRate {
  chance::Distribution events;
  bool at_most_once = false;
  std::string note;  // prior, incidents and posterior; empty where history teaches nothing
};

// Errors: kNotFound for a rate per deploy that nobody counts; kInvalid for a range that no
// distribution holds.
[[nodiscard]] Result<YearlyRate> rate_of(const model::FiledWorry& worry,
                                         std::optional<double> trials_a_year,
                                         const History& history, Timestamp now);

// The size of one event of a plain sentence: `stated`, taught by incidents where it is hours.
[[nodiscard]] Uncertain size_of(const model::WorrySentence& sentence,
                                const chance::Distribution& stated, const std::string& service,
                                const History& history);

}  // namespace daytwo::decide::risk
