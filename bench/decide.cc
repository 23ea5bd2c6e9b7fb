// How fast a verdict is: one case judged, with prices and without; a turn over a hundred worries;
// the echo of a sentence.
#include <benchmark/benchmark.h>

#include <string>

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

}  // namespace
}  // namespace daytwo
