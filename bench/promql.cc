// Queries over the data set `node` in memory: 200 hosts, 720 samples 10 s apart. Range queries
// cover two hours. The source's copy of the samples is part of the time.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "promql/engine.h"
#include "promql/parse.h"
#include "series/memory_source.h"

namespace {

using daytwo::Duration;
using daytwo::Timestamp;
namespace promql = daytwo::promql;
namespace series = daytwo::series;

constexpr std::int64_t kStart = 1'700'000'000'000;
constexpr std::int64_t kStep = 10'000;
constexpr int kSamples = 720;
constexpr int kHosts = 200;

// Deterministic noise, splitmix64 [Steele et al. 2014].
class Noise {
 public:
  double next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1.0p-53;
  }

 private:
  std::uint64_t state_ = 42;
};

void add(series::MemorySource& source, Noise& noise, std::vector<series::Label> labels,
         bool counter) {
  std::vector<series::Sample> samples;
  double value = 1000 * noise.next();
  for (int i = 0; i < kSamples; ++i) {
    value += counter ? 10 * noise.next() : noise.next() - 0.5;
    samples.push_back({Timestamp{kStart + i * kStep}, {value, nullptr}});
  }
  CHECK(source.add(series::Labels(std::move(labels)), std::move(samples)).has_value(), "stored");
}

const series::MemorySource& node() {
  static const auto* const filled = [] {
    auto* source = new series::MemorySource;
    Noise noise;
    for (int host = 0; host < kHosts; ++host) {
      const std::vector<series::Label> common = {
          {"instance", fmt::format("host-{:04}:9100", host)}, {"job", "node"}, {"dc", "eu-1"}};
      const auto with = [&](std::string name, std::vector<series::Label> own) {
        own.insert(own.end(), common.begin(), common.end());
        own.push_back({"__name__", std::move(name)});
        return own;
      };
      for (int cpu = 0; cpu < 8; ++cpu) {
        for (const char* mode : {"idle", "user", "system", "iowait", "steal"}) {
          add(*source, noise,
              with("node_cpu_seconds_total", {{"cpu", std::to_string(cpu)}, {"mode", mode}}), true);
        }
      }
      for (int disk = 0; disk < 10; ++disk) {
        add(*source, noise,
            with("node_filesystem_avail_bytes", {{"device", fmt::format("sd{}", disk)}}), false);
      }
      for (const char* name :
           {"node_memory_MemAvailable_bytes", "node_memory_Cached_bytes", "node_load1"}) {
        add(*source, noise, with(name, {}), false);
      }
    }
    return source;
  }();
  return *filled;
}

void instant(benchmark::State& state, const char* query) {
  const promql::Engine engine(node());
  const auto parsed = promql::parse(query);
  CHECK(parsed.has_value(), "the query parses");
  for (auto _ : state) {
    auto answer = engine.instant(*parsed, Timestamp{kStart + kSamples * kStep});
    benchmark::DoNotOptimize(answer);
  }
}

void range(benchmark::State& state, const char* query, std::int64_t step_ms) {
  const promql::Engine engine(node());
  const auto parsed = promql::parse(query);
  CHECK(parsed.has_value(), "the query parses");
  for (auto _ : state) {
    auto answer = engine.range(*parsed, Timestamp{kStart}, Timestamp{kStart + kSamples * kStep},
                               Duration{step_ms});
    benchmark::DoNotOptimize(answer);
  }
}

}  // namespace

BENCHMARK_CAPTURE(instant, i2_rate_by_mode, "sum by (mode) (rate(node_cpu_seconds_total[5m]))")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(range, r1_rate_one_host,
                  "sum by (mode) (rate(node_cpu_seconds_total{instance=~\"host-0007.*\"}[1m]))",
                  15'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(range, r2_rate_by_mode, "sum by (mode) (rate(node_cpu_seconds_total[5m]))",
                  15'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(range, r3_idle_by_host,
                  "1 - avg by (instance) (rate(node_cpu_seconds_total{mode=\"idle\"}[5m]))", 60'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(
    range, r4_topk_join,
    "topk(5, 1 - node_memory_MemAvailable_bytes / on(instance) node_memory_Cached_bytes)", 60'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(range, r6_predict, "predict_linear(node_filesystem_avail_bytes[1h], 86400) < 0",
                  60'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(range, r8_raw, "node_load1", 15'000)->Unit(benchmark::kMillisecond);
