// What people and their tools ask this room for directly: state a stake, decide by hand, ask about
// a sentence without storing it.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/seed.h"
#include "decide/judge.h"

namespace daytwo::decide {

// A question about one sentence. Options and stakes are sentences too, so that one command asks it.
struct Asked {
  std::string sentence;             // "30% a year, $25k to $2.5M"
  std::string option = "act";       // what would be done
  std::string once;                 // "$40k"; empty: nothing to buy
  std::string takes;                // "1 to 5 person-days"; empty: assumed, unless `once` is given
  std::string cuts;                 // "60% to 90%"; empty: assumed
  std::vector<std::string> stakes;  // "a person-day costs $600 to $1200"
  std::string service;
  double trials_a_year = 0;  // for "1 in 20 deploys"; 0 = not counted
};

// The answer, in sentences and figures. With prices for a loss and for an hour, `studies` prices
// each generic study: what it costs, teaches, and how often it changes the choice.
struct Answer {
  std::vector<std::string> understood;
  Judgement judgement;
  std::vector<StudyWorth> studies;
  std::string account;
};

// Errors: kInvalid for a sentence, option or stake that does not read (with its column); kNotFound
// for a rate per deploy without a count.
[[nodiscard]] Result<Answer> answer(const Asked& asked, chance::Seed seed, Timestamp now);

}  // namespace daytwo::decide
