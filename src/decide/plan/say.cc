#include "decide/plan/say.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "decide/plan/planner.h"
#include "decide/plan/problem.h"
#include "decide/say.h"
#include "model/amount.h"

namespace daytwo::decide::plan {
namespace {

std::string money(const Plan& plan, double value) {
  return model::money_words(value, plan.currency);
}

std::string days(double value) { return model::money_words(value, ""); }

// "1 day", "6.6 days".
std::string day_words(double value) {
  const std::string count = days(value);
  return count + (count == "1" ? " day" : " days");
}

// "$150k of $300k and 18 of 20 days".
std::string spent(const Plan& plan) {
  std::string out = money(plan, plan.outcome.cost);
  if (plan.problem.money != kNoLimit) out += " of " + money(plan, plan.problem.money);
  for (std::size_t team = 0; team < plan.problem.teams.size(); ++team) {
    const double limit = plan.problem.days_of(team);
    if (limit == kNoLimit) continue;
    out += fmt::format(" and {} of {}", days(plan.outcome.days[team]), day_words(limit));
    if (team != kEverybody) out += " of " + plan.problem.teams[team];
  }
  return out;
}

// "security $40k, reliability $35k and 12 days": what goes where, most money first.
std::string split(const Plan& plan) {
  struct Part {
    double cost = 0;
    double days = 0;
  };
  std::map<std::string, Part> parts;
  for (const Option& option : plan.problem.options) parts.try_emplace(option.kind);
  for (const std::size_t index : Members(plan.chosen)) {
    const Option& option = plan.problem.options[index];
    parts[option.kind].cost += option.cost;
    if (!option.days.empty()) parts[option.kind].days += option.days[kEverybody];
  }
  std::vector<std::pair<std::string, Part>> sorted(parts.begin(), parts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second.cost > b.second.cost; });
  std::string out;
  for (const auto& [kind, part] : sorted) {
    if (!out.empty()) out += ", ";
    if (part.cost == 0 && part.days == 0) {
      out += kind + " nothing";
      continue;
    }
    out += kind + " " + money(plan, part.cost);
    if (part.days > 0) out += " and " + day_words(part.days);
  }
  return out;
}

// What the second set does otherwise: "with dlp instead of mfa", "without mfa", "with dlp too".
std::string difference(const Plan& plan, Set other) {
  const Set more = other & ~plan.chosen;
  const Set less = plan.chosen & ~other;
  if (more == 0) return "without " + names(plan.problem, less);
  if (less == 0) return "with " + names(plan.problem, more) + " too";
  return "with " + names(plan.problem, more) + " instead of " + names(plan.problem, less);
}

double net_of(const Plan& plan, const Studied& study) {
  return study.brings() - plan.problem.options[study.option].cost;
}

// The investigations of the plan, worth most first.
std::vector<Studied> looks(const Plan& plan) {
  std::vector<Studied> out;
  std::copy_if(plan.studied.begin(), plan.studied.end(), std::back_inserter(out),
               [&](const Studied& study) { return has(plan.chosen, study.option); });
  std::stable_sort(out.begin(), out.end(), [&](const Studied& a, const Studied& b) {
    return net_of(plan, a) > net_of(plan, b);
  });
  return out;
}

// Two options that beat each other this near to half of the worlds are not told apart.
constexpr double kNear = 0.1;

std::string wire_words(const Plan& plan, const Tripwire& wire) {
  switch (wire.wire) {
    case Wire::kPrice:
      return fmt::format("at {} or less (now {})", money(plan, wire.at), money(plan, wire.now));
    case Wire::kLoss:
      return fmt::format("if {} came {:.2g} times as often or cost {:.2g} times as much", wire.what,
                         wire.at, wire.at);
    case Wire::kMoney:
      return fmt::format("with {} more to spend", money(plan, wire.at - wire.now));
    case Wire::kDays:
      return fmt::format("with {} more days of {}", days(wire.at - wire.now), wire.what);
    case Wire::kRule:
      return wire.what.empty() ? "if the limit on the tail allowed it" : "if not: it " + wire.what;
    case Wire::kDate:
      return "no sooner: " + wire.what;
    case Wire::kNever:
      break;
  }
  return "no price and no loss by itself would";
}

}  // namespace

std::string names(const Problem& problem, Set set) {
  std::vector<std::string> each;
  for (const std::size_t option : Members(set)) each.push_back(problem.options[option].name);
  if (each.empty()) return "nothing";
  std::string out = each.front();
  for (std::size_t i = 1; i < each.size(); ++i) {
    out += (i + 1 == each.size() ? " and " : ", ") + each[i];
  }
  return out;
}

std::string sentence(const Plan& plan) {
  if (plan.chosen == 0) {
    const std::string within = plan.problem.money == kNoLimit ? "" : " within the budget";
    return fmt::format(
        "Do none of these: no option{} is worth its cost, and {} a year is left as "
        "it is.",
        within, money(plan, plan.outcome.remaining));
  }
  return fmt::format("Take {} for {}: worth {} net (90 %: {}), pays in {}.",
                     names(plan.problem, plan.chosen), spent(plan), money(plan, plan.outcome.net),
                     interval_words(plan.standing.net, plan.currency),
                     worlds_words(plan.standing.chance_pays));
}

std::string_view to_string(RemarkKind kind) {
  switch (kind) {
    case RemarkKind::kSplit:
      return "split";
    case RemarkKind::kLook:
      return "look";
    case RemarkKind::kSecond:
      break;
  }
  return "second";
}

std::vector<Remark> remarks(const Plan& plan) {
  if (plan.chosen == 0) return {};
  std::vector<Remark> out = {{RemarkKind::kSplit, "By kind", split(plan)}};
  for (const Studied& study : looks(plan)) {
    const bool first = out.back().kind != RemarkKind::kLook;
    out.push_back({RemarkKind::kLook, first ? "First look" : "Then",
                   fmt::format("{}, worth {} net of its cost and of waiting: it {}",
                               plan.problem.options[study.option].name,
                               money(plan, net_of(plan, study)), study_words(plan, study))});
  }
  if (plan.second.set != plan.chosen) {
    out.push_back({RemarkKind::kSecond, "Next best",
                   fmt::format("{}, no better in {}", difference(plan, plan.second.set),
                               worlds_words(plan.beats_second))});
  }
  return out;
}

std::string study_words(const Plan& plan, const Studied& study) {
  if (study.flips == 0) return "changes no plan, whatever it says";
  // Plans are told apart by what they do.
  Set then = study.then;
  for (const Studied& each : plan.studied) then |= plan.chosen & only(each.option);
  return fmt::format("changes the plan in {}, mostly to one {}", worlds_words(study.flips),
                     difference(plan, then));
}

std::string accepted_words(const Plan& plan, const Accepted& accepted) {
  return fmt::format(
      "'{}' is accepted until {} ({:.0f} days): {} of loss is kept, and counts as no "
      "worth",
      accepted.worry, accepted.until, std::ceil(accepted.days_left), money(plan, accepted.loss));
}

std::string why(const Plan& plan, std::size_t option) {
  const std::string& barred = plan.problem.options[option].barred;
  if (!barred.empty()) return barred;
  for (const Studied& study : plan.studied) {
    if (study.option != option) continue;
    if (has(plan.chosen, option)) return "find out first: " + study_words(plan, study);
    if (study.brings() <= plan.problem.options[option].cost) return study_words(plan, study);
  }
  if (has(plan.chosen, option)) {
    if (plan.problem.options[option].must) return "a must";
    const bool pays = outcome_of(plan.problem, plan.chosen & ~only(option)).net < plan.outcome.net;
    return !pays && plan.tail && has(plan.tail->holds, option) ? "keeps the limit on the tail"
                                                               : "taken";
  }
  const Set with = plan.chosen | only(option);
  const Outcome then = outcome_of(plan.problem, with);
  if (then.net <= plan.outcome.net) return "costs more than it brings beside the plan";
  const std::string rule = broken_rule(plan.problem, with);
  return rule.empty() ? "brings less than what it would displace" : rule;
}

std::string words(const Plan& plan, const Flip& flip) {
  // Near to one, two digits would say that nothing changes.
  const int digits = std::abs(flip.factor - 1) < 0.1 ? 3 : 2;
  const std::string size = flip.factor >= 1
                               ? fmt::format("{:.{}g} times as large", flip.factor, digits)
                               : fmt::format("{:.{}g} of what it is", flip.factor, digits);
  return fmt::format("if {} were {}: {}", flip.what, size, difference(plan, flip.instead));
}

std::string words(const Plan& plan, const NextStep& step) {
  std::string out = fmt::format("{}: {} for {}", step.kind, names(plan.problem, step.adds),
                                money(plan, step.cost));
  if (step.days > 0) out += " and " + day_words(step.days);
  out += " brings " + money(plan, step.gain);
  if (step.cost > 0) {
    out += fmt::format(", {} for each {}", money(plan, step.per_money()), money(plan, 1));
  }
  if (step.gain <= step.cost) return out + ": not worth it";
  if (step.days > 0)
    out += " and " + money(plan, (step.gain - step.cost) / step.days) + " net a day";
  return step.blocked.empty() ? out : out + ": " + step.blocked;
}

std::string tail_words(const Plan& plan, const UnderLimit& under) {
  std::string out = fmt::format(
      "The worst {:.3g} % of years cost {} on average (+- {}; {} on years drawn anew), of at most "
      "{}; if nothing is done {}.",
      100 * (1 - under.limit.level), money(plan, under.measure.tail),
      money(plan, 2 * under.measure.error), money(plan, under.fresh.tail),
      money(plan, under.limit.loss), money(plan, under.nothing.tail));
  const double costs = under.without.net - plan.outcome.net;
  if (under.without.set == plan.chosen) return out + " The limit changes nothing.";
  return out + fmt::format(
                   " The limit costs {} of expected worth: else the plan would be {}, its tail {}.",
                   money(plan, costs), difference(plan, under.without.set),
                   money(plan, under.tail_without));
}

std::string tripwire_words(const Plan& plan, std::size_t option) {
  std::string out;
  for (const Tripwire& each : plan.left[option]) {
    if (!out.empty()) out += ", or ";
    out += wire_words(plan, each);
  }
  return out;
}

std::vector<std::string> stability_words(const Plan& plan) {
  std::vector<std::string> out;
  for (const AtStakes& each : plan.stability.stakes) {
    const std::string set =
        each.best ? *each.best == plan.chosen ? "the same plan" : difference(plan, *each.best)
                  : "no choice keeps the floors and limits";
    out.push_back(fmt::format("Stakes {} as large: {}; {} of {} pairs of options keep their order.",
                              each.factor > 1 ? "twice" : "half", set, each.order.same,
                              each.order.pairs));
  }
  if (plan.chosen == 0) return out;
  const double stated_net = plan.stability.net_stated;
  std::string stated =
      stated_net == plan.outcome.net
          ? "All that is stated of the options is believed: their estimates are narrow beside the "
            "spread between them, or too few to compare"
          : fmt::format(
                "As stated the plan would be worth {}; the highest of many estimates "
                "flatters, so {} is believed",
                money(plan, stated_net), money(plan, plan.outcome.net));
  if (plan.stability.stated && *plan.stability.stated != plan.chosen) {
    stated += "; by what is stated the best would be " + difference(plan, *plan.stability.stated);
  }
  out.push_back(stated + ".");
  return out;
}

std::vector<std::string> near_ties(const Plan& plan) {
  const auto& ranks = plan.ranking.options;
  std::vector<std::size_t> order(ranks.size());
  for (std::size_t i = 0; i < ranks.size(); ++i) order[ranks[i].place] = i;
  std::vector<std::string> out;
  for (std::size_t at = 0; at + 1 < order.size(); ++at) {
    const double beats = ranks[order[at]].beats_next;
    if (std::fabs(beats - 0.5) > kNear) continue;
    out.push_back(fmt::format("'{}' is worth more than '{}' in {}: too near to tell",
                              plan.problem.options[order[at]].name,
                              plan.problem.options[order[at + 1]].name, worlds_words(beats)));
  }
  return out;
}

std::string proof(const Plan& plan) {
  if (plan.exact) return fmt::format("all {} sets that keep the rules looked at", plan.looked_at);
  if (plan.gap <= 0) return fmt::format("proven best in {} steps", plan.looked_at);
  return fmt::format("at most {} from the best, after {} steps", money(plan, plan.gap),
                     plan.looked_at);
}

}  // namespace daytwo::decide::plan
