#include "decide/plan/tail_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <limits>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "decide/plan/problem.h"
#include "decide/plan/relaxation.h"
#include "decide/plan/rules.h"
#include "decide/plan/say.h"
#include "decide/plan/scan.h"
#include "decide/plan/tail.h"
#include "model/amount.h"

namespace daytwo::decide::plan {
namespace {

constexpr double kNever = -std::numeric_limits<double>::infinity();
constexpr std::size_t kDiveEvery = 64;  // nodes
// Sums of another order differ by this share: a bound must not cut off what just holds.
constexpr double kRounding = 1e-9;

Set all_of(const Problem& problem) {
  const std::size_t count = problem.options.size();
  return count == kMostOptions ? ~Set{0} : only(count) - 1;
}

// A set, what may still join it, and the option to branch on.
struct Node {
  double bound = 0;
  Set set = 0;
  Set open = 0;
  std::size_t pick = 0;
};

struct Later {
  bool operator()(const Node& a, const Node& b) const {
    if (a.bound != b.bound) return a.bound < b.bound;
    if (std::popcount(a.set) != std::popcount(b.set)) {
      return std::popcount(a.set) < std::popcount(b.set);
    }
    return a.set > b.set;
  }
};

enum class Goal { kWorth, kLeastTail };

// Values: net worth, or minus the tail.
class Search {
 public:
  Search(const Problem& problem, const TailYears& years, Goal goal, double limit, std::size_t most,
         std::size_t nodes)
      : problem_(problem),
        years_(years),
        goal_(goal),
        limit_(limit),
        most_(most),
        nodes_(nodes),
        rules_(problem),
        everything_(years.worst(all_of(problem))),
        left_(problem.causes.size()),
        reach_(problem.options.size()) {}

  Found run() {
    const Set musts = rules_.musts();
    push(musts, all_of(problem_) & ~musts & ~rules_.excluded_by(musts));
    while (!queue_.empty() && looked_at_ < nodes_) {
      const Node node = queue_.top();
      if (node.bound <= floor()) break;
      queue_.pop();
      const Set taken = rules_.with_needs(node.pick) & ~node.set;
      if ((taken & ~node.open) == 0) {
        const Set set = node.set | taken;
        push(set, node.open & ~taken & ~rules_.excluded_by(set));
      }
      push(node.set, node.open & ~only(node.pick));
    }
    Found out;
    out.looked_at = looked_at_;
    out.bound = queue_.empty() ? floor() : std::max(floor(), queue_.top().bound);
    out.best = std::move(best_);
    return out;
  }

 private:
  // A set is worth keeping or going on with above this.
  [[nodiscard]] double floor() const { return best_.empty() ? kNever : best_.front().net; }

  [[nodiscard]] bool fits(const Outcome& outcome) const {
    if (outcome.cost > problem_.money) return false;
    for (std::size_t team = 0; team < problem_.teams.size(); ++team) {
      if (outcome.days[team] > problem_.days_of(team)) return false;
    }
    return true;
  }

  // Keeps `set` where it holds.
  void look(Set set, const Outcome& outcome, double tail) {
    if (goal_ == Goal::kWorth && tail > limit_) return;
    const Candidate found{set, goal_ == Goal::kWorth ? outcome.net : -tail, outcome.cost};
    const auto at = std::lower_bound(best_.begin(), best_.end(), found, better);
    if (at == best_.end() && best_.size() == most_) return;
    if (at != best_.end() && at->set == set) return;
    if (!broken_rule(problem_, set).empty()) return;
    best_.insert(at, found);
    if (best_.size() > most_) best_.pop_back();
  }

  void push(Set set, Set open) {
    ++looked_at_;
    const Outcome outcome = outcome_of(problem_, set);
    if (!fits(outcome)) return;
    const double tail = years_.tail(set);
    look(set, outcome, tail);
    if (open == 0) return;
    const double least = years_.tail(set | open);
    if (goal_ == Goal::kWorth ? least > limit_ : -least <= floor()) return;
    double bound = bounded(set, open, outcome, tail, years_.worst(set));
    const double worth = worth_;
    const std::size_t pick = pick_;
    if (bound > floor() && tail > limit_) {
      bound =
          std::min(bound, bounded(set, open, outcome, years_.mean(everything_, set), everything_));
    }
    if (goal_ == Goal::kLeastTail) bound = std::min(bound, -least);
    if (looked_at_ % kDiveEvery == 0 || std::has_single_bit(looked_at_)) dive(set, open, worth);
    if (bound <= floor()) return;
    queue_.push({bound, set, open, pick});
  }

  // What may join `set`, with the most that it brings there; `weights` make the tail.
  void list(Set set, Set open, const TailYears::Weights& weights) {
    std::fill(left_.begin(), left_.end(), 1.0);
    for (const std::size_t member : Members(set)) {
      const Option& option = problem_.options[member];
      for (const Effect& effect : option.effects) {
        left_[effect.cause] *= option.counted_leaves(effect.leaves());
      }
    }
    years_.reach(weights, set, reach_);
    items_.clear();
    for (const std::size_t index : Members(open)) {
      const Option& option = problem_.options[index];
      Item item{index, option.counted_value() - option.cost, reach_[index], option.cost};
      for (const Effect& effect : option.effects) {
        item.gain += problem_.causes[effect.cause].loss * left_[effect.cause] *
                     (1 - option.counted_leaves(effect.leaves()));
      }
      if (goal_ == Goal::kLeastTail) item.gain = item.reach;
      items_.push_back(item);
    }
  }

  // An upper bound of the value of `set` with some of `open`, when `mean` is the mean of `set`
  // under `weights`. Leaves the option to branch on and the worth of the tail.
  double bounded(Set set, Set open, const Outcome& outcome, double mean,
                 const TailYears::Weights& weights) {
    list(set, open, weights);
    const bool worth = goal_ == Goal::kWorth;
    const double needed = worth ? mean - limit_ - kRounding * limit_ : 0;
    const Relaxed most = relaxed(items_, problem_.money - outcome.cost, needed);
    worth_ = most.worth;
    pick_ = items_.front().option;
    if (most.gain == kNever) return kNever;
    const double base = worth ? outcome.net : -mean;
    double out = base + most.gain;
    for (std::size_t team = 0; team < problem_.teams.size(); ++team) {
      if (problem_.days_of(team) == kNoLimit) continue;
      for (Item& item : items_) {
        const auto& days = problem_.options[item.option].days;
        item.price = team < days.size() ? days[team] : 0;
      }
      const double free = knapsack(items_, problem_.days_of(team) - outcome.days[team], worth_);
      out = std::min(out, base + free - worth_ * std::max(0.0, needed));
    }
    return out;
  }

  // Goes straight down to an answer: what brings most for its price, as long as something does.
  void dive(Set set, Set open, double worth) {
    while (open != 0) {
      const Outcome now = outcome_of(problem_, set);
      const bool holds = years_.tail(set) <= limit_;
      list(set, open, years_.worst(set));
      static_cast<void>(knapsack(items_, kNoLimit, goal_ == Goal::kWorth && holds ? 0 : worth));
      Set next = set;
      for (const Item& item : items_) {
        if (item.score <= 0) break;
        const Set with = set | rules_.with_needs(item.option);
        if ((with & ~set & ~open) != 0 || !fits(outcome_of(problem_, with))) {
          open &= ~only(item.option);
          continue;
        }
        next = with;
        break;
      }
      if (next == set) break;
      set = next;
      open &= ~set & ~rules_.excluded_by(set);
      look(set, outcome_of(problem_, set), years_.tail(set));
    }
  }

  const Problem& problem_;
  const TailYears& years_;
  const Goal goal_;
  const double limit_;
  const std::size_t most_;
  const std::size_t nodes_;
  const Rules rules_;
  const TailYears::Weights everything_;  // the tail when everything is done
  std::size_t looked_at_ = 0;
  std::priority_queue<Node, std::vector<Node>, Later> queue_;
  std::vector<Candidate> best_;
  double worth_ = 0;           // of a unit of tail, where bounded() ended
  std::size_t pick_ = 0;       // the option that bounded() would take first
  std::vector<Item> items_;    // scratch
  std::vector<double> left_;   // scratch
  std::vector<double> reach_;  // scratch
};

std::string why_no_tail(const Problem& problem, const TailYears& years, double limit,
                        const LeastTail& least) {
  const auto money = [&](double value) { return model::money_words(value, problem.currency); };
  std::string out = fmt::format(
      "no choice keeps the mean of the worst {:.3g} % of years at {} or below: the least that can "
      "be reached within the other rules is {}, {} above that, with {}",
      100 * (1 - years.level()), money(limit), money(least.tail), money(least.tail - limit),
      names(problem, least.set));
  const double rich = years.tail(all_of(problem));
  if (rich > limit) {
    out += fmt::format("; everything at once would leave {}", money(rich));
  } else {
    out += "; more money or days would do it";
  }
  if (least.bound < least.tail) {
    out += fmt::format(" (at least {} by the bound of the search)", money(least.bound));
  }
  return out;
}

}  // namespace

LeastTail least_tail(const Problem& problem, const TailYears& years, std::size_t nodes) {
  const Found found = Search(problem, years, Goal::kLeastTail, 0, 1, nodes).run();
  if (found.best.empty()) return {};
  return {found.best.front().set, -found.best.front().net, -found.bound, true};
}

Result<Found> search_under_limit(const Problem& problem, const TailYears& years, double limit,
                                 std::size_t most, std::size_t nodes) {
  CHECK(most > 0 && nodes > 0, "something to return, and some work");
  TRY_VOID(validate(problem));
  Found out = Search(problem, years, Goal::kWorth, limit, most, nodes).run();
  if (!out.best.empty()) return out;
  const LeastTail least = least_tail(problem, years, nodes);
  if (!least.found) return fail(why_none(problem));
  if (least.tail > limit) {
    return fail(Code::kInvalid, why_no_tail(problem, years, limit, least));
  }
  const Outcome outcome = outcome_of(problem, least.set);
  out.best = {{least.set, outcome.net, outcome.cost}};
  out.bound = std::max(out.bound, outcome.net);
  out.looked_at += nodes;
  return out;
}

}  // namespace daytwo::decide::plan
