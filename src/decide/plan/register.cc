#include "decide/plan/register.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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
#include "decide/history.h"
#include "decide/life.h"
#include "decide/plan/belief.h"
#include "decide/plan/looking.h"
#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"
#include "decide/risk/yearly_loss.h"
#include "decide/taught_file.h"
#include "decide/worlds.h"
#include "model/amount.h"
#include "model/field.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {
namespace {

class Reader {
 public:
  Reader(const model::WorryFile& file, const model::Stakes& stakes, Horizon horizon,
         std::optional<double> trials_a_year, chance::Seed seed, Timestamp now,
         const History& history)
      : file_(file),
        stakes_(stakes),
        present_(horizon.present_value()),
        late_(horizon.worth_of_late()),
        trials_(trials_a_year),
        seed_(seed),
        now_(now),
        history_(history) {}

  Result<Register> run() {
    if (file_.options.empty()) {
      return fail(Code::kNotFound,
                  "no option is declared: a plan chooses among options "
                  "(options: [{id: ..., once: \"$40k\", cuts: {...}}])");
    }
    out_.worlds.count = kWorlds;
    out_.harm_weight = file_.harm_weight;
    for (const model::FiledWorry& worry : file_.worries) TRY_VOID(add_worry(worry));
    name_teams();
    for (const model::SharedOption& option : file_.options) TRY_VOID(add_option(option));
    for (const model::LossFloor& floor : file_.floors) TRY_VOID(add_floor(floor));
    out_.present_years = present_;
    if (unpriced_days_) {
      out_.notes.emplace_back(
          "days of work are limited but not priced: 'a person-day costs $600 to $1200' as a stake "
          "would price them");
    }
    if (harmful_) {
      out_.notes.push_back(fmt::format(
          "losses count the harm to customers and the public with weight {:g} beside our own",
          file_.harm_weight));
    }
    out_.shape.currency = out_.currency;
    out_.shape = means(std::move(out_.shape), out_.worlds);
    for (std::size_t i = 0; i < file_.options.size(); ++i) {
      if (file_.options[i].narrows.empty()) continue;
      out_.investigations.push_back(investigation_of(file_, i, out_, looked_, out_.notes));
    }
    for (const model::Acceptance& acceptance : file_.acceptances) accept(acceptance);
    const std::vector<double> shares = beliefs(out_.shape, out_.worlds);
    for (std::size_t i = 0; i < shares.size(); ++i) out_.shape.options[i].believed = shares[i];
    return std::move(out_);
  }

 private:
  Result<void> take_currency(const std::string& code, const std::string& who,
                             const model::Place& place = {}) {
    if (out_.currency.empty()) out_.currency = code;
    if (out_.currency == code) return {};
    return fail(model::error_at(
        place, fmt::format("'{}' is in {}, the others in {}", who, code, out_.currency),
        "one currency: a plan adds one"));
  }

  Result<void> add_worry(const model::FiledWorry& worry) {
    TRY(risk::YearlyLoss loss,
        risk::yearly_loss(worry, {file_, stakes_, trials_, seed_, now_, history_, late_}));
    TRY_VOID(take_currency(loss.currency, worry.id, worry.place));
    if (!loss.note.empty()) out_.notes.push_back(std::move(loss.note));
    harmful_ = harmful_ || loss.harmful;
    const auto add = [&](const std::string& name, double share) {
      add_cause(name, worry.id, "", loss.own, loss.harm, Draws(kWorlds, share));
    };
    if (worry.causes.empty()) add(worry.id, 1);
    for (const auto& [cause, share] : worry.causes) add(cause, share);
    for (const model::CommonCause& common : file_.common_causes) {
      const auto hit = common.hits.find(worry.id);
      if (hit == common.hits.end()) continue;
      TRY(const chance::Distribution rate, common.rate.events_a_year(trials_));
      Draws hits = draws_of(rate, chance::derive(seed_, "common/" + common.id));
      for (double& each : hits) each = std::max(0.0, each) * hit->second.mean;
      add_cause("common/" + common.id, worry.id, common.id, loss.own_an_event, loss.harm_an_event,
                hits);
    }
    Draws an_event = std::move(loss.own_an_event);
    for (std::size_t w = 0; w < kWorlds; ++w) {
      an_event[w] += file_.harm_weight * loss.harm_an_event[w];
    }
    looked_.push_back({worry.id, std::move(loss.events), std::move(an_event), loss.observed_years});
    return {};
  }

  // A cause of a worry, or the hits of a common cause: `times` the loss, in each world.
  void add_cause(const std::string& name, const std::string& worry, const std::string& common,
                 const Draws& own, const Draws& bear, const Draws& times) {
    out_.shape.causes.push_back({name, 0});
    out_.worry_of.push_back(worry);
    out_.common_of.push_back(common);
    Draws all(kWorlds);
    Draws harm(kWorlds);
    for (std::size_t w = 0; w < kWorlds; ++w) {
      harm[w] = bear[w] * times[w] * present_;
      all[w] = own[w] * times[w] * present_ + file_.harm_weight * harm[w];
    }
    out_.worlds.losses.push_back(std::move(all));
    out_.harm.push_back(std::move(harm));
  }

  void name_teams() {
    std::set<std::string> names;
    for (const model::SharedOption& option : file_.options) {
      if (!option.team.empty()) names.insert(option.team);
    }
    out_.shape.teams = {"all teams"};
    out_.shape.teams.insert(out_.shape.teams.end(), names.begin(), names.end());
  }

  // Draws of a written quantity times `factor`; zeros for nothing written.
  Result<Draws> draws(const std::optional<model::Field>& written, const std::string& purpose,
                      double factor) {
    if (!written) return Draws(kWorlds, 0);
    const chance::Seed own = chance::derive(seed_, purpose);
    Draws out;
    if (written->closed && written->uses.empty()) {
      out = draws_of(written->law, own);
    } else {
      TRY_IN(purpose, out, written->draws({.worlds = kWorlds, .named = seed_, .own = own}));
    }
    for (double& each : out) each *= factor;
    return out;
  }

  Result<Draws> money(const std::optional<model::Field>& written, const std::string& purpose,
                      double factor, const std::string& who) {
    if (written) TRY_VOID(take_currency(written->unit, who));
    return draws(written, purpose, factor);
  }

  Result<void> add_option(const model::SharedOption& written) {
    const std::string prefix = "option/" + written.id + "/";
    Option option;
    option.name = written.id;
    option.place = written.place;
    option.kind = written.kind.empty() ? "other" : written.kind;
    option.must = written.must;
    option.needs = numbers(written.requires_ids);
    option.excludes = numbers(written.excludes);
    TRY(Draws cost, money(written.once, prefix + "once", 1, written.id));
    TRY(const Draws yearly, money(written.per_year, prefix + "per_year", present_, written.id));
    TRY(Draws value, money(written.worth, prefix + "worth", present_, written.id));
    TRY(const Draws hours, draws(written.days, prefix + "days", 1));
    for (std::size_t w = 0; w < kWorlds; ++w) cost[w] += yearly[w];
    TRY_VOID(price_work(written, hours, cost));
    add_days(written, hours);
    out_.worlds.costs.push_back(std::move(cost));
    out_.worlds.values.push_back(std::move(value));
    TRY_VOID(add_effects(written, option));
    out_.shape.options.push_back(std::move(option));
    return {};
  }

  Result<void> price_work(const model::SharedOption& written, const Draws& hours, Draws& cost) {
    if (!written.days) return {};
    const model::Stake* stake = stakes_.find(model::StakeOf::kPersonHour, "");
    if (stake == nullptr) {
      unpriced_days_ = true;
      return {};
    }
    TRY_VOID(take_currency(stake->worth.unit, stake->text));
    TRY_IN(stake->text, const chance::Fit fit, stake->worth.fit());
    const Draws price = draws_of(fit.distribution, chance::derive(seed_, "person-hour"));
    for (std::size_t w = 0; w < kWorlds; ++w) cost[w] += hours[w] * price[w];
    return {};
  }

  void add_days(const model::SharedOption& written, Draws hours) {
    for (double& each : hours) each /= model::kHoursAPersonDay;
    std::vector<Draws> days(out_.shape.teams.size(), Draws(kWorlds, 0));
    for (std::size_t team = 1; team < days.size(); ++team) {
      if (out_.shape.teams[team] == written.team) days[team] = hours;
    }
    days[kEverybody] = std::move(hours);
    out_.worlds.days.push_back(std::move(days));
  }

  // An effect on a name acts on each cause of that name, and on all causes of a worry of that name.
  Result<void> add_effects(const model::SharedOption& written, Option& option) {
    std::set<std::string> names;
    for (const auto& [name, share] : written.blocks) names.insert(name);
    for (const auto& [name, share] : written.cuts) names.insert(name);
    auto& all_stops = out_.worlds.stops.emplace_back();
    auto& all_cuts = out_.worlds.cuts.emplace_back();
    for (const std::string& name : names) {
      const std::string purpose = "option/" + written.id + "/on/" + name;
      TRY(const Draws stops, draws(find(written.blocks, name), purpose + "/blocks", 1));
      TRY(const Draws cuts, draws(find(written.cuts, name), purpose + "/cuts", 1));
      for (std::size_t cause = 0; cause < out_.shape.causes.size(); ++cause) {
        if (out_.shape.causes[cause].name != name && out_.worry_of[cause] != name) continue;
        option.effects.push_back({cause, 0, 0});
        all_stops.push_back(stops);
        all_cuts.push_back(cuts);
      }
    }
    return {};
  }

  static std::optional<model::Field> find(const std::map<std::string, model::Field>& map,
                                          const std::string& name) {
    const auto at = map.find(name);
    return at == map.end() ? std::nullopt : std::optional(at->second);
  }

  [[nodiscard]] std::vector<std::size_t> numbers(const std::vector<std::string>& ids) const {
    std::vector<std::size_t> out;
    for (const std::string& id : ids) {
      const auto at = std::find_if(file_.options.begin(), file_.options.end(),
                                   [&](const auto& option) { return option.id == id; });
      out.push_back(static_cast<std::size_t>(at - file_.options.begin()));
    }
    return out;
  }

  // Until the day, what acts on this worry alone cannot be taken.
  void accept(const model::Acceptance& written) {
    Accepted out{written.worry, written.until, 0, (written.at - now_).days()};
    for (std::size_t cause = 0; cause < out_.shape.causes.size(); ++cause) {
      if (out_.worry_of[cause] == written.worry) out.loss += out_.shape.causes[cause].loss;
    }
    out_.accepted.push_back(out);
    if (out.days_left <= 0) {
      out_.notes.push_back(fmt::format("the acceptance of '{}' ended on {}: it is weighed again",
                                       out.worry, out.until));
      return;
    }
    for (Option& option : out_.shape.options) {
      const bool alone = std::all_of(
          option.effects.begin(), option.effects.end(),
          [&](const Effect& effect) { return out_.worry_of[effect.cause] == written.worry; });
      if (option.effects.empty() || !alone || option.value > 0) continue;
      option.barred = fmt::format("'{}' is accepted until {}", out.worry, out.until);
    }
  }

  // A floor is on the mean; where it names several causes it binds each.
  Result<void> add_floor(const model::LossFloor& floor) {
    TRY_VOID(take_currency(floor.at_most.unit, "the floor of " + floor.loss_of));
    std::vector<std::size_t> causes;
    for (std::size_t cause = 0; cause < out_.shape.causes.size(); ++cause) {
      if (out_.shape.causes[cause].name == floor.loss_of || out_.worry_of[cause] == floor.loss_of) {
        causes.push_back(cause);
      }
    }
    out_.shape.floors.push_back({causes, floor.at_most.high * present_});
    return {};
  }

  const model::WorryFile& file_;
  const model::Stakes& stakes_;
  const double present_;
  const double late_;
  const std::optional<double> trials_;
  const chance::Seed seed_;
  const Timestamp now_;
  const History& history_;
  bool unpriced_days_ = false;
  bool harmful_ = false;
  std::vector<Looked> looked_;
  Register out_;
};

}  // namespace

double Horizon::present_value() const {
  return decide::present_value({.years = years, .discount = discount}).steady;
}

double Horizon::worth_of_late() const {
  const PresentValue today = decide::present_value({.years = years, .discount = discount});
  return today.late / today.loss;
}

Result<Register> read_register(const model::WorryFile& file, const model::Stakes& stakes,
                               Horizon horizon, std::optional<double> trials_a_year,
                               chance::Seed seed, Timestamp now, const History& history) {
  const auto taught = taught_by(file, history);
  TRY(Register out,
      Reader(taught ? taught->file : file, stakes, horizon, trials_a_year, seed, now, history)
          .run());
  if (taught) taught->note(out.notes);
  return out;
}

}  // namespace daytwo::decide::plan
