#include "decide/risk/event.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "chance/sampler.h"
#include "chance/seed.h"
#include "decide/risk/rate.h"
#include "decide/taught_file.h"
#include "model/field.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {
namespace {

using Draws = std::vector<double>;

// One uniform in each of `count` slices of (0, 1), in an order of its own.
Draws slices(std::size_t count, chance::Seed seed) {
  chance::Stream stream(seed, 0);
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (std::size_t i = count - 1; i > 0; --i) {
    const double place = stream.uniform() * static_cast<double>(i + 1);
    std::swap(order[i], order[static_cast<std::size_t>(place)]);
  }
  Draws out(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double u =
        (static_cast<double>(order[i]) + stream.uniform()) / static_cast<double>(count);
    out[i] = std::clamp(u, 1e-12, 1 - 1e-12);
  }
  return out;
}

Draws drawn(const chance::Distribution& law, std::size_t count, chance::Seed seed) {
  if (law.is_point()) return Draws(count, law.quantile(0.5));
  const chance::Sampler sampler(law);
  Draws out = slices(count, seed);
  for (double& u : out) u = sampler.at(u);
  return out;
}

// Draws the parts of one worry within an event that `origin` began.
class Drawer {
 public:
  Drawer(const model::FiledWorry& worry, const model::FiledWorry& origin,
         const model::Stakes& stakes, const EventOptions& options)
      : worry_(worry), origin_(origin), stakes_(stakes), options_(options) {}

  Result<Event> run() {
    out_.own.assign(options_.draws, 0);
    out_.harm.assign(options_.draws, 0);
    if (worry_.loss.empty()) TRY_VOID(add_sentence());
    for (const model::LossPart& part : worry_.loss) TRY_VOID(add(part, false));
    for (const model::LossPart& part : worry_.harm) TRY_VOID(add(part, true));
    TRY_VOID(limit());
    discount();
    for (const EventPart& part : out_.parts) {
      Draws& sum = part.harm ? out_.harm : out_.own;
      for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part.draws[i];
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] chance::Seed seed_of(const std::string& purpose) const {
    return chance::derive(options_.seed, "event/" + worry_.id + "/" + purpose);
  }

  Result<void> take_currency(const std::string& code) {
    if (out_.currency.empty()) out_.currency = code;
    if (out_.currency == code) return {};
    return fail(model::error_at(
        worry_.place, fmt::format("worry '{}' is in {} and {}", worry_.id, out_.currency, code),
        fmt::format("one currency: its amounts and stakes in {}", out_.currency)));
  }

  // Puts a price on natural units.
  Result<void> price(const std::string& unit, Draws& draws) {
    if (unit.size() == 3) return take_currency(unit);
    const auto of = model::stake_for(unit);
    const model::Stake* stake = of ? stakes_.find(*of, worry_.service) : nullptr;
    if (stake == nullptr) {
      const std::string answer =
          of ? fmt::format("; say it with --stake '{}'", model::example(*of, worry_.service)) : "";
      return fail(Code::kNotFound, fmt::format("worry '{}' is in {}, and nobody has said what they "
                                               "are worth{}",
                                               worry_.id, unit, answer));
    }
    TRY_VOID(take_currency(stake->worth.unit));
    TRY_IN(stake->text, const chance::Fit fit, stake->worth.fit());
    const Draws prices = drawn(fit.distribution, options_.draws,
                               chance::derive(options_.seed, "stake/" + stake->key()));
    for (std::size_t i = 0; i < draws.size(); ++i) draws[i] *= prices[i];
    return {};
  }

  Result<void> add_sentence() {
    TRY(const model::WorrySentence sentence, model::parse_sentence(worry_.sentence));
    TRY(const chance::Fit size, sentence.size.fit());
    const chance::Distribution law =
        options_.history == nullptr
            ? size.distribution
            : size_of(sentence, size.distribution, worry_.service, *options_.history).what;
    Draws draws = drawn(law, options_.draws, seed_of("size"));
    TRY_VOID(price(sentence.size.unit, draws));
    out_.parts.push_back({"loss", false, lands_late(sentence.size.unit, 0), std::move(draws)});
    return {};
  }

  Result<Draws> field(const model::Field& field, const std::string& purpose) const {
    if (field.closed && field.uses.empty()) {
      return drawn(field.law, options_.draws, seed_of(purpose));
    }
    model::Field asked = field;
    if (origin_.id != worry_.id && origin_.duration) {
      asked.program = lasting(field.program, origin_.duration->text);
    }
    const chance::Seed duration =
        chance::derive(options_.seed, "event/" + origin_.id + "/duration");
    return asked.draws({.worlds = options_.draws,
                        .named = options_.seed,
                        .own = seed_of(purpose),
                        .seeds = {{std::string(model::kDuration), duration}}});
  }

  Result<void> add(const model::LossPart& part, bool harm) {
    const std::string purpose = (harm ? "harm/" : "loss/") + part.name;
    TRY(Draws draws, field(part.amount, purpose));
    TRY_VOID(price(part.amount.unit, draws));
    if (part.cap) {
      TRY_VOID(take_currency(part.cap->unit));
      for (double& each : draws) each = std::min(each, part.cap->mean);
    }
    if (part.chance) {
      TRY(const Draws chances, field(*part.chance, purpose + "/chance"));
      const Draws coins = slices(options_.draws, seed_of(purpose + "/coin"));
      for (std::size_t i = 0; i < draws.size(); ++i) {
        if (coins[i] >= chances[i]) draws[i] = 0;
      }
    }
    out_.parts.push_back(
        {part.name, harm, lands_late(part.amount.unit, part.over_years), std::move(draws)});
    return {};
  }

  // The limit is on what is paid, whenever that is; so it comes first.
  void discount() {
    if (options_.worth_of_late == 1) return;
    for (EventPart& part : out_.parts) {
      if (part.harm || !part.late) continue;
      for (double& each : part.draws) each *= options_.worth_of_late;
    }
  }

  Result<void> limit() {
    if (!worry_.never_above) return {};
    TRY_VOID(take_currency(worry_.never_above->unit));
    for (std::size_t i = 0; i < options_.draws; ++i) {
      double sum = 0;
      for (const EventPart& part : out_.parts) sum += part.harm ? 0 : part.draws[i];
      if (sum <= worry_.never_above->mean) continue;
      for (EventPart& part : out_.parts) {
        if (!part.harm) part.draws[i] *= worry_.never_above->mean / sum;
      }
    }
    return {};
  }

  const model::FiledWorry& worry_;
  const model::FiledWorry& origin_;
  const model::Stakes& stakes_;
  const EventOptions& options_;
  Event out_;
};

// Draws in which each worry is set off: those reached from the origin over triggers that happened.
class Spread {
 public:
  Spread(const model::FiledWorry& origin, const std::vector<model::FiledWorry>& all,
         const EventOptions& options)
      : options_(options) {
    for (const model::FiledWorry& worry : all) by_id_[worry.id] = &worry;
    visit(origin);
  }

  // Worries that can be reached, without the origin.
  [[nodiscard]] std::set<std::string> reachable(const std::string& origin) const {
    std::set<std::string> out;
    for (const auto& [edge, coins] : edges_) {
      if (edge.second != origin) out.insert(edge.second);
    }
    return out;
  }

  // Whether `target` is set off in draw `at` of an event that began at `origin`.
  [[nodiscard]] bool reached(const std::string& origin, const std::string& target,
                             std::size_t at) const {
    std::set<std::string> done = {origin};
    std::vector<std::string> front = {origin};
    while (!front.empty()) {
      const std::string from = std::move(front.back());
      front.pop_back();
      for (const auto& [edge, coins] : edges_) {
        if (edge.first != from || coins[at] == 0 || !done.insert(edge.second).second) continue;
        if (edge.second == target) return true;
        front.push_back(edge.second);
      }
    }
    return false;
  }

 private:
  void visit(const model::FiledWorry& worry) {
    if (!seen_.insert(worry.id).second) return;
    for (const auto& [id, chance] : worry.triggers) {
      Draws coins =
          slices(options_.draws, chance::derive(options_.seed, "trigger/" + worry.id + "/" + id));
      for (double& coin : coins) coin = coin < chance.mean ? 1 : 0;
      edges_[{worry.id, id}] = std::move(coins);
      if (const auto next = by_id_.find(id); next != by_id_.end()) visit(*next->second);
    }
  }

  const EventOptions& options_;
  std::map<std::string, const model::FiledWorry*> by_id_;
  std::set<std::string> seen_;
  std::map<std::pair<std::string, std::string>, Draws> edges_;
};

}  // namespace

bool lands_late(const std::string& unit, double over_years) {
  return over_years > 0 || unit == model::kRecordsExposed;
}

Result<Event> draw_event(const model::FiledWorry& worry, const model::Stakes& stakes,
                         const EventOptions& options) {
  return Drawer(worry, worry, stakes, options).run();
}

Result<Event> draw_chain(const model::FiledWorry& worry, const std::vector<model::FiledWorry>& all,
                         const model::Stakes& stakes, const EventOptions& options) {
  TRY(Event out, draw_event(worry, stakes, options));
  if (worry.triggers.empty()) return out;
  const Spread spread(worry, all, options);
  for (const std::string& id : spread.reachable(worry.id)) {
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const model::FiledWorry& other) { return other.id == id; });
    if (at == all.end()) return fail(Code::kNotFound, "no worry '" + id + "' is declared");
    TRY(Event more, Drawer(*at, worry, stakes, options).run());
    if (!more.currency.empty() && !out.currency.empty() && more.currency != out.currency) {
      return fail(model::error_at(
          at->place,
          fmt::format("'{}' is in {}, '{}' in {}", worry.id, out.currency, id, more.currency),
          fmt::format("one currency: all amounts and stakes in {}", out.currency)));
    }
    for (std::size_t i = 0; i < options.draws; ++i) {
      const bool happens = spread.reached(worry.id, id, i);
      for (EventPart& part : more.parts) part.draws[i] *= happens ? 1 : 0;
      out.own[i] += happens ? more.own[i] : 0;
      out.harm[i] += happens ? more.harm[i] : 0;
    }
    for (EventPart& part : more.parts) {
      part.name = id + "/" + part.name;
      out.parts.push_back(std::move(part));
    }
  }
  return out;
}

std::map<std::string, double> set_off(const model::FiledWorry& worry,
                                      const std::vector<model::FiledWorry>& all,
                                      chance::Seed seed) {
  std::map<std::string, double> out;
  if (worry.triggers.empty()) return out;
  const EventOptions options{.seed = seed};
  const Spread spread(worry, all, options);
  for (const std::string& id : spread.reachable(worry.id)) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < options.draws; ++i)
      count += spread.reached(worry.id, id, i) ? 1 : 0;
    if (count > 0) out[id] = static_cast<double>(count) / static_cast<double>(options.draws);
  }
  return out;
}

Result<double> kept_by_limit(const model::FiledWorry& worry, const model::FiledWorry& origin,
                             const model::Stakes& stakes, chance::Seed seed,
                             const History& history) {
  if (!worry.never_above) return 1.0;
  const EventOptions options{.seed = seed, .history = &history};
  model::FiledWorry unlimited = worry;
  unlimited.never_above.reset();
  TRY(const Event cut, Drawer(worry, origin, stakes, options).run());
  TRY(const Event whole, Drawer(unlimited, origin, stakes, options).run());
  const double all = std::accumulate(whole.own.begin(), whole.own.end(), 0.0);
  return all > 0 ? std::accumulate(cut.own.begin(), cut.own.end(), 0.0) / all : 1.0;
}

bool is_plain(const model::FiledWorry& worry) {
  return worry.loss.empty() && worry.harm.empty() && !worry.rate && !worry.never_above &&
         worry.triggers.empty();
}

}  // namespace daytwo::decide::risk
