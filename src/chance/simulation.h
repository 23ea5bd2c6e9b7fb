// Simulation: years of annual loss by Monte Carlo. It walks events, not years: each block of 32,768
// years draws how many events a source has there, gives each a year and a size, and adds them up
// (Poisson splitting) [worth.md 4.2]. Every draw is Philox at (event, block, source, mark), so a
// run has the same bits for any number of threads, any order of risks, and whatever other risks
// stand beside one; differences before and after a change are differences, not noise.
// Thread rule: Portfolio and Simulation are immutable after construction; any thread may read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chance/counts.h"
#include "chance/estimate.h"
#include "chance/risk.h"
#include "chance/sampler.h"
#include "chance/seed.h"
#include "chance/year_histogram.h"

namespace daytwo::chance {

// Raised when a change moves bits; stored with every result.
inline constexpr std::string_view kSimulationEngine = "chance.simulation/2";

// Years of one block: 256 KiB of doubles, which stay in the second-level cache.
inline constexpr std::size_t kBlockYears = 32'768;

// Events and years that one run may draw.
inline constexpr double kMaxEvents = 2e9;
// Years of one run.
inline constexpr std::size_t kMaxYears = 1'000'000'000;

// Runs task(0) .. task(count - 1), on as many threads as it likes, and returns when all are done.
using Parallel =
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& task)>;

// One task after the other.
void in_order(std::size_t count, const std::function<void(std::size_t)>& task);

// Risks made ready to be drawn: samplers built, sources sorted by name.
class Portfolio {
 public:
  // Errors: as check_risks; kInvalid when two names share a hash ("rename one").
  [[nodiscard]] static Result<Portfolio> make(std::span<const Risk> risks, Seed seed);

  // Expected events a year.
  [[nodiscard]] double events_a_year() const;

  // Adds the losses of the years of block `block` to `years`: S of year block * kBlockYears + i to
  // years[i]. Sizes are added source by source in order of their names. REQUIRES: 0 < years.size()
  // <= kBlockYears; the same size for a block gives the same bits.
  void add_block(std::uint32_t block, std::span<double> years) const;

  [[nodiscard]] std::span<const Risk> risks() const { return risks_; }
  [[nodiscard]] Seed seed() const { return seed_; }

 private:
  // What one mark of a source is drawn with.
  struct Mark {
    double chance = 1;
    Sampler sampler;
  };
  // Events of one hash: a whole risk, or one part of a Poisson risk whose size is a mixture.
  struct Source {
    std::size_t risk = 0;
    double rate = 0;
    std::uint32_t hash = 0;
    std::vector<Mark> marks;
  };

  Portfolio() = default;
  void add_source(const Source& source, std::uint32_t block, std::span<double> years) const;

  std::vector<Risk> risks_;
  std::vector<Source> sources_;
  Seed seed_;
  std::array<std::uint32_t, 2> key_{};
};

// How a run is made.
struct SimulationOptions {
  std::size_t years = 100'000;
  Seed seed = {};
  bool keep_years = false;  // for what needs them one by one: copulas, retentions, sliders
  const Parallel* parallel = nullptr;  // one thread where null
};

// A finished run.
struct Simulation {
  YearHistogram losses;
  double expected = 0;  // the mean in closed form: the control that any sampled figure is held to
  double events_a_year = 0;
  std::vector<double> years;  // in the order they were drawn, where they were to be kept
  Seed seed;
  std::string target;  // instruction set that ran

  // The mean is the expected one: a control variate with itself leaves nothing to chance. Quantiles
  // are the sample's.
  [[nodiscard]] Estimate estimate() const;
};

// Same risks, seed, years and instruction set: same bits. Errors: as Portfolio::make; kInvalid for
// no years; kLimit above kMaxEvents or kMaxYears. Cost: about 4 ns an event with AVX-512.
[[nodiscard]] Result<Simulation> simulate(std::span<const Risk> risks,
                                          const SimulationOptions& options);

// A histogram over kept years with another cut: the sum of others' cached years and one touched
// source, say. `top` as in YearHistogram.
[[nodiscard]] YearHistogram histogram_of(std::span<const double> years, double top, double origin);

}  // namespace daytwo::chance
