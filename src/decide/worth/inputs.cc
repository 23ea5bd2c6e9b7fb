#include "decide/worth/inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "chance/distribution.h"
#include "chance/fit.h"
#include "decide/say.h"
#include "decide/taught_file.h"
#include "decide/worlds.h"
#include "model/amount.h"
#include "model/quantity/evaluate.h"

namespace daytwo::decide::worth {

std::size_t Inputs::add(Input input) {
  model_.inputs.push_back(std::move(input));
  return model_.inputs.size() - 1;
}

Result<void> Inputs::take_currency(const std::string& code, const std::string& who,
                                   const model::Place& place) {
  if (model_.currency.empty()) model_.currency = code;
  if (model_.currency == code) return {};
  return fail(model::error_at(
      place, fmt::format("'{}' is in {}, the others in {}", who, code, model_.currency),
      "one currency: an answer adds one"));
}

Result<std::size_t> Inputs::field(const model::Field& field, Input input) {
  return field_of(field, std::move(input), nullptr);
}

// Drawn under its own name, or worked out from the quantities it uses; `duration` is that of the
// worry that began the event.
Result<std::size_t> Inputs::field_of(const model::Field& field, Input input,
                                     const model::FiledWorry* origin) {
  const chance::Seed own = chance::derive(seed_, input.id);
  if (field.closed && field.uses.empty()) {
    input.draws = draws_of(field.law, own);
    return add(std::move(input));
  }
  Derived derived;
  derived.field = field;
  derived.options = {.worlds = kWorlds, .named = seed_, .own = own};
  if (origin != nullptr) {
    derived.options.seeds[std::string(model::kDuration)] = duration_seed(*origin);
  }
  TRY_IN(input.id, input.draws, field.draws(derived.options));
  for (const std::string& used : field.uses) {
    TRY(const auto named, name(used, origin));
    if (named) derived.uses.emplace_back(used, *named);
  }
  derived.input = add(std::move(input));
  model_.derived.push_back(std::move(derived));
  return model_.derived.back().input;
}

chance::Seed Inputs::duration_seed(const model::FiledWorry& worry) const {
  return chance::derive(seed_, "event/" + worry.id + "/duration");
}

// A named quantity; nothing when its unit cannot be held.
Result<std::optional<std::size_t>> Inputs::name(const std::string& name,
                                                const model::FiledWorry* origin) {
  if (name == model::kDuration) {
    if (origin == nullptr || !origin->duration) return std::optional<std::size_t>();
    TRY(const std::size_t at, duration(*origin, *origin->duration));
    return std::optional(at);
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
  made = add(std::move(input));
  return made;
}

// How long one event of a worry takes, which it says in `duration`.
Result<std::size_t> Inputs::duration(const model::FiledWorry& worry, model::Field duration) {
  const auto [at, fresh] = durations_.try_emplace(worry.id, 0);
  if (!fresh) return at->second;
  Input input{.id = worry.id + ".duration",
              .words = "how long one event of '" + worry.id + "' takes",
              .claim = "one event of '" + worry.id + "' takes",
              .measure = Measure::kSize,
              .unit = std::string(model::kHoursLost)};
  duration.program =
      std::string(model::kDuration) + " = " + duration.text + "\n" + std::string(model::kDuration);
  const model::quantity::WorldsOptions options{
      .worlds = kWorlds,
      .named = seed_,
      .own = seed_,
      .seeds = {{std::string(model::kDuration), duration_seed(worry)}}};
  TRY_IN(input.id, input.draws, duration.draws(options));
  at->second = add(std::move(input));
  return at->second;
}

Result<std::size_t> Inputs::money(const model::Field& written, Input input) {
  TRY_VOID(take_currency(written.unit, input.id));
  input.unit = written.unit;
  return field(written, std::move(input));
}

Result<std::size_t> Inputs::share(const model::Field& written, Input input) {
  const auto [at, fresh] = made_.try_emplace(input.id, 0);
  if (!fresh) return at->second;
  input.measure = Measure::kShare;
  TRY(at->second, field(written, std::move(input)));
  return at->second;
}

std::size_t Inputs::rate(const std::string& id, const Uncertain& events, const std::string& query) {
  const auto [at, fresh] = made_.try_emplace(id + ".events", 0);
  if (!fresh) return at->second;
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
  return at->second = add(std::move(input));
}

std::size_t Inputs::size(const model::FiledWorry& worry, const Case& item) {
  const auto [at, fresh] = made_.try_emplace(worry.id + ".size", 0);
  if (!fresh) return at->second;
  Input input{.id = worry.id + ".size",
              .words = "what one event of '" + worry.id + "' costs",
              .claim = "one event of '" + worry.id + "' costs",
              .measure = item.sized_in_money() ? Measure::kMoney : Measure::kSize,
              .unit = item.unit,
              .query = item.query(Part::kSize)};
  input.draws = part_draws(item, Part::kSize, chance::derive(seed_, input.id));
  return at->second = add(std::move(input));
}

Result<std::size_t> Inputs::amount(const Occurrence& event, const model::LossPart& part,
                                   bool harm) {
  const model::FiledWorry& worry = event.worry;
  const bool lasts = std::find(part.amount.uses.begin(), part.amount.uses.end(),
                               model::kDuration) != part.amount.uses.end();
  const model::FiledWorry& lasting_as = event.origin.duration ? event.origin : worry;
  if (part.amount.text == model::kDuration && lasting_as.duration && !part.cap) {
    return duration(lasting_as, *lasting_as.duration);
  }
  const bool others = lasts && &lasting_as != &worry;
  const std::string id =
      (others ? lasting_as.id + ">" : "") + worry.id + (harm ? ".harm." : ".") + part.name;
  const auto [at, fresh] = made_.try_emplace(id, 0);
  if (!fresh) return at->second;
  const std::string words =
      fmt::format("{}{} of one event of '{}'{}", harm ? "the harm to " : "the ", part.name,
                  worry.id, others ? " that '" + lasting_as.id + "' sets off" : "");
  Input input{.id = id,
              .words = words,
              .claim = words + " is",
              .measure = !part.amount.money()  ? Measure::kSize
                         : part.name == "fine" ? Measure::kFine
                                               : Measure::kMoney,
              .unit = part.amount.unit};
  if (part.name == "fine" && part.cap) input.cap = part.cap->mean;
  if (part.amount.uses.empty()) {
    Case item;
    item.part(Part::kSize) = Uncertain{part.amount.law, "stated"};
    input.draws = part_draws(item, Part::kSize, chance::derive(seed_, id));
    at->second = add(std::move(input));
  } else {
    model::Field field = part.amount;
    if (others && lasting_as.duration) {
      field.program = lasting(field.program, lasting_as.duration->text);
    }
    TRY(at->second, field_of(field, std::move(input), &lasting_as));
  }
  if (part.cap) {
    for (double& each : model_.inputs[at->second].draws) each = std::min(each, part.cap->mean);
  }
  return at->second;
}

// What one unit of something is worth, as stated.
Result<std::size_t> Inputs::stake(const model::Stake& stake, Input input) {
  TRY_VOID(take_currency(stake.worth.unit, stake.text));
  TRY_IN(stake.text, const chance::Fit fit, stake.worth.fit());
  input.id = "price." + stake.key();
  input.unit = stake.worth.unit;
  input.draws = draws_of(fit.distribution, chance::derive(seed_, input.id));
  return add(std::move(input));
}

Result<std::optional<std::size_t>> Inputs::work_price() {
  const model::Stake* stated = stakes_.find(model::StakeOf::kPersonHour, "");
  if (!work_price_ && stated != nullptr) {
    TRY(work_price_, stake(*stated, {.words = "what a person-day costs",
                                     .claim = "a person-day costs",
                                     .measure = Measure::kWorkPrice}));
  }
  return work_price_;
}

Result<std::size_t> Inputs::price(const model::FiledWorry& worry, const std::string& unit) {
  if (unit == model::kPersonHours) {
    TRY(const auto work, work_price());
    if (work) return *work;
  }
  const auto of = model::stake_for(unit);
  const model::Stake* stated = of ? stakes_.find(*of, worry.service) : nullptr;
  if (stated == nullptr) {
    const std::string answer =
        of ? fmt::format("; say it with --stake '{}'", model::example(*of, worry.service)) : "";
    return fail(Code::kNotFound, fmt::format("worry '{}' is in {}, and nobody has said what they "
                                             "are worth{}",
                                             worry.id, unit, answer));
  }
  const auto [at, fresh] = prices_.try_emplace(stated->key(), 0);
  if (!fresh) return at->second;
  Case priced;
  priced.unit = unit;
  priced.service = worry.service;
  TRY(at->second, stake(*stated, {.words = "what " + one_unit(priced) + " is worth",
                                  .claim = one_unit(priced) + " is worth",
                                  .measure = Measure::kUnitPrice}));
  return at->second;
}

std::size_t Inputs::weight() {
  if (!weight_) {
    weight_ = add({.id = "harm.weight",
                   .words = "how much the harm of others counts",
                   .claim = "a dollar that others lose counts",
                   .measure = Measure::kWeight,
                   .draws = Draws(kWorlds, file_.harm_weight)});
  }
  return *weight_;
}

}  // namespace daytwo::decide::worth
