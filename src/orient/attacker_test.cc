#include "orient/attacker.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "model/software/advisory_index.h"
#include "orient/declared.h"
#include "orient/drift.h"
#include "orient/holder.h"
#include "orient/open_doors.h"
#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

facts::ListenerSeen listener(std::string address, std::int64_t port, std::int64_t pid) {
  facts::ListenerSeen out;
  out.protocol = "tcp";
  out.address = std::move(address);
  out.port = port;
  out.reach = out.address.starts_with("127.") ? facts::Reach::kLoopback : facts::Reach::kNetwork;
  if (pid != 0) out.pids = {pid};
  out.executable = pid == 0 ? "" : "/opt/bin/program";
  out.workload = pid == 0 ? "" : "container 0123456789ab";
  return out;
}

facts::ProcessSeen process(std::int64_t pid, std::string name, std::string command) {
  facts::ProcessSeen out;
  out.pid = pid;
  out.name = std::move(name);
  out.command = std::move(command);
  out.user = "shop";
  out.executable = "/opt/bin/program";
  out.workload = "container 0123456789ab";
  return out;
}

model::Service service(std::string id, std::string runs, std::int64_t port) {
  model::Service out;
  out.id = ServiceId(std::move(id));
  out.owner = model::Owner{OwnerId("platform"), "", {}};
  if (!runs.empty()) out.runs = {std::move(runs)};
  model::DeclaredListener declared;
  declared.port = port;
  out.listens = {declared};
  return out;
}

FirstMinutes answer(const World& world, const std::vector<Exposure>& exposures = {}) {
  return first_minutes(world.journal.snapshot(), world.catalog, exposures);
}

using Words = std::vector<std::string>;

TEST(FirstMinutes, NothingBeyondThisHostIsAnAnswer) {
  World world;
  EXPECT_EQ(answer(world).sentence, "no listening socket has been seen");
  world.see("a", listener("127.0.0.1", 5432, 90));
  EXPECT_EQ(answer(world).sentence, "nothing: 1 socket listens to this host alone, none beyond it");
}

TEST(FirstMinutes, TheWidestReachComesFirstAndSaysWhatIsWrong) {
  World world;
  world.see("a", listener("127.0.0.1", 5432, 90));
  world.see("b", listener("0.0.0.0", 8080, 80));
  facts::ProcessSeen web = process(80, "web", "/opt/bin/program serve");
  web.user = "root";
  web.executable_deleted = true;
  world.see("p", web);
  const FirstMinutes found = answer(world);
  ASSERT_EQ(found.rows.size(), 2U);
  EXPECT_EQ(found.rows[0].listener, "tcp:0.0.0.0:8080");
  EXPECT_EQ(found.rows[0].holder, "web as root");
  EXPECT_EQ(found.rows[0].complaints,
            (Words{"it is declared nowhere", "it runs as root",
                   "it runs a program that was replaced or deleted", "nobody owns it"}));
  EXPECT_EQ(found.sentence,
            "1 of 2 listening sockets reach beyond this host; first tcp:0.0.0.0:8080 (web as "
            "root): it is declared nowhere, it runs as root, it runs a program that was replaced "
            "or deleted and nobody owns it");
  // What is seen is evidence: the socket with its time, and the process.
  ASSERT_EQ(found.rows[0].evidence.size(), 2U);
  EXPECT_EQ(found.rows[0].evidence[1], "pid 80: /opt/bin/program serve");
}

TEST(FirstMinutes, OneExecutableMayBeSeveralServices) {
  World world;
  world.catalog = model::Catalog({service("search", "daytwo demo service search", 9433),
                                  service("orders", "daytwo demo service orders", 9434)});
  world.see("a", listener("127.0.0.1", 9433, 33));
  world.see("b", listener("127.0.0.1", 9434, 34));
  world.see("p", process(33, "program", "/opt/bin/daytwo demo service search"));
  world.see("q", process(34, "program", "daytwo demo service orders --quiet"));
  const FirstMinutes found = answer(world);
  EXPECT_EQ(found.rows.at(0).service, "search");
  EXPECT_EQ(found.rows.at(1).service, "orders");
  EXPECT_EQ(found.rows.at(0).owner, "platform");
  EXPECT_TRUE(found.rows.at(0).complaints.empty());
}

TEST(FirstMinutes, AnotherProcessOnADeclaredPortIsNamed) {
  World world;
  world.catalog = model::Catalog({service("search", "searchd", 9433)});
  world.see("a", listener("0.0.0.0", 9433, 66));
  world.see("p", process(66, "impostor", "/tmp/impostor"));
  const Doorway row = answer(world).rows.at(0);
  EXPECT_EQ(row.service, "");
  EXPECT_EQ(row.complaints.at(0), "search declares the port, and another process holds it");
  // A service that does not say what it runs is taken for the holder of its port.
  world.catalog = model::Catalog({service("search", "", 9433)});
  EXPECT_EQ(answer(world).rows.at(0).service, "search");
}

TEST(FirstMinutes, AHolderThatIsNotVisibleIsSaidAndNotGuessed) {
  World world;
  world.see("a", listener("0.0.0.0", 8080, 0));
  const Doorway row = answer(world).rows.at(0);
  EXPECT_EQ(row.holder, "");
  EXPECT_EQ(row.complaints,
            (Words{"it is declared nowhere", "who holds it is not visible", "nobody owns it"}));
}

TEST(FirstMinutes, WhatIsOpenWiderThanDeclaredPointsToItsWorry) {
  World world;
  model::Service database = service("database", "program", 5432);
  database.listens[0].address = "127.0.0.1";
  world.catalog = model::Catalog({database});
  world.see("host", facts::HostSeen{.host = "host-1"});
  world.see("a", listener("0.0.0.0", 5432, 90));
  world.see("p", process(90, "program", "/opt/bin/program"));
  Declared detector;
  (void)world.turn(detector);
  const Doorway row = answer(world).rows.at(0);
  EXPECT_EQ(row.complaints, Words{"it is open wider than declared"});
  ASSERT_EQ(row.worries.size(), 1U);
  EXPECT_EQ(row.worries[0].value, "declared/database/tcp:0.0.0.0:5432");
}

TEST(FirstMinutes, ABaselineSaysWhatIsMeantToBeOpen) {
  World world;
  world.see("host", facts::HostSeen{.host = "host-1"});
  world.see("a", listener("0.0.0.0", 8080, 80));
  model::Baseline baseline;
  baseline.host = "host-1";
  baseline.listeners = {{"tcp", "0.0.0.0", 8080, "container 0123456789ab", ""}};
  Drift knows({baseline});
  (void)world.turn(knows);
  EXPECT_EQ(answer(world).rows.at(0).complaints, Words{"nobody owns it"});
  baseline.listeners = {{"tcp", "0.0.0.0", 8080, "nginx.service", ""}};
  Drift differs({baseline});
  (void)world.turn(differs);
  EXPECT_EQ(answer(world).rows.at(0).complaints,
            (Words{"another program holds a declared listener", "nobody owns it"}));
  baseline.listeners.clear();
  Drift knows_nothing({baseline});
  (void)world.turn(knows_nothing);
  EXPECT_EQ(answer(world).rows.at(0).complaints,
            (Words{"it is declared nowhere", "nobody owns it"}));
}

TEST(FirstMinutes, ExploitedCodeComesBeforeOpenDoorsAndThoseBeforeTheRest) {
  World world;
  world.see("a", listener("0.0.0.0", 443, 80));
  world.see("b", listener("0.0.0.0", 6379, 81));
  world.see("c", listener("0.0.0.0", 2222, 82));
  world.see("d", listener("127.0.0.1", 6379, 83));
  model::Vulnerability vulnerability;
  vulnerability.name = "CVE-2024-0001";
  vulnerability.kev = model::KevEntry{};
  Exposure exposure;
  exposure.host = "host-1";
  exposure.package = "openssl";
  exposure.version = "3.0.9-1";
  exposure.fixed = "3.0.11-1";
  exposure.rung = model::Rung::kReachable;
  exposure.pids = {80};
  exposure.vulnerability = &vulnerability;
  const FirstMinutes found = answer(world, {exposure});
  ASSERT_EQ(found.rows.size(), 4U);
  EXPECT_EQ(found.rows[0].exposures, Words{"CVE-2024-0001 (exploited)"});
  EXPECT_EQ(found.rows[0].complaints.at(0), "1 known vulnerability");
  EXPECT_EQ(found.rows[0].evidence.back(),
            "CVE-2024-0001 is in openssl 3.0.9-1, in the memory of the holder; fixed in 3.0.11-1");
  EXPECT_EQ(found.rows[1].complaints.at(0),
            "the port is that of Redis, which asks for no password unless told");
  EXPECT_EQ(found.rows[2].listener, "tcp:0.0.0.0:2222");
  // Nobody outside reaches the last one.
  EXPECT_FALSE(found.rows[3].open_door);
}

TEST(Holder, ACommandRunsWhatItsFirstWordsName) {
  EXPECT_TRUE(is_run_by("/usr/bin/daytwo demo service search", "daytwo demo service search"));
  EXPECT_TRUE(is_run_by("python3 /srv/shop.py --port 80", "python3 /srv/shop.py"));
  EXPECT_FALSE(is_run_by("daytwo demo service searcher", "daytwo demo service search"));
  EXPECT_FALSE(is_run_by("daytwo", "daytwo demo"));
  EXPECT_FALSE(is_run_by("anything", ""));
}

TEST(OpenDoors, AreTcpPortsByCustom) {
  EXPECT_FALSE(open_door("tcp", 2375).empty());
  EXPECT_TRUE(open_door("udp", 2375).empty());
  EXPECT_TRUE(open_door("tcp", 443).empty());
}

}  // namespace
}  // namespace daytwo::orient
