#include "decide/nines/curve.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/availability.h"
#include "chance/estimate.h"
#include "chance/risk.h"
#include "chance/seed.h"
#include "decide/credits.h"
#include "decide/plan/problem.h"
#include "decide/worlds.h"
#include "model/contract.h"

namespace daytwo::decide::nines {
namespace {

// Where credits are worked out, as multiples of today's downtime; between them, straight lines in
// the logarithm.
constexpr std::size_t kKnots = 28;
constexpr double kFirstKnot = 1e-4;
constexpr double kLastKnot = 30;

double mean_of(const Draws& draws) {
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

// The share of a fee that is given back, by how much of today's downtime there is.
class CreditCurve {
 public:
  static Result<CreditCurve> make(const Question& question, const model::Contract& contract) {
    CreditCurve out;
    for (std::size_t i = 0; i < kKnots; ++i) {
      const double scale = knot(i);
      std::vector<chance::Risk> outages;
      double steady = 0;
      for (const Part& part : question.parts) {
        if (part.size && part.events > 0) {
          outages.push_back({part.name + "/" + std::to_string(outages.size()),
                             chance::Count::kPoisson, part.events * scale / 12, *part.size});
        } else {
          steady += mean_of(part.hours) / kHoursPerYear * scale;
        }
      }
      TRY(const double share, expected_credit(contract, {outages, steady}));
      out.shares_.push_back(share);
    }
    return out;
  }

  // REQUIRES: scale >= 0.
  [[nodiscard]] double at(double scale) const {
    if (scale <= kFirstKnot) return shares_.front() * scale / kFirstKnot;
    const double place = std::log(scale / kFirstKnot) / std::log(kLastKnot / kFirstKnot) *
                         static_cast<double>(kKnots - 1);
    const auto below = static_cast<std::size_t>(place);
    if (below + 1 >= kKnots) return shares_.back();
    const double part = place - static_cast<double>(below);
    return shares_[below] * (1 - part) + shares_[below + 1] * part;
  }

 private:
  static double knot(std::size_t i) {
    return kFirstKnot * std::pow(kLastKnot / kFirstKnot,
                                 static_cast<double>(i) / static_cast<double>(kKnots - 1));
  }
  std::vector<double> shares_;
};

// A set of options that may be taken, with what it leaves and costs, expected.
struct Tried {
  plan::Set set = 0;
  double hours = 0;
  double cost = 0;
};

// Options that take downtime, those that take most for their money first; at most kTried.
std::vector<std::size_t> worth_trying(const plan::Problem& levers) {
  std::vector<std::pair<double, std::size_t>> found;
  for (std::size_t i = 0; i < levers.options.size(); ++i) {
    double takes = 0;
    for (const plan::Effect& effect : levers.options[i].effects) {
      takes += levers.causes[effect.cause].loss * (1 - effect.leaves());
    }
    if (takes > 0) found.emplace_back(-takes / std::max(levers.options[i].cost, 1e-9), i);
  }
  std::ranges::sort(found);
  if (found.size() > kTried) found.resize(kTried);
  std::vector<std::size_t> out;
  for (const auto& [ratio, option] : found) out.push_back(option);
  return out;
}

// `set` with everything that it needs.
plan::Set with_needs(const plan::Problem& levers, plan::Set set) {
  for (plan::Set before = 0; before != set;) {
    before = set;
    for (const std::size_t option : plan::Members(before)) {
      for (const std::size_t need : levers.options[option].needs) set |= plan::only(need);
    }
  }
  return set;
}

// Every combination that keeps the rules, cheapest first.
std::vector<Tried> combinations(const plan::Problem& levers) {
  const std::vector<std::size_t> options = worth_trying(levers);
  std::vector<Tried> out;
  for (std::size_t mask = 0; mask < (std::size_t{1} << options.size()); ++mask) {
    plan::Set set = 0;
    for (std::size_t i = 0; i < options.size(); ++i) {
      if ((mask >> i & 1U) != 0) set |= plan::only(options[i]);
    }
    set = with_needs(levers, set);
    if (set != 0 && !plan::broken_rule(levers, set).empty()) continue;
    const plan::Outcome outcome = plan::outcome_of(levers, set);
    out.push_back({set, outcome.remaining, outcome.cost});
  }
  std::ranges::sort(out, [](const Tried& a, const Tried& b) {
    return a.cost != b.cost ? a.cost < b.cost : a.set < b.set;
  });
  return out;
}

class Drawer {
 public:
  Drawer(const Question& question, chance::Seed seed) : question_(question), seed_(seed) {
    CHECK(!question.parts.empty() && question.hour.size() == kWorlds, "a part, and a price");
    hours_.assign(kWorlds, 0);
    for (const Part& part : question.parts) {
      for (std::size_t w = 0; w < kWorlds; ++w) hours_[w] += part.hours[w];
    }
    hours_mean_ = mean_of(hours_);
  }

  Result<Curve> run(double most_nines) {
    for (const Credits& each : question_.contracts) {
      TRY(CreditCurve curve, CreditCurve::make(question_, each.contract));
      credits_.push_back(std::move(curve));
    }
    find_ceiling();
    sets_ = combinations(question_.levers);
    add_steps(most_nines);
    find_best();
    find_next();
    find_promises();
    return std::move(out_);
  }

 private:
  void find_ceiling() {
    out_.hours_now = chance::estimate_of(hours_, seed_);
    std::vector<double> parts;
    for (const Need& need : question_.needs) parts.push_back(need.best);
    out_.ceiling = chance::in_series(parts);
    out_.ceiling_low = chance::bounds_in_series(parts).low;
  }

  void add_steps(double most_nines) {
    const double now = chance::nines_of(1 - std::min(hours_mean_ / kHoursPerYear, 1.0));
    const double last = std::max(most_nines, std::ceil(now / kStep) * kStep + 1);
    const double first = std::max(kStep, std::floor(now / kStep) * kStep - 2 * kStep);
    for (double nines = first; nines < last + kStep / 2; nines += kStep) {
      if (nines > now && (out_.steps.empty() || out_.steps.back().nines <= now)) add_now(now);
      out_.steps.push_back(step_at(nines));
    }
  }

  void add_now(double now) {
    out_.now = out_.steps.size();
    Step step;
    step.nines = now;
    step.hours = hours_mean_;
    step.reach = Reach::kNow;
    fill(step);
    out_.steps.push_back(step);
  }

  Step step_at(double nines) {
    Step step;
    step.nines = nines;
    step.hours = kHoursPerYear * (1 - chance::availability_of(nines));
    if (1 - chance::availability_of(nines) < (1 - out_.ceiling) * (1 - 1e-9)) {
      step.reach = Reach::kImpossible;
    } else if (step.hours < hours_mean_) {
      const auto cheapest = std::ranges::find_if(
          sets_, [&](const Tried& tried) { return tried.hours <= step.hours; });
      if (cheapest != sets_.end()) {
        step.reach = Reach::kOptions;
        step.set = cheapest->set;
      }
    } else {
      step.reach = Reach::kOptions;  // less than today: nothing need be done
    }
    fill(step);
    return step;
  }

  // Money in each world: a level is the same share of today's downtime in all of them.
  void fill(Step& step) {
    const double scale = step.hours / hours_mean_;
    Draws loss(kWorlds, 0);
    Draws owed(kWorlds, 0);
    Draws received(kWorlds, 0);
    Draws spend(kWorlds, 0);
    Draws total(kWorlds, 0);
    for (const std::size_t option : plan::Members(step.set)) {
      for (std::size_t w = 0; w < kWorlds; ++w) {
        spend[w] += question_.worlds.costs[option][w];
      }
    }
    for (std::size_t w = 0; w < kWorlds; ++w) {
      const double hours = hours_[w] * scale;
      loss[w] = hours * question_.hour[w];
      for (std::size_t i = 0; i < credits_.size(); ++i) {
        const double given = credits_[i].at(hours / hours_mean_) * question_.contracts[i].fee[w];
        (question_.contracts[i].contract.owed_to_us ? received : owed)[w] += given;
      }
      total[w] = spend[w] + loss[w] + owed[w] - received[w];
    }
    step.loss = chance::estimate_of(loss, seed_);
    step.owed = chance::estimate_of(owed, seed_);
    step.received = chance::estimate_of(received, seed_);
    step.spend = chance::estimate_of(spend, seed_);
    step.total = chance::estimate_of(total, seed_);
    totals_.push_back(std::move(total));
    spends_.push_back(std::move(spend));
  }

  [[nodiscard]] bool priced(const Step& step) const {
    return step.reach == Reach::kNow || step.reach == Reach::kOptions;
  }

  void find_best() {
    out_.best = out_.now;
    for (std::size_t i = out_.now; i < out_.steps.size(); ++i) {
      if (priced(out_.steps[i]) && out_.steps[i].total.mean < out_.steps[out_.best].total.mean) {
        out_.best = i;
      }
    }
    const double limit =
        out_.steps[out_.best].total.mean + kFlat * std::fabs(out_.steps[out_.best].total.mean);
    const auto flat = [&](std::size_t i) {
      return priced(out_.steps[i]) && out_.steps[i].total.mean <= limit;
    };
    out_.flat_first = out_.flat_last = out_.best;
    while (out_.flat_first > out_.now && flat(out_.flat_first - 1)) --out_.flat_first;
    while (out_.flat_last + 1 < out_.steps.size() && flat(out_.flat_last + 1)) ++out_.flat_last;
  }

  void find_next() {
    if (out_.now + 1 >= out_.steps.size()) return;
    out_.next = out_.now + 1;
    const std::size_t next = *out_.next;
    Draws saves(kWorlds, 0);
    std::size_t pays = 0;
    for (std::size_t w = 0; w < kWorlds; ++w) {
      saves[w] = totals_[out_.now][w] - (totals_[next][w] - spends_[next][w]);
      if (saves[w] > spends_[next][w]) ++pays;
    }
    out_.saves = chance::estimate_of(saves, seed_);
    if (priced(out_.steps[next])) {
      out_.chance_pays = static_cast<double>(pays) / static_cast<double>(kWorlds);
    }
  }

  void find_promises() {
    const double now = 1 - hours_mean_ / kHoursPerYear;
    for (const Credits& each : question_.contracts) {
      if (each.contract.owed_to_us) continue;
      out_.promises.push_back({each.contract.with, each.contract.promise,
                               now >= each.contract.promise,
                               out_.ceiling >= each.contract.promise});
    }
  }

  const Question& question_;
  const chance::Seed seed_;
  Draws hours_;
  double hours_mean_ = 0;
  std::vector<CreditCurve> credits_;
  std::vector<Tried> sets_;
  std::vector<Draws> totals_;  // by step
  std::vector<Draws> spends_;
  Curve out_;
};

}  // namespace

Result<Curve> draw_curve(const Question& question, double most_nines, chance::Seed seed) {
  TRY_VOID(plan::validate(question.levers));
  return Drawer(question, seed).run(most_nines);
}

}  // namespace daytwo::decide::nines
