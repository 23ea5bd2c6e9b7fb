// How fast a verdict is: one case judged, with prices and without; a turn over a hundred worries;
// the echo of a sentence; a year's loss exactly and by simulation.
#include <benchmark/benchmark.h>

#include <cmath>
#include <string>
#include <vector>

#include "chance/annual_loss.h"
#include "chance/fit.h"
#include "decide/decider.h"
#include "decide/judge.h"
#include "decide/reading.h"
#include "facts/filed.h"
#include "facts/memory_journal.h"
#include "facts/written.h"
#include "model/sentence.h"

namespace daytwo {
namespace {

constexpr Timestamp kNow{1795305600000};

facts::Record worry(const std::string& id, const std::string& sentence) {
  model::FiledWorry entry;
  entry.id = id;
  entry.sentence = sentence;
  entry.service = "checkout";
  return *facts::filed_worry(entry, {}, kNow);
}

model::Stakes prices() {
  model::Stakes out;
  out.add(*model::parse_stake("an hour of checkout down costs $2k to $20k"));
  out.add(*model::parse_stake("a person-day costs $600 to $1200"));
  return out;
}

void judge_with(benchmark::State& state, const model::Stakes& stakes) {
  const facts::Record record = worry("a", "30% a year that checkout is down, 2h to 8h");
  for (auto _ : state) {
    const auto item = decide::read_case(record, stakes, kNow);
    benchmark::DoNotOptimize(decide::judge(*item, chance::Seed{1}, kNow));
  }
}

void verdict_with_prices(benchmark::State& state) { judge_with(state, prices()); }
BENCHMARK(verdict_with_prices)->Unit(benchmark::kMillisecond);

void verdict_without_prices(benchmark::State& state) { judge_with(state, {}); }
BENCHMARK(verdict_without_prices)->Unit(benchmark::kMillisecond);

void turn_of_a_hundred_worries(benchmark::State& state) {
  facts::MemoryJournal journal;
  for (int i = 0; i < 100; ++i) {
    const std::string low = std::to_string(1 + i % 7);
    static_cast<void>(journal.append(
        {worry("w" + std::to_string(i), "30% a year, " + low + "h to " + low + "0h")}));
  }
  for (auto _ : state) {
    decide::Decider decider{chance::Seed{1}};
    benchmark::DoNotOptimize(decider.step(journal.snapshot(), kNow));
  }
}
BENCHMARK(turn_of_a_hundred_worries)->Unit(benchmark::kMillisecond);

void echo_of_a_sentence(benchmark::State& state) {
  for (auto _ : state) {
    const auto sentence = model::parse_sentence("30% a year, $25k to $2.5M");
    benchmark::DoNotOptimize(model::echo(*sentence));
  }
}
BENCHMARK(echo_of_a_sentence)->Unit(benchmark::kMillisecond);

std::vector<chance::Risk> portfolio() {
  std::vector<chance::Risk> out;
  for (int i = 0; i < 20; ++i) {
    const double rate = 0.05 * (1 + i % 5) * (1 + i / 5);
    const double k = 1 + i;
    const auto fit = chance::fit_lognormal({1e4 * std::pow(k, 1.3), 1e6 * std::pow(k, 1.1), 0.9});
    out.push_back({"r" + std::to_string(i), chance::Count::kPoisson, rate, fit->distribution});
  }
  return out;
}

void exact_portfolio_of_20(benchmark::State& state) {
  const auto risks = portfolio();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        chance::exact_annual_loss(risks, static_cast<std::size_t>(state.range(0))));
  }
}
BENCHMARK(exact_portfolio_of_20)->Arg(1 << 16)->Arg(1 << 20)->Unit(benchmark::kMillisecond);

void simulated_portfolio_of_20(benchmark::State& state) {
  const auto risks = portfolio();
  for (auto _ : state) {
    benchmark::DoNotOptimize(chance::simulate_annual_loss(risks, 100'000, chance::Seed{1}));
  }
}
BENCHMARK(simulated_portfolio_of_20)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace daytwo
