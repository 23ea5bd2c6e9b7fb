// What a look at a host costs: scans of a recorded host of 100 and of 1,000 processes, without the
// kernel's own part; and the readers of what others send.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdint>
#include <string>

#include "base/metrics.h"
#include "observe/node/node_observer.h"
#include "sim/recorded_tree.h"
#include "sim/system.h"
#include "wire/advisory.h"
#include "wire/exposition.h"
#include "wire/remote_write_encode.h"

namespace daytwo::observe {
namespace {

// A steady scan: nothing is new.
void scan(benchmark::State& state) {
  const sim::RecordedTree tree = sim::make_recorded_host(static_cast<int>(state.range(0)), 1'000);
  const sim::System system;
  Registry own;
  NodeObserver node({}, tree, system, own);
  Timestamp now{1'795'305'600'000};
  std::size_t series = node.step(now).batch.series.size();
  for (auto step : state) {
    now = now + seconds(10);
    series = node.step(now).batch.series.size();
  }
  state.counters["series"] = static_cast<double>(series);
  state.counters["share_of_a_core_at_10s"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * 10,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(scan)->Name("observe/scan")->Arg(100)->Arg(1'000)->Unit(benchmark::kMillisecond);

// The first scan: packages, owners and all sightings.
void first_scan(benchmark::State& state) {
  const sim::RecordedTree tree = sim::make_recorded_host(static_cast<int>(state.range(0)), 1'000);
  const sim::System system;
  for (auto step : state) {
    Registry own;
    NodeObserver node({}, tree, system, own);
    benchmark::DoNotOptimize(node.step({1'795'305'600'000}).records.size());
  }
}
BENCHMARK(first_scan)->Name("observe/first_scan")->Arg(100)->Unit(benchmark::kMillisecond);

void exposition(benchmark::State& state) {
  std::string text;
  for (int family = 0; family < 100; ++family) {
    text += fmt::format("# HELP metric_{0} What it counts.\n# TYPE metric_{0} counter\n", family);
    for (int i = 0; i < 20; ++i) {
      text += fmt::format("metric_{}{{path=\"/api/v1/{}\",code=\"200\"}} {}.5\n", family, i, i * 7);
    }
  }
  for (auto step : state) {
    const auto got = wire::parse_exposition(text, wire::ExpositionFormat::kText, "bench");
    benchmark::DoNotOptimize(got->samples.size());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.counters["samples_per_s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * 2'000, benchmark::Counter::kIsRate);
}
BENCHMARK(exposition)->Name("observe/exposition");

void osv(benchmark::State& state) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) {
    text += fmt::format(
        R"({{"id":"X-{0}","modified":"2026-01-01T00:00:00Z","aliases":["CVE-2026-{0}"],"affected":)"
        R"([{{"package":{{"ecosystem":"Debian:12","name":"package{0}"}},"ranges":[{{"type":)"
        R"("ECOSYSTEM","events":[{{"introduced":"0"}},{{"fixed":"1.{0}-1"}}]}}]}}]}})"
        "\n",
        i);
  }
  for (auto step : state) benchmark::DoNotOptimize(wire::parse_osv(text).records.size());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.counters["records_per_s"] = benchmark::Counter(
      static_cast<double>(state.iterations()) * 10'000, benchmark::Counter::kIsRate);
}
BENCHMARK(osv)->Name("observe/osv");

}  // namespace
}  // namespace daytwo::observe
