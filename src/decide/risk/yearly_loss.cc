#include "decide/risk/yearly_loss.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/risk/event.h"
#include "decide/risk/rate.h"
#include "decide/worlds.h"
#include "model/field.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {
namespace {

using Draws = std::vector<double>;

// Draws of one event, and the slices that stand for them.
constexpr std::size_t kEventDraws = 16'384;
constexpr std::size_t kSlices = 256;

// The losses of a year over its events; 0 in a world without events.
Draws an_event(const Draws& a_year, const Draws& events) {
  Draws out(a_year.size(), 0);
  for (std::size_t w = 0; w < out.size(); ++w) {
    if (events[w] > 0) out[w] = a_year[w] / events[w];
  }
  return out;
}

// A gamma rate is as good as its second parameter in years of counting [worth.md 7].
double observed_years(const chance::Distribution& rate) {
  return rate.family == chance::Family::kGamma ? rate.b : 0;
}

Result<YearlyLoss> of_sentence(const model::FiledWorry& worry, const YearlyInputs& inputs) {
  TRY(const Case item,
      case_of(worry, inputs.stakes, inputs.trials_a_year, inputs.history, inputs.now));
  if (!item.sized_in_money() && !item.has(Part::kPrice)) {
    const auto of = model::stake_for(item.unit);
    const std::string answer =
        of ? fmt::format("; say it with --stake '{}'", model::example(*of, worry.service)) : "";
    return fail(Code::kNotFound, fmt::format("worry '{}' is in {}, and nobody has said what they "
                                             "are worth{}",
                                             worry.id, item.unit, answer));
  }
  YearlyLoss out;
  out.currency = item.currency;
  const chance::Seed seed = chance::derive(inputs.seed, "worry/" + worry.id);
  out.own = losses(item, seed);
  if (lands_late(item.unit, 0)) {
    for (double& each : out.own) each *= inputs.worth_of_late;
  }
  out.events = part_draws(item, Part::kEvents, seed);
  out.observed_years = observed_years(item.get(Part::kEvents).what);
  out.own_an_event = an_event(out.own, out.events);
  out.harm.assign(kWorlds, 0);
  out.harm_an_event = out.harm;
  const std::string& source = item.get(Part::kEvents).source;
  if (source != "stated") out.note = fmt::format("'{}': how often is {}", worry.id, source);
  if (const std::string& size = item.get(Part::kSize).source; size != "stated") {
    if (!out.note.empty()) out.note += "; ";
    out.note += fmt::format("'{}': how long one event takes is {}", worry.id, size);
  }
  return out;
}

// True when a part of the loss uses a quantity that the file names.
bool shares_unknowns(const model::FiledWorry& worry) {
  const auto shares = [](const model::LossPart& part) {
    return std::any_of(part.amount.uses.begin(), part.amount.uses.end(),
                       [](const std::string& name) { return name != model::kDuration; });
  };
  return std::any_of(worry.loss.begin(), worry.loss.end(), shares) ||
         std::any_of(worry.harm.begin(), worry.harm.end(), shares);
}

// A year of events of this size, luck averaged out.
Draws a_year(const chance::Distribution& events, Draws size, const std::string& currency,
             chance::Seed seed) {
  Case item;
  item.part(Part::kEvents) = Uncertain{events, "stated"};
  item.part(Part::kSize) = Uncertain{model::in_slices(std::move(size), kSlices), "stated"};
  item.unit = item.currency = currency;
  return losses(item, seed);
}

}  // namespace

Result<YearlyLoss> yearly_loss(const model::FiledWorry& worry, const YearlyInputs& inputs) {
  if (is_plain(worry)) return of_sentence(worry, inputs);
  TRY(const YearlyRate rate, rate_of(worry, inputs.trials_a_year, inputs.history, inputs.now));
  const bool shared = shares_unknowns(worry);
  TRY(Event event, draw_chain(worry, inputs.file.worries, inputs.stakes,
                              {.draws = shared ? kWorlds : kEventDraws,
                               .seed = inputs.seed,
                               .history = &inputs.history,
                               .worth_of_late = inputs.worth_of_late}));
  YearlyLoss out;
  out.currency = event.currency;
  out.harmful = !worry.harm.empty();
  out.note = rate.note;
  const chance::Seed seed = chance::derive(inputs.seed, "worry/" + worry.id);
  out.observed_years = observed_years(rate.events);
  out.events = draws_of(rate.events, chance::derive(seed, to_string(Part::kEvents)));
  const Draws& events = out.events;
  if (!shared) {
    out.own = a_year(rate.events, std::move(event.own), event.currency, seed);
    out.harm = a_year(rate.events, std::move(event.harm), event.currency, seed);
    out.own_an_event = an_event(out.own, events);
    out.harm_an_event = an_event(out.harm, events);
    return out;
  }
  out.own_an_event = event.own;
  out.harm_an_event = event.harm;
  for (std::size_t w = 0; w < kWorlds; ++w) {
    const double count = std::max(0.0, events[w]);
    event.own[w] *= count;
    event.harm[w] *= count;
  }
  out.own = std::move(event.own);
  out.harm = std::move(event.harm);
  return out;
}

}  // namespace daytwo::decide::risk
