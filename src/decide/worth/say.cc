#include "decide/worth/say.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "decide/say.h"
#include "decide/worth/answer.h"
#include "decide/worth/knowing.h"
#include "decide/worth/model.h"
#include "model/amount.h"
#include "model/verdict.h"

namespace daytwo::decide::worth {
namespace {

std::string money(const Worth& worth, double value) {
  return model::money_words(value, worth.reading.model.currency);
}

std::string over(const Worth& worth) {
  const double years = worth.reading.model.life.years;
  return fmt::format("over {:g} {}", years, years == 1 ? "year" : "years");
}

// The flip to name first, then the nearest of what a file names or a law fines, if that is another.
std::string flips(const Worth& worth) {
  if (worth.flips.empty()) return "no value of any one input would flip it";
  const Model& model = worth.reading.model;
  std::string out =
      "flips when " + condition(model.inputs[worth.flips.front().input], worth.flips.front());
  for (const Flip& flip : worth.flips) {
    const Input& input = model.inputs[flip.input];
    if (&flip == &worth.flips.front()) continue;
    if (!input.named && input.measure != Measure::kFine) continue;
    out += ", or when " + condition(input, flip);
    break;
  }
  return out;
}

std::string bundle(const Worth& worth) {
  std::string out = worth.reading.names[1];
  for (const std::string& with : worth.reading.with) out += " with " + with;
  return out;
}

std::string certain(const Worth& worth) { return worth.clear ? ", certain enough already" : ""; }

std::string left(const Worth& worth) {
  const Standing& option = worth.standings[1];
  if (worth.best > 1) {
    const Standing& other = worth.standings[worth.best];
    return fmt::format("leave it{}: {} is worth {} more and excludes it, best in {}; {}",
                       certain(worth), other.name, money(worth, other.net.mean - option.net.mean),
                       worlds_words(other.chance_best), flips(worth));
  }
  return fmt::format("leave it{}: {} costs {} and saves {} (90 %: {}) {}, so it pays in {}; {}",
                     certain(worth), bundle(worth), money(worth, option.costs.mean),
                     money(worth, option.saves.mean),
                     interval_words(option.saves, worth.reading.model.currency), over(worth),
                     worlds_words(option.chance_pays), flips(worth));
}

}  // namespace

std::string value_words(const Input& input, double value) {
  switch (input.measure) {
    case Measure::kTimesAYear:
      return model::money_words(value, "") + " times a year";
    case Measure::kChance:
      return fmt::format("{:.2g} % a year", value * 100);
    case Measure::kShare:
      return fmt::format("{:.2g} %", value * 100);
    case Measure::kSize:
      return model::money_words(value, "") + " " + input.unit;
    case Measure::kMoney:
    case Measure::kUnitPrice:
    case Measure::kFine:
      return model::money_words(value, input.unit);
    case Measure::kMoneyAYear:
      return model::money_words(value, input.unit) + " a year";
    case Measure::kWork:
      return time_words(value);
    case Measure::kWorkPrice:
      return model::money_words(value * model::kHoursAPersonDay, input.unit);
    case Measure::kWeight:
      return fmt::format("{:.2g} of ours", value);
  }
  return "";
}

std::string condition(const Input& input, const Flip& flip) {
  const std::string than = flip.above ? "more than " : "less than ";
  std::string out = input.claim + " " + than + value_words(input, flip.value) + input.of;
  if (input.cap) {
    out += fmt::format(" (the law allows {}{})", model::money_words(*input.cap, input.unit),
                       flip.value > *input.cap ? ": no fine would" : "");
  }
  return out;
}

std::string sentence(const Worth& worth) {
  const Standing& option = worth.standings[1];
  const std::string& currency = worth.reading.model.currency;
  switch (worth.verdict) {
    case model::Verdict::kLeave:
    case model::Verdict::kUndecided:
      break;
    case model::Verdict::kFindOut:
      return fmt::format(
          "find out first: {} is worth {} net before {}, which pays in {}, and changes the choice "
          "with a chance of {:.0f} %; {}",
          worth.studies.front().study.name, money(worth, worth.studies.front().net()),
          bundle(worth), worlds_words(option.chance_pays), worth.studies.front().flip_chance * 100,
          flips(worth));
    case model::Verdict::kDo: {
      if (worth.reading.must) {
        return fmt::format("do it: {} is a must; it is worth {} net {} (90 %: {})", bundle(worth),
                           money(worth, option.net.mean), over(worth),
                           interval_words(option.net, currency));
      }
      std::string out =
          fmt::format("do it{}: {} is worth {} net {} (90 %: {}) and pays in {}", certain(worth),
                      bundle(worth), money(worth, option.net.mean), over(worth),
                      interval_words(option.net, currency), worlds_words(option.chance_pays));
      if (option.chance_pays < 0.5) out += ", in the others it saves far more than it costs";
      return out + "; " + flips(worth);
    }
  }
  return left(worth);
}

std::string who_bears(const Worth& worth) {
  const auto change = [&](const Bearing& bearing) {
    return fmt::format("{} a year (90 %: {}; with it {})", money(worth, bearing.skipped.mean),
                       interval_words(bearing.skipped, worth.reading.model.currency),
                       money(worth, bearing.taken.mean));
  };
  std::string out = "If it is skipped, we lose " + change(worth.ours);
  if (!worth.theirs) return out + "; harm to customers is not stated.";
  return out + fmt::format("; customers and the public bear {}, counted with weight {:.3g}.",
                           change(*worth.theirs), worth.weight);
}

std::string words(const Worth& worth, const Studied& studied) {
  std::string out = studied.study.name;
  std::string_view before = " of ";
  for (const Finding& finding : studied.study.findings) {
    const bool one = finding.inputs.size() == 1;
    out += before;
    out +=
        one ? worth.reading.model.inputs[finding.inputs.front()].words : "'" + finding.about + "'";
    before = " and ";
  }
  out += fmt::format(": worth {}", money(worth, std::max(0.0, studied.value)));
  out += studied.priced ? fmt::format(", costs {}, net {}", money(worth, studied.cost),
                                      money(worth, studied.net()))
                        : ", and nobody has said what its work costs";
  out += fmt::format(", changes the choice with chance {:.0f} %", studied.flip_chance * 100);
  return out + fmt::format(", narrows the worth from an interval of {} to one of {}",
                           money(worth, studied.width_before), money(worth, studied.width_after));
}

}  // namespace daytwo::decide::worth
