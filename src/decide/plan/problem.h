// Problem: options that could be taken, the losses they act upon, and what may be spent. Its
// numbers are expectations; what is not known about them is judged in worlds.h of this folder.
// Model [worth.md 11]: options act independently, so the loss of a cause that remains under a set
// of options is its loss times the product of what each of them leaves of it. Thread rule: plain
// values.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/place.h"

namespace daytwo::decide::plan {

// A set of options: bit i is option i of the problem.
using Set = std::uint64_t;
inline constexpr std::size_t kMostOptions = 64;
inline constexpr std::size_t kMostTeams = 16;
inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();

// A source of loss, in the account's unit over the window of the plan.
struct Cause {
  std::string name;
  double loss = 0;  // expected, if nothing is done; >= 0
};

// What an option does to one cause: it stops an event with a chance, and takes a share off the loss
// of an event that happens.
struct Effect {
  std::size_t cause = 0;
  double stops = 0;  // in [0, 1]
  double cuts = 0;   // in [0, 1]
  // Of the expected loss.
  [[nodiscard]] double leaves() const { return (1 - stops) * (1 - cuts); }
};

// Something that could be done.
struct Option {
  std::string name;
  std::string kind;                // security, reliability, feature, cost, ...
  double cost = 0;                 // in the account's unit; >= 0
  std::vector<double> days;        // person-days by team; >= 0; missing teams take none
  double value = 0;                // what it brings besides: a feature's worth, a saving
  std::vector<Effect> effects;     // at most one per cause
  std::vector<std::size_t> needs;  // only together with all of these
  std::vector<std::size_t> excludes;
  bool must = false;
  // The share of what it brings that its worth is counted in, in (0, 1]: see belief.h of this
  // folder.
  double believed = 1;
  std::string barred;  // why it cannot be taken now; empty when it can
  model::Place place;  // where it is written

  // What is counted of its value, and what it is counted on to leave of an expected loss.
  [[nodiscard]] double counted_value() const { return believed * value; }
  [[nodiscard]] double counted_leaves(double leaves) const { return 1 - believed * (1 - leaves); }
};

// A floor that no budget may trade: the loss that remains of these causes together stays at `most`
// or below.
struct Floor {
  std::vector<std::size_t> causes;
  double most = 0;
};

struct Problem {
  std::vector<Cause> causes;
  std::vector<Option> options;
  std::vector<std::string> teams;
  std::string currency;           // of the account, for messages; may be empty
  double money = kNoLimit;        // may be spent on cost
  std::vector<double> team_days;  // by team; kNoLimit or a missing entry is no limit
  std::vector<Floor> floors;

  [[nodiscard]] double days_of(std::size_t team) const {
    return team < team_days.size() ? team_days[team] : kNoLimit;
  }
};

// Checks the problem and resolves what follows from it. Errors: kInvalid naming the options: more
// than kMostOptions, a share outside [0, 1], a negative or absurd number, a cycle of needs, one
// that needs and excludes the same; kNotFound for an index that is none.
[[nodiscard]] Result<void> validate(const Problem& problem);

// `problem` with every option taken at its word.
[[nodiscard]] Problem as_stated(Problem problem);

// What a set comes to, as far as it is believed. `net` is what it is worth more than doing nothing.
struct Outcome {
  double cost = 0;
  double value = 0;      // brought besides
  double remaining = 0;  // loss that remains
  double net = 0;        // value - cost + loss avoided
  std::vector<double> days;
};
// REQUIRES: a valid problem.
[[nodiscard]] Outcome outcome_of(const Problem& problem, Set set);

// The loss of this cause that remains under `set`, as far as its options are believed. REQUIRES: a
// valid problem.
[[nodiscard]] double loss_left(const Problem& problem, std::size_t cause, Set set);

// The loss of the floor's causes that remains under `set`, as stated. REQUIRES: a valid problem.
[[nodiscard]] double loss_of(const Problem& problem, const Floor& floor, Set set);

// Empty when `set` may be taken; else the first rule it breaks, in words: "costs $320 of $300".
[[nodiscard]] std::string broken_rule(const Problem& problem, Set set);

// Why no set keeps the rules, naming the rule that stands in the way. REQUIRES: none does.
[[nodiscard]] Error why_none(const Problem& problem);

// The options of a set, in rising order: for (const std::size_t option : Members(set)).
class Members {
 public:
  class Iterator {
   public:
    constexpr explicit Iterator(Set rest) : rest_(rest) {}
    constexpr std::size_t operator*() const {
      return static_cast<std::size_t>(std::countr_zero(rest_));
    }
    constexpr Iterator& operator++() {
      rest_ &= rest_ - 1;
      return *this;
    }
    constexpr bool operator==(const Iterator&) const = default;

   private:
    Set rest_;
  };
  constexpr explicit Members(Set set) : set_(set) {}
  [[nodiscard]] constexpr Iterator begin() const { return Iterator(set_); }
  [[nodiscard]] constexpr Iterator end() const { return Iterator(0); }

 private:
  Set set_;
};

// The set of this one option.
[[nodiscard]] constexpr Set only(std::size_t option) { return Set{1} << option; }
// Whether the option is in the set.
[[nodiscard]] constexpr bool has(Set set, std::size_t option) { return (set >> option & 1U) != 0; }

}  // namespace daytwo::decide::plan
