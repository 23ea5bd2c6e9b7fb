#include "decide/risk/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "chance/risk.h"
#include "decide/risk/event.h"
#include "decide/risk/rate.h"
#include "model/field.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {
namespace {

// The counts of a year for a rate that is a point, a gamma, or anything else: then the gamma of its
// mean and deviation.
chance::Risk counted(std::string name, const YearlyRate& rate, chance::Distribution size,
                     std::vector<std::string>& notes) {
  const double mean = rate.events.mean();
  chance::Risk out;
  if (!rate.at_most_once && !rate.events.is_point()) {
    chance::Distribution events = rate.events;
    const bool is_gamma =
        events.family == chance::Family::kGamma && !events.is_truncated() && !events.is_clipped();
    if (!is_gamma) {
      const double spread = events.deviation();
      events = chance::gamma(mean * mean / (spread * spread), mean / (spread * spread));
      notes.push_back(
          fmt::format("'{}': the rate is taken as a gamma of its mean and deviation", name));
    }
    return chance::uncertain_rate(std::move(name), events, std::move(size));
  }
  out.name = std::move(name);
  out.count = rate.at_most_once ? chance::Count::kAtMostOnce : chance::Count::kPoisson;
  out.rate = mean;
  out.size = std::move(size);
  return out;
}

// What incidents taught of how long one event takes, or nothing.
std::string note_of_size(const model::FiledWorry& worry, const History& history) {
  if (!is_plain(worry)) return {};
  const auto sentence = model::parse_sentence(worry.sentence);
  const auto size = sentence ? sentence->size.fit() : fail(sentence.error());
  if (!size) return {};
  const Uncertain taught = size_of(*sentence, size->distribution, worry.service, history);
  if (taught.source == "stated") return {};
  return fmt::format("'{}': how long one event takes is {}", worry.id, taught.source);
}

// The size of a plain sentence in closed form: in money, or a lognormal times a lognormal price.
std::optional<chance::Distribution> closed_size(const model::FiledWorry& worry,
                                                const model::Stakes& stakes,
                                                const History& history) {
  if (!is_plain(worry)) return std::nullopt;
  const auto sentence = model::parse_sentence(worry.sentence);
  if (!sentence) return std::nullopt;
  const auto size = sentence->size.fit();
  if (!size) return std::nullopt;
  if (sentence->size.unit.size() == 3) return size->distribution;
  const auto of = model::stake_for(sentence->size.unit);
  const model::Stake* stake = of ? stakes.find(*of, worry.service) : nullptr;
  if (stake == nullptr) return std::nullopt;
  const auto price = stake->worth.fit();
  const auto lognormal = [](const chance::Distribution& x) {
    return x.family == chance::Family::kLognormal && !x.is_clipped() && !x.is_truncated();
  };
  if (!price) return std::nullopt;
  const chance::Distribution x =
      size_of(*sentence, size->distribution, worry.service, history).what;
  const chance::Distribution& y = price->distribution;
  if (!lognormal(x) || !lognormal(y)) return std::nullopt;
  return chance::lognormal(x.a + y.a, std::hypot(x.b, y.b));
}

Result<Source> source_of(const model::FiledWorry& worry, const SourceInputs& inputs,
                         std::vector<std::string>& notes) {
  TRY(const YearlyRate rate, rate_of(worry, inputs.trials_a_year, inputs.history, inputs.now));
  if (!rate.note.empty()) notes.push_back(rate.note);
  if (std::string note = note_of_size(worry, inputs.history); !note.empty()) {
    notes.push_back(std::move(note));
  }
  std::optional<chance::Distribution> size = closed_size(worry, inputs.stakes, inputs.history);
  const std::size_t draws = size                                        ? 1
                            : inputs.file.worries.size() > kManyWorries ? kFewEventDraws
                                                                        : kEventDraws;
  TRY(Event event, draw_chain(worry, inputs.file.worries, inputs.stakes,
                              {.draws = draws, .seed = inputs.seed, .history = &inputs.history}));
  Source out;
  out.worry = &worry;
  out.currency = event.currency;
  out.harmful = std::any_of(event.harm.begin(), event.harm.end(), [](double x) { return x > 0; });
  if (!size) {
    TRY_IN(worry.id, size, chance::empirical(event.own));
  }
  out.own = counted(worry.id, rate, *std::move(size), notes);
  if (!out.harmful) return out;
  TRY_IN(worry.id, chance::Distribution harm, chance::empirical(event.harm));
  out.harm = out.own;
  out.harm.size = std::move(harm);
  return out;
}

// A common cause, with the sizes of the worries that it hits.
Result<Source> common_source(const model::CommonCause& cause, const std::vector<Source>& worries,
                             const SourceInputs& inputs, std::vector<std::string>& notes) {
  TRY(const chance::Distribution events, cause.rate.events_a_year(inputs.trials_a_year));
  const YearlyRate rate{events, cause.rate.at_most_once(), "stated", ""};
  Source out;
  out.own = counted("common/" + cause.id, rate, chance::point(1), notes);
  out.harm = out.own;
  for (const auto& [id, chance] : cause.hits) {
    for (const Source& worry : worries) {
      if (worry.worry == nullptr || worry.worry->id != id) continue;
      out.currency = worry.currency;
      out.own.hits.push_back({chance.mean, worry.own.size});
      out.hits.push_back(id);
      if (!worry.harmful) continue;
      out.harmful = true;
      out.harm.hits.push_back({chance.mean, worry.harm.size});
    }
  }
  return out;
}

// What options leave of events and of loss of one cause.
struct Left {
  double events = 1;
  double loss = 1;
};

Left left_of(const std::string& cause, const std::string& worry,
             std::span<const model::SharedOption* const> options) {
  const auto share = [&](const std::map<std::string, model::Field>& effects) {
    // An effect on the worry and one on its cause are one option's: the cause is the nearer word.
    const auto own = effects.find(cause);
    if (own != effects.end()) return own->second.mean;
    const auto whole = effects.find(worry);
    return whole != effects.end() ? whole->second.mean : 0.0;
  };
  Left out;
  for (const model::SharedOption* option : options) {
    const double passes = 1 - share(option->blocks);
    out.events *= passes;
    out.loss *= passes * (1 - share(option->cuts));
  }
  return out;
}

}  // namespace

Result<std::vector<Source>> sources_of(const SourceInputs& inputs,
                                       std::vector<std::string>& notes) {
  std::vector<Source> out;
  for (const model::FiledWorry& worry : inputs.file.worries) {
    TRY(Source source, source_of(worry, inputs, notes));
    if (!out.empty() && out.front().currency != source.currency) {
      return fail(model::error_at(
          worry.place,
          fmt::format("worry '{}' is in {}, '{}' in {}", worry.id, source.currency,
                      out.front().own.name, out.front().currency),
          fmt::format("one currency: all amounts and stakes in {}", out.front().currency)));
    }
    out.push_back(std::move(source));
  }
  for (const model::CommonCause& cause : inputs.file.common_causes) {
    TRY(Source source, common_source(cause, out, inputs, notes));
    out.push_back(std::move(source));
  }
  return out;
}

chance::Risk after(const chance::Risk& risk, const model::FiledWorry& worry,
                   std::span<const model::SharedOption* const> options) {
  Left sum{0, 0};
  const auto add = [&](const std::string& cause, double share) {
    const Left left = left_of(cause, worry.id, options);
    sum.events += share * left.events;
    sum.loss += share * left.loss;
  };
  if (worry.causes.empty()) add(worry.id, 1);
  for (const auto& [cause, share] : worry.causes) add(cause, share);
  chance::Risk out = risk;
  if (sum.events <= 0 || sum.loss <= 0) {
    out.rate = 0;
    return out;
  }
  out.rate *= sum.events;
  // Thinning a negative binomial keeps r = rate / clustering.
  out.clustering *= sum.events;
  const double cut = sum.loss / sum.events;
  if (cut != 1) out.size = chance::scaled(out.size, cut);
  return out;
}

chance::Risk after_common(const Source& source,
                          std::span<const model::SharedOption* const> options) {
  chance::Risk out = source.own;
  for (std::size_t i = 0; i < out.hits.size(); ++i) {
    const Left left = left_of(source.hits[i], source.hits[i], options);
    auto& hit = out.hits[i];
    hit.chance *= left.events;
    if (left.events > 0 && left.loss > 0 && left.loss != left.events) {
      hit.size = chance::scaled(hit.size, left.loss / left.events);
    }
    if (left.loss <= 0) hit.chance = 0;
  }
  return out;
}

}  // namespace daytwo::decide::risk
