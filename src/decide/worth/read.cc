#include "decide/worth/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/fit.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/history.h"
#include "decide/risk/event.h"
#include "decide/risk/rate.h"
#include "decide/taught_file.h"
#include "decide/worlds.h"
#include "decide/worth/choosing.h"
#include "decide/worth/inputs.h"
#include "decide/worth/model.h"
#include "decide/worth/study_read.h"
#include "model/field.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::worth {
namespace {

class Reader {
 public:
  Reader(const model::WorryFile& file, const model::Stakes& stakes, const Asked& asked,
         chance::Seed seed, Timestamp now, const History& history)
      : file_(file),
        stakes_(stakes),
        asked_(asked),
        seed_(seed),
        now_(now),
        history_(history),
        inputs_(file, stakes, seed, out_.model) {}

  Result<Reading> run() {
    out_.model.worlds = kWorlds;
    out_.model.life = asked_.life;
    TRY(choosing_, choose(file_, asked_.option));
    out_.among = choosing_.among;
    out_.names = choosing_.names;
    out_.with = choosing_.with;
    out_.must = choosing_.must;
    for (const model::SharedOption* option : choosing_.options) {
      out_.model.choices.push_back(option->id);
    }
    for (std::size_t choice = 0; choice < choosing_.options.size(); ++choice) {
      TRY_VOID(add_spendings(choice));
    }
    for (const model::FiledWorry& worry : file_.worries) TRY_VOID(add_worry(worry));
    TRY_VOID(price_studies());
    FiledStudies filed = filed_studies(file_, out_);
    out_.studies = std::move(filed.studies);
    out_.notes.insert(out_.notes.end(), filed.notes.begin(), filed.notes.end());
    if (out_.priced_by.empty()) {
      out_.notes.emplace_back(
          "days of work are not priced: --stake 'a person-day costs $600 to $1200' would");
    }
    return std::move(out_);
  }

 private:
  Result<void> add_spendings(std::size_t choice) {
    const model::SharedOption& option = *choosing_.options[choice];
    const std::string& id = option.id;
    if (option.once) {
      TRY(const std::size_t input,
          inputs_.money(*option.once, {.id = id + ".once",
                                       .words = "what " + id + " costs to buy",
                                       .claim = "buying " + id + " costs"}));
      out_.model.spendings.push_back({choice, {input}, true, false});
    }
    if (option.per_year) {
      TRY(const std::size_t input,
          inputs_.money(*option.per_year, {.id = id + ".per_year",
                                           .words = "what " + id + " costs a year",
                                           .claim = id + " costs",
                                           .measure = Measure::kMoneyAYear}));
      out_.model.spendings.push_back({choice, {input}, false, false});
    }
    if (option.worth) {
      TRY(const std::size_t input,
          inputs_.money(*option.worth, {.id = id + ".worth",
                                        .words = "what " + id + " brings a year",
                                        .claim = id + " brings",
                                        .measure = Measure::kMoneyAYear}));
      out_.model.spendings.push_back({choice, {input}, false, true});
    }
    if (!option.days) return {};
    TRY(const auto work_price, inputs_.work_price());
    if (!work_price) return {};
    TRY(const std::size_t input,
        inputs_.field(*option.days, {.id = id + ".days",
                                     .words = "how much work " + id + " takes",
                                     .claim = id + " takes",
                                     .measure = Measure::kWork}));
    out_.model.spendings.push_back({choice, {input, *work_price}, true, false});
    return {};
  }

  // What an hour of a study costs, whether or not the option takes work.
  Result<void> price_studies() {
    const model::Stake* stake = stakes_.find(model::StakeOf::kPersonHour, "");
    if (stake == nullptr) return {};
    TRY_VOID(inputs_.take_currency(stake->worth.unit, stake->text));
    TRY_IN(stake->text, const chance::Fit fit, stake->worth.fit());
    out_.priced_by = stake->text;
    out_.hour = fit.distribution.mean();
    return {};
  }

  // Whether a choice acts on the worry as a whole, or on one of its causes.
  [[nodiscard]] bool acted_on(const model::FiledWorry& worry) const {
    return std::any_of(choosing_.options.begin(), choosing_.options.end(), [&](const auto* option) {
      const auto acts = [&](const std::string& name) {
        return option->blocks.contains(name) || option->cuts.contains(name);
      };
      return acts(worry.id) || std::any_of(worry.causes.begin(), worry.causes.end(),
                                           [&](const auto& cause) { return acts(cause.first); });
    });
  }

  Result<void> add_worry(const model::FiledWorry& worry) {
    if (!acted_on(worry)) return {};
    for (const auto& [cause, share] : worry.causes) out_.worries_of[cause].push_back(worry.id);
    TRY(const std::size_t events, events_of(worry));
    TRY_VOID(add_event({worry, worry}, events, 1));
    const std::map<std::string, double> set_off = risk::set_off(worry, file_.worries, seed_);
    for (const model::FiledWorry& other : file_.worries) {
      const auto chance = set_off.find(other.id);
      if (chance == set_off.end()) continue;
      TRY_VOID(add_event({worry, other}, events, chance->second));
    }
    return {};
  }

  // How often a worry happens, in the words of its sentence or of its rate.
  Result<std::size_t> events_of(const model::FiledWorry& worry) {
    TRY(const risk::YearlyRate rate, risk::rate_of(worry, asked_.trials_a_year, history_, now_));
    if (!rate.note.empty()) out_.notes.push_back(rate.note);
    std::string live;
    for (const auto& [part, query] : worry.evidence) {
      if (part == to_string(Part::kEvents)) live = query;
    }
    return inputs_.rate(worry.id, Uncertain{rate.events, rate.source}, live);
  }

  // What an event costs, `share` of the times: all of it, or a part that was set off.
  Result<void> add_event(const Occurrence& event, std::size_t events, double share) {
    const model::FiledWorry& worry = event.worry;
    TRY(const double kept, risk::kept_by_limit(worry, event.origin, stakes_, seed_, history_));
    if (kept < 1 && worry.never_above && !event.set_off()) {
      out_.notes.push_back(
          fmt::format("an event of '{}' costs at most {}: {:.2g} % less on average", worry.id,
                      worry.never_above->text, (1 - kept) * 100));
    }
    if (worry.loss.empty()) TRY_VOID(add_sentence(event, events, share * kept));
    for (const model::LossPart& part : worry.loss) {
      TRY_VOID(add_part(event, part, events, share * kept, false));
    }
    for (const model::LossPart& part : worry.harm) {
      TRY_VOID(add_part(event, part, events, share, true));
    }
    return {};
  }

  // The estimate of one sentence.
  Result<void> add_sentence(const Occurrence& event, std::size_t events, double share) {
    const model::FiledWorry& worry = event.worry;
    TRY(const Case item, risk::case_of(worry, stakes_, asked_.trials_a_year, history_, now_));
    const std::string& size = item.get(Part::kSize).source;
    if (size != "stated" && !event.set_off()) {
      out_.notes.push_back(fmt::format("'{}': how long one event takes is {}", worry.id, size));
    }
    Loss loss;
    loss.part = event.set_off() ? worry.id : "";
    loss.share = share;
    loss.late = risk::lands_late(item.unit, 0);
    loss.factors = {events, inputs_.size(worry, item)};
    TRY_VOID(add_price(worry, item.unit, loss));
    return add_causes(event.origin, loss);
  }

  // The price of the unit that a loss is in, where it is no money.
  Result<void> add_price(const model::FiledWorry& worry, const std::string& unit, Loss& loss) {
    if (unit.size() == 3) return inputs_.take_currency(unit, worry.id, worry.place);
    TRY(const std::size_t price, inputs_.price(worry, unit));
    loss.factors.push_back(price);
    return {};
  }

  // The loss once for each cause of its worry, with what the choices do to it.
  Result<void> add_causes(const model::FiledWorry& worry, const Loss& loss) {
    const auto add = [&](const std::string& cause, double share) -> Result<void> {
      Loss part = loss;
      part.risk = worry.id;
      part.share = loss.share * share;
      TRY_VOID(add_effects(worry.id, cause, part));
      out_.model.losses.push_back(std::move(part));
      return {};
    };
    if (worry.causes.empty()) TRY_VOID(add(worry.id, 1));
    for (const auto& [cause, share] : worry.causes) TRY_VOID(add(cause, share));
    for (const model::CommonCause& common : file_.common_causes) {
      TRY_VOID(add_common(worry, common, loss));
    }
    return {};
  }

  // The loss as often as a common cause hits the worry. What acts on the worry by name acts here,
  // too; what acts on one of its causes does not.
  Result<void> add_common(const model::FiledWorry& worry, const model::CommonCause& common,
                          const Loss& loss) {
    const auto hit = common.hits.find(worry.id);
    if (hit == common.hits.end()) return {};
    TRY(const chance::Distribution rate, common.rate.events_a_year(asked_.trials_a_year));
    TRY(const std::size_t chance,
        inputs_.share(hit->second,
                      {.id = common.id + ".hits." + worry.id,
                       .words = fmt::format("the chance that '{}' hits '{}'", common.id, worry.id),
                       .claim = fmt::format("'{}' hits '{}' in", common.id, worry.id)}));
    Loss part = loss;
    part.risk = worry.id;
    part.factors.front() =
        inputs_.rate(common.id, Uncertain{rate, "stated"}, "");  // in place of the worry's own rate
    part.factors.push_back(chance);
    TRY_VOID(add_effects(worry.id, worry.id, part));
    out_.model.losses.push_back(std::move(part));
    return {};
  }

  Result<void> add_part(const Occurrence& event, const model::LossPart& part, std::size_t events,
                        double share, bool harm) {
    const model::FiledWorry& worry = event.worry;
    Loss loss;
    loss.part = (event.set_off() ? worry.id + "/" : "") + part.name;
    loss.share = share;
    loss.late = risk::lands_late(part.amount.unit, part.over_years);
    loss.factors = {events};
    if (harm) loss.weight = inputs_.weight();
    if (part.chance) {
      const std::string id = worry.id + (harm ? ".harm." : ".") + part.name + ".chance";
      TRY(const std::size_t chance,
          inputs_.share(*part.chance,
                        {.id = id,
                         .words = "the chance of " + part.name + " in '" + worry.id + "'",
                         .claim = "the chance of " + part.name + " is"}));
      loss.factors.push_back(chance);
    }
    TRY(const std::size_t amount, inputs_.amount(event, part, harm));
    loss.factors.push_back(amount);
    TRY_VOID(add_price(worry, part.amount.unit, loss));
    return add_causes(event.origin, loss);
  }

  // An effect on a name acts on each cause of that name, and on all causes of a worry of that name.
  Result<void> add_effects(const std::string& worry, const std::string& cause, Loss& loss) {
    for (std::size_t choice = 0; choice < choosing_.options.size(); ++choice) {
      std::set<std::string> names = {worry, cause};
      for (const std::string& name : names) {
        Effect effect;
        effect.choice = choice;
        TRY(effect.stops,
            share(choice, choosing_.options[choice]->blocks, name, "blocks", "stops"));
        TRY(effect.cuts,
            share(choice, choosing_.options[choice]->cuts, name, "cuts", "takes away"));
        if (effect.stops || effect.cuts) loss.effects.push_back(effect);
      }
    }
    return {};
  }

  Result<std::optional<std::size_t>> share(std::size_t choice,
                                           const std::map<std::string, model::Field>& of,
                                           const std::string& name, const std::string& key,
                                           const std::string& verb) {
    const auto at = of.find(name);
    if (at == of.end()) return std::optional<std::size_t>();
    const std::string& id = choosing_.options[choice]->id;
    TRY(const std::size_t made,
        inputs_.share(at->second, {.id = id + "." + key + "." + name,
                                   .words = fmt::format("how much of '{}' {} {}", name, id, verb),
                                   .claim = id + " " + verb,
                                   .of = fmt::format(" of '{}'", name)}));
    return std::optional(made);
  }

  const model::WorryFile& file_;
  const model::Stakes& stakes_;
  const Asked& asked_;
  const chance::Seed seed_;
  const Timestamp now_;
  const History& history_;
  Choosing choosing_;
  Reading out_;
  Inputs inputs_;
};

}  // namespace

Result<Reading> read(const model::WorryFile& file, const model::Stakes& stakes, const Asked& asked,
                     chance::Seed seed, Timestamp now, const History& history) {
  const auto taught = taught_by(file, history);
  TRY(Reading out, Reader(taught ? taught->file : file, stakes, asked, seed, now, history).run());
  if (taught) taught->note(out.notes);
  return out;
}

}  // namespace daytwo::decide::worth
