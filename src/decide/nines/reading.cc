#include "decide/nines/reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/id.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/availability.h"
#include "chance/distribution.h"
#include "chance/fit.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/history.h"
#include "decide/nines/curve.h"
#include "decide/plan/problem.h"
#include "decide/plan/register.h"
#include "decide/risk/rate.h"
#include "decide/taught_file.h"
#include "decide/worlds.h"
#include "model/amount.h"
#include "model/contract.h"
#include "model/service.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::nines {
namespace {

// A share measured over a window is known as well as from one observation every two days of it:
// outages come in lumps.
constexpr double kDaysAnObservation = 2;
constexpr const char* kMeasuredPart = "what was measured";

double mean_of(const Draws& draws) {
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

// One cause of one worry that takes a service down.
struct Cause {
  std::string worry;
  std::string cause;
  Part part;
};

// The downtime of one service, with that of what it cannot do without.
class Reader {
 public:
  // `taught` are the sentences of what history made of the durations of `sources`, by worry.
  Reader(const Sources& sources, std::map<std::string, std::string> taught, chance::Seed seed)
      : sources_(sources), taught_(std::move(taught)), seed_(seed) {}

  Result<Question> run(const std::string& name) {
    const model::Service* const service = sources_.catalog.find(ServiceId{name});
    if (service == nullptr) return fail(unknown(name));
    out_.service = name;
    TRY_VOID(read_price(name));
    TRY(std::vector<Cause> causes, causes_of(name, &out_.notes));
    if (causes.empty()) {
      return fail(Code::kNotFound,
                  fmt::format("nothing says how often {0} is down: watch it, give it an objective, "
                              "or state a worry (\"4 a year that {0} is down, 1h to 4h\")",
                              name));
    }
    TRY_VOID(add_contracts(*service));
    TRY_VOID(add_levers(causes));
    for (const model::Dependency& each : service->depends) TRY_VOID(add_need(each));
    for (Cause& each : causes) out_.parts.push_back(std::move(each.part));
    return std::move(out_);
  }

 private:
  [[nodiscard]] Error unknown(const std::string& name) const {
    std::vector<std::string> known;
    for (const model::Service& each : sources_.catalog.all()) known.push_back(each.id.value);
    if (known.empty()) {
      return make_error(Code::kNotFound,
                        "no service is declared (services: [\"services/*.yml\"] in daytwo.yml)");
    }
    const std::string near = nearest_word(name, known);
    return make_error(Code::kNotFound,
                      fmt::format("no service is called '{}'{}", name,
                                  near.empty() ? "" : "; did you mean '" + near + "'?"));
  }

  Result<void> take_currency(const std::string& code, const std::string& who) {
    if (out_.currency.empty()) out_.currency = code;
    if (out_.currency == code) return {};
    return fail(Code::kInvalid, fmt::format("{} is in {}, the rest in {}: one currency is needed",
                                            who, code, out_.currency));
  }

  Result<void> read_price(const std::string& name) {
    const model::Stake* const stake = sources_.stakes.find(model::StakeOf::kServiceHour, name);
    if (stake == nullptr) {
      return fail(Code::kNotFound,
                  fmt::format("nobody has said what an hour of {} is worth: daytwo stakes '{}'",
                              name, model::example(model::StakeOf::kServiceHour, name)));
    }
    TRY_VOID(take_currency(stake->worth.unit, "the stake of " + name));
    TRY(const chance::Fit fit, stake->worth.fit());
    out_.hour = draws_of(fit.distribution, chance::derive(seed_, "hour"));
    return {};
  }

  // By service, the share of its downtime that is downtime of `name`: itself and what it cannot do
  // without, through the graph.
  [[nodiscard]] std::map<std::string, double> reach_of(const std::string& name) const {
    std::map<std::string, double> out;
    std::function<void(const std::string&, double)> visit = [&](const std::string& at,
                                                                double share) {
      const auto known = out.find(at);
      if (known != out.end() && known->second >= share) return;
      out[at] = share;
      const model::Service* const service = sources_.catalog.find(ServiceId{at});
      if (service == nullptr) return;
      for (const model::Dependency& each : service->depends) {
        const bool spare = each.need < static_cast<std::int64_t>(each.on.size());
        if (!each.critical || each.fallback || spare) continue;
        for (const ServiceId& on : each.on) visit(on.value, share * each.share);
      }
    };
    visit(name, 1);
    return out;
  }

  // Events a year and hours of one, hours a year in each world; nothing for a worry that is not
  // about hours of downtime. `notes`, which may be null, receives what history taught of it.
  Result<std::optional<Part>> part_of(const model::FiledWorry& worry, double share,
                                      std::vector<std::string>* notes) const {
    const auto deploys = deploys_a_year(sources_.history, worry.service, sources_.now);
    if (worry.duration) {
      TRY(const risk::YearlyRate rate,
          risk::rate_of(worry, deploys, sources_.history, sources_.now));
      if (notes != nullptr && !rate.note.empty()) notes->push_back(rate.note);
      if (const auto at = taught_.find(worry.id); notes != nullptr && at != taught_.end()) {
        notes->push_back(at->second);
      }
      Part out{worry.id, draws_of(rate.events, chance::derive(seed_, "worry/" + worry.id)),
               rate.events.mean(), worry.duration->law};
      // How long one lasts is luck, and averages out.
      for (double& each : out.hours) each *= worry.duration->mean * share;
      if (share != 1 && chance::scalable(*out.size)) out.size = chance::scaled(*out.size, share);
      return std::optional(std::move(out));
    }
    auto item = risk::case_of(worry, sources_.stakes, deploys, sources_.history, sources_.now);
    if (!item && item.error().code == Code::kNotFound) return std::optional<Part>();
    if (!item) return fail(std::move(item).error());
    if (item->unit != model::kHoursLost) return std::optional<Part>();
    if (notes != nullptr) note_case(worry, *item, *notes);
    // In hours: the price of an hour is an hour.
    item->part(decide::Part::kPrice) = Uncertain{chance::point(1), "hours"};
    Part out;
    out.name = worry.id;
    out.hours = losses(*item, chance::derive(seed_, "worry/" + worry.id));
    for (double& each : out.hours) each *= share;
    out.events = item->get(decide::Part::kEvents).what.mean();
    const chance::Distribution& size = item->get(decide::Part::kSize).what;
    out.size = share == 1 || !chance::scalable(size) ? size : chance::scaled(size, share);
    return std::optional(std::move(out));
  }

  static void note_case(const model::FiledWorry& worry, const Case& item,
                        std::vector<std::string>& notes) {
    const std::string& often = item.get(decide::Part::kEvents).source;
    if (often != "stated") notes.push_back(fmt::format("'{}': how often is {}", worry.id, often));
    const std::string& size = item.get(decide::Part::kSize).source;
    if (size == "stated") return;
    notes.push_back(fmt::format("'{}': how long one event takes is {}", worry.id, size));
  }

  // What takes `name` down, by worry and cause, with what was measured [reading.h].
  Result<std::vector<Cause>> causes_of(const std::string& name, std::vector<std::string>* notes) {
    std::vector<Cause> out;
    const std::map<std::string, double> reach = reach_of(name);
    for (const model::FiledWorry& worry : sources_.written.worries) {
      const auto at = reach.find(worry.service);
      if (at == reach.end() || at->second <= 0) continue;
      TRY(const std::optional<Part> part, part_of(worry, at->second, notes));
      if (!part) continue;
      const auto add = [&](const std::string& cause, double share) {
        Cause each{worry.id, cause, *part};
        for (double& hours : each.part.hours) hours *= share;
        each.part.events *= share;
        out.push_back(std::move(each));
      };
      if (worry.causes.empty()) add(worry.id, 1);
      for (const auto& [cause, share] : worry.causes) add(cause, share);
    }
    const auto measured = sources_.measured(name);
    if (measured && measured->days > 0) {
      add_measured(name, *measured, out, notes);
    } else if (notes != nullptr && !out.empty()) {
      notes->push_back("the availability of " + name +
                       " is not measured (an objective, or daytwo watch): its worries alone count");
    }
    return out;
  }

  void add_measured(const std::string& name, const Measured& measured, std::vector<Cause>& causes,
                    std::vector<std::string>* notes) const {
    const double mean = (1 - measured.availability) * kHoursPerYear;
    // By worry, not by cause: the window sees a worry.
    std::map<std::string, double> events;
    for (const Cause& each : causes) events[each.worry] += each.part.events;
    const auto seen = [&](const Cause& each) {
      return events.at(each.worry) * measured.days / kDaysPerYear >= 1;
    };
    double stated = 0;
    for (const Cause& each : causes) stated += seen(each) ? mean_of(each.part.hours) : 0;
    if (notes != nullptr) {
      notes->push_back(fmt::format(
          "{}: {:.4f} % over {:.3g} days, so {:.3g} h of downtime a year{}; rarer worries are "
          "added, of which {:.3g} days would have shown less than one",
          measured.objective, measured.availability * 100, measured.days, mean,
          stated > 0 ? ", shared by the worries that are frequent" : "", measured.days));
    }
    const double s = std::sqrt(kDaysAnObservation / std::max(measured.days, kDaysAnObservation));
    Draws hours(kWorlds, 0);
    if (mean > 0) {
      hours = draws_of(chance::lognormal(std::log(mean) - s * s / 2, s),
                       chance::derive(seed_, "measured/" + name));
    }
    if (stated <= 0) {
      if (mean > 0) causes.push_back({kMeasuredPart, kMeasuredPart, {kMeasuredPart, hours, 0, {}}});
      return;
    }
    for (Cause& each : causes) {
      if (!seen(each)) continue;
      const double share = mean_of(each.part.hours) / stated;
      each.part.events *= mean / stated;
      for (std::size_t w = 0; w < kWorlds; ++w) each.part.hours[w] = hours[w] * share;
    }
    if (mean <= 0) std::erase_if(causes, seen);
  }

  // What is known of a dependency: its downtime, rare and measured, as it is and with every option
  // taken that acts on it.
  struct Known {
    double now = 1;
    double best = 1;
  };
  Result<std::optional<Known>> availability_of_service(const std::string& name) {
    TRY(const std::vector<Cause> causes, causes_of(name, nullptr));
    if (causes.empty()) return std::optional<Known>();
    double hours = 0;
    double least = 0;
    for (const Cause& each : causes) {
      const double own = mean_of(each.part.hours);
      const auto left = left_at_best_.find({each.worry, each.cause});
      hours += own;
      least += own * (left == left_at_best_.end() ? 1 : left->second);
    }
    return std::optional(
        Known{1 - std::min(hours / kHoursPerYear, 1.0), 1 - std::min(least / kHoursPerYear, 1.0)});
  }

  Result<void> add_need(const model::Dependency& dependency) {
    if (!dependency.critical || dependency.fallback) return {};
    Need need;
    std::vector<double> now;
    std::vector<double> best;
    std::vector<std::string> names;
    for (const ServiceId& on : dependency.on) {
      TRY(const std::optional<Known> known, availability_of_service(on.value));
      need.known = need.known || known.has_value();
      now.push_back(known.value_or(Known{}).now);
      best.push_back(known.value_or(Known{}).best);
      names.push_back(on.value);
      if (!known)
        out_.notes.push_back("nothing is known of " + on.value + ": it counts as never down");
    }
    need.name = fmt::format("{}", fmt::join(names, " or "));
    const auto enough = static_cast<std::size_t>(dependency.need);
    need.availability = chance::soft(chance::some_of(enough, now), dependency.share);
    need.best = chance::soft(chance::some_of(enough, best), dependency.share);
    out_.needs.push_back(std::move(need));
    return {};
  }

  Result<void> add_contracts(const model::Service& service) {
    for (const model::Contract& each : service.contracts) {
      TRY_VOID(take_currency(each.per_year.unit, "the contract with " + each.with));
      TRY(const chance::Fit fit, each.per_year.fit());
      out_.contracts.push_back(
          {each, draws_of(fit.distribution, chance::derive(seed_, "contract/" + each.with))});
    }
    return {};
  }

  // The options that act on these causes, with all that those need.
  [[nodiscard]] model::WorryFile relevant(const std::vector<Cause>& causes) const {
    std::set<std::string> names;
    for (const Cause& each : causes) names.insert({each.worry, each.cause});
    std::set<std::string> wanted;
    const auto acts = [&](const model::SharedOption& option) {
      const auto on = [&](const auto& effect) { return names.contains(effect.first); };
      return std::ranges::any_of(option.blocks, on) || std::ranges::any_of(option.cuts, on);
    };
    for (const model::SharedOption& each : sources_.written.options) {
      if (acts(each)) wanted.insert(each.id);
    }
    for (std::size_t before = 0; before != wanted.size();) {
      before = wanted.size();
      for (const model::SharedOption& each : sources_.written.options) {
        if (wanted.contains(each.id)) {
          wanted.insert(each.requires_ids.begin(), each.requires_ids.end());
        }
      }
    }
    model::WorryFile out;
    std::set<std::string> worries;
    for (const Cause& each : causes) worries.insert(each.worry);
    for (const model::FiledWorry& each : sources_.written.worries) {
      if (worries.contains(each.id)) out.worries.push_back(each);
    }
    for (model::SharedOption each : sources_.written.options) {
      if (!wanted.contains(each.id)) continue;
      std::erase_if(each.excludes, [&](const auto& id) { return !wanted.contains(id); });
      each.must = false;
      each.worth.reset();
      out.options.push_back(std::move(each));
    }
    return out;
  }

  Result<void> add_levers(const std::vector<Cause>& causes) {
    plan::Problem& levers = out_.levers;
    for (const Cause& each : causes)
      levers.causes.push_back({each.cause, mean_of(each.part.hours)});
    const model::WorryFile file = relevant(causes);
    if (file.options.empty()) {
      out_.notes.push_back(
          "no option is declared that acts on this downtime: what a nine more costs "
          "is not known (options: [{id: ..., once: \"$40k\", cuts: {...}}])");
      return {};
    }
    // Of the register only costs and effects count here; an hour of a dependency that nobody priced
    // stands for an hour of this service.
    model::Stakes stakes = sources_.stakes;
    if (const model::Stake* const own = stakes.find(model::StakeOf::kServiceHour, out_.service)) {
      model::Stake any = *own;
      any.service.clear();
      if (stakes.find(model::StakeOf::kServiceHour, "") == nullptr) stakes.add(std::move(any));
    }
    TRY(plan::Register reg, plan::read_register(file, stakes, sources_.horizon,
                                                deploys_a_year(sources_.history, "", sources_.now),
                                                seed_, sources_.now));
    TRY_VOID(take_currency(reg.currency, "what the options cost"));
    const double present = sources_.horizon.present_value();
    out_.worlds = std::move(reg.worlds);
    for (Draws& each : out_.worlds.costs) {
      for (double& cost : each) cost /= present;
    }
    for (std::size_t i = 0; i < reg.shape.options.size(); ++i) {
      plan::Option option = std::move(reg.shape.options[i]);
      option.cost = mean_of(out_.worlds.costs[i]);
      option.days.clear();
      option.value = 0;
      option.believed = 1;  // a curve shows what each step is stated to bring
      for (const plan::Effect& effect : option.effects) {
        left_at_best_
            .try_emplace({reg.worry_of[effect.cause], reg.shape.causes[effect.cause].name}, 1)
            .first->second *= effect.leaves();
      }
      place_effects(option, reg, causes);
      levers.options.push_back(std::move(option));
    }
    return {};
  }

  // From causes of the register to those of this question, which are the same by name.
  static void place_effects(plan::Option& option, const plan::Register& reg,
                            const std::vector<Cause>& causes) {
    std::vector<plan::Effect> effects;
    for (const plan::Effect& effect : option.effects) {
      for (std::size_t i = 0; i < causes.size(); ++i) {
        if (causes[i].worry != reg.worry_of[effect.cause]) continue;
        if (causes[i].cause != reg.shape.causes[effect.cause].name) continue;
        effects.push_back({i, effect.stops, effect.cuts});
      }
    }
    option.effects = std::move(effects);
  }

  const Sources& sources_;
  const std::map<std::string, std::string> taught_;
  const chance::Seed seed_;
  std::map<std::pair<std::string, std::string>, double> left_at_best_;  // by worry and cause
  Question out_;
};

}  // namespace

Result<Question> question_of(const std::string& service, const Sources& sources,
                             chance::Seed seed) {
  const auto taught = taught_by(sources.written, sources.history);
  const Sources with{sources.catalog, taught ? taught->file : sources.written,
                     sources.stakes,  sources.measured,
                     sources.history, sources.horizon,
                     sources.now};
  return Reader(with, taught ? taught->notes : std::map<std::string, std::string>(), seed)
      .run(service);
}

}  // namespace daytwo::decide::nines
