#include "chance/annual_loss.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/check.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/text.h"

namespace daytwo::chance {
namespace {

// Fewer expected years than this are too skewed for a test in standard errors.
constexpr double kFewYears = 100;

}  // namespace

double disagreement(const Simulation& simulated, const ExactLoss& exact) {
  const YearHistogram& losses = simulated.losses;
  const auto count = static_cast<double>(losses.years());
  double worst = 0;
  if (const double error = losses.standard_error(); error > 0) {
    worst = std::abs(losses.mean() - exact.mean()) / error;
  }
  for (const double p : std::array{.5, .9, .95, .99, .999}) {
    const double quantile = exact.value_at_risk(p);
    if (quantile <= 0) continue;
    // At an atom both engines draw a line through a jump, and not the same one: a percent to either
    // side of it they are comparable again. Elsewhere the three gaps are nearly one.
    double least = std::numeric_limits<double>::infinity();
    for (const double x : std::array{quantile * .99, quantile, quantile * 1.01}) {
      const double chance = exact.chance_above(x);
      const double error = std::sqrt(chance * (1 - chance) / count);
      if (count * chance < kFewYears || !(error > 0)) continue;
      least = std::min(least, std::abs(losses.chance_above(x).value - chance) / error);
    }
    if (std::isfinite(least)) worst = std::max(worst, least);
  }
  return worst;
}

std::vector<CurvePoint> curve_of(const YearHistogram& losses, std::size_t points) {
  CHECK(points >= 2, "a curve has two ends");
  const double chance = losses.chance_of_loss().value;
  std::vector<CurvePoint> out;
  if (chance <= 0) return out;
  const auto years = static_cast<double>(losses.years());
  const double low = losses.value_at_risk(std::min(1 - chance * 0.99, 1 - 0.5 / years)).value;
  const double high = losses.value_at_risk(1 - 0.5 / years).value;
  if (!(low > 0) || !(high >= low)) return out;
  const double ratio = std::log(high / low);
  for (std::size_t i = 0; i < points; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(points - 1);
    const double loss = low * std::exp(ratio * share);
    const Banded above = losses.chance_above(loss);
    out.push_back({loss, above.value, above.low, above.high});
  }
  return out;
}

std::string inputs_hash(std::span<const Risk> risks) {
  std::vector<std::string> lines;
  for (const Risk& risk : risks) {
    std::string line = risk.name + "\n" + std::to_string(static_cast<int>(risk.count)) + " " +
                       format_double(risk.rate) + " " + format_double(risk.clustering) + " " +
                       risk.size.to_string();
    for (const Hit& hit : risk.hits) {
      line += " " + format_double(hit.chance) + " " + hit.size.to_string();
    }
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return short_id(all);
}

Result<Exceedance> exceedance(std::span<const Risk> risks, const SimulationOptions& options,
                              std::size_t cells) {
  TRY(const Simulation run, simulate(risks, options));
  TRY(const ExactLoss exact, exact_annual_loss(risks, cells));
  Exceedance out;
  out.curve = curve_of(run.losses, kCurvePoints);
  out.estimate = run.estimate();
  out.mean = run.losses.mean_banded();
  out.chance_of_loss = run.losses.chance_of_loss();
  for (const double p : std::array{.5, .9, .95, .99, .999}) {
    out.var.push_back({p, run.losses.value_at_risk(p)});
    if (p > .9) out.tvar.push_back({p, run.losses.tail_value_at_risk(p)});
  }
  out.exact_cells = cells;
  out.sigma = disagreement(run, exact);
  out.suspect = out.sigma > kSuspect;
  const double far = exact.value_at_risk(.999);
  double single = 0;
  for (const Risk& risk : risks) single += risk.rate * risk.event_above(far);
  if (far > 0) out.one_event = std::min(1.0, single / exact.chance_above(far));
  out.years = options.years;
  out.events_a_year = run.events_a_year;
  out.seed = options.seed;
  out.engine = kSimulationEngine;
  out.target = run.target;
  out.inputs_hash = inputs_hash(risks);
  return out;
}

}  // namespace daytwo::chance
