#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "chance/availability.h"
#include "decide/nines/curve.h"
#include "decide/plan/problem.h"
#include "model/amount.h"

namespace daytwo::decide::nines {
namespace {

std::string money(double amount, const Question& question) {
  return model::money_words(amount, question.currency);
}

std::string range(const chance::Estimate& estimate, const Question& question) {
  return money(estimate.p05, question) + " to " + money(estimate.p95, question);
}

// The needs that are known, weakest first.
std::vector<const Need*> weakest(const Question& question) {
  std::vector<const Need*> out;
  for (const Need& each : question.needs) {
    if (each.known && each.best < 1) out.push_back(&each);
  }
  std::ranges::sort(out, {}, &Need::best);
  return out;
}

std::string names_of(const Question& question, plan::Set set) {
  std::vector<std::string> names;
  for (const std::size_t option : plan::Members(set)) {
    names.push_back(question.levers.options[option].name);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string need_words(const Need& need) {
  const std::string now = chance::percent_words(need.availability);
  if (need.best <= need.availability) return fmt::format("{} ({})", need.name, now);
  return fmt::format("{} ({}, {} at best)", need.name, now, chance::percent_words(need.best));
}

std::string next_words(const Question& question, const Curve& curve) {
  if (!curve.next) return {};
  const Step& next = curve.steps[*curve.next];
  std::string out = fmt::format("; the next step, to {:.2f} nines, saves {} a year (90 %)",
                                next.nines, range(curve.saves, question));
  if (next.reach == Reach::kOptions) {
    return out + fmt::format(" and costs {} ({}): {}", range(next.spend, question),
                             names_of(question, next.set),
                             curve.saves.mean > next.spend.mean ? "do it" : "leave it");
  }
  return out + (next.reach == Reach::kImpossible ? " and cannot be had"
                                                 : " and no listed option reaches it");
}

std::string best_words(const Curve& curve) {
  const double first = curve.steps[curve.flat_first].nines;
  const double last = curve.steps[curve.flat_last].nines;
  if (curve.best == curve.now) return "; cheapest is to stay";
  if (curve.flat_first == curve.flat_last) return fmt::format("; cheapest is {:.2f}", last);
  return fmt::format(
      "; cheapest is {:.2f}, and anywhere from {:.2f} to {:.2f} costs within {:.0f} %",
      curve.steps[curve.best].nines, first, last, kFlat * 100);
}

}  // namespace

std::string sentence(const Question& question, const Curve& curve) {
  const Step& now = curve.steps[curve.now];
  std::string out =
      fmt::format("{} stands at {:.2f} nines ({}, {:.2g} h down a year)", question.service,
                  now.nines, chance::percent_words(chance::availability_of(now.nines)), now.hours);
  out += next_words(question, curve) + best_words(curve);
  const auto impossible = std::ranges::find(curve.steps, Reach::kImpossible, &Step::reach);
  if (impossible != curve.steps.end()) {
    out += fmt::format("; from {:.2f} nines on nothing listed helps: {}", impossible->nines,
                       why(question, curve, *impossible));
  }
  return out;
}

std::string why_in_short(const Question& question, const Step& step) {
  switch (step.reach) {
    case Reach::kNow:
      return "where it stands";
    case Reach::kOptions:
      return step.set == 0 ? "less than today" : names_of(question, step.set);
    case Reach::kNoOption:
      return "no listed option reaches it";
    case Reach::kImpossible:
      break;
  }
  const std::vector<const Need*> needs = weakest(question);
  return needs.empty() ? "impossible"
                       : fmt::format("{} allows {} at best", needs.front()->name,
                                     chance::percent_words(needs.front()->best));
}

std::string why(const Question& question, const Curve& curve, const Step& step) {
  if (step.reach != Reach::kImpossible) return why_in_short(question, step);
  std::vector<std::string> names;
  for (const Need* const each : weakest(question)) names.push_back(need_words(*each));
  const std::string together =
      names.size() < 2 ? "" : ", together " + chance::percent_words(curve.ceiling) + " at best";
  return fmt::format("{} needs {}{}, and would need {:.2f} nines of {}", question.service,
                     fmt::join(names, " and "), together,
                     chance::nines_needed_of_each(step.nines, names.size()),
                     names.size() < 2 ? "it" : "each");
}

}  // namespace daytwo::decide::nines
