// Run-out dates against a known truth: how often the 90 % interval holds, how far off the forecast
// is (CRPS), how often it cries wolf; beside a straight line through the last 7, 30 and 120 days.
// Usage: run_out_sim [--check] [SERIES OF A FAMILY] [SEED]
// With --check the exit code says whether what must hold does.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chance/seed.h"
#include "orient/ahead/run_out_date.h"
#include "tests/sim/run_out_families.h"

namespace daytwo::sim {
namespace {

constexpr double kLatest = 180;  // days: later is as good as never
constexpr std::size_t kQuantiles = 400;
constexpr std::array<std::size_t, 3> kWindows = {7, 30, 120};
constexpr std::size_t kMethods = kWindows.size() + 1;

// A forecast as sorted days, and whether a date is told at all.
struct Forecast {
  std::vector<double> days;
  bool told = true;
};

// A straight line by least squares through the last `window` days; each quantile of a new value
// crosses the limit on its own day.
Forecast straight(std::span<const double> values, std::size_t window) {
  const auto last = values.last(window);
  const auto n = static_cast<double>(window);
  const double middle = (n - 1) / 2;
  double mean = 0;
  double across = 0;
  double both = 0;
  for (const double each : last) mean += each / n;
  for (std::size_t i = 0; i < window; ++i) {
    const double t = static_cast<double>(i) - middle;
    across += t * t;
    both += t * (last[i] - mean);
  }
  const double slope = both / across;
  double squares = 0;
  for (std::size_t i = 0; i < window; ++i) {
    const double left = last[i] - mean - slope * (static_cast<double>(i) - middle);
    squares += left * left;
  }
  const double deviation = std::sqrt(squares / (n - 2));
  Forecast out;
  for (std::size_t k = 0; k < kQuantiles; ++k) {
    const double z = chance::normal_quantile((static_cast<double>(k) + 0.5) / kQuantiles);
    double day = 1;
    for (; day < kLatest; day += 1) {
      const double t = n - 1 + day - middle;
      const double spread = deviation * std::sqrt(1 + 1 / n + t * t / across);
      if (mean + slope * t + z * spread >= kLimit) break;
    }
    out.days.push_back(day);
  }
  std::sort(out.days.begin(), out.days.end());
  return out;
}

double crps(std::span<const double> sorted, double truth) {
  const auto n = static_cast<double>(sorted.size());
  double off = 0;
  double apart = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    off += std::fabs(sorted[i] - truth);
    apart += (2 * static_cast<double>(i) - n + 1) * sorted[i];
  }
  return off / n - apart / (n * n);
}

// Sums over series.
struct Score {
  double held = 0;
  double off = 0;
  double wide = 0;
  double brier = 0;
  double alarms = 0;
  double count = 0;

  void add(const Forecast& said, double truth) {
    const auto quantile = [&](double p) {
      const double place = std::ceil(p * static_cast<double>(said.days.size()));
      return said.days[static_cast<std::size_t>(place) - 1];
    };
    const double low = quantile(0.05);
    const double high = quantile(0.95);
    const auto soon = std::upper_bound(said.days.begin(), said.days.end(), 30.0);
    const double chance =
        static_cast<double>(soon - said.days.begin()) / static_cast<double>(said.days.size());
    const double wrong = chance - (truth <= 30 ? 1 : 0);
    held += low <= truth && truth <= high ? 1 : 0;
    off += crps(said.days, truth);
    wide += high - low;
    brier += wrong * wrong;
    alarms += said.told && chance > 0.5 ? 1 : 0;
    count += 1;
  }
  void add(const Score& other) {
    held += other.held;
    off += other.off;
    wide += other.wide;
    brier += other.brier;
    alarms += other.alarms;
    count += other.count;
  }
  [[nodiscard]] std::string words() const {
    return fmt::format("{:.3f} {:5.1f} {:5.1f} {:.3f}", held / count, off / count, wide / count,
                       brier / count);
  }
};
using Scores = std::array<Score, kMethods>;

void print(std::string_view name, const Scores& scores) {
  fmt::print("| {} |", name);
  for (const Score& each : scores) fmt::print(" {} |", each.words());
  fmt::print("\n");
}

// Everything that was scored.
struct Result {
  std::vector<Scores> families;
  Scores tuned_on;
  Scores held_out;
  double milliseconds = 0;  // of one forecast
};

Result score(std::size_t series, std::uint64_t seed) {
  Result out;
  double seconds = 0;
  double forecasts = 0;
  for (std::size_t family = 0; family < kFamilies.size(); ++family) {
    Scores scores;
    for (std::size_t i = 0; i < series; ++i) {
      const chance::Seed own =
          chance::derive(chance::Seed{seed}, fmt::format("{}/{}", kFamilies.at(family), i));
      const std::vector<double> path = draw_path(family, own);
      const auto shown = std::span(path).first(kHistory);
      const double truth = truth_of(path, kLatest);
      const auto began = std::chrono::steady_clock::now();
      const auto said = orient::ahead::run_out_date(shown, kLimit, own);
      seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      forecasts += 1;
      Forecast ours{{}, said->trend};
      for (const double day : said->passages) ours.days.push_back(std::min(day, kLatest));
      scores[0].add(ours, truth);
      for (std::size_t w = 0; w < kWindows.size(); ++w) {
        scores.at(w + 1).add(straight(shown, kWindows.at(w)), truth);
      }
    }
    for (std::size_t m = 0; m < kMethods; ++m) {
      (family < kTunedOn ? out.tuned_on : out.held_out).at(m).add(scores.at(m));
    }
    out.families.push_back(scores);
  }
  out.milliseconds = seconds * 1e3 / forecasts;
  return out;
}

void report(const Result& result) {
  fmt::print(
      "Held of 90 % | CRPS in days | width in days | Brier of \"within 30 days\"\n\n"
      "| family | daytwo | line, 7 d | line, 30 d | line, 120 d |\n|---|---|---|---|---|\n");
  for (std::size_t i = 0; i < result.families.size(); ++i) {
    print(kFamilies.at(i), result.families[i]);
  }
  print("the first eight", result.tuned_on);
  print("the last two, held out", result.held_out);
  fmt::print("\n\"Out within 30 days\" on flat series, wrongly:");
  for (const Score& each : result.families[kFlat]) fmt::print(" {:.3f}", each.alarms / each.count);
  fmt::print("\nCPU of one forecast: {:.2f} ms\n", result.milliseconds);
}

// What must hold whatever is changed, with room for the luck of so many series.
bool holds(const Result& result) {
  bool out = true;
  const auto check = [&](bool fine, const std::string& what) {
    if (!fine) fmt::print("does not hold: {}\n", what);
    out = out && fine;
  };
  const auto share = [](const Score& score) { return score.held / score.count; };
  const Score& all = result.tuned_on[0];
  check(share(all) > 0.85 && share(all) < 0.96, "nine in ten intervals hold");
  check(share(result.held_out[0]) > 0.8, "also where nobody looked before");
  for (std::size_t i = 0; i < result.families.size(); ++i) {
    check(share(result.families[i][0]) > 0.65, fmt::format("two in three for {}", kFamilies.at(i)));
  }
  for (std::size_t m = 1; m < kMethods; ++m) {
    check(all.off < result.tuned_on.at(m).off, "nearer to the truth than a straight line");
  }
  check(result.families[kFlat][0].alarms / all.count <= 0.05, "flat series run out for nobody");
  return out;
}

}  // namespace
}  // namespace daytwo::sim

int main(int argc, char** argv) {
  std::vector<std::string_view> words(argv + 1, argv + argc);
  const bool check = !words.empty() && words.front() == "--check";
  if (check) words.erase(words.begin());
  const auto number = [&](std::size_t at, std::uint64_t otherwise) {
    return words.size() > at ? std::strtoull(words[at].data(), nullptr, 10) : otherwise;
  };
  const auto result = daytwo::sim::score(number(0, 200), number(1, 1));
  daytwo::sim::report(result);
  return !check || daytwo::sim::holds(result) ? 0 : 1;
}
