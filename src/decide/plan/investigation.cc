#include "decide/plan/investigation.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/plan/search.h"
#include "decide/plan/worlds.h"

namespace daytwo::decide::plan {
namespace {

constexpr std::size_t kStride = 4;         // every fourth world is looked at
constexpr std::size_t kNodesHere = 4'000;  // of a solution

// What is expected once the study has said what world `w` is like.
class Posterior {
 public:
  Posterior(const Register& reg, const Investigation& study) : reg_(reg), study_(study) {}

  [[nodiscard]] Problem at(const Problem& prior, std::size_t w) const {
    Problem out = prior;
    for (const NarrowedCause& each : study_.causes) {
      const double mean = prior.causes[each.cause].loss;
      double& loss = out.causes[each.cause].loss;
      loss = std::max(0.0, loss + std::sqrt(each.explains) * (each.known[w] - mean));
    }
    for (const NarrowedOption& each : study_.options) narrow(prior, each, w, out);
    return out;
  }

  // One number by which readings are put in order: losses up, options up.
  [[nodiscard]] double index(const Problem& prior, std::size_t w) const {
    double out = 0;
    for (const NarrowedCause& each : study_.causes) out += each.known[w];
    for (const NarrowedOption& each : study_.options) {
      const std::size_t number = each.option;
      out += reg_.worlds.values[number][w] - reg_.worlds.costs[number][w];
      const auto& effects = prior.options[number].effects;
      for (std::size_t k = 0; k < effects.size(); ++k) {
        const double leaves =
            (1 - reg_.worlds.stops[number][k][w]) * (1 - reg_.worlds.cuts[number][k][w]);
        out += prior.causes[effects[k].cause].loss * (1 - leaves);
      }
    }
    return out;
  }

 private:
  static double towards(double mean, double drawn, double explains) {
    return mean + std::sqrt(explains) * (drawn - mean);
  }

  void narrow(const Problem& prior, const NarrowedOption& each, std::size_t w, Problem& to) const {
    const std::size_t number = each.option;
    const Option& was = prior.options[number];
    Option& option = to.options[number];
    if (each.cost) {
      option.cost = std::max(0.0, towards(was.cost, reg_.worlds.costs[number][w], each.explains));
    }
    if (each.value) {
      option.value = towards(was.value, reg_.worlds.values[number][w], each.explains);
    }
    if (!each.effects) return;
    for (std::size_t k = 0; k < option.effects.size(); ++k) {
      const auto to_share = [&](double mean, double drawn) {
        return std::clamp(towards(mean, drawn, each.explains), 0.0, 1.0);
      };
      option.effects[k].stops = to_share(was.effects[k].stops, reg_.worlds.stops[number][k][w]);
      option.effects[k].cuts = to_share(was.effects[k].cuts, reg_.worlds.cuts[number][k][w]);
    }
  }

  const Register& reg_;
  const Investigation& study_;
};

std::optional<Set> best_of(const Problem& problem) {
  const auto found = search(problem, 1, kNodesHere);
  if (!found) return std::nullopt;
  return found->best.front().set;
}

// The problem without any investigation, under what the budget keeps beside this one.
Problem beside_study(const Register& reg, const Problem& problem, std::size_t option) {
  Problem out = problem;
  const Option& study = problem.options[option];
  out.money -= study.cost;
  out.team_days.resize(out.teams.size(), kNoLimit);
  for (std::size_t team = 0; team < study.days.size(); ++team) {
    out.team_days[team] -= study.days[team];
  }
  for (const Investigation& each : reg.investigations) {
    out.options[each.option].barred = "it is weighed by itself";
    out.options[each.option].must = false;
  }
  return out;
}

// What the chosen options that depend on the study bring, before their costs.
double waits(const Problem& problem, const Investigation& study, Set chosen) {
  Set depends = 0;
  for (const NarrowedOption& each : study.options) depends |= only(each.option);
  for (std::size_t i = 0; i < problem.options.size(); ++i) {
    for (const Effect& effect : problem.options[i].effects) {
      for (const NarrowedCause& each : study.causes) {
        if (effect.cause == each.cause) depends |= only(i);
      }
    }
  }
  if ((chosen & depends) == 0) return 0;
  const Outcome all = outcome_of(problem, chosen);
  const Outcome rest = outcome_of(problem, chosen & ~depends);
  return all.net + all.cost - rest.net - rest.cost;
}

Studied weigh(const Register& reg, const Problem& problem, const Investigation& study) {
  Studied out;
  out.option = study.option;
  const Problem prior = beside_study(reg, problem, study.option);
  const std::optional<Set> now = best_of(prior);
  if (!now || prior.money < 0) return out;
  out.then = *now;
  const Posterior posterior(reg, study);
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t w = 0; w < reg.worlds.count; w += kStride) {
    order.emplace_back(posterior.index(prior, w), w);
  }
  std::sort(order.begin(), order.end());
  std::vector<Set> rivals = {*now};
  for (std::size_t i = 0; i < kReadings; ++i) {
    const std::size_t w = order[(2 * i + 1) * order.size() / (2 * kReadings)].second;
    const std::optional<Set> best = best_of(posterior.at(prior, w));
    if (best && std::find(rivals.begin(), rivals.end(), *best) == rivals.end()) {
      rivals.push_back(*best);
    }
  }
  std::map<Set, double> wins;
  const double a_world = 1 / static_cast<double>(order.size());
  for (const auto& [index, w] : order) {
    const Problem known = posterior.at(prior, w);
    const double stays = outcome_of(known, *now).net;
    double most = stays;
    Set best = *now;
    for (const Set rival : rivals) {
      const double net = outcome_of(known, rival).net;
      if (net > most) {
        most = net;
        best = rival;
      }
    }
    out.knows += (most - stays) * a_world;
    if (best == *now) continue;
    out.flips += a_world;
    wins[best] += a_world;
  }
  double often = 0;
  for (const auto& [set, share] : wins) {
    if (share <= often) continue;
    often = share;
    out.then = set;
  }
  const double a_year = waits(prior, study, *now) / reg.present_years;
  out.waiting = std::max(0.0, a_year) * study.delay_years;
  return out;
}

bool overlap(const Investigation& one, const Investigation& other) {
  const auto any = [](const auto& a, const auto& b, const auto& same) {
    return std::any_of(a.begin(), a.end(), [&](const auto& x) {
      return std::any_of(b.begin(), b.end(), [&](const auto& y) { return same(x, y); });
    });
  };
  return any(one.causes, other.causes,
             [](const auto& x, const auto& y) { return x.cause == y.cause; }) ||
         any(one.options, other.options,
             [](const auto& x, const auto& y) { return x.option == y.option; });
}

}  // namespace

std::vector<Studied> weigh_investigations(const Register& reg, const Problem& problem) {
  std::vector<Studied> out;
  for (const Investigation& study : reg.investigations) {
    out.push_back(weigh(reg, problem, study));
  }
  return out;
}

Register with_worth(const Register& reg, const std::vector<Studied>& studied) {
  Register out = reg;
  for (const Studied& each : studied) {
    out.worlds.values[each.option].assign(out.worlds.count, each.brings());
    out.shape.options[each.option].value = each.brings();
  }
  const auto& all = reg.investigations;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!overlap(all[i], all[j])) continue;
      out.shape.options[all[i].option].excludes.push_back(all[j].option);
    }
  }
  return out;
}

}  // namespace daytwo::decide::plan
