// Orient: matching one host's packages against a distribution's advisories, and a turn over a
// hundred objectives.
#include "orient/orient.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "facts/memory_journal.h"
#include "model/software/advisory_index.h"
#include "model/software/version.h"
#include "orient/exposure.h"
#include "series/memory_source.h"

namespace daytwo {
namespace {

constexpr int kPackages = 1115;  // a Debian 12 host
constexpr int kRecords = 11'160;
constexpr Timestamp kNow{1'800'000'000'000};

// Records spread over the packages; one in five hundred hits.
model::AdvisoryFeeds feeds() {
  model::AdvisoryFeeds out;
  out.has_osv = out.has_epss = true;
  for (int i = 0; i < kRecords; ++i) {
    model::OsvRecord record;
    record.id = fmt::format("DEBIAN-CVE-2024-{}", i);
    record.upstream = {fmt::format("CVE-2024-{}", i)};
    model::Affected affected;
    affected.ecosystem = "Debian:12";
    affected.package = fmt::format("source{}", i % kPackages);
    affected.ranges = {{model::RangeType::kEcosystem,
                        {{model::RangeEdge::kIntroduced, "0"},
                         {model::RangeEdge::kFixed, i % 500 == 0 ? "1:9.0-1" : "1:2.30.1-2"}}}};
    record.affected = {std::move(affected)};
    out.osv.push_back(std::move(record));
    out.epss.push_back({fmt::format("CVE-2024-{}", i), .001 * (i % 900), .5});
  }
  return out;
}

facts::Snapshot host(facts::MemoryJournal& journal) {
  std::vector<facts::Record> records;
  for (int i = 0; i < kPackages; ++i) {
    facts::PackageSeen package;
    package.ecosystem = "Debian:12";
    package.name = fmt::format("package{}", i);
    package.version = "1:2.38.1-5+deb12u3";
    package.source = fmt::format("source{}", i);
    package.source_version = package.version;
    facts::Record record;
    record.ts = kNow;
    record.key = WorryKey(fmt::format("package/host/{}", package.name));
    record.body = facts::Sighting{std::move(package)};
    records.push_back(std::move(record));
  }
  CHECK(journal.append(std::move(records)).has_value(), "a journal in memory takes all");
  return journal.snapshot();
}

void build_index(benchmark::State& state) {
  const auto from = feeds();
  for (auto _ : state) {
    auto copy = from;
    benchmark::DoNotOptimize(model::AdvisoryIndex(std::move(copy)).records());
  }
  state.SetItemsProcessed(state.iterations() * kRecords);
}
BENCHMARK(build_index)->Name("orient/index_11160_advisories")->Unit(benchmark::kMillisecond);

void match_host(benchmark::State& state) {
  const model::AdvisoryIndex index(feeds());
  facts::MemoryJournal journal;
  const auto snapshot = host(journal);
  for (auto _ : state) {
    benchmark::DoNotOptimize(orient::find_exposures(snapshot, index).found.size());
  }
}
BENCHMARK(match_host)->Name("orient/match_1115_packages")->Unit(benchmark::kMillisecond);

void compare_versions(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(model::compare_debian("1:2.38.1-5+deb12u3", "1:2.38.1-5+deb12u1"));
  }
}
BENCHMARK(compare_versions)->Name("orient/compare_debian_versions");

// A turn of ten seconds over a hundred objectives of two series each.
void objectives_step(benchmark::State& state) {
  model::Service service;
  service.id = ServiceId("shop");
  for (int i = 0; i < 100; ++i) {
    model::Objective objective;
    objective.name = fmt::format("availability{}", i);
    objective.service = service.id;
    objective.bad = fmt::format("errors{}_total", i);
    objective.total = fmt::format("requests{}_total", i);
    service.objectives.push_back(std::move(objective));
  }
  orient::Orient room({}, {.catalog = model::Catalog({service})});
  series::MemorySource source;
  facts::MemoryJournal journal;
  Timestamp now = kNow;
  double count = 0;
  for (auto _ : state) {
    state.PauseTiming();
    for (int i = 0; i < 100; ++i) {
      for (const char* side : {"errors", "requests"}) {
        const auto added = source.add({{"__name__", fmt::format("{}{}_total", side, i)}},
                                      {{now, {count, nullptr}}});
        CHECK(added.has_value(), "samples in memory are taken");
      }
    }
    count += 10;
    state.ResumeTiming();
    benchmark::DoNotOptimize(room.step(journal.snapshot(), source, now).size());
    now = now + seconds(10);
  }
}
BENCHMARK(objectives_step)
    ->Name("orient/step_100_objectives")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(200);

}  // namespace
}  // namespace daytwo
