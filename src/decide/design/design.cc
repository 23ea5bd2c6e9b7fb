#include "decide/design/design.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/result.h"
#include "chance/composition.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/sampler.h"
#include "chance/seed.h"
#include "model/dependency.h"
#include "model/objective.h"
#include "model/service.h"

namespace daytwo::decide::design {
namespace {

constexpr std::size_t kWorlds = 1'000;
constexpr double kWorldVisits = 5e7;  // of parts, over all worlds
constexpr std::size_t kLeastWorlds = 50;
constexpr double kNinetyFive = 1.6448536269514722;  // the standard normal's 95 % quantile

double target_of(const model::Objective& objective) {
  return static_cast<double>(objective.target_ppb) / static_cast<double>(model::kBillion);
}

// Two halves of a lognormal that meet in the middle: p05, p50 and p95 are kept.
double beta_at(const std::array<double, 3>& beta, double normal) {
  const auto [low, middle, high] = beta;
  if (middle <= 0 || low <= 0) return middle;
  const double side = normal < 0 ? std::log(middle / low) : std::log(high / middle);
  return std::min(1.0, middle * std::exp(side * normal / kNinetyFive));
}

chance::PartNeed need_of(const model::Dependency& dependency, std::vector<std::size_t> on) {
  chance::PartNeed out;
  out.least = std::min(static_cast<std::size_t>(dependency.need), on.size());
  out.on = std::move(on);
  out.share = dependency.needed_share();
  out.common = dependency.beta[1];
  out.tries = static_cast<std::size_t>(dependency.tries);
  out.persistent = dependency.persistent;
  return out;
}

}  // namespace

bool promises_availability(const model::Objective& objective) {
  switch (objective.kind) {
    case model::ObjectiveKind::kProbe:
      return true;
    case model::ObjectiveKind::kFlow:
      return false;
    case model::ObjectiveKind::kRatio:
      break;
  }
  // Good below an edge of a histogram is fast, not there.
  return objective.good.find("le=") == std::string::npos;
}

const model::Objective* promise_of(const model::Service& service) {
  const model::Objective* out = nullptr;
  for (const model::Objective& each : service.objectives) {
    if (!promises_availability(each)) continue;
    if (out == nullptr || each.target_ppb < out->target_ppb) out = &each;
  }
  return out;
}

Design::Design(const model::Catalog& catalog, const MeasuredOf& measured) : catalog_(&catalog) {
  for (const model::Service& service : catalog.all()) {
    index_[service.id.value] = totals_.size();
    Total total;
    if (const model::Objective* promise = promise_of(service)) {
      total = {Source::kPromised, target_of(*promise), promise->name};
    }
    const auto seen = measured ? measured(service.id.value) : std::nullopt;
    if (seen && seen->total > 0) {
      // The mean of what is believed after the counts, from Jeffreys' prior.
      total = {Source::kMeasured, 1 - (seen->bad + 0.5) / (seen->total + 1), seen->objective,
               seen->bad, seen->total};
    }
    totals_.push_back(std::move(total));
  }
}

const Total& Design::total_of(const std::string& service) const {
  return totals_[index_.at(service)];
}

std::vector<std::string> Design::needs_of(const std::string& service) const {
  std::vector<std::string> out;
  const model::Service* const found = catalog_->find(ServiceId{service});
  CHECK(found != nullptr, "a service of the catalog");
  for (const model::Dependency& dependency : found->depends) {
    if (dependency.needed_share() <= 0) continue;
    for (const ServiceId& on : dependency.on) {
      if (std::find(out.begin(), out.end(), on.value) == out.end()) out.push_back(on.value);
    }
  }
  return out;
}

Design Design::with_total(const std::string& service, double availability) const {
  Design out = *this;
  Total& total = out.totals_[index_.at(service)];
  total = {Source::kPromised, availability, total.objective};
  return out;
}

Design Design::without(const std::string& service, const std::string& need) const {
  Design out = *this;
  out.dropped_[index_.at(service)].push_back(index_.at(need));
  return out;
}

std::vector<const model::Dependency*> Design::counted(std::size_t at) const {
  const auto dropped = dropped_.find(at);
  const auto goes = [&](const ServiceId& on) {
    return dropped != dropped_.end() && std::find(dropped->second.begin(), dropped->second.end(),
                                                  index_.at(on.value)) != dropped->second.end();
  };
  std::vector<const model::Dependency*> out;
  for (const model::Dependency& each : catalog_->all()[at].depends) {
    if (each.needed_share() <= 0 || std::any_of(each.on.begin(), each.on.end(), goes)) continue;
    out.push_back(&each);
  }
  return out;
}

std::vector<chance::Part> Design::parts(bool whole) const {
  std::vector<chance::Part> out;
  for (const model::Service& service : catalog_->all()) {
    chance::Part part{service.id.value, {}};
    if (!whole || totals_[out.size()].source == Source::kUnknown) {
      for (const model::Dependency* each : counted(out.size())) {
        std::vector<std::size_t> on;
        for (const ServiceId& name : each->on) on.push_back(index_.at(name.value));
        part.needs.push_back(need_of(*each, std::move(on)));
      }
    }
    out.push_back(std::move(part));
  }
  return out;
}

// What each service does by itself, those below first: its total beside what it needs.
Result<std::vector<double>> Design::own_works(const std::vector<chance::Part>& parts,
                                              std::size_t root, chance::Seed seed) const {
  TRY(const chance::Composition below, chance::Composition::make(parts, root));
  std::vector<double> works(parts.size(), 1);
  for (const std::size_t at : below.in_order()) {
    if (at == root || totals_[at].source == Source::kUnknown) continue;
    TRY(const chance::Composition graph, chance::Composition::make(parts, at));
    const double needs = graph.availability(works, seed).availability;
    works[at] = needs > 0 ? std::min(1.0, totals_[at].availability / needs) : 1;
  }
  return works;
}

void Design::add_worlds(const chance::Composition& graph, const std::vector<double>& works,
                        std::size_t root, chance::Seed seed, Ceiling& out) const {
  std::vector<std::size_t> measured;
  for (const std::size_t at : graph.reached()) {
    if (at != root && totals_[at].source == Source::kMeasured) measured.push_back(at);
  }
  std::vector<std::array<double, 3>> betas;
  bool spread = !measured.empty();
  for (const auto& cause : graph.common_causes()) {
    const std::array<double, 3>& beta = counted(cause.part)[cause.need]->beta;
    betas.push_back(beta);
    spread = spread || beta[0] < beta[2];
  }
  if (!spread) return;
  const double visits =
      static_cast<double>(graph.reached().size()) *
      std::ldexp(1.0, static_cast<int>(std::min<std::size_t>(graph.shared(), 16)));
  const auto worlds = static_cast<std::size_t>(std::clamp(
      kWorldVisits / visits, static_cast<double>(kLeastWorlds), static_cast<double>(kWorlds)));
  std::vector<std::vector<double>> drawn;
  for (const std::size_t at : measured) {
    const Total& total = totals_[at];
    drawn.push_back(
        chance::draws(chance::beta(total.count - total.bad + 0.5, total.bad + 0.5), worlds,
                      chance::derive(seed, "measured/" + catalog_->all()[at].id.value)));
  }
  for (std::size_t world = 0; world < worlds; ++world) {
    std::vector<double> each = works;
    for (std::size_t i = 0; i < measured.size(); ++i) {
      const double moved = drawn[i][world] / totals_[measured[i]].availability;
      each[measured[i]] = std::min(1.0, each[measured[i]] * moved);
    }
    std::vector<double> common;
    for (std::size_t i = 0; i < betas.size(); ++i) {
      chance::Stream stream(chance::derive(seed, "beta"), world * betas.size() + i);
      common.push_back(beta_at(betas[i], stream.normal()));
    }
    out.worlds.push_back(graph.availability(each, seed, common).availability);
  }
  const chance::Estimate estimate = chance::estimate_of(out.worlds, seed);
  out.low = estimate.p05;
  out.high = estimate.p95;
}

Result<Ceiling> Design::ceiling_of(const std::string& service, chance::Seed seed) const {
  const std::size_t root = index_.at(service);
  const std::vector<chance::Part> all = parts(false);
  TRY(std::vector<double> works, own_works(all, root, seed));
  TRY(const chance::Composition graph, chance::Composition::make(all, root));
  const chance::Composed composed = graph.availability(works, seed);
  Ceiling out;
  out.availability = composed.availability;
  out.error = composed.error;
  out.low = out.high = composed.availability;
  // Whatever hangs together: totals bound, not what lies below them.
  std::vector<chance::Part> flat = parts(true);
  flat[root].needs = all[root].needs;
  TRY(const chance::Composition outer, chance::Composition::make(std::move(flat), root));
  std::vector<double> totals;
  for (const Total& total : totals_) totals.push_back(total.availability);
  totals[root] = 1;
  out.bounds = outer.bounds(totals);
  add_worlds(graph, works, root, seed, out);
  return out;
}

Result<std::vector<std::string>> Design::musts_of(const std::string& service) const {
  const std::size_t root = index_.at(service);
  TRY(const chance::Composition graph, chance::Composition::make(parts(false), root));
  std::vector<std::string> out;
  for (const std::size_t at : graph.musts()) {
    if (at != root) out.push_back(catalog_->all()[at].id.value);
  }
  return out;
}

}  // namespace daytwo::decide::design
