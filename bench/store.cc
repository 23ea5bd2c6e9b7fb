// The store on real files: ingest of remote write bodies with the log on (`sync: ack`), bytes per
// sample, restart, and reads. Figures are per CPU-second of this process, so that they compare with
// those of servers measured by /proc/PID/stat; HTTP and JSON are not in them.
// Data, after the recipes that the store's bars were measured with: `node` (hosts as node_exporter
// shows them), `tsbs` (full-precision walks of the TSBS cpu-only set) and `churn` (`node`, few
// steps, so that new series dominate). Seeded: the same bodies every time.
#include "store/store.h"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "chance/seed.h"
#include "env/os/clock.h"
#include "env/os/files.h"
#include "series/labels.h"
#include "series/sink.h"
#include "wire/remote_write.h"
#include "wire/remote_write_encode.h"

namespace daytwo::bench {
namespace {

// A data set as remote write bodies of at most 2,000 series, one sample each, in time order.
struct MetricsData {
  std::vector<std::string> bodies;  // snappy
  std::size_t series = 0;
  std::size_t samples = 0;
  Timestamp first;
  Timestamp last;
};

constexpr std::size_t kSeriesPerBody = 2000;
constexpr std::int64_t kStart = 1'795'305'600'000;  // 2026-11-22T00:00:00Z
constexpr std::int64_t kStepMs = 10'000;

// One series: its labels, its last value, and how it moves.
struct Row {
  series::Labels labels;
  double value = 0;
  std::function<void(double& value, chance::Stream& draws)> move;
};

double rounded(double value, double unit) { return std::round(value / unit) * unit; }

series::Labels labelled(const std::string& name, const std::string& host,
                        std::vector<series::Label> own) {
  own.push_back({"__name__", name});
  own.push_back({"instance", host + ".example.net:9100"});
  own.push_back({"job", "node"});
  own.push_back({"cluster", "eu-1"});
  own.push_back({"region", "eu-central"});
  own.push_back({"environment", "production"});
  return series::Labels(std::move(own));
}

void add_cpu(std::vector<Row>& rows, const std::string& host) {
  constexpr std::array<const char*, 5> kModes = {"idle", "iowait", "system", "user", "softirq"};
  for (int cpu = 0; cpu < 8; ++cpu) {
    for (const char* mode : kModes) {
      const double share = mode == kModes[0] ? 0.8 : 0.05;
      rows.push_back(
          {labelled("node_cpu_seconds_total", host, {{"cpu", std::to_string(cpu)}, {"mode", mode}}),
           1000, [share](double& value, chance::Stream& draws) {
             const double spent = 10 * share * (0.85 + 0.3 * draws.uniform());
             value = std::round((value + spent) * 100) / 100;
           }});
    }
  }
}

void add_memory_and_disks(std::vector<Row>& rows, const std::string& host) {
  constexpr std::array<const char*, 10> kMemory = {"MemAvailable", "MemFree",  "Cached", "Buffers",
                                                   "Active",       "Inactive", "Slab",   "Dirty",
                                                   "Mapped",       "SwapFree"};
  for (const char* name : kMemory) {
    rows.push_back({labelled("node_memory_" + std::string(name) + "_bytes", host, {}), 4e9,
                    [](double& value, chance::Stream& draws) {
                      if (draws.uniform() > 0.7) return;
                      value = std::max(0.0, rounded(value + draws.normal() * 4e6, 4096));
                    }});
  }
  for (int disk = 0; disk < 10; ++disk) {
    const bool constant = disk < 5;
    rows.push_back({labelled("node_filesystem_avail_bytes", host,
                             {{"device", "/dev/sd" + std::to_string(disk)},
                              {"mountpoint", "/data/" + std::to_string(disk)}}),
                    5e11, [constant](double& value, chance::Stream& draws) {
                      if (!constant) value = rounded(value - 1e6 * draws.uniform(), 4096);
                    }});
  }
}

void add_counters(std::vector<Row>& rows, const std::string& host) {
  for (int i = 0; i < 30; ++i) {
    const double rate = std::pow(10, 6.7 * i / 30);  // up to 5e6 a second
    rows.push_back({labelled("node_network_receive_bytes_total", host,
                             {{"device", "eth" + std::to_string(i)}}),
                    1e6 * i, [rate](double& value, chance::Stream& draws) {
                      value += std::floor(10 * rate * (0.85 + 0.3 * draws.uniform()));
                    }});
  }
  for (const char* name : {"node_load1", "node_load5", "node_load15"}) {
    rows.push_back({labelled(name, host, {}), 2, [](double& value, chance::Stream& draws) {
                      value = std::max(0.0, std::round((value + draws.normal() / 5) * 100) / 100);
                    }});
  }
  for (int i = 0; i < 7; ++i) {
    rows.push_back({labelled("node_other_" + std::to_string(i), host, {}), 40.0 + i,
                    [](double& value, chance::Stream& draws) {
                      if (draws.uniform() < 0.1) value += 1;
                    }});
  }
}

MetricsData encode(std::vector<Row>& rows, int steps, const char* purpose) {
  MetricsData out;
  out.series = rows.size();
  out.samples = rows.size() * static_cast<std::size_t>(steps);
  out.first = {kStart};
  out.last = {kStart + (steps - 1) * kStepMs};
  chance::Stream draws(chance::derive({1}, purpose), 0);
  for (int step = 0; step < steps; ++step) {
    for (std::size_t begin = 0; begin < rows.size(); begin += kSeriesPerBody) {
      series::Batch batch;
      const std::size_t end = std::min(rows.size(), begin + kSeriesPerBody);
      for (std::size_t i = begin; i < end; ++i) {
        rows[i].move(rows[i].value, draws);
        batch.series.push_back(
            {rows[i].labels, {{{kStart + step * kStepMs}, {rows[i].value, nullptr}}}});
      }
      out.bodies.push_back(wire::encode_remote_write(batch));
    }
  }
  return out;
}

// `hosts` x 100 series x `steps` of 10 s: 40 cpu counters, 10 memory gauges, 30 integer counters, 3
// loads, 10 filesystem gauges, 7 others.
MetricsData node_data(int hosts, int steps) {
  std::vector<Row> rows;
  for (int i = 0; i < hosts; ++i) {
    const std::string host = "host-" + std::to_string(10'000 + i).substr(1);
    add_cpu(rows, host);
    add_memory_and_disks(rows, host);
    add_counters(rows, host);
  }
  return encode(rows, steps, "bench.node");
}

// `hosts` x 10 cpu fields x `steps` of 10 s: walks in [0, 100] with N(0, 1) steps, 10 tags.
MetricsData tsbs_data(int hosts, int steps) {
  constexpr std::array<const char*, 10> kFields = {
      "user", "system", "idle", "nice", "iowait", "irq", "softirq", "steal", "guest", "guest_nice"};
  std::vector<Row> rows;
  chance::Stream draws(chance::derive({1}, "bench.tsbs.tags"), 0);
  for (int i = 0; i < hosts; ++i) {
    const auto tag = [&](const char* prefix, std::uint64_t count) {
      return std::string(prefix) + std::to_string(draws.bits() % count);
    };
    const std::vector<series::Label> tags = {{"hostname", "host_" + std::to_string(i)},
                                             {"region", tag("region-", 9)},
                                             {"datacenter", tag("dc-", 27)},
                                             {"rack", tag("", 100)},
                                             {"os", tag("os-", 3)},
                                             {"arch", tag("arch-", 2)},
                                             {"team", tag("team-", 4)},
                                             {"service", tag("", 20)},
                                             {"service_version", tag("", 2)},
                                             {"service_environment", tag("env-", 3)}};
    for (const char* field : kFields) {
      std::vector<series::Label> labels = tags;
      labels.push_back({"__name__", "cpu_usage_" + std::string(field)});
      rows.push_back({series::Labels(std::move(labels)), 100 * draws.uniform(),
                      [](double& value, chance::Stream& stream) {
                        value = std::clamp(value + stream.normal(), 0.0, 100.0);
                      }});
    }
  }
  return encode(rows, steps, "bench.tsbs");
}

// A store in a directory that goes with it.
class Scratch {
 public:
  Scratch() {
    const auto base = std::filesystem::temp_directory_path() / "daytwo-bench-store";
    std::filesystem::remove_all(base);
    options_.path = base.string();
    options_.retention_time = {0};
    options_.min_free_bytes = 0;
    open();
  }
  ~Scratch() {
    store_.reset();
    std::filesystem::remove_all(options_.path);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  void open() {
    store_.reset();
    auto opened = store::Store::open(options_, {files_, clock_});
    CHECK(opened.has_value(), "the scratch store opens");
    store_ = *std::move(opened);
  }
  void ingest(const MetricsData& data) {
    for (const std::string& body : data.bodies) {
      const auto request = wire::decode_write_request(body, true);
      CHECK(request.has_value(), "our own bodies decode");
      CHECK(store_->append(request->batch).has_value(), "our own batches are taken");
      CHECK(store_->maintain().has_value(), "maintenance works");
    }
  }
  [[nodiscard]] store::Store& store() { return *store_; }
  [[nodiscard]] double cpu_seconds() const { return clock_.process_cpu().seconds(); }
  [[nodiscard]] store::Options& options() { return options_; }

 private:
  store::Options options_;
  env::os::SystemFiles files_;
  env::os::SystemClock clock_;
  std::unique_ptr<store::Store> store_;
};

// What malloc has given out: the head as the process pays for it, not as the store counts it.
std::size_t heap_bytes() {
  const struct mallinfo2 now = mallinfo2();
  return now.uordblks + now.hblkhd;
}

void ingest(benchmark::State& state, const MetricsData& data) {
  for (auto _ : state) {
    Scratch scratch;
    const std::size_t heap_before = heap_bytes();
    const double before = scratch.cpu_seconds();
    scratch.ingest(data);
    const double spent = scratch.cpu_seconds() - before;
    const std::size_t heap = heap_bytes() - heap_before;
    const store::Facts facts = scratch.store().facts();
    CHECK(scratch.store().seal().has_value(), "the head seals");
    CHECK(scratch.store().maintain().has_value(), "blocks merge");
    const double spent_with_seal = scratch.cpu_seconds() - before;
    const store::Facts sealed = scratch.store().facts();
    const auto samples = static_cast<double>(data.samples);
    state.counters["samples_per_cpu_s"] = samples / spent;
    state.counters["samples_per_cpu_s_with_seal"] = samples / spent_with_seal;
    state.counters["block_bytes_per_sample"] = static_cast<double>(sealed.block_bytes) / samples;
    state.counters["head_bytes_per_series"] =
        static_cast<double>(facts.head_memory_bytes) / static_cast<double>(data.series);
    state.counters["heap_bytes_per_series"] =
        static_cast<double>(heap) / static_cast<double>(data.series);
    state.counters["blocks"] = static_cast<double>(sealed.blocks);
  }
}

void log_and_restart(benchmark::State& state, const MetricsData& data) {
  for (auto _ : state) {
    Scratch scratch;
    scratch.options().seal_log_bytes = UINT64_MAX;  // all of it stays in the log
    scratch.open();
    scratch.ingest(data);
    const auto samples = static_cast<double>(data.samples);
    const auto log_bytes = static_cast<double>(scratch.store().facts().log_bytes);
    const double before = scratch.cpu_seconds();
    scratch.open();
    const double ms = (scratch.cpu_seconds() - before) * 1000;
    state.counters["log_bytes_per_sample"] = log_bytes / samples;
    state.counters["replay_samples_per_cpu_s"] = samples / ms * 1000;
    // What a restart costs at most: a full log of 16 MiB.
    state.counters["restart_cpu_ms_at_16MiB"] = ms * (16 << 20) / log_bytes;
  }
}

const MetricsData& node() {
  static const MetricsData data = node_data(20, 720);
  return data;
}
const MetricsData& tsbs() {
  static const MetricsData data = tsbs_data(100, 720);
  return data;
}
const MetricsData& churn() {
  static const MetricsData data = node_data(200, 30);
  return data;
}

void store_ingest_node(benchmark::State& state) { ingest(state, node()); }
void store_ingest_tsbs(benchmark::State& state) { ingest(state, tsbs()); }
void store_ingest_churn(benchmark::State& state) { ingest(state, churn()); }
void store_restart_node(benchmark::State& state) { log_and_restart(state, node()); }

BENCHMARK(store_ingest_node)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(store_ingest_tsbs)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(store_ingest_churn)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(store_restart_node)->Iterations(1)->Unit(benchmark::kMillisecond);

// Reads 800 cpu series of the sealed `node` set: 2 h, or the last 5 minutes.
void store_select(benchmark::State& state) {
  Scratch scratch;
  scratch.ingest(node());
  CHECK(scratch.store().seal().has_value(), "the head seals");
  const std::vector<series::Matcher> matchers = {
      series::Matcher::equal("__name__", "node_cpu_seconds_total")};
  const series::TimeRange range{node().last - minutes(state.range(0)), node().last};
  std::size_t samples = 0;
  for (auto _ : state) {
    const auto columns = scratch.store().select(matchers, range, {});
    CHECK(columns.has_value() && columns->size() == 800, "all cpu series answer");
    for (const auto& column : *columns) samples += column.column.size();
  }
  state.counters["samples_per_s"] =
      benchmark::Counter(static_cast<double>(samples), benchmark::Counter::kIsRate);
  state.counters["us_per_series"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * 800 / 1e6,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(store_select)->Arg(5)->Arg(120)->Unit(benchmark::kMicrosecond);

// Decoding alone, to see what the border costs.
void wire_decode_node(benchmark::State& state) {
  std::size_t samples = 0;
  for (auto _ : state) {
    const auto request = wire::decode_write_request(node().bodies.front(), true);
    samples += request->samples;
  }
  state.counters["samples_per_s"] =
      benchmark::Counter(static_cast<double>(samples), benchmark::Counter::kIsRate);
}
BENCHMARK(wire_decode_node)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace daytwo::bench
