#include "decide/judge.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"
#include "base/units.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/exchange.h"
#include "decide/say.h"
#include "decide/worlds.h"
#include "facts/judgement.h"
#include "model/amount.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/tripwire.h"
#include "model/verdict.h"

namespace daytwo::decide {
namespace {

using model::Verdict;

bool has_work(const Case& item) { return item.get(Part::kWork).what.mean() > 0; }
bool has_price(const Case& item) { return item.sized_in_money() || item.part(Part::kPrice); }

// The rule: find out if the best study is worth more than it costs; else do if the shrunk expected
// net worth is above 0; else leave.
Verdict verdict_of(const Valuation& value) {
  if (value.study.net() > 0) return Verdict::kFindOut;
  return value.worth.mean > 0 ? Verdict::kDo : Verdict::kLeave;
}

// The case with a price for a unit and for an hour of work, in whatever account.
Case priced(Case item, std::optional<double> price, std::optional<double> hour) {
  if (price) item.part(Part::kPrice) = Uncertain{chance::point(*price), "bound"};
  if (hour) item.part(Part::kHour) = Uncertain{chance::point(*hour), "bound"};
  return item;
}

std::string describe(const Case& item, Part part) {
  const Uncertain& x = item.get(part);
  const chance::Estimate e = x.what.estimate();
  const bool money = part == Part::kPrice || part == Part::kHour || part == Part::kOnce ||
                     (part == Part::kSize && item.sized_in_money());
  std::string unit = money ? item.currency : part == Part::kSize ? item.unit : "";
  if (part == Part::kWork) unit = model::kPersonHours;
  return fmt::format("{}: {}; {}", to_string(part), interval_words(e, unit), x.source);
}

class Judge {
 public:
  Judge(const Case& item, chance::Seed seed, Timestamp now) : item_(item), seed_(seed), now_(now) {
    for (std::size_t i = 0; i < kParts; ++i) {
      const auto part = static_cast<Part>(i);
      if (item.part(part)) out_.how.push_back(describe(item, part));
    }
    if (!item.get(Part::kSize).what.is_point()) {
      out_.how.push_back(fmt::format("of the size's spread {:.0f} % is luck, the rest ignorance",
                                     item.luck * 100));
    }
    if (item.windows != 1) {
      out_.how.push_back("what acting costs once is weighed against what it saves " +
                         life_words(item));
    }
  }

  Judgement run() {
    const bool hour_known = item_.part(Part::kHour) || !has_work(item_);
    if (item_.get(Part::kEvents).what.mean() * item_.get(Part::kSize).what.mean() <= 0) {
      nothing_lost();
    } else if (has_price(item_) && hour_known) {
      in_money();
    } else if (has_price(item_)) {
      without_hour_price();
    } else {
      without_unit_price(hour_known);
    }
    if (item_.part(Part::kHour)) {
      add("work_per_hour", item_.get(Part::kHour).what.estimate(), item_.currency,
          std::string(model::kAnHour));
    }
    out_.how.push_back(fmt::format("{} worlds, seed {}, {}", kWorlds, seed_.value, kEngine));
    return std::move(out_);
  }

 private:
  void add(std::string name, chance::Estimate estimate, std::string_view unit, std::string window) {
    out_.amounts.push_back(
        {std::move(name), model::Amount{estimate, std::string(unit), std::move(window), now_,
                                        std::string(kEngine)}});
  }

  // Loss in the window, a day and an hour, in one unit.
  void add_losses(const chance::Estimate& loss, const chance::Estimate& an_hour,
                  std::string_view unit) {
    add("loss", loss, unit, window_words(item_.window_days));
    add("loss_per_day", chance::scaled(an_hour, 24), unit, std::string(model::kADay));
    add("loss_per_hour", an_hour, unit, std::string(model::kAnHour));
  }

  // The chance that acting pays, and the worlds it is counted in.
  void pays_as(const Valuation& value) {
    out_.chance_pays = make_ratio(value.chance_pays);
    out_.worlds.assign(value.dots.begin(), value.dots.end());
    out_.account = value.account;
  }

  void nothing_lost() {
    out_.verdict = Verdict::kLeave;
    out_.chance_pays = make_ratio(0);
    add_losses(chance::exactly(0), chance::exactly(0), item_.unit);
    model::Tripwire wire;
    wire.input = to_string(Part::kEvents);
    wire.unit = unit_of(item_, Part::kEvents);
    wire.query = item_.query(Part::kEvents);
    if (!wire.query.empty()) wire.op = ">";
    if (item_.runs_out.ms != 0) {
      const Timestamp then = item_.runs_out - window();
      const std::string date = to_rfc3339(then).substr(0, 10);
      out_.reason = fmt::format("it does not run out {}; look again on {}",
                                window_words(item_.window_days), date);
      wire.sentence = "flips when it runs out " + window_words(item_.window_days);
      wire.until = std::max(now_ + hours(1), std::min(now_ + kReview, then));
    } else {
      out_.reason = "nothing is lost by leaving it: no symptom is seen and no budget burns";
      wire.sentence = "flips when it costs something";
      wire.until = now_ + kReview;
    }
    if (!wire.query.empty()) wire.until = {};
    out_.tripwire = std::move(wire);
  }

  [[nodiscard]] Duration window() const {
    return milliseconds(static_cast<std::int64_t>(item_.window_days * 8.64e7));
  }

  void how_of(const Valuation& value) {
    if (item_.spread > 0) {
      out_.how.push_back(fmt::format("pulled towards the other worries: worth {} raw, {} after",
                                     model::money_words(value.worth_raw.mean, value.account),
                                     model::money_words(value.worth.mean, value.account)));
    }
    out_.how.push_back(fmt::format("knowing everything is worth {}; {} is worth {} and costs {}",
                                   account_words(value.knowing, value.account),
                                   value.study.plan.name,
                                   account_words(value.study.value, value.account),
                                   account_words(value.study.cost, value.account)));
  }

  void in_money() {
    const Valuation value = decide::value(item_, seed_);
    const std::string life = life_words(item_);
    out_.verdict = verdict_of(value);
    pays_as(value);
    add_losses(value.loss, value.loss_an_hour, value.account);
    add("worth", value.worth, value.account, life);
    add("worth_raw", value.worth_raw, value.account, life);
    add("cost", value.cost, value.account, "");
    add("knowing", chance::exactly(value.study.net()), value.account, "");
    how_of(value);
    tripwire(value, value.worth.mean > 0);
    const std::string worth = model::money_words(value.worth.mean, value.account);
    const std::string worlds = worlds_words(value.chance_pays);
    if (!item_.part(Part::kHour) && value.study.value > 0) {
      study_of_unknown_cost(value);
    } else if (out_.verdict == Verdict::kFindOut) {
      out_.study = value.study.plan.name + " into " + most_worth_knowing(value.account);
      out_.reason = fmt::format(
          "{} is worth {} net: acting pays in {}, and knowing more changes the choice with a "
          "chance of {:.0f} %",
          out_.study, model::money_words(value.study.net(), value.account), worlds,
          value.study.flip_chance * 100);
    } else if (out_.verdict == Verdict::kDo) {
      out_.reason = fmt::format("acting is worth {} net {} (90 %: {}) and pays in {}", worth, life,
                                interval_words(value.worth, value.account), worlds);
    } else {
      out_.reason =
          fmt::format("acting pays in {}: it costs {} and saves {} {}", worlds,
                      model::money_words(value.cost.mean, value.account),
                      model::money_words(value.worth.mean + value.cost.mean, value.account), life);
    }
    if (value.chance_pays < .5 && out_.verdict == Verdict::kDo) {
      out_.reason += "; in the others it saves far more than it costs";
    }
  }

  // The part whose exact value is worth most: where to look.
  std::string most_worth_knowing(const std::string& account) {
    const auto parts = knowing_parts(item_, seed_);
    const auto best = std::max_element(parts.begin(), parts.end());
    const auto part = static_cast<Part>(best - parts.begin());
    out_.how.push_back(fmt::format("knowing {} exactly is worth {}", part_words(part),
                                   model::money_words(*best, account)));
    return std::string(part_words(part));
  }

  // Nothing has to be worked, so the verdict needs no price of work; the study does.
  void study_of_unknown_cost(const Valuation& value) {
    const StudyWorth& study = value.study;
    const double even = study.value / study.plan.hours;
    ask(model::StakeOf::kPersonHour, "",
        fmt::format("{} is worth {} before what it costs, so it comes first if {}; acting pays in "
                    "{}",
                    study.plan.name, model::money_words(study.value, value.account),
                    condition_words(item_, Part::kHour, false, even),
                    worlds_words(value.chance_pays)));
  }

  // A unit has a price, an hour of work has none. What is worth doing when an hour of service is
  // worth no more than an hour of work stays worth doing: a stake never takes a verdict back.
  void without_hour_price() {
    const Valuation free = decide::value(priced(item_, {}, 0.0), seed_);
    add_losses(free.loss, free.loss_an_hour, free.account);
    const double work = item_.get(Part::kWork).what.mean();
    const double saved = free.worth.mean;  // once is paid, work is not
    const double even = saved / work;
    if (!item_.sized_in_money() && !item_.part(Part::kOnce)) {
      Case bare = item_;
      bare.currency.clear();
      const Valuation least =
          decide::value(priced(bare, exchange_for(item_.unit).least, 1.0), seed_);
      if (verdict_of(least) == Verdict::kDo) {
        how_of(least);
        out_.verdict = Verdict::kDo;
        pays_as(least);
        out_.reason = fmt::format(
            "it saves {} {} for {}: do it unless {}", model::money_words(saved, free.account),
            life_words(item_), time_words(work), condition_words(item_, Part::kHour, true, even));
        price_tripwire(Part::kHour, ">", even);
        return;
      }
    }
    if (even <= 0) {
      out_.verdict = Verdict::kLeave;
      out_.chance_pays = make_ratio(0);
      out_.reason = fmt::format(
          "it costs {} and saves {} {}, whatever a day of work costs",
          model::money_words(item_.get(Part::kOnce).what.mean(), item_.currency),
          model::money_words(free.worth.mean + free.cost.mean, free.account), life_words(item_));
      tripwire(free, false);
      return;
    }
    ask(model::StakeOf::kPersonHour, "",
        fmt::format("what a day of work costs decides it: it saves {} {} for {}, so do it if {}",
                    model::money_words(saved, free.account), life_words(item_), time_words(work),
                    condition_words(item_, Part::kHour, false, even)));
    price_tripwire(Part::kHour, "<", even);
  }

  // A unit has no price. Between the bounds of exchange.h the verdict is the same, or it is a
  // question.
  void without_unit_price(bool hour_known) {
    const Exchange bounds = exchange_for(item_.unit);
    const bool bought = item_.part(Part::kOnce).has_value();
    const bool in_hours = !bought;  // hours of work against units: no money needed
    if (bought && !(hour_known && item_.part(Part::kHour))) {
      buy_without_prices();
      return;
    }
    const double hour = in_hours ? 1 : item_.get(Part::kHour).what.mean();
    Case item = item_;
    if (in_hours) item.currency.clear();
    const Valuation low = decide::value(priced(item, bounds.least * hour, hour), seed_);
    const Valuation high = decide::value(priced(item, bounds.most * hour, hour), seed_);
    add_losses(low.units, low.units_an_hour, item_.unit);
    add("cost", in_hours ? item_.get(Part::kWork).what.estimate() : low.cost,
        in_hours ? model::kPersonHours : std::string_view(item_.currency), "");
    how_of(in_hours ? low : high);
    const double even = high.break_even.at(static_cast<std::size_t>(Part::kPrice)).value_or(0);
    const std::string saves = fmt::format(
        "it saves {} {} for {}", units_words(saved_units(low), item_), life_words(item_),
        in_hours ? time_words(low.cost.mean) : model::money_words(low.cost.mean, item_.currency));
    if (verdict_of(low) == Verdict::kDo) {
      out_.verdict = Verdict::kDo;
      pays_as(low);
      out_.reason = saves + ": do it unless " + condition_words(item, Part::kPrice, false, even);
      price_tripwire(Part::kPrice, "<", even);
    } else if (verdict_of(high) == Verdict::kLeave) {
      out_.verdict = Verdict::kLeave;
      pays_as(high);
      out_.reason = saves + ": leave it unless " + condition_words(item, Part::kPrice, true, even);
      tripwire(high, false);
    } else {
      ask(stake_of_unit(), item_.service,
          saves + ": do it if " + condition_words(item, Part::kPrice, true, even) + ", else not");
      price_tripwire(Part::kPrice, ">", even);
    }
  }

  // What acting takes away over its life, in natural units.
  [[nodiscard]] double saved_units(const Valuation& value) const {
    return value.units.mean * item_.get(Part::kEffect).what.mean() * item_.windows;
  }

  // Something to buy, and nothing else has a price: all that can be said is where it breaks even.
  void buy_without_prices() {
    const Valuation even = decide::value(priced(item_, 1.0, 0.0), seed_);
    add_losses(even.units, even.units_an_hour, item_.unit);
    const double price = even.break_even.at(static_cast<std::size_t>(Part::kPrice)).value_or(0);
    ask(stake_of_unit(), item_.service,
        fmt::format("it costs {} and saves {} {}: do it if {}",
                    model::money_words(item_.get(Part::kOnce).what.mean(), item_.currency),
                    units_words(saved_units(even), item_), life_words(item_),
                    condition_words(item_, Part::kPrice, true, price)));
    price_tripwire(Part::kPrice, ">", price);
  }

  [[nodiscard]] model::StakeOf stake_of_unit() const {
    return model::stake_for(item_.unit).value_or(model::StakeOf::kIncident);
  }

  void ask(model::StakeOf of, std::string service, std::string reason) {
    out_.verdict = Verdict::kFindOut;
    out_.study = model::question(of, service);
    out_.question = OpenQuestion{of, std::move(service)};
    out_.reason = std::move(reason);
  }

  // A price has no query: a new stake brings it in. The date is when to look again.
  void price_tripwire(Part part, std::string op, double value) {
    Case item = item_;
    if (!item_.part(Part::kHour) && part == Part::kPrice && !item_.part(Part::kOnce)) {
      item.currency.clear();
    }
    model::Tripwire wire;
    wire.input = to_string(part);
    wire.unit = unit_of(item, part);
    wire.value = value;
    wire.sentence = "flips when " + condition_words(item, part, op == ">", value);
    wire.op = std::move(op);
    wire.until = now_ + kReview;
    out_.tripwire = std::move(wire);
  }

  // The part with a live query first; else the one nearest to its break-even, with a date.
  void tripwire(const Valuation& value, bool acting) {
    std::optional<Part> best;
    double nearest = 0;
    double at = 0;
    for (std::size_t i = 0; i < kParts; ++i) {
      const auto part = static_cast<Part>(i);
      const std::optional<double>& even = value.break_even.at(i);
      if (!even || !item_.part(part)) continue;
      const double far = std::abs(std::log(*even / item_.get(part).what.mean()));
      const bool live = !item_.query(part).empty();
      const bool best_live = best && !item_.query(*best).empty();
      if (!best || (live && !best_live) || (live == best_live && far < nearest)) {
        best = part;
        nearest = far;
        at = *even;
      }
    }
    if (!best) return;
    // Acting stops paying where what speaks for it falls, or its cost rises, past the break-even.
    const bool above = speaks_for_acting(*best) != acting;
    model::Tripwire wire;
    wire.input = to_string(*best);
    wire.unit = unit_of(item_, *best);
    wire.op = above ? ">" : "<";
    wire.value = at;
    wire.query = item_.query(*best);
    wire.sentence = "flips when " + condition_words(item_, *best, above, at);
    if (wire.query.empty()) wire.until = now_ + kReview;
    if (wire.query.empty() && item_.runs_out.ms != 0 && !acting) {
      wire.until = std::max(now_ + hours(1), std::min(wire.until, item_.runs_out - window()));
    }
    out_.tripwire = std::move(wire);
  }

  const Case& item_;
  const chance::Seed seed_;
  const Timestamp now_;
  Judgement out_;
};

}  // namespace

Judgement judge(const Case& item, chance::Seed seed, Timestamp now) {
  return Judge(item, seed, now).run();
}

Judgement look_first(const facts::Finding& finding) {
  Judgement out;
  out.verdict = model::Verdict::kFindOut;
  out.study = finding.next_step.empty() ? "look at it" : finding.next_step;
  const auto sentence = model::parse_sentence(finding.written);
  if (finding.kind != facts::FindingKind::kWritten) {
    out.reason =
        "it is not known how often it costs something, or how much: look at it, then accept it or "
        "write what it may cost";
  } else if (sentence && !sentence->frequency.trial.empty()) {
    const std::string trial = sentence->frequency.trial;
    out.study = "count the " + trial + "s: daytwo import " + trial + "s FILE";
    out.reason = "how often is said per " + trial + ", and how many there are a year is not known";
  } else {
    out.reason = "nobody has said how often or how much: '30% a year that ..., 2h to 8h'";
  }
  return out;
}

}  // namespace daytwo::decide
