#include "decide/plan/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "decide/plan/rules.h"
#include "model/amount.h"

namespace daytwo::decide::plan {
namespace {

constexpr double kLargest = 1e15;  // of any account; beyond it cents are lost

bool is_share(double value) { return value >= 0 && value <= 1; }

bool is_amount(double value) { return value >= 0 && value <= kLargest; }

Result<void> check_numbers(const Problem& problem) {
  for (const Cause& cause : problem.causes) {
    if (!is_amount(cause.loss)) {
      return fail(Code::kInvalid, fmt::format("the loss of '{}' is not 0 or more", cause.name));
    }
  }
  for (const Option& option : problem.options) {
    const bool days = std::all_of(option.days.begin(), option.days.end(), is_amount);
    if (!is_amount(option.cost) || !days || !(std::fabs(option.value) <= kLargest)) {
      return fail(
          Code::kInvalid,
          fmt::format("cost and days of '{}' must be 0 or more, its value a number", option.name));
    }
    if (option.days.size() > problem.teams.size()) {
      return fail(Code::kInvalid, fmt::format("'{}' takes days of an unknown team", option.name));
    }
    for (const Effect& effect : option.effects) {
      if (effect.cause >= problem.causes.size()) {
        return fail(Code::kNotFound, fmt::format("'{}' acts on an unknown cause", option.name));
      }
      if (!is_share(effect.stops) || !is_share(effect.cuts)) {
        return fail(
            Code::kInvalid,
            fmt::format("'{}' stops {:g} and cuts {:g} of '{}'; expected shares from 0 to 1",
                        option.name, effect.stops, effect.cuts, problem.causes[effect.cause].name));
      }
    }
  }
  for (const Floor& floor : problem.floors) {
    for (const std::size_t cause : floor.causes) {
      if (cause >= problem.causes.size()) return fail(Code::kNotFound, "a floor of no cause");
    }
    if (floor.causes.empty()) return fail(Code::kNotFound, "a floor of no cause");
  }
  return {};
}

Result<void> check_rules(const Problem& problem) {
  const auto& options = problem.options;
  for (const Option& option : options) {
    const auto known = [&](std::size_t other) { return other < options.size(); };
    if (!std::all_of(option.needs.begin(), option.needs.end(), known) ||
        !std::all_of(option.excludes.begin(), option.excludes.end(), known)) {
      return fail(Code::kNotFound, fmt::format("'{}' names an unknown option", option.name));
    }
  }
  const Rules rules(problem);
  for (std::size_t i = 0; i < options.size(); ++i) {
    const Set needed = rules.with_needs(i);
    for (const std::size_t other : options[i].needs) {
      if (other == i || has(rules.with_needs(other), i)) {
        return fail(Code::kInvalid, fmt::format("'{}' and '{}' need each other in a circle",
                                                options[i].name, options[other].name));
      }
    }
    for (const std::size_t member : Members(needed)) {
      for (const std::size_t other : options[member].excludes) {
        if (!has(needed, other)) continue;
        return fail(Code::kInvalid,
                    fmt::format("'{}' can never be taken: it takes both '{}' and '{}', which "
                                "exclude each other",
                                options[i].name, options[member].name, options[other].name));
      }
    }
  }
  return {};
}

std::string amount(const Problem& problem, double value) {
  return model::money_words(value, problem.currency);
}

std::string floor_words(const Problem& problem, const Floor& floor, double left) {
  return fmt::format("leaves {} of '{}', more than the {} of its floor", amount(problem, left),
                     problem.causes[floor.causes.front()].name, amount(problem, floor.most));
}

}  // namespace

Result<void> validate(const Problem& problem) {
  if (problem.options.size() > kMostOptions) {
    return fail(Code::kLimit, fmt::format("{} options; at most {} can be weighed together",
                                          problem.options.size(), kMostOptions));
  }
  if (problem.teams.size() > kMostTeams) {
    return fail(Code::kLimit,
                fmt::format("{} teams; at most {}", problem.teams.size(), kMostTeams));
  }
  TRY_VOID(check_numbers(problem));
  return check_rules(problem);
}

Problem as_stated(Problem problem) {
  for (Option& option : problem.options) option.believed = 1;
  return problem;
}

Outcome outcome_of(const Problem& problem, Set set) {
  Outcome out;
  out.days.assign(problem.teams.size(), 0);
  std::vector<double> left(problem.causes.size(), 1);
  for (const std::size_t member : Members(set)) {
    const Option& option = problem.options[member];
    out.cost += option.cost;
    out.value += option.counted_value();
    for (std::size_t team = 0; team < option.days.size(); ++team) {
      out.days[team] += option.days[team];
    }
    for (const Effect& effect : option.effects) {
      left[effect.cause] *= option.counted_leaves(effect.leaves());
    }
  }
  double avoided = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    out.remaining += problem.causes[i].loss * left[i];
    avoided += problem.causes[i].loss * (1 - left[i]);
  }
  out.net = out.value - out.cost + avoided;
  return out;
}

double loss_left(const Problem& problem, std::size_t cause, Set set) {
  double out = problem.causes[cause].loss;
  for (const std::size_t member : Members(set)) {
    const Option& option = problem.options[member];
    for (const Effect& effect : option.effects) {
      if (effect.cause == cause) out *= option.counted_leaves(effect.leaves());
    }
  }
  return out;
}

double loss_of(const Problem& problem, const Floor& floor, Set set) {
  double out = 0;
  for (const std::size_t cause : floor.causes) {
    double left = problem.causes[cause].loss;
    for (const std::size_t option : Members(set)) {
      for (const Effect& effect : problem.options[option].effects) {
        if (effect.cause == cause) left *= effect.leaves();
      }
    }
    out += left;
  }
  return out;
}

std::string broken_rule(const Problem& problem, Set set) {
  const auto& options = problem.options;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const Option& option = options[i];
    if (!has(set, i)) {
      if (option.must) return fmt::format("'{}' is a must and missing", option.name);
      continue;
    }
    if (!option.barred.empty()) {
      return fmt::format("takes '{}', and {}", option.name, option.barred);
    }
    for (const std::size_t other : option.needs) {
      if (has(set, other)) continue;
      return fmt::format("'{}' needs '{}'", option.name, options[other].name);
    }
    for (const std::size_t other : option.excludes) {
      if (!has(set, other)) continue;
      return fmt::format("'{}' excludes '{}'", option.name, options[other].name);
    }
  }
  const Outcome outcome = outcome_of(problem, set);
  if (outcome.cost > problem.money) {
    return fmt::format("costs {} of {}", amount(problem, outcome.cost),
                       amount(problem, problem.money));
  }
  for (std::size_t team = 0; team < problem.teams.size(); ++team) {
    if (outcome.days[team] <= problem.days_of(team)) continue;
    return fmt::format("takes {:.3g} of {:g} days of {}", outcome.days[team], problem.days_of(team),
                       problem.teams[team]);
  }
  for (const Floor& floor : problem.floors) {
    const double left = loss_of(problem, floor, set);
    if (left > floor.most) return floor_words(problem, floor, left);
  }
  return {};
}

namespace {

// What must be done breaks a rule: said where each must is written.
Error must_not(const Problem& problem, Set musts, const std::string& text) {
  std::vector<Diagnostic> out;
  for (const std::size_t option : Members(musts)) {
    const Option& each = problem.options[option];
    if (!each.must || each.place.file.empty()) continue;
    out.push_back(
        {each.place.file, each.place.line, each.place.column, text, each.place.source_line,
         fmt::format("limits that '{}' keeps to, or no 'must: true' on it", each.name), ""});
  }
  return out.empty() ? make_error(Code::kInvalid, text) : make_error(std::move(out));
}

}  // namespace

Error why_none(const Problem& problem) {
  const Set least = Rules(problem).musts();
  const std::size_t count = problem.options.size();
  const Set all = count == kMostOptions ? ~Set{0} : only(count) - 1;
  for (const Floor& floor : problem.floors) {
    const double left = loss_of(problem, floor, all);
    if (left > floor.most) {
      return make_error(Code::kInvalid, "even all options together cannot do: it " +
                                            floor_words(problem, floor, left));
    }
  }
  if (const std::string broken = broken_rule(problem, least); least != 0 && !broken.empty()) {
    return must_not(problem, least, "what must be done cannot be: it " + broken);
  }
  return make_error(Code::kInvalid, "no choice keeps every floor within the budget");
}

}  // namespace daytwo::decide::plan
