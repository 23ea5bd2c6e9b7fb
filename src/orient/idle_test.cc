#include "orient/idle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "orient/named.h"
#include "orient/use.h"
#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

constexpr std::string_view kCatalog = R"(
service: search
runs: [search]
depends: [index]
slos:
  - {name: answers, target: 99, bad: 'errors_total{s="search"}',
     total: 'requests_total{s="search"}'}
---
service: index
runs: [index]
---
service: store
runs: [store]
listens: ["127.0.0.1:9300"]
---
service: staging
owner: {team: platform}
runs: [staging]
slos:
  - {name: answers, target: 99, bad: 'errors_total{s="staging"}',
     total: 'requests_total{s="staging"}'}
)";

// Three services and a large program that nobody declared, sampled every five minutes.
struct IdleWorld : World {
  IdleWorld() {
    const model::CatalogFile file{"c.yml", std::string(kCatalog)};
    auto read = model::load_catalog({&file, 1});
    CHECK(read.has_value(), "the catalog reads");
    catalog = *std::move(read);
    for (const char* name : {"search", "index", "staging", "batch"}) run(name);
  }

  void run(const std::string& name) {
    facts::ProcessSeen process;
    process.name = name;
    process.executable = "/usr/bin/" + name;
    process.workload = name;
    see("process/" + name, process);
  }

  // The value of a series at `at`.
  void put(std::string metric, std::vector<series::Label> labels, Timestamp at, double value) {
    labels.push_back({std::string(series::kMetricName), std::move(metric)});
    CHECK(samples.add(series::Labels(std::move(labels)), {{at, {value, nullptr}}}).has_value(),
          "a time is sampled once");
  }

  // `span` of samples up to now: `requests` a piece until `quiet` before now, and processor
  // seconds.
  void live(const std::string& name, Duration span, double requests, double processor,
            Duration quiet = {}) {
    double requested = 1000;
    double used = 5;
    for (Timestamp at = now - span; at <= now; at = at + minutes(5)) {
      const bool busy = at <= now - quiet;
      requested += busy ? requests : 0;
      used += busy ? processor : 0.01;
      put("requests_total", {{"s", name}}, at, requested);
      put("daytwo_process_cpu_seconds_total",
          {{"workload", name}, {"name", name}, {"instance", host}}, at, used);
    }
    put("daytwo_process_resident_memory_bytes", {{"workload", name}, {"name", name}}, now, 3e8);
  }

  IdleReport report(Duration least = days(7)) {
    const facts::Snapshot snapshot = journal.snapshot();
    auto got = find_idle({snapshot, samples, catalog, now}, least);
    CHECK(got.has_value(), "memory answers");
    return *std::move(got);
  }
};

std::vector<std::string> names(const IdleReport& report) {
  std::vector<std::string> out;
  for (const Idle& one : report.idle) out.push_back(one.name);
  return out;
}

TEST(FindIdle, FindsWhatNobodyAsked) {
  IdleWorld world;
  world.live("search", days(9), 40, 3);
  world.live("staging", days(9), 0, 0.01);
  world.live("batch", days(9), 0, 20);
  const IdleReport got = world.report();
  ASSERT_EQ(names(got), std::vector<std::string>{"staging"});
  EXPECT_EQ(got.idle[0].owner, "platform");
  EXPECT_FALSE(got.idle[0].used_before);
  EXPECT_EQ(got.idle[0].since, world.now - days(9));
  EXPECT_EQ(got.idle[0].evidence,
            (std::vector<std::string>{
                "no events of answers seen for 9d, as far back as samples go",
                "processor time of staging at noise for 9d, as far back as samples go"}));
}

TEST(FindIdle, CountsFromTheLastUse) {
  IdleWorld world;
  world.live("staging", days(20), 3, 2, days(12));
  const IdleReport got = world.report();
  ASSERT_EQ(names(got), std::vector<std::string>{"staging"});
  EXPECT_TRUE(got.idle[0].used_before);
  // The end of the five minutes in which it was used.
  EXPECT_LE((world.now - days(12) - got.idle[0].since).ms, 0);
  EXPECT_LE((got.idle[0].since - (world.now - days(12))).ms, minutes(5).ms);
  EXPECT_EQ(names(world.report(days(13))), std::vector<std::string>{});
}

TEST(FindIdle, WorkWithoutRequestsIsUse) {
  IdleWorld world;
  world.live("staging", days(9), 0, 3);  // a hundredth of a processor: twice the noise
  EXPECT_TRUE(world.report().idle.empty());
}

TEST(FindIdle, WhatWasWatchedTooShortlyIsNotCalledIdle) {
  IdleWorld world;
  world.live("staging", days(6), 0, 0.01);
  const IdleReport got = world.report();
  EXPECT_TRUE(got.idle.empty());
  EXPECT_EQ(got.watched, days(6));
  EXPECT_EQ(names(world.report(days(5))), std::vector<std::string>{"staging"});
}

TEST(FindIdle, WhatAServiceInUseNeedsIsNotIdle) {
  IdleWorld world;
  world.live("search", days(9), 40, 3);
  world.live("index", days(9), 0, 0.01);
  const IdleReport got = world.report();
  EXPECT_TRUE(got.idle.empty());
  EXPECT_EQ(got.needed, std::vector<std::string>{"search needs index"});
}

TEST(FindIdle, CountsRequestsAtAPortWhereNoObjectiveDoes) {
  IdleWorld world;
  world.run("store");
  for (Timestamp at = world.now - days(9); at <= world.now; at = at + minutes(5)) {
    world.put("grpc_requests_total", {{"instance", "db:9300"}}, at, 7);
    world.put("promhttp_metric_handler_requests_total", {{"instance", "db:9300"}}, at,
              static_cast<double>(at.ms));
  }
  const IdleReport quiet = world.report();
  ASSERT_EQ(names(quiet), std::vector<std::string>{"store"});
  EXPECT_EQ(quiet.idle[0].evidence[0],
            "no requests at port 9300 seen for 9d, as far back as samples go");
  world.put("other_requests_total", {{"instance", "db:9300"}}, world.now - minutes(20), 1);
  world.put("other_requests_total", {{"instance", "db:9300"}}, world.now - minutes(10), 2);
  EXPECT_TRUE(world.report().idle.empty());
}

TEST(FindIdle, LooksAtLargeProgramsThatNobodyDeclared) {
  IdleWorld world;
  world.live("batch", days(9), 0, 0.01);
  ASSERT_EQ(names(world.report()), std::vector<std::string>{"batch"});
  const IdleReport got = world.report();
  EXPECT_EQ(got.idle[0].of, IdleOf::kWorkload);
  EXPECT_EQ(got.idle[0].evidence.back(), "what comes in is not measured: declare an objective");
  world.run("small");
  world.put("daytwo_process_cpu_seconds_total", {{"workload", "small"}, {"name", "small"}},
            world.now - days(30), 1);
  EXPECT_EQ(world.report().looked_at, 4U) << "three services and one program";
}

TEST(FindIdle, AFilesystemThatHoldsLittleAndStaysSo) {
  IdleWorld world;
  const auto mount = [&](const std::string& path, double filled, double written) {
    world.see("filesystem" + path,
              facts::FilesystemSeen{path, "/dev" + path, "ext4", 100LL << 30, false});
    double left = (1 - filled) * static_cast<double>(100LL << 30);
    for (Timestamp at = world.now - days(9); at <= world.now; at = at + minutes(5)) {
      left -= written;
      world.put("node_filesystem_free_bytes", {{"mountpoint", path}}, at, left);
    }
  };
  mount("/empty", 0.02, 0);
  mount("/grows", 0.02, 2 << 20);
  mount("/full", 0.5, 0);
  mount("/", 0.02, 0);
  const IdleReport got = world.report();
  ASSERT_EQ(names(got), std::vector<std::string>{"/empty"});
  EXPECT_EQ(got.idle[0].evidence[0], "2 % of 100.0 GiB are filled");
  EXPECT_NEAR(got.idle[0].bytes, 0.98 * static_cast<double>(100LL << 30), 1);
}

TEST(RunningNames, FindsWholeWordsOnly) {
  IdleWorld world;
  const facts::Snapshot snapshot = world.journal.snapshot();
  const RunningNames names({snapshot, world.samples, world.catalog, world.now});
  facts::CostSeen cost;
  cost.resource = "arn:aws:ec2:eu-1:instance/prod-search-2";
  EXPECT_EQ(names.find(cost), "search");
  cost.resource = "researchers-vm";
  EXPECT_EQ(names.find(cost), "");
  cost.tags = {{"aws:Name", "staging db"}, {"cost-centre", "search"}};
  EXPECT_EQ(names.find(cost), "staging");
  cost.tags = {{"cost-centre", "search"}};
  EXPECT_EQ(names.find(cost), "") << "such a tag names no program";
  cost.name = "BATCH";
  EXPECT_EQ(names.find(cost), "batch");
}

}  // namespace
}  // namespace daytwo::orient
