#include "decide/plan/search.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <queue>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "decide/plan/problem.h"
#include "decide/plan/rules.h"
#include "decide/plan/scan.h"

namespace daytwo::decide::plan {
namespace {

// A set, and what may still join it.
struct Node {
  double bound = 0;
  Set set = 0;
  Set open = 0;
};

// Best first; of equal bounds the larger set, which is nearer to an answer.
struct Later {
  bool operator()(const Node& a, const Node& b) const {
    if (a.bound != b.bound) return a.bound < b.bound;
    if (std::popcount(a.set) != std::popcount(b.set)) {
      return std::popcount(a.set) < std::popcount(b.set);
    }
    return a.set > b.set;
  }
};

// An option that would help, and its price in the resource the knapsack counts.
struct Item {
  std::size_t option = 0;
  double gain = 0;   // what it adds to net, at most
  double price = 0;  // in the resource
};

class Search {
 public:
  Search(const Problem& problem, std::size_t most, std::size_t nodes)
      : problem_(problem),
        most_(most),
        nodes_(nodes),
        rules_(problem),
        left_(problem.causes.size()) {}

  Found run() {
    const std::size_t count = problem_.options.size();
    const Set all = count == kMostOptions ? ~Set{0} : only(count) - 1;
    const Set musts = rules_.musts();
    push(musts, all & ~musts & ~rules_.excluded_by(musts));
    while (!queue_.empty() && looked_at_ < nodes_) {
      const Node node = queue_.top();
      if (!best_.empty() && node.bound <= best_.front().net) break;
      queue_.pop();
      branch(node);
    }
    return finish();
  }

 private:
  // Looks at `set` as it stands, and queues it when something that may join could be worth it.
  void push(Set set, Set open) {
    ++looked_at_;
    const Outcome outcome = outcome_of(problem_, set);
    if (outcome.cost > problem_.money) return;
    for (std::size_t team = 0; team < problem_.teams.size(); ++team) {
      if (outcome.days[team] > problem_.days_of(team)) return;
    }
    if (rules_.may(set, ~Set{0}) && broken_rule(problem_, set).empty()) {
      keep({set, outcome.net, outcome.cost});
    }
    const double bound = outcome.net + most_to_gain(set, open, outcome);
    if (open == 0 || (!best_.empty() && bound <= best_.front().net)) return;
    queue_.push({bound, set, open});
  }

  void branch(const Node& node) {
    const Outcome outcome = outcome_of(problem_, node.set);
    static_cast<void>(most_to_gain(node.set, node.open, outcome));
    // What would help most per price; if nothing helps by itself, it may be needed by what does, or
    // by a floor: then the first.
    const auto pick = items_.empty() ? *Members(node.open).begin() : items_.front().option;
    const Set taken = rules_.with_needs(pick) & ~node.set;
    if ((taken & ~node.open) == 0) {
      const Set set = node.set | taken;
      push(set, node.open & ~taken & ~rules_.excluded_by(set));
    }
    push(node.set, node.open & ~only(pick));
  }

  // An upper bound of what joining some of `open` adds to the net of `set`. Leaves items_ by worth
  // per price.
  double most_to_gain(Set set, Set open, const Outcome& outcome) {
    std::fill(left_.begin(), left_.end(), 1.0);
    for (const std::size_t member : Members(set)) {
      const Option& option = problem_.options[member];
      for (const Effect& effect : option.effects) {
        left_[effect.cause] *= option.counted_leaves(effect.leaves());
      }
    }
    items_.clear();
    for (const std::size_t index : Members(open)) {
      const Option& option = problem_.options[index];
      double gain = option.counted_value() - option.cost;
      for (const Effect& effect : option.effects) {
        gain += problem_.causes[effect.cause].loss * left_[effect.cause] *
                (1 - option.counted_leaves(effect.leaves()));
      }
      if (gain > 0) items_.push_back({index, gain, 0});
    }
    double least =
        knapsack(problem_.money - outcome.cost, [](const Option& option) { return option.cost; });
    for (std::size_t team = problem_.teams.size(); team > 0; --team) {
      const double days = problem_.days_of(team - 1) - outcome.days[team - 1];
      if (days == kNoLimit) continue;
      least = std::min(least, knapsack(days, [&](const Option& option) {
                         return team <= option.days.size() ? option.days[team - 1] : 0;
                       }));
    }
    return least;
  }

  // The fractional knapsack of items_ in one resource.
  template <class Price>
  double knapsack(double budget, const Price& price_of) {
    for (Item& item : items_) item.price = price_of(problem_.options[item.option]);
    std::sort(items_.begin(), items_.end(), [](const Item& a, const Item& b) {
      const double left = a.gain * b.price;
      const double right = b.gain * a.price;
      return left != right ? left > right : a.option < b.option;
    });
    double out = 0;
    for (const Item& item : items_) {
      if (item.price > budget) return out + item.gain * (budget / item.price);
      out += item.gain;
      budget -= item.price;
    }
    return out;
  }

  // best_ stays sorted and short.
  void keep(const Candidate& found) {
    const auto at = std::lower_bound(best_.begin(), best_.end(), found, better);
    if (at != best_.end() && at->set == found.set) return;
    best_.insert(at, found);
    if (best_.size() > most_) best_.pop_back();
  }

  Found finish() {
    Found out;
    out.looked_at = looked_at_;
    if (best_.empty()) return out;
    out.bound = best_.front().net;
    if (!queue_.empty()) out.bound = std::max(out.bound, queue_.top().bound);
    out.best = std::move(best_);
    return out;
  }

  const Problem& problem_;
  const std::size_t most_;
  const std::size_t nodes_;
  const Rules rules_;
  std::size_t looked_at_ = 0;
  std::priority_queue<Node, std::vector<Node>, Later> queue_;
  std::vector<Candidate> best_;
  std::vector<Item> items_;   // scratch
  std::vector<double> left_;  // scratch
};

}  // namespace

Result<Found> search(const Problem& problem, std::size_t most, std::size_t nodes) {
  CHECK(most > 0 && nodes > 0, "something to return, and some work");
  TRY_VOID(validate(problem));
  Found out = Search(problem, most, nodes).run();
  if (out.best.empty()) return fail(why_none(problem));
  return out;
}

}  // namespace daytwo::decide::plan
