// How fast the decision engine's figures come: the benchmark portfolio of 20 scenarios simulated
// with its curve, VaR, TVaR and their errors; larger ones; the exact check; a slider that moves one
// scenario; what knowing each of 30 inputs is worth. `tools/bench-chance` prints them beside a
// numpy script in the same minute.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstddef>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "chance/annual_loss.h"
#include "chance/fit.h"
#include "chance/knowing.h"
#include "chance/marks.h"
#include "chance/sampler.h"
#include "chance/simulation.h"

namespace daytwo {
namespace {

// Scenario i: 0.05 (1 + i mod 5)(1 + floor(i / 5)) events a year, 90 % interval 1e4 (1 + i)^1.3 to
// 1e6 (1 + i)^1.1; repeated `times` times with 0.375 events a year each when more than once.
std::vector<chance::Risk> portfolio(int times = 1) {
  std::vector<chance::Risk> out;
  for (int copy = 0; copy < times; ++copy) {
    for (int i = 0; i < 20; ++i) {
      const double rate = times > 1 ? 0.375 : 0.05 * (1 + i % 5) * (1 + i / 5);
      const double k = 1 + i;
      const auto fit = chance::fit_lognormal({1e4 * std::pow(k, 1.3), 1e6 * std::pow(k, 1.1), 0.9});
      out.push_back({"r" + std::to_string(copy) + "/" + std::to_string(i), chance::Count::kPoisson,
                     rate, fit->distribution});
    }
  }
  return out;
}

// Every second block on the other thread.
void on_two_threads(std::size_t count, const std::function<void(std::size_t)>& task) {
  const auto half = [&](std::size_t from) {
    for (std::size_t i = from; i < count; i += 2) task(i);
  };
  std::thread other(half, 1);
  half(0);
  other.join();
}

void read(const chance::Simulation& run) {
  benchmark::DoNotOptimize(run.losses.mean_banded());
  for (const double p : {.95, .99}) {
    benchmark::DoNotOptimize(run.losses.value_at_risk(p));
    benchmark::DoNotOptimize(run.losses.tail_value_at_risk(p));
  }
}

void simulate(benchmark::State& state, int times, const chance::Parallel* parallel) {
  const auto risks = portfolio(times);
  const auto years = static_cast<std::size_t>(state.range(0));
  std::uint64_t hash = 0;
  for (auto _ : state) {
    const auto run = chance::simulate(risks, {years, chance::Seed{1}, false, parallel});
    read(*run);
    benchmark::DoNotOptimize(chance::curve_of(run->losses, 99));
    hash = run->losses.hash();
  }
  state.SetLabel(chance::mark_target() + " " + std::to_string(hash));
}

void simulated_20_scenarios(benchmark::State& state) { simulate(state, 1, nullptr); }
BENCHMARK(simulated_20_scenarios)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void simulated_20_scenarios_avx2(benchmark::State& state) {
  if (!chance::limit_mark_target("AVX2")) return state.SkipWithError("no AVX2 here");
  simulate(state, 1, nullptr);
  chance::limit_mark_target("");
}
BENCHMARK(simulated_20_scenarios_avx2)->Arg(100'000)->Unit(benchmark::kMillisecond);

void simulated_20_scenarios_sse2(benchmark::State& state) {
  if (!chance::limit_mark_target("SSE2") && !chance::limit_mark_target("SSSE3")) {
    return state.SkipWithError("no narrower instruction set was built");
  }
  simulate(state, 1, nullptr);
  chance::limit_mark_target("");
}
BENCHMARK(simulated_20_scenarios_sse2)->Arg(100'000)->Unit(benchmark::kMillisecond);

const chance::Parallel kTwo = on_two_threads;
void simulated_20_scenarios_two_threads(benchmark::State& state) { simulate(state, 1, &kTwo); }
BENCHMARK(simulated_20_scenarios_two_threads)
    ->Arg(1'000'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
void simulated_200_scenarios_two_threads(benchmark::State& state) { simulate(state, 10, &kTwo); }
BENCHMARK(simulated_200_scenarios_two_threads)
    ->Arg(1'000'000)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void exact_20_scenarios(benchmark::State& state) {
  const auto risks = portfolio();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        chance::exact_annual_loss(risks, static_cast<std::size_t>(state.range(0))));
  }
}
BENCHMARK(exact_20_scenarios)->Arg(1 << 16)->Arg(1 << 20)->Unit(benchmark::kMillisecond);

// One of 20 scenarios moves: its million years are drawn again and added to the cached sum of the
// others; 256 points of the curve are read.
void slider_over_a_million_years(benchmark::State& state) {
  auto risks = portfolio();
  constexpr std::size_t kYears = 1'000'000;
  const double top = chance::top_loss(risks);
  const auto others = chance::simulate(std::span(risks).first(19), {kYears, chance::Seed{1}, true});
  for (auto _ : state) {
    risks.back().rate *= 1.0001;
    const auto touched =
        chance::simulate(std::span(risks).last(1), {kYears, chance::Seed{1}, true});
    std::vector<double> years = others->years;
    for (std::size_t i = 0; i < kYears; ++i) years[i] += touched->years[i];
    const auto losses = chance::histogram_of(years, top, others->expected + touched->expected);
    benchmark::DoNotOptimize(chance::curve_of(losses, chance::kCurvePoints));
  }
}
BENCHMARK(slider_over_a_million_years)->UseRealTime()->Unit(benchmark::kMillisecond);

void knowing_each_of_30_inputs(benchmark::State& state) {
  constexpr std::size_t kDraws = 20'000;
  std::vector<std::vector<double>> inputs;
  std::vector<double> net(kDraws);
  for (std::uint64_t i = 0; i < 30; ++i) {
    inputs.push_back(
        chance::draws(chance::normal(0, 1 + static_cast<double>(i) / 10), kDraws, chance::Seed{i}));
    for (std::size_t j = 0; j < kDraws; ++j) net[j] += inputs.back()[j];
  }
  for (auto _ : state) {
    for (const auto& input : inputs) benchmark::DoNotOptimize(chance::knowing_one(net, input));
  }
}
BENCHMARK(knowing_each_of_30_inputs)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace daytwo
