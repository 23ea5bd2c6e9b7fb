// The chance of a miss against a known truth: months of objectives are simulated, the chance is
// asked on a day of the month, and the month is played to its end. Usage: miss_sim [--check]
// [OBJECTIVES] [SEED] Prints a table of stated chances against how often the miss came; with
// --check the exit code says whether the calibration error is within 3 points.
#include "orient/miss.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string_view>
#include <vector>

#include "chance/score.h"
#include "chance/seed.h"
#include "model/objective.h"
#include "orient/event_rings.h"

namespace daytwo::sim {
namespace {

constexpr Timestamp kStart{1'799'992'800'000};  // a multiple of two hours
constexpr Duration kStep = minutes(10);
constexpr int kStepsADay = 144;
constexpr int kDays = 30;
constexpr std::size_t kBins = 5;
constexpr double kWorstError = 0.03;

// How failures come.
enum class Kind : std::uint8_t { kScattered, kOutages, kWaves, kBoth };
constexpr std::array<std::string_view, 4> kNames = {"scattered", "outages", "waves", "both"};

// One objective: what it promises, and what really is the case.
class World {
 public:
  World(Kind kind, chance::Seed seed, std::uint64_t index) : kind_(kind), stream_(seed, index) {
    rate_ = std::exp(between(std::log(100.0), std::log(20'000.0)));
    constexpr std::array<std::int64_t, 3> kTargets = {990'000'000, 995'000'000, 999'000'000};
    target_ = kTargets.at(static_cast<std::size_t>(stream_.uniform() * 3));
    const double allowed = 1 - static_cast<double>(target_) / 1e9;
    // From a quarter of the budget to two of them in a month, as expected.
    const double spent = allowed * std::exp(between(std::log(0.25), std::log(2.0)));
    const bool outages = kind == Kind::kOutages || kind == Kind::kBoth;
    const double by_outages = kind == Kind::kOutages ? 1 : outages ? 0.5 : 0;
    scattered_ = spent * (1 - by_outages);
    if (outages) {
      outages_a_month_ = between(3, 15);
      // All of an hour's events of an outage: how deep it is follows from the share spent.
      depth_ = spent * by_outages * kDays * 24 / outages_a_month_;
    }
  }

  // Events of the next step.
  model::EventSums next() {
    const double count = poisson(rate_ * kStep.hours() * day_factor());
    double share = scattered_;
    if (kind_ == Kind::kWaves) {
      // A log share that comes back to its mean in about six hours.
      wave_ = 0.97 * wave_ + std::sqrt(1 - 0.97 * 0.97) * stream_.normal();
      share *= std::exp(wave_ - 0.5);
    }
    if (left_ <= 0 && outages_a_month_ > 0 &&
        stream_.uniform() < outages_a_month_ / (kDays * kStepsADay)) {
      // Hours times share of this outage: exponential, like the lengths of repairs.
      left_ = -std::log(stream_.uniform()) * depth_;
    }
    if (left_ > 0) {
      const double most = kStep.hours();
      const double part = std::min(left_, most);
      share += part / most;
      left_ -= part;
    }
    ++step_;
    return {std::min(count, poisson(count * std::min(share, 1.0))), count, 1};
  }

  [[nodiscard]] std::int64_t target() const { return target_; }
  // A day of the month on which the chance is asked.
  int ask_day() { return 5 + static_cast<int>(stream_.uniform() * 23); }

 private:
  double between(double low, double high) { return low + (high - low) * stream_.uniform(); }
  // Quiet nights.
  [[nodiscard]] double day_factor() const {
    return 1 + 0.6 * std::sin(2 * 3.14159265358979 * step_ / kStepsADay);
  }
  // Poisson by inversion of small means, else by the normal limit, rounded.
  double poisson(double mean) {
    if (mean > 50) return std::max(0.0, std::round(mean + std::sqrt(mean) * stream_.normal()));
    double product = stream_.uniform();
    double count = 0;
    for (const double limit = std::exp(-mean); product > limit; product *= stream_.uniform()) {
      ++count;
    }
    return count;
  }

  Kind kind_;
  chance::Stream stream_;
  double rate_ = 0;
  std::int64_t target_ = 0;
  double scattered_ = 0;
  double outages_a_month_ = 0;
  double depth_ = 0;
  double left_ = 0;
  double wave_ = 0;
  int step_ = 0;
};

chance::ScoredChance play(Kind kind, chance::Seed seed, std::uint64_t index) {
  World world(kind, seed, index);
  orient::EventRings rings(days(kDays));
  model::Objective objective;
  objective.name = fmt::format("{} {}", kNames.at(static_cast<std::size_t>(kind)), index);
  objective.target_ppb = world.target();
  const int ask = world.ask_day() * kStepsADay;
  chance::ScoredChance out;
  double bad = 0;
  double total = 0;
  Timestamp end;
  for (int step = 0; step < kDays * kStepsADay * 5 / 4; ++step) {
    const Timestamp at = kStart + kStep * step;
    if (step == ask) {
      const auto outlook = orient::miss_outlook(objective, rings, at);
      if (!outlook) std::abort();
      out.said = outlook->chance;
      end = outlook->at;
    }
    if (end.ms != 0 && at >= end) break;
    const model::EventSums sums = world.next();
    rings.add_known(at, at + kStep);
    rings.add_events(at, at + kStep, sums.bad, sums.total);
  }
  const model::EventSums whole = rings.sum(days(kDays), end);
  bad = whole.bad;
  total = whole.total;
  out.came = bad > (1 - static_cast<double>(objective.target_ppb) / 1e9) * total;
  return out;
}

struct Bin {
  double said = 0;
  double came = 0;
  int count = 0;
};

// Mean distance of what was said from what came, over bins of equal width, weighted by their
// number.
double calibration_error(std::span<const chance::ScoredChance> scored, bool show) {
  std::array<Bin, kBins> bins;
  for (const auto& each : scored) {
    auto& bin = bins.at(std::min(kBins - 1, static_cast<std::size_t>(each.said * kBins)));
    bin.said += each.said;
    bin.came += each.came ? 1 : 0;
    ++bin.count;
  }
  double out = 0;
  for (std::size_t i = 0; i < kBins; ++i) {
    const Bin& bin = bins.at(i);
    if (bin.count == 0) continue;
    out += std::abs(bin.said - bin.came) / static_cast<double>(scored.size());
    if (!show) continue;
    fmt::print("  {:3.0f} to {:3.0f} %  n {:4}  said {:5.1f} %  came {:5.1f} %\n",
               100.0 * static_cast<double>(i) / kBins, 100.0 * static_cast<double>(i + 1) / kBins,
               bin.count, 100 * bin.said / bin.count, 100 * bin.came / bin.count);
  }
  return out;
}

int run(bool check, int objectives, chance::Seed seed) {
  std::vector<chance::ScoredChance> all;
  for (std::size_t kind = 0; kind < kNames.size(); ++kind) {
    std::vector<chance::ScoredChance> scored;
    for (int i = 0; i < objectives / static_cast<int>(kNames.size()); ++i) {
      scored.push_back(
          play(static_cast<Kind>(kind), seed, kind * 1'000'000 + static_cast<std::uint64_t>(i)));
    }
    fmt::print("{:<10} n {:4}  calibration error {:4.1f} points  Brier {:.4f}\n", kNames.at(kind),
               scored.size(), 100 * calibration_error(scored, false), chance::brier(scored).score);
    all.insert(all.end(), scored.begin(), scored.end());
  }
  fmt::print("all, seed {}\n", seed.value);
  const double error = calibration_error(all, true);
  fmt::print("calibration error {:.1f} points over {} objective-months (at most {:.0f})\n",
             100 * error, all.size(), 100 * kWorstError);
  return check && error > kWorstError ? 1 : 0;
}

}  // namespace
}  // namespace daytwo::sim

int main(int count, char** words) {
  bool check = false;
  int objectives = 1000;
  std::uint64_t seed = 1;
  int place = 0;
  for (int i = 1; i < count; ++i) {
    if (std::string_view(words[i]) == "--check") {
      check = true;
    } else if (place++ == 0) {
      objectives = std::max(4, std::atoi(words[i]));
    } else {
      seed = std::strtoull(words[i], nullptr, 10);
    }
  }
  return daytwo::sim::run(check, objectives, daytwo::chance::Seed{seed});
}
