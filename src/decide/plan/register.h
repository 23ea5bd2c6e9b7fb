// From a file of worries and options to a problem in worlds: what each worry may cost a year, what
// each option costs, takes and does, in one currency over one horizon.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/seed.h"
#include "decide/history.h"
#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {

struct Horizon {
  double years = 1;
  double discount = 0;  // a year: 0.08 takes 8 % off what comes a year later

  // What 1 a year is worth today, each year's in its middle [worth.md 10].
  [[nodiscard]] double present_value() const;
  // What 1 of a loss that lands over years counts beside 1 that lands at once [life.h].
  [[nodiscard]] double worth_of_late() const;
};

// What an investigation tells about one cause: `explains` of the spread of what its loss would be
// expected to be, `known`, by world.
struct NarrowedCause {
  std::size_t cause = 0;
  double explains = 0;
  Draws known;
};

// What it tells about an option.
struct NarrowedOption {
  std::size_t option = 0;
  double explains = 0;
  bool cost = true;
  bool value = true;
  bool effects = true;
};

// An option that brings nothing but knowledge.
struct Investigation {
  std::size_t option = 0;
  std::vector<NarrowedCause> causes;
  std::vector<NarrowedOption> options;
  double delay_years = 0;  // that what depends on it waits
};

// A risk that somebody keeps until a day.
struct Accepted {
  std::string worry;
  std::string until;
  double loss = 0;       // expected over the horizon, of no worth to the plan
  double days_left = 0;  // until the day; not above 0 once it has passed
};

struct Register {
  Problem shape;  // its numbers are means; no limits are set
  Worlds worlds;
  std::string currency;
  std::vector<std::string> worry_of;  // by cause: the id of its worry
  // By cause: the id of the common cause whose hits of that worry these are, or empty.
  std::vector<std::string> common_of;
  // Of each loss the part that customers or the public bear, before its weight: a loss is our own
  // plus `harm_weight` times this.
  std::vector<Draws> harm;  // by cause
  double harm_weight = 1;
  std::vector<Investigation> investigations;
  std::vector<Accepted> accepted;
  double present_years = 1;        // what 1 a year is worth over the horizon
  std::vector<std::string> notes;  // what is assumed or left out, in sentences
};

// Number of the first of Problem::teams, which counts everybody's days.
inline constexpr std::size_t kEverybody = 0;

// Rates are taught by the incidents and counted by the deploys of `history`; a note says from what
// to what. A quantity that the file names is the same unknown wherever it is used. Errors: kInvalid
// for two currencies, a quantity that fits no distribution; kNotFound when a worry in natural units
// has no stake, with the question that would settle it, or when there is no option.
[[nodiscard]] Result<Register> read_register(const model::WorryFile& file,
                                             const model::Stakes& stakes, Horizon horizon,
                                             std::optional<double> trials_a_year, chance::Seed seed,
                                             Timestamp now, const History& history = {});

}  // namespace daytwo::decide::plan
