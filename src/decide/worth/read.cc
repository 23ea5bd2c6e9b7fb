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

#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/fit.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/history.h"
#include "decide/risk/rate.h"
#include "decide/say.h"
#include "decide/taught_file.h"
#include "decide/worlds.h"
#include "decide/worth/choosing.h"
#include "decide/worth/model.h"
#include "decide/worth/study_read.h"
#include "model/amount.h"
#include "model/field.h"
#include "model/quantity/evaluate.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::worth {
namespace {

class Reader {
 public:
  Reader(const model::WorryFile& file, const model::Stakes& stakes, const Asked& asked,
         chance::Seed seed, Timestamp now, const History& history)
      : file_(file), stakes_(stakes), asked_(asked), seed_(seed), now_(now), history_(history) {}

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
  std::size_t add_input(Input input) {
    out_.model.inputs.push_back(std::move(input));
    return out_.model.inputs.size() - 1;
  }

  Result<void> take_currency(const std::string& code, const std::string& who) {
    std::string& currency = out_.model.currency;
    if (currency.empty()) currency = code;
    if (currency == code) return {};
    return fail(Code::kInvalid,
                fmt::format("'{}' is in {}, the others in {}: an answer adds one currency", who,
                            code, currency));
  }

  // A field as an input: drawn under its own name, or worked out from the quantities it uses.
  Result<std::size_t> add_field(const model::Field& field, Input input,
                                const model::FiledWorry* worry = nullptr) {
    const chance::Seed own = chance::derive(seed_, input.id);
    if (field.closed && field.uses.empty()) {
      input.draws = draws_of(field.law, own);
      return add_input(std::move(input));
    }
    Derived derived;
    derived.field = field;
    derived.options = {.worlds = kWorlds, .named = seed_, .own = own};
    if (worry != nullptr) {
      derived.options.seeds[std::string(model::kDuration)] = duration_seed(*worry);
    }
    TRY_IN(input.id, input.draws, field.draws(derived.options));
    for (const std::string& name : field.uses) {
      TRY(const auto named, name_of(name, worry));
      if (named) derived.uses.emplace_back(name, *named);
    }
    derived.input = add_input(std::move(input));
    out_.model.derived.push_back(std::move(derived));
    return out_.model.derived.back().input;
  }

  [[nodiscard]] chance::Seed duration_seed(const model::FiledWorry& worry) const {
    return chance::derive(seed_, "event/" + worry.id + "/duration");
  }

  // A named quantity as an input, made once; nothing when its unit cannot be held.
  Result<std::optional<std::size_t>> name_of(const std::string& name,
                                             const model::FiledWorry* worry) {
    if (name == model::kDuration) {
      if (worry == nullptr || !worry->duration) return std::optional<std::size_t>();
      TRY(const std::size_t duration, duration_of(*worry, *worry->duration));
      return std::optional(duration);
    }
    const auto at = names_.find(name);
    if (at != names_.end()) return at->second;
    auto& made = names_[name];
    TRY_IN(name, const model::Field field,
           model::read_field(name, model::Measure::kAny, file_.quantities));
    if (!can_hold(field.unit)) return made;
    Input input{.id = name,
                .words = "what " + name + " is",
                .claim = name + " is",
                .measure = field.money()                       ? Measure::kMoney
                           : field.unit == model::kProbability ? Measure::kShare
                           : field.unit == model::kAYear       ? Measure::kTimesAYear
                                                               : Measure::kSize,
                .unit = field.unit,
                .named = true};
    TRY_IN(name, input.draws,
           field.draws({.worlds = kWorlds, .named = seed_, .own = chance::derive(seed_, name)}));
    made = add_input(std::move(input));
    return made;
  }

  // How long one event of a worry takes, made once.
  Result<std::size_t> duration_of(const model::FiledWorry& worry, model::Field duration) {
    const auto [at, fresh] = durations_.try_emplace(worry.id, 0);
    if (!fresh) return at->second;
    Input input{.id = worry.id + ".duration",
                .words = "how long one event of '" + worry.id + "' takes",
                .claim = "one event of '" + worry.id + "' takes",
                .measure = Measure::kSize,
                .unit = std::string(model::kHoursLost)};
    duration.program = std::string(model::kDuration) + " = " + duration.text + "\n" +
                       std::string(model::kDuration);
    const model::quantity::WorldsOptions options{
        .worlds = kWorlds,
        .named = seed_,
        .own = seed_,
        .seeds = {{std::string(model::kDuration), duration_seed(worry)}}};
    TRY_IN(input.id, input.draws, duration.draws(options));
    at->second = add_input(std::move(input));
    return at->second;
  }

  Result<std::size_t> add_money(const model::Field& written, Input input) {
    TRY_VOID(take_currency(written.unit, input.id));
    input.unit = written.unit;
    return add_field(written, std::move(input));
  }

  // What one unit of something is worth, as stated.
  Result<std::size_t> add_stake(const model::Stake& stake, Input input) {
    TRY_VOID(take_currency(stake.worth.unit, stake.text));
    TRY_IN(stake.text, const chance::Fit fit, stake.worth.fit());
    input.id = "price." + stake.key();
    input.unit = stake.worth.unit;
    input.draws = draws_of(fit.distribution, chance::derive(seed_, input.id));
    return add_input(std::move(input));
  }

  Result<void> add_spendings(std::size_t choice) {
    const model::SharedOption& option = *choosing_.options[choice];
    const std::string& id = option.id;
    if (option.once) {
      TRY(const std::size_t input, add_money(*option.once, {.id = id + ".once",
                                                            .words = "what " + id + " costs to buy",
                                                            .claim = "buying " + id + " costs"}));
      out_.model.spendings.push_back({choice, {input}, true, false});
    }
    if (option.per_year) {
      TRY(const std::size_t input,
          add_money(*option.per_year, {.id = id + ".per_year",
                                       .words = "what " + id + " costs a year",
                                       .claim = id + " costs",
                                       .measure = Measure::kMoneyAYear}));
      out_.model.spendings.push_back({choice, {input}, false, false});
    }
    if (option.worth) {
      TRY(const std::size_t input,
          add_money(*option.worth, {.id = id + ".worth",
                                    .words = "what " + id + " brings a year",
                                    .claim = id + " brings",
                                    .measure = Measure::kMoneyAYear}));
      out_.model.spendings.push_back({choice, {input}, false, true});
    }
    if (!option.days) return {};
    TRY_VOID(price_work());
    if (!work_price_) return {};
    TRY(const std::size_t input, add_field(*option.days, {.id = id + ".days",
                                                          .words = "how much work " + id + " takes",
                                                          .claim = id + " takes",
                                                          .measure = Measure::kWork}));
    out_.model.spendings.push_back({choice, {input, *work_price_}, true, false});
    return {};
  }

  // The stake on an hour of work as an input, made once.
  Result<void> price_work() {
    const model::Stake* stake = stakes_.find(model::StakeOf::kPersonHour, "");
    if (work_price_ || stake == nullptr) return {};
    TRY(work_price_, add_stake(*stake, {.words = "what a person-day costs",
                                        .claim = "a person-day costs",
                                        .measure = Measure::kWorkPrice}));
    return {};
  }

  // What an hour of a study costs, whether or not the option takes work.
  Result<void> price_studies() {
    const model::Stake* stake = stakes_.find(model::StakeOf::kPersonHour, "");
    if (stake == nullptr) return {};
    TRY_VOID(take_currency(stake->worth.unit, stake->text));
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
    if (worry.loss.empty()) TRY_VOID(add_sentence(worry));
    if (worry.loss.empty() && worry.harm.empty()) return {};
    TRY(const std::size_t events, rate_of_parts(worry));
    for (const model::LossPart& part : worry.loss) TRY_VOID(add_part(worry, part, events, false));
    for (const model::LossPart& part : worry.harm) TRY_VOID(add_part(worry, part, events, true));
    if (worry.never_above) {
      out_.notes.push_back("the limit on one event of '" + worry.id + "' is not applied here");
    }
    if (!worry.triggers.empty()) {
      out_.notes.push_back("what '" + worry.id + "' sets off elsewhere is not counted here");
    }
    return {};
  }

  // The estimate of one sentence.
  Result<void> add_sentence(const model::FiledWorry& worry) {
    TRY(const Case item, risk::case_of(worry, stakes_, asked_.trials_a_year, history_, now_));
    const std::string& source = item.get(Part::kEvents).source;
    if (source != "stated") {
      out_.notes.push_back(fmt::format("'{}': how often is {}", worry.id, source));
    }
    if (const std::string& size = item.get(Part::kSize).source; size != "stated") {
      out_.notes.push_back(fmt::format("'{}': how long one event takes is {}", worry.id, size));
    }
    Loss loss;
    loss.late = item.unit == model::kRecordsExposed;
    loss.factors = {add_rate(worry.id, item.get(Part::kEvents), item.query(Part::kEvents)),
                    add_size(worry, item)};
    TRY_VOID(add_price(worry, item.unit, loss));
    return add_causes(worry, loss);
  }

  // The price of the unit that a loss is in, where it is no money.
  Result<void> add_price(const model::FiledWorry& worry, const std::string& unit, Loss& loss) {
    if (unit.size() == 3) return take_currency(unit, worry.id);
    TRY(const std::size_t price, price_of(worry, unit));
    loss.factors.push_back(price);
    return {};
  }

  // The loss once for each cause of its worry, with what the choices do to it.
  Result<void> add_causes(const model::FiledWorry& worry, const Loss& loss) {
    const auto add = [&](const std::string& cause, double share) -> Result<void> {
      Loss part = loss;
      part.risk = worry.id;
      part.share = share;
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
    const auto [events, is_new] = common_.try_emplace(common.id, 0);
    if (is_new) {
      TRY(events->second, add_common_rate(common));
    }
    const std::string id = common.id + ".hits." + worry.id;
    const auto [chance, fresh] = shares_.try_emplace(id, 0);
    if (fresh) {
      TRY(chance->second,
          add_field(hit->second,
                    {.id = id,
                     .words = fmt::format("the chance that '{}' hits '{}'", common.id, worry.id),
                     .claim = fmt::format("'{}' hits '{}' in", common.id, worry.id),
                     .measure = Measure::kShare}));
    }
    Loss part = loss;
    part.risk = worry.id;
    part.factors.front() = events->second;  // in place of the worry's own rate
    part.factors.push_back(chance->second);
    TRY_VOID(add_effects(worry.id, worry.id, part));
    out_.model.losses.push_back(std::move(part));
    return {};
  }

  Result<std::size_t> add_common_rate(const model::CommonCause& common) {
    TRY(const chance::Distribution rate, common.rate.events_a_year(asked_.trials_a_year));
    return add_rate(common.id, Uncertain{rate, "stated"}, "");
  }

  // The rate of a worry that states parts, made once.
  Result<std::size_t> rate_of_parts(const model::FiledWorry& worry) {
    for (std::size_t i = 0; i < out_.model.inputs.size(); ++i) {
      if (out_.model.inputs[i].id == worry.id + ".events") return i;
    }
    TRY(const risk::YearlyRate rate, risk::rate_of(worry, asked_.trials_a_year, history_, now_));
    if (!rate.note.empty()) out_.notes.push_back(rate.note);
    std::string live;
    for (const auto& [part, query] : worry.evidence) {
      if (part == to_string(Part::kEvents)) live = query;
    }
    return add_rate(worry.id, Uncertain{rate.events, "stated"}, live);
  }

  Result<void> add_part(const model::FiledWorry& worry, const model::LossPart& part,
                        std::size_t events, bool harm) {
    Loss loss;
    loss.part = part.name;
    loss.late = part.over_years > 0 || part.amount.unit == model::kRecordsExposed;
    loss.factors = {events};
    if (harm) loss.weight = weight();
    const std::string id = worry.id + (harm ? ".harm." : ".") + part.name;
    if (part.chance) {
      TRY(const std::size_t chance,
          add_field(*part.chance, {.id = id + ".chance",
                                   .words = "the chance of " + part.name + " in '" + worry.id + "'",
                                   .claim = "the chance of " + part.name + " is",
                                   .measure = Measure::kShare}));
      loss.factors.push_back(chance);
    }
    if (part.amount.text == model::kDuration && worry.duration) {
      TRY(const std::size_t duration, duration_of(worry, *worry.duration));
      loss.factors.push_back(duration);
    } else {
      TRY(const std::size_t amount, add_amount(worry, part, id));
      loss.factors.push_back(amount);
    }
    TRY_VOID(add_price(worry, part.amount.unit, loss));
    return add_causes(worry, loss);
  }

  // What one event costs in a part: its luck averaged out where it stands alone, capped.
  Result<std::size_t> add_amount(const model::FiledWorry& worry, const model::LossPart& part,
                                 const std::string& id) {
    const bool fine = part.name == "fine";
    const bool harm = id.starts_with(worry.id + ".harm.");
    const std::string words =
        (harm ? "the harm to " : "the ") + part.name + " of one event of '" + worry.id + "'";
    Input input{.id = id,
                .words = words,
                .claim = words + " is",
                .measure = !part.amount.money() ? Measure::kSize
                           : fine               ? Measure::kFine
                                                : Measure::kMoney,
                .unit = part.amount.unit};
    if (fine && part.cap) input.cap = part.cap->mean;
    std::size_t out = 0;
    if (part.amount.uses.empty()) {
      Case item;
      item.part(Part::kSize) = Uncertain{part.amount.law, "stated"};
      input.draws = part_draws(item, Part::kSize, chance::derive(seed_, id));
      out = add_input(std::move(input));
    } else {
      TRY(out, add_field(part.amount, std::move(input), &worry));
    }
    if (part.cap) {
      for (double& each : out_.model.inputs[out].draws) each = std::min(each, part.cap->mean);
    }
    return out;
  }

  // How much others' harm counts beside our own loss, made once.
  std::size_t weight() {
    if (!weight_) {
      weight_ = add_input({.id = "harm.weight",
                           .words = "how much the harm of others counts",
                           .claim = "a dollar that others lose counts",
                           .measure = Measure::kWeight,
                           .draws = Draws(kWorlds, file_.harm_weight)});
    }
    return *weight_;
  }

  std::size_t add_rate(const std::string& id, const Uncertain& events, const std::string& query) {
    Input input{.id = id + ".events",
                .words = "how often '" + id + "' happens",
                .claim = "'" + id + "' happens",
                .measure = Measure::kTimesAYear,
                .query = query};
    Case item;
    item.part(Part::kEvents) = events;
    // A gamma rate is as good as its second parameter in years of counting [worth.md 7].
    if (events.what.family == chance::Family::kGamma) input.observed_years = events.what.b;
    input.draws = part_draws(item, Part::kEvents, chance::derive(seed_, input.id));
    return add_input(std::move(input));
  }

  std::size_t add_size(const model::FiledWorry& worry, const Case& item) {
    Input input{.id = worry.id + ".size",
                .words = "what one event of '" + worry.id + "' costs",
                .claim = "one event of '" + worry.id + "' costs",
                .measure = item.sized_in_money() ? Measure::kMoney : Measure::kSize,
                .unit = item.unit,
                .query = item.query(Part::kSize)};
    input.draws = part_draws(item, Part::kSize, chance::derive(seed_, input.id));
    return add_input(std::move(input));
  }

  // A stake is one unknown, whatever it prices.
  Result<std::size_t> price_of(const model::FiledWorry& worry, const std::string& unit) {
    if (unit == model::kPersonHours) {
      TRY_VOID(price_work());
      if (work_price_) return *work_price_;
    }
    const auto of = model::stake_for(unit);
    const model::Stake* stake = of ? stakes_.find(*of, worry.service) : nullptr;
    if (stake == nullptr) {
      const std::string answer =
          of ? fmt::format("; say it with --stake '{}'", model::example(*of, worry.service)) : "";
      return fail(Code::kNotFound, fmt::format("worry '{}' is in {}, and nobody has said what they "
                                               "are worth{}",
                                               worry.id, unit, answer));
    }
    const auto [at, fresh] = prices_.try_emplace(stake->key(), 0);
    if (!fresh) return at->second;
    Case priced;
    priced.unit = unit;
    priced.service = worry.service;
    TRY(at->second, add_stake(*stake, {.words = "what " + one_unit(priced) + " is worth",
                                       .claim = one_unit(priced) + " is worth",
                                       .measure = Measure::kUnitPrice}));
    return at->second;
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

  // The input of one share, made once.
  Result<std::optional<std::size_t>> share(std::size_t choice,
                                           const std::map<std::string, model::Field>& of,
                                           const std::string& name, const std::string& key,
                                           const std::string& verb) {
    const auto at = of.find(name);
    if (at == of.end()) return std::optional<std::size_t>();
    const std::string& id = choosing_.options[choice]->id;
    const std::string full = id + "." + key + "." + name;
    const auto [made, fresh] = shares_.try_emplace(full, 0);
    if (fresh) {
      TRY(made->second,
          add_field(at->second, {.id = full,
                                 .words = fmt::format("how much of '{}' {} {}", name, id, verb),
                                 .claim = id + " " + verb,
                                 .of = fmt::format(" of '{}'", name),
                                 .measure = Measure::kShare}));
    }
    return std::optional(made->second);
  }

  const model::WorryFile& file_;
  const model::Stakes& stakes_;
  const Asked& asked_;
  const chance::Seed seed_;
  const Timestamp now_;
  const History& history_;
  Choosing choosing_;
  std::map<std::string, std::size_t> prices_;                // by the stake's key
  std::map<std::string, std::size_t> shares_;                // by the input's id
  std::map<std::string, std::size_t> common_;                // rates, by common cause
  std::map<std::string, std::optional<std::size_t>> names_;  // of quantities
  std::map<std::string, std::size_t> durations_;             // by worry
  std::optional<std::size_t> work_price_;
  std::optional<std::size_t> weight_;
  Reading out_;
};

}  // namespace

Result<Reading> read(const model::WorryFile& file, const model::Stakes& stakes, const Asked& asked,
                     chance::Seed seed, Timestamp now, const History& history) {
  const auto taught = taught_by(file, history);
  TRY(Reading out, Reader(taught ? taught->file : file, stakes, asked, seed, now, history).run());
  if (taught) out.notes.insert(out.notes.end(), taught->notes.begin(), taught->notes.end());
  return out;
}

}  // namespace daytwo::decide::worth
