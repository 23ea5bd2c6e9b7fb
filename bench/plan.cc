// How fast a plan is: every set of 24 options by expected worth, and 30 options over 5,000 events
// under a limit on the tail, with the gap that is left.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "chance/seed.h"
#include "decide/plan/planner.h"
#include "decide/plan/problem.h"
#include "decide/plan/scan.h"
#include "decide/plan/solve.h"
#include "decide/plan/tail.h"
#include "decide/plan/tail_search.h"
#include "decide/plan/worlds.h"

namespace daytwo {
namespace {

namespace plan = decide::plan;

constexpr std::size_t kCauses = 10;

// Every option acts on three of ten causes.
plan::Problem problem(std::size_t options) {
  chance::Stream stream(chance::Seed{11}, options);
  plan::Problem out;
  for (std::size_t i = 0; i < kCauses; ++i) {
    out.causes.push_back({"c" + std::to_string(i), 5e4 + 1e5 * stream.uniform()});
  }
  for (std::size_t i = 0; i < options; ++i) {
    plan::Option option;
    option.name = "o" + std::to_string(i);
    option.cost = 1e4 + 4e4 * stream.uniform();
    for (const std::size_t step : {0U, 3U, 4U}) {
      option.effects.push_back({(i + step) % kCauses, 0.1 + 0.5 * stream.uniform(), 0});
    }
    out.options.push_back(std::move(option));
  }
  out.money = 2.5e5;
  return out;
}

void plan_of_24_options(benchmark::State& state) {
  const plan::Problem all = problem(24);
  for (auto _ : state) benchmark::DoNotOptimize(plan::scan(all, plan::kRivals));
}
BENCHMARK(plan_of_24_options)->Unit(benchmark::kMillisecond);

plan::Worlds one_world(const plan::Problem& all) {
  plan::Worlds out;
  out.count = 1;
  for (const plan::Option& option : all.options) {
    auto& stops = out.stops.emplace_back();
    for (const plan::Effect& effect : option.effects) stops.push_back({effect.stops});
    out.cuts.emplace_back(option.effects.size(), plan::Draws{0.0});
  }
  return out;
}

void plan_of_30_options_under_a_tail(benchmark::State& state) {
  const plan::Problem all = problem(30);
  plan::YearSample sample;
  sample.years = 5'000;
  chance::Stream stream(chance::Seed{12}, 0);
  for (int i = 0; i < 5'000; ++i) {
    sample.events.push_back({static_cast<std::uint32_t>(stream.uniform() * 5'000),
                             static_cast<std::uint32_t>(stream.uniform() * kCauses),
                             5e5 * std::exp(1.2 * stream.normal())});
  }
  const plan::TailYears years(all, one_world(all), sample, 0.99, chance::Seed{13});
  // Half way from what the best plan without a limit leaves to the least that can be left.
  const auto free = plan::search_under_limit(all, years, 1e12, 1, 2'000);
  const double least = plan::least_tail(all, years, 2'000).tail;
  const double limit = (years.tail(free->best[0].set) + least) / 2;
  double gap = 0;
  std::size_t nodes = 0;
  for (auto _ : state) {
    const auto found = plan::search_under_limit(all, years, limit, plan::kRivals, plan::kTailNodes);
    gap = (found->bound - found->best[0].net) / found->best[0].net;
    nodes = found->looked_at;
  }
  state.SetLabel(fmt::format("a gap of {:.2g} % after {} nodes", 100 * gap, nodes));
}
BENCHMARK(plan_of_30_options_under_a_tail)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace daytwo
