#include "decide/design/feasibility.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/availability.h"
#include "chance/estimate.h"
#include "chance/fit.h"
#include "chance/sampler.h"
#include "chance/seed.h"
#include "model/objective.h"
#include "model/service.h"
#include "model/stakes.h"

namespace daytwo::decide::design {
namespace {

constexpr double kHoursAYear = 8766;
constexpr std::size_t kPrices = 20'000;
constexpr double kSharedByCopies = 0.1;  // of failures, where nobody says how much two copies share
constexpr double kRounding = 1e-12;

double target_of(const Feasibility& item) {
  return static_cast<double>(item.target_ppb) / static_cast<double>(model::kBillion);
}

// "43.2 min", "5 s", "3.6 h".
std::string time_words(double hours) {
  const double seconds = hours * 3600;
  if (seconds < 90) return fmt::format("{:.3g} s", seconds);
  if (seconds < 5400) return fmt::format("{:.3g} min", seconds / 60);
  return fmt::format("{:.3g} h", hours);
}

std::string list_words(const std::vector<std::string>& names) {
  if (names.size() < 2) return names.empty() ? "" : names.front();
  const std::vector<std::string> first(names.begin(), names.end() - 1);
  return fmt::format("{} and {}", fmt::join(first, ", "), names.back());
}

// One promise, put together step by step.
class Answer {
 public:
  Answer(const model::Service& service, const Design& design, const model::Stakes& stakes,
         chance::Seed seed)
      : service_(service), design_(design), stakes_(stakes), seed_(seed) {}

  Result<Feasibility> run(std::size_t at) {
    const model::Objective& objective = service_.objectives[at];
    out_.service = service_.id.value;
    out_.objective = objective.name;
    out_.target_ppb = objective.target_ppb;
    out_.window = objective.window;
    out_.place = service_.objective_places[at];
    TRY(out_.ceiling, design_.ceiling_of(out_.service, seed_));
    add_needs();
    stand();
    TRY_VOID(add_remedies());
    TRY_VOID(add_cost());
    out_.sentence = sentence();
    return std::move(out_);
  }

 private:
  void add_needs() {
    const double budget = 1 - target_of(out_);
    // Those of which nothing is known are looked through.
    std::vector<std::string> below = design_.needs_of(out_.service);
    for (std::size_t at = 0; at < below.size(); ++at) {
      const std::string need = below[at];
      const Total& total = design_.total_of(need);
      if (total.source == Source::kUnknown) {
        out_.blind.push_back(need);
        for (std::string& each : design_.needs_of(need)) {
          if (std::find(below.begin(), below.end(), each) == below.end()) {
            below.push_back(std::move(each));
          }
        }
        continue;
      }
      // What is lost with it, beside the same without it ever failing.
      const auto without = design_.with_total(need, 1).ceiling_of(out_.service, seed_);
      const double takes = without ? without->availability - out_.ceiling.availability : 0;
      out_.takers.push_back({need, total.source, total.availability, takes / budget});
    }
    std::stable_sort(out_.takers.begin(), out_.takers.end(),
                     [](const Taker& a, const Taker& b) { return a.takes > b.takes; });
  }

  void stand() {
    const double target = target_of(out_);
    const Ceiling& ceiling = out_.ceiling;
    out_.left = 1 - (1 - ceiling.availability) / (1 - target);
    if (!ceiling.worlds.empty()) {
      const auto kept = std::count_if(ceiling.worlds.begin(), ceiling.worlds.end(),
                                      [&](double each) { return each >= target - kRounding; });
      out_.chance = static_cast<double>(kept) / static_cast<double>(ceiling.worlds.size());
    } else {
      out_.chance = ceiling.availability >= target - kRounding ? 1 : 0;
    }
    if (out_.takers.empty() && !out_.blind.empty() && ceiling.availability >= 1) {
      out_.standing = Standing::kUnknown;
    } else if (ceiling.availability >= target - kRounding) {
      out_.standing = Standing::kKept;
    } else if (ceiling.bounds.high >= target - kRounding) {
      out_.standing = Standing::kOverlap;
      const double way = ceiling.bounds.high - ceiling.availability;
      out_.overlap = way > 0 ? (target - ceiling.availability) / way : 1;
    } else {
      out_.standing = Standing::kInfeasible;
    }
  }

  [[nodiscard]] bool broken() const {
    return out_.standing == Standing::kOverlap || out_.standing == Standing::kInfeasible;
  }

  Result<void> add_remedies() {
    if (!broken()) return {};
    for (const Taker& taker : out_.takers) {
      const double down = 1 - taker.availability;
      const double copies =
          kSharedByCopies * down + (1 - kSharedByCopies) * down * (1 - kSharedByCopies) * down;
      TRY_VOID(try_change(
          design_.with_total(taker.service, 1 - down / 10),
          fmt::format("{} at {}", taker.service, chance::short_percent_words(1 - down / 10))));
      TRY_VOID(try_change(
          design_.with_total(taker.service, 1 - copies),
          fmt::format("a second copy of {}, which shares a tenth of its failures", taker.service)));
      TRY_VOID(try_change(design_.without(out_.service, taker.service),
                          fmt::format("a way around {}", taker.service)));
    }
    if (!out_.remedies.empty() || out_.takers.size() < 2) return {};
    Design all = design_;
    std::vector<std::string> names;
    for (const Taker& taker : out_.takers) {
      const double better = 1 - (1 - taker.availability) / 10;
      all = all.with_total(taker.service, better);
      names.push_back(fmt::format("{} at {}", taker.service, chance::short_percent_words(better)));
    }
    return try_change(all, list_words(names));
  }

  Result<void> try_change(const Design& changed, std::string words) {
    TRY(const Ceiling ceiling, changed.ceiling_of(out_.service, seed_));
    if (ceiling.availability >= target_of(out_) - kRounding) {
      out_.remedies.push_back({std::move(words), ceiling.availability});
    }
    return {};
  }

  Result<void> add_cost() {
    const model::Stake* const stake = stakes_.find(model::StakeOf::kServiceHour, out_.service);
    if (stake == nullptr || out_.standing == Standing::kUnknown) return {};
    TRY_IN(stake->text, const chance::Fit fit, stake->worth.fit());
    std::vector<double> prices =
        chance::draws(fit.distribution, kPrices, chance::derive(seed_, "stake/" + stake->key()));
    const std::vector<double>& worlds = out_.ceiling.worlds;
    for (std::size_t i = 0; i < prices.size(); ++i) {
      const double ceiling = worlds.empty() ? out_.ceiling.availability : worlds[i % worlds.size()];
      prices[i] *= (1 - ceiling) * kHoursAYear;
    }
    out_.cost = Cost{stake->worth.unit, chance::estimate_of(prices, seed_)};
    return {};
  }

  [[nodiscard]] std::string sentence() const {
    const double hours = out_.window.hours();
    const double budget = (1 - target_of(out_)) * hours;
    const double taken = (1 - out_.ceiling.availability) * hours;
    const std::string promise =
        fmt::format("{} {}", out_.objective, model::target_words(out_.target_ppb) + " %");
    const std::string window = to_string(out_.window);
    if (out_.standing == Standing::kUnknown) {
      return fmt::format("{}: nothing is known of {}, which {} needs: {} is a hope", out_.service,
                         list_words(out_.blind), out_.service, promise);
    }
    if (out_.takers.empty() && out_.blind.empty()) {
      return fmt::format("{}: {} hangs on {} alone: {} in {}", out_.service, promise, out_.service,
                         time_words(budget), window);
    }
    std::vector<std::string> names;
    bool measured = !out_.takers.empty();
    for (const Taker& taker : out_.takers) {
      names.push_back(taker.service);
      measured = measured && taker.source == Source::kMeasured;
    }
    if (names.empty()) names.emplace_back("what it needs");
    const bool several = names.size() > 1;
    const std::string take = measured ? (several ? "take" : "takes") : "may take";
    std::string out;
    if (out_.standing == Standing::kKept) {
      out = fmt::format(
          "{}: {} can be kept: {} {} {} of the {} that it allows in {}, which leaves "
          "{} for {} itself",
          out_.service, promise, list_words(names), take, time_words(taken), time_words(budget),
          window, time_words(budget - taken), out_.service);
    } else if (out_.standing == Standing::kOverlap) {
      out = fmt::format(
          "{}: {} is kept only where failures overlap: one by one {} {} {} of the {} "
          "that it allows in {}; at least {:.0f} % of what could coincide would have "
          "to",
          out_.service, promise, list_words(names), take, time_words(taken), time_words(budget),
          window, std::ceil(out_.overlap * 100));
    } else {
      out = fmt::format(
          "{}: {} cannot be kept: {} {} {}, and it allows {} in {}, however their "
          "failures fall",
          out_.service, promise, list_words(names), take, time_words(taken), time_words(budget),
          window);
    }
    if (!out_.remedies.empty()) out += "; " + out_.remedies.front().words + " would make it so";
    return out;
  }

  const model::Service& service_;
  const Design& design_;
  const model::Stakes& stakes_;
  const chance::Seed seed_;
  Feasibility out_;
};

}  // namespace

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::kKept:
      return "kept";
    case Standing::kOverlap:
      return "needs overlap";
    case Standing::kInfeasible:
      return "infeasible";
    case Standing::kUnknown:
      return "unknown";
  }
  return "unknown";
}

Result<std::vector<Feasibility>> feasibility_of(const model::Service& service, const Design& design,
                                                const model::Stakes& stakes, chance::Seed seed) {
  std::vector<Feasibility> out;
  for (std::size_t i = 0; i < service.objectives.size(); ++i) {
    if (!promises_availability(service.objectives[i])) continue;
    TRY(Feasibility each, Answer(service, design, stakes, seed).run(i));
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace daytwo::decide::design
