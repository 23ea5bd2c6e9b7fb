// What the store's tests share: a world on a torn disk, and short ways to write and read.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/clock.h"
#include "sim/log.h"
#include "sim/torn_disk.h"
#include "store/store.h"

namespace daytwo::store {

// A store at /data on a disk in memory. 2026-11-22T00:00:00Z stands still.
struct StoreWorld {
  sim::TornDisk disk;
  sim::Clock clock;
  sim::Log log;
  Registry metrics;
  Options options;
  std::unique_ptr<Store> store;

  StoreWorld() {
    options.path = "/data";
    options.min_free_bytes = 0;
  }
  [[nodiscard]] Result<void> open() {
    store.reset();
    auto opened = Store::open(options, {disk, clock, nullptr, &log, &metrics});
    if (!opened) return fail(std::move(opened).error());
    store = *std::move(opened);
    return {};
  }
  [[nodiscard]] Timestamp now() const { return clock.wall(); }
};

// `name{job="j",instance="i"}`.
inline series::Labels metric(const std::string& name, const std::string& instance = "a") {
  return {{"__name__", name}, {"job", "shop"}, {"instance", instance}};
}

// A batch of one series with these floats.
inline series::Batch floats(const series::Labels& labels,
                            const std::vector<std::pair<std::int64_t, double>>& samples) {
  series::Batch batch;
  batch.series.push_back({labels, {}});
  for (const auto& [at, value] : samples) {
    batch.series[0].samples.push_back({{at}, {value, nullptr}});
  }
  return batch;
}

// All samples of the store: "labels" -> time -> value.
inline std::map<std::string, std::map<std::int64_t, double>> content(const Store& store) {
  std::map<std::string, std::map<std::int64_t, double>> out;
  const auto columns = store.select({}, {}, {});
  EXPECT_TRUE(columns.has_value());
  for (const series::SeriesColumn& column : *columns) {
    auto& samples = out[column.labels.to_string()];
    for (std::size_t i = 0; i < column.column.size(); ++i) {
      samples[column.column.times[i].ms] = column.column.numbers[i];
    }
  }
  return out;
}

// The samples of one metric, by time.
inline std::map<std::int64_t, double> samples_of(const Store& store, const std::string& name) {
  const std::vector<series::Matcher> matchers = {series::Matcher::equal("__name__", name)};
  const auto columns = store.select(matchers, {}, {});
  EXPECT_TRUE(columns.has_value());
  std::map<std::int64_t, double> out;
  for (const series::SeriesColumn& column : *columns) {
    for (std::size_t i = 0; i < column.column.size(); ++i) {
      out[column.column.times[i].ms] = column.column.numbers[i];
    }
  }
  return out;
}

}  // namespace daytwo::store
