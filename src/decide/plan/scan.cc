// The options are split in two halves. Each half's sets are tabulated once: cost, worth, and what
// they leave of each cause. A set of all options is a pair of rows, so that looking at it takes one
// multiply-add a cause, over contiguous columns of the second half.
#include "decide/plan/scan.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "decide/plan/problem.h"
#include "decide/plan/rules.h"

namespace daytwo::decide::plan {
namespace {

constexpr std::size_t kSteps = 256;   // of the frontier
constexpr std::size_t kColumn = 512;  // sets of the second half at a time: 4 KiB columns
constexpr double kNone = -std::numeric_limits<double>::infinity();

// All sets of the options [first, first + count) that can keep the rules; columns by cause.
struct Half {
  std::vector<Set> sets;
  std::vector<double> cost;
  std::vector<double> gain;                      // value - cost
  std::vector<std::vector<double>> left;         // as far as it is believed
  std::vector<std::vector<double>> stated_left;  // for floors; empty where there are none
  std::vector<std::vector<double>> days;

  [[nodiscard]] std::size_t size() const { return sets.size(); }
};

Half tabulate(const Problem& problem, const Rules& rules, std::size_t first, std::size_t count) {
  Half out;
  out.left.resize(problem.causes.size());
  out.days.resize(problem.teams.size());
  if (!problem.floors.empty()) out.stated_left.resize(problem.causes.size());
  const Set known = ((Set{1} << count) - 1) << first;
  std::vector<double> left(problem.causes.size());
  std::vector<double> stated(problem.causes.size());
  for (Set low = 0; low < Set{1} << count; ++low) {
    const Set set = low << first;
    if (!rules.may(set, known)) continue;
    double cost = 0;
    double value = 0;
    std::fill(left.begin(), left.end(), 1.0);
    std::fill(stated.begin(), stated.end(), 1.0);
    std::array<double, kMostTeams> days{};
    for (const std::size_t member : Members(set)) {
      const Option& option = problem.options[member];
      cost += option.cost;
      value += option.counted_value();
      for (std::size_t team = 0; team < option.days.size(); ++team) {
        days.at(team) += option.days[team];
      }
      for (const Effect& effect : option.effects) {
        left[effect.cause] *= option.counted_leaves(effect.leaves());
        stated[effect.cause] *= effect.leaves();
      }
    }
    bool fits = true;
    for (std::size_t team = 0; team < problem.teams.size(); ++team) {
      fits = fits && days.at(team) <= problem.days_of(team);
    }
    if (!fits) continue;
    out.sets.push_back(set);
    out.cost.push_back(cost);
    out.gain.push_back(value - cost);
    for (std::size_t cause = 0; cause < left.size(); ++cause) {
      out.left[cause].push_back(left[cause]);
      if (!problem.floors.empty()) out.stated_left[cause].push_back(stated[cause]);
    }
    for (std::size_t team = 0; team < problem.teams.size(); ++team) {
      out.days[team].push_back(days.at(team));
    }
  }
  return out;
}

class Scan {
 public:
  Scan(const Problem& problem, std::size_t most)
      : problem_(problem),
        most_(most),
        rules_(problem),
        first_(tabulate(problem, rules_, problem.options.size() / 2,
                        problem.options.size() - problem.options.size() / 2)),
        second_(tabulate(problem, rules_, 0, problem.options.size() / 2)) {
    double sum = 0;
    for (const Option& option : problem.options) sum += option.cost;
    scale_ = sum > 0 ? (kSteps - 1) / sum : 0;
    for (const Cause& cause : problem.causes) loss_ += cause.loss;
    steps_.fill({0, kNone, 0});
  }

  Found run() {
    for (std::size_t row = 0; row < first_.size(); ++row) {
      for (std::size_t begin = 0; begin < second_.size(); begin += kColumn) {
        look_at(row, begin, std::min(kColumn, second_.size() - begin));
      }
    }
    return finish();
  }

 private:
  // Values the pairs of `row` with `count` rows of the second half, and keeps what is worth it.
  void look_at(std::size_t row, std::size_t begin, std::size_t count) {
    std::array<double, kColumn>& net = net_;
    std::array<std::uint32_t, kColumn>& step = step_;
    const double base = loss_ + first_.gain[row];
    for (std::size_t i = 0; i < count; ++i) net[i] = base + second_.gain[begin + i];
    for (std::size_t cause = 0; cause < problem_.causes.size(); ++cause) {
      const double weight = problem_.causes[cause].loss * first_.left[cause][row];
      const double* left = second_.left[cause].data() + begin;
      for (std::size_t i = 0; i < count; ++i) net[i] -= weight * left[i];
    }
    const double cost = first_.cost[row];
    const double* costs = second_.cost.data() + begin;
    for (std::size_t i = 0; i < count; ++i) {
      step[i] = static_cast<std::uint32_t>((cost + costs[i]) * scale_);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const bool affordable = cost + costs[i] <= problem_.money && net[i] > worst_;
      if (!affordable && net[i] <= steps_[step[i]].net) continue;
      const Candidate found{first_.sets[row] | second_.sets[begin + i], net[i], cost + costs[i]};
      if (!keeps_rules(row, begin + i, found.set)) continue;
      if (better(found, steps_[step[i]])) steps_[step[i]] = found;
      if (affordable) keep(found);
    }
    looked_at_ += count;
  }

  [[nodiscard]] bool keeps_rules(std::size_t row, std::size_t column, Set set) const {
    for (std::size_t team = 0; team < problem_.teams.size(); ++team) {
      if (first_.days[team][row] + second_.days[team][column] > problem_.days_of(team)) {
        return false;
      }
    }
    for (const Floor& floor : problem_.floors) {
      double left = 0;
      for (const std::size_t cause : floor.causes) {
        left += problem_.causes[cause].loss * first_.stated_left[cause][row] *
                second_.stated_left[cause][column];
      }
      if (left > floor.most) return false;
    }
    return rules_.may(set, ~Set{0});
  }

  // best_ is a heap with the worst in front.
  void keep(const Candidate& found) {
    best_.push_back(found);
    std::push_heap(best_.begin(), best_.end(), better);
    if (best_.size() > most_) {
      std::pop_heap(best_.begin(), best_.end(), better);
      best_.pop_back();
    }
    if (best_.size() == most_) worst_ = best_.front().net;
  }

  Found finish() {
    Found out;
    // Tabulated products round otherwise than a set looked at by itself: the answer has the latter.
    for (Candidate& each : best_) each.net = outcome_of(problem_, each.set).net;
    std::sort(best_.begin(), best_.end(), better);
    out.best = std::move(best_);
    for (Candidate& step : steps_) {
      if (step.net == kNone) continue;
      step.net = outcome_of(problem_, step.set).net;
      if (out.frontier.empty() || step.net > out.frontier.back().net) out.frontier.push_back(step);
    }
    out.looked_at = looked_at_;
    out.exact = true;
    if (!out.best.empty()) out.bound = out.best.front().net;
    return out;
  }

  const Problem& problem_;
  const std::size_t most_;
  const Rules rules_;
  const Half first_;
  const Half second_;
  double scale_ = 0;
  double loss_ = 0;
  double worst_ = kNone;
  std::size_t looked_at_ = 0;
  std::vector<Candidate> best_;
  std::array<FrontierPoint, kSteps> steps_;
  // Scratch of one column.
  std::array<double, kColumn> net_{};
  std::array<std::uint32_t, kColumn> step_{};
};

}  // namespace

Result<Found> scan(const Problem& problem, std::size_t most) {
  CHECK(problem.options.size() <= kScanOptions && most > 0, "few options, and some to return");
  TRY_VOID(validate(problem));
  Found out = Scan(problem, most).run();
  if (out.best.empty()) return fail(why_none(problem));
  return out;
}

}  // namespace daytwo::decide::plan
