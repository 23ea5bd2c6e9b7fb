// Model: what an option is worth as a function of its inputs, so that one input can be held at a
// value while the others stay as drawn. From that follow the value at which the verdict flips, what
// knowing an input is worth, and who bears what.
// Model [worth.md 11]: a loss a year is a product of inputs (how often, how much, what a unit is
// worth); a choice stops events with a chance and takes a share off those that happen. Inputs are
// independent of each other.
// Thread rule: immutable after construction; any thread may read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "decide/life.h"
#include "model/field.h"
#include "model/quantity/evaluate.h"

namespace daytwo::decide::worth {

using Draws = std::vector<double>;  // one a world
// Choices taken together, by number, rising. None: nothing is done.
using Choices = std::vector<std::size_t>;

// What an input measures, and so how its values read.
enum class Measure : std::uint8_t {
  kTimesAYear,
  kChance,     // of a year that has one event or none
  kSize,       // natural units of one event
  kMoney,      // of one event, of a purchase
  kUnitPrice,  // money a natural unit
  kMoneyAYear,
  kShare,
  kWork,       // person-hours
  kWorkPrice,  // money a person-hour
  kWeight,     // of what others bear
  kFine,       // money, beside a legal cap
};

// A number that is not known.
struct Input {
  std::string id;     // "ransom.size": how studies name it
  std::string words;  // "what one event of 'ransom' costs"
  std::string claim;  // before "more than $2k": "one event of 'ransom' costs"
  std::string of;     // after the value of a share: " of 'phishing'"
  Measure measure = Measure::kMoney;
  std::string unit;  // a currency or a natural unit; empty for shares and rates
  Draws draws;
  std::string query;          // PromQL for the live value; may be empty
  double observed_years = 0;  // of a rate: how many years of counting it is as good as; 0: unknown
  bool named = false;         // a quantity that the file names
  std::optional<double> cap;  // the most that the law allows, of a fine

  [[nodiscard]] bool known() const;  // one value in all worlds
  [[nodiscard]] double mean() const;
};

// What a choice does to one loss; absent shares do nothing.
struct Effect {
  std::size_t choice = 0;
  std::optional<std::size_t> stops;  // input: chance that it stops an event
  std::optional<std::size_t> cuts;   // input: share it takes off one that happens
};

// One loss, a year.
struct Loss {
  std::string risk;  // its id
  std::string part;  // "revenue", "fine"; empty when the risk has one part
  double share = 1;  // of the product: that of a cause
  std::vector<std::size_t> factors;
  std::vector<Effect> effects;
  bool late = false;                  // lands over three years
  std::optional<std::size_t> weight;  // input; set: borne by customers or the public
};

// Money that a choice costs or brings besides.
struct Spending {
  std::size_t choice = 0;
  std::vector<std::size_t> factors;
  bool once = false;    // else every year
  bool brings = false;  // else costs
};

// An input that is worked out from named quantities: holding one of those works it out again.
struct Derived {
  std::size_t input = 0;
  model::Field field;
  model::quantity::WorldsOptions options;
  std::vector<std::pair<std::string, std::size_t>> uses;  // name, and the input that it is
};

// One input at one value.
struct Hold {
  std::size_t input = 0;
  double value = 0;
};

// What some choices come to in each world, a year, not yet over a life. What others bear is not
// weighted in `theirs`, and weighted in `theirs_weighted`.
struct Streams {
  Draws own;   // loss avoided that lands at once
  Draws late;  // loss avoided that lands late
  Draws theirs;
  Draws theirs_weighted;
  Draws steady;  // brought less paid, every year alike
  Draws once;    // paid once
};

// The whole of it.
struct Model {
  std::string currency;
  std::size_t worlds = 0;
  std::vector<std::string> choices;  // ids
  std::vector<Input> inputs;
  std::vector<Loss> losses;
  std::vector<Spending> spendings;
  std::vector<Derived> derived;
  Life life;

  // What these choices avoid, bring and cost. REQUIRES: draws of equal length, numbers in range.
  [[nodiscard]] Streams streams(const Choices& taken, std::optional<Hold> hold = {}) const;
  // Their net worth over the life, today, in each world.
  [[nodiscard]] Draws net(const Choices& taken, std::optional<Hold> hold = {}) const;
  // The flows of one world of the streams, by time.
  [[nodiscard]] std::vector<Flow> flows(const Streams& streams, std::size_t world) const;
  // The loss a year if nothing is done: our own, or what others bear, not weighted; of one risk, or
  // (empty) of all.
  [[nodiscard]] Draws loss_a_year(bool theirs, const std::string& risk = "") const;
};

// `field` with the quantity `name` at `value`, written in `unit` (a unit of Field).
[[nodiscard]] model::Field with_name_at(model::Field field, const std::string& name, double value,
                                        const std::string& unit);
// Whether a quantity in this unit can be held.
[[nodiscard]] bool can_hold(const std::string& unit);

// Mean of draws. REQUIRES: not empty.
[[nodiscard]] double mean_of(std::span<const double> draws);

}  // namespace daytwo::decide::worth
