#include "orient/drift.h"

#include <gtest/gtest.h>

#include <string>

#include "orient/declared.h"
#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

void see_host(World& world) {
  facts::HostSeen host;
  host.host = world.host;
  world.see("host", host);
}

facts::ListenerSeen listener(std::string address, std::int64_t port, std::string workload,
                             std::string protocol = "tcp") {
  facts::ListenerSeen out;
  out.protocol = std::move(protocol);
  out.address = std::move(address);
  out.port = port;
  out.workload = std::move(workload);
  return out;
}

facts::ProcessSeen process(std::string workload, std::int64_t pid, Timestamp started) {
  facts::ProcessSeen out;
  out.pid = pid;
  out.parent_pid = 1;
  out.workload = std::move(workload);
  out.user = "root";
  out.started = started;
  return out;
}

TEST(Drift, ANewListenerOnEveryAddressAppearsAndGoes) {
  World world;
  see_host(world);
  world.see("l1", listener("0.0.0.0", 22, "ssh.service"));
  Drift detector({observed_baseline(world.journal.snapshot(), world.host, world.now)});
  EXPECT_TRUE(world.turn(detector).empty());
  world.see("l2", listener("0.0.0.0", 8080, "python3"));
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].key.value, "drift/host-1/tcp:0.0.0.0:8080");
  EXPECT_EQ(finding_in(told[0]).title, "a new listener beyond this host: tcp:0.0.0.0:8080");
  ASSERT_EQ(finding_in(told[0]).evidence.size(), 1U);
  EXPECT_NE(finding_in(told[0]).evidence[0].record, 0U);
  world.see("l2", listener("0.0.0.0", 8080, "python3"), facts::State::kClosed);
  EXPECT_EQ(world.turn(detector).at(0).state, facts::State::kClosed);
}

TEST(Drift, DeclaredButAbsentIsAsLoud) {
  World world;
  see_host(world);
  world.see("l1", listener("127.0.0.1", 5432, "postgresql.service"));
  world.see("p1", process("postgresql.service", 10, world.now - hours(1)));
  Drift detector({observed_baseline(world.journal.snapshot(), world.host, world.now)});
  world.see("l1", listener("127.0.0.1", 5432, "postgresql.service"), facts::State::kClosed);
  world.see("p1", process("postgresql.service", 10, world.now), facts::State::kClosed);
  EXPECT_EQ(world.turn(detector).size(), 2U);
}

TEST(Drift, AQuietHostsOrdinaryLifeMakesNone) {
  World world;
  see_host(world);
  world.see("p1", process("cron.service", 10, world.now - hours(1)));
  Drift detector({observed_baseline(world.journal.snapshot(), world.host, world.now)});
  // A job that runs a second, a kernel worker, a resolver's socket.
  world.see("p2", process("logrotate.service", 11, world.now - seconds(5)));
  facts::ProcessSeen worker = process("kworker", 12, world.now - hours(1));
  worker.parent_pid = 2;
  world.see("p3", worker);
  world.see("l9", listener("0.0.0.0", 41234, "systemd-resolved", "udp"));
  EXPECT_TRUE(world.turn(detector).empty());
}

TEST(Drift, AnUnseenHostHasNotLostAnything) {
  World world;
  model::Baseline baseline;
  baseline.host = "elsewhere";
  baseline.listeners = {{"tcp", "0.0.0.0", 22, "ssh.service", ""}};
  Drift detector({baseline});
  see_host(world);
  EXPECT_TRUE(world.turn(detector).empty());
  EXPECT_EQ(world.source("drift"), "no baseline for host-1");
}

TEST(Drift, SaysHowToGetABaseline) {
  World world;
  Drift detector({});
  (void)world.turn(detector);
  EXPECT_EQ(world.source("drift"), "no baseline: nothing can have drifted");
  EXPECT_EQ(finding_in(*world.open("source/drift").at(0)).next_step, "daytwo baseline learn");
}

TEST(Declared, ComparesTheCatalogBothWays) {
  World world;
  see_host(world);
  model::Service shop;
  shop.id = ServiceId("checkout");
  shop.runs = {"shop-checkout"};
  shop.listens = {{"tcp", "127.0.0.1", 9431}, {"tcp", "", 9500}};
  world.catalog = model::Catalog({shop});
  world.see("l1", listener("0.0.0.0", 9431, "shop-checkout"));
  world.see("l2", listener("0.0.0.0", 9999, "shop-checkout"));
  Declared detector;
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(finding_in(told[0]).title,
            "checkout listens on tcp:0.0.0.0:9431 and declares tcp:127.0.0.1:9431");
  EXPECT_EQ(finding_in(told[1]).title, "checkout declares tcp:*:9500 and nothing listens there");
  EXPECT_EQ(finding_in(told[2]).title,
            "checkout listens on tcp:0.0.0.0:9999 and does not declare it");
  EXPECT_EQ(told[2].key.value, "declared/checkout/tcp:0.0.0.0:9999");
}

TEST(Declared, OneExecutableMayRunSeveralServices) {
  World world;
  see_host(world);
  model::Service database;
  database.id = ServiceId("database");
  database.runs = {"daytwo demo service database"};
  database.listens = {{"tcp", "127.0.0.1", 9445}};
  world.catalog = model::Catalog({database});
  facts::ProcessSeen process;
  process.pid = 77;
  process.name = "daytwo demo service database";
  world.see("p1", process);
  facts::ListenerSeen held = listener("127.0.0.1", 9435, "/usr/bin/daytwo as root");
  held.pids = {77};
  world.see("l1", held);
  world.see("l2", listener("127.0.0.1", 9436, "/usr/bin/daytwo as root"));
  Declared detector;
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(finding_in(told[1]).title,
            "database listens on tcp:127.0.0.1:9435 and does not declare it");
}

TEST(Declared, NothingIsAbsentBeforeTheFirstScan) {
  World world;
  model::Service shop;
  shop.id = ServiceId("checkout");
  shop.listens = {{"tcp", "", 9431}};
  world.catalog = model::Catalog({shop});
  Declared detector;
  EXPECT_TRUE(world.turn(detector).empty());
}

}  // namespace
}  // namespace daytwo::orient
