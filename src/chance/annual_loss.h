// Annual loss: both engines and what a run returns. S = X_1 + ... + X_N over one year, simulated
// (simulation.h) and, beside it, computed on a grid (exact_loss.h); every result says how far the
// two agree [worth.md 4].
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "chance/estimate.h"
#include "chance/exact_loss.h"
#include "chance/risk.h"
#include "chance/seed.h"
#include "chance/simulation.h"
#include "chance/year_histogram.h"

namespace daytwo::chance {

// How far simulation and exact engine disagree, in standard errors: the worst of the mean and of
// P(S > x) at the exact 50, 90, 95, 99 and 99.9 % quantiles, where 100 years or more are expected
// above. Above kSuspect a run is suspect (false alarm about 3e-6 a figure).
[[nodiscard]] double disagreement(const Simulation& simulated, const ExactLoss& exact);

// Standard errors above which a run is marked suspect.
inline constexpr double kSuspect = 5;

// One point of an exceedance curve: P(S > loss), with its 95 % Monte Carlo interval.
struct CurvePoint {
  double loss = 0;
  double chance = 0;
  double low = 0;
  double high = 0;
};

// A tail measure at one level.
struct TailFigure {
  double level = 0;
  Banded value;
};

// What a run returns [worth.md 4.4].
struct Exceedance {
  std::vector<CurvePoint> curve;  // losses rise, chances fall
  Estimate estimate;
  Banded mean;  // of the sample; estimate.mean is the expected one
  Banded chance_of_loss;
  std::vector<TailFigure> var;   // at .5, .9, .95, .99, .999
  std::vector<TailFigure> tvar;  // at .95, .99, .999
  std::size_t exact_cells = 0;
  double sigma = 0;  // disagreement with the exact engine
  bool suspect = false;
  // Share of the 1-in-1000 tail that one event alone explains: sum of rate P(X > x) over P(S > x).
  // Near 1 for heavy tails (one big jump); where it is low, many events make a bad year together.
  double one_event = 0;
  std::size_t years = 0;
  double events_a_year = 0;
  Seed seed;
  std::string engine;
  std::string target;
  std::string inputs_hash;  // of risks, rates and sizes as they print
};

// Points of a curve for a screen; their losses are log-spaced.
inline constexpr std::size_t kCurvePoints = 256;

// The whole answer for one set of risks. Errors: as simulate and exact_annual_loss.
[[nodiscard]] Result<Exceedance> exceedance(std::span<const Risk> risks,
                                            const SimulationOptions& options,
                                            std::size_t cells = kExactCells);

// P(S > x) at `points` log-spaced losses from the 1 % quantile of the years with a loss up to the
// loss of one year in `years`. REQUIRES: points >= 2.
[[nodiscard]] std::vector<CurvePoint> curve_of(const YearHistogram& losses, std::size_t points);

// Short hash of all inputs of a run, whatever the order of the risks.
[[nodiscard]] std::string inputs_hash(std::span<const Risk> risks);

}  // namespace daytwo::chance
