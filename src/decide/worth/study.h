// Study: what could be found out first, by how much work, and how much it would teach.
//   study = NAME ":" cost { "," cost } ";" INPUT teaches
//   cost = DAYS "days" | "4h" | MONEY
//   teaches = "by half" | "by" P "%" | "within" AMOUNT | "test" SENS "/" SPEC | N "years"
//   load test: 2 days, $3k; provider-lost.size by half
//   scan: 1 day; records-escape.events test 90/85
// "by half" halves the 90 % interval of the input; "within" is the standard error of a reading;
// "years" are more years of logs about a rate.
// Thread rule: plain values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chance/estimate.h"
#include "decide/worth/knowing.h"
#include "decide/worth/read.h"

namespace daytwo::decide::worth {

// A study, read. Without an input it looks at everything at once.
struct Study {
  std::string name;
  std::optional<std::size_t> input;
  double hours = 0;  // of work
  double money = 0;  // besides
  double delay_days = 0;
  double share = 0;  // of the spread that it explains
  std::optional<Test> test;
};

// Reads a study. Errors: kInvalid saying what was expected where; kNotFound for an input that the
// model has not, with the nearest.
[[nodiscard]] Result<Study> parse_study(std::string_view text, const Reading& reading);

// Half a day, two days and five days of looking, always on the list (decide/worlds.h).
[[nodiscard]] std::vector<Study> generic();

// What a study is worth before a choice.
struct Studied {
  Study study;
  double cost = 0;          // of its work and purchases
  bool priced = true;       // else nobody has said what its work costs
  double value = 0;         // before that cost, after that of waiting
  double flip_chance = 0;   // that it changes the choice
  double width_before = 0;  // of the option's 90 % interval of net worth
  double width_after = 0;   // expected
  [[nodiscard]] double net() const { return value - cost; }
};

// Values the studies; the best by net worth first, those without a price last. `known` is
// all_known() of the reading.
[[nodiscard]] std::vector<Studied> value_studies(const Reading& reading, const Expectations& known,
                                                 const std::vector<Study>& studies);

}  // namespace daytwo::decide::worth
