// The writer of query results: the bar is 100,000 points in 6 ms.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>

#include "api/prometheus_reply.h"
#include "base/time.h"
#include "series/labels.h"
#include "series/value.h"

namespace {

// 1,000 points of a slowly rising gauge, 15 s apart.
daytwo::series::Column make_column(std::int64_t seed) {
  daytwo::series::Column column;
  for (std::int64_t i = 0; i < 1000; ++i) {
    const double value = static_cast<double>(seed) + static_cast<double>(i * i) / 977.0;
    column.push({daytwo::Timestamp{1'795'377'600'000 + i * 15'000}, {value, nullptr}});
  }
  return column;
}

void write_matrix(benchmark::State& state) {
  const daytwo::series::Labels labels{
      {"__name__", "http_requests_total"}, {"job", "checkout"}, {"instance", "10.1.2.3:8080"}};
  const daytwo::series::Column column = make_column(7);
  std::size_t bytes = 0;
  for (auto _ : state) {
    std::string out;
    for (int i = 0; i < 100; ++i) daytwo::api::append_column(out, labels, column);
    bytes = out.size();
    benchmark::DoNotOptimize(out);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}
BENCHMARK(write_matrix)->Unit(benchmark::kMillisecond);

}  // namespace
