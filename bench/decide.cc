// How fast a verdict is: one case judged, with prices and without; a turn over a hundred worries;
// the echo of a sentence.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "decide/decider.h"
#include "decide/judge.h"
#include "decide/reading.h"
#include "decide/worth/answer.h"
#include "decide/worth/read.h"
#include "facts/filed.h"
#include "facts/memory_journal.h"
#include "facts/written.h"
#include "model/sentence.h"
#include "model/wake.h"
#include "model/worry_file.h"

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

// One option against 14 worries, each with a rate and a size that nobody knows: 30 inputs, each
// with what knowing it is worth.
void worth_of_knowing_30_inputs(benchmark::State& state) {
  std::string text = "stakes: ['a person-day costs $600 to $1200']\nrisks:\n";
  std::string cuts;
  for (int i = 0; i < 14; ++i) {
    text += fmt::format("  - {{id: w{0}, estimate: '{1} to {2} a year, ${3}k to ${4}k'}}\n", i,
                        1 + i, 4 + 2 * i, 5 + i, 60 + 10 * i);
    cuts += fmt::format("{}w{}: 0.4", i == 0 ? "" : ", ", i);
  }
  text += fmt::format(
      "options:\n  - {{id: fix, once: '$40k to $90k', days: 20 to 60, cuts: {{{}}}}}\n", cuts);
  const auto file = model::parse_worry_file(text, "bench.yml");
  CHECK(file.has_value(), "the bench's file reads");
  model::Stakes stakes;
  for (const model::Stake& stake : file->stakes) stakes.add(stake);
  decide::worth::Asked asked;
  asked.option = "fix";
  auto reading = decide::worth::read(*file, stakes, asked, chance::Seed{7}, kNow);
  CHECK(reading.has_value(), "the bench's worries read");
  std::size_t inputs = 0;
  for (auto _ : state) {
    const auto worth = decide::worth::weigh(*reading, {}, chance::Seed{7}, kNow);
    CHECK(worth.has_value(), "the bench's option is weighed");
    inputs = worth->inputs.size();
  }
  state.SetLabel(fmt::format("{} inputs", inputs));
}
BENCHMARK(worth_of_knowing_30_inputs)->Unit(benchmark::kMillisecond);

// What letting somebody sleep costs, against waking them: once for each page.
void waiting_against_waking(benchmark::State& state) {
  model::WakeCase wake;
  wake.needs_human = chance::beta(9, 3);
  wake.loss_per_hour = chance::lognormal(std::log(4000), 1).estimate();
  wake.burning = {std::log(model::kBurningMedianHours), model::kBurningSpread};
  wake.hours_to_day = 7;
  if (state.range(0) != 0) {
    wake.cliff = model::CliffCase{chance::uniform(1, 12).estimate(), chance::exactly(90'000)};
  }
  std::uint64_t seed = 0;
  for (auto _ : state) benchmark::DoNotOptimize(model::weigh(wake, chance::Seed{++seed}));
  state.SetLabel(state.range(0) != 0 ? "with a cliff" : "");
}
BENCHMARK(waiting_against_waking)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void echo_of_a_sentence(benchmark::State& state) {
  for (auto _ : state) {
    const auto sentence = model::parse_sentence("30% a year, $25k to $2.5M");
    benchmark::DoNotOptimize(model::echo(*sentence));
  }
}
BENCHMARK(echo_of_a_sentence)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace daytwo
