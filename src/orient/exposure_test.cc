#include "orient/exposure.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

std::shared_ptr<const model::AdvisoryIndex> advisories() {
  model::AdvisoryFeeds feeds;
  const auto add = [&](const std::string& cve, std::string package, std::string fixed,
                       double epss) {
    model::OsvRecord record;
    record.id = "DEBIAN-" + cve;
    record.upstream = {cve};
    model::Affected affected;
    affected.ecosystem = "Debian:12";
    affected.package = std::move(package);
    affected.ranges = {
        {model::RangeType::kEcosystem,
         {{model::RangeEdge::kIntroduced, "0"}, {model::RangeEdge::kFixed, std::move(fixed)}}}};
    record.affected = {affected};
    feeds.osv.push_back(record);
    feeds.epss.push_back({cve, epss, .5});
  };
  add("CVE-2024-0001", "openssl", "3.0.11-1", .3);
  add("CVE-2024-0002", "gimp", "3.0-1", .02);
  add("CVE-2024-0003", "gimp", "3.0-1", .01);
  model::KevEntry kev;
  kev.cve = "CVE-2024-0001";
  kev.added = Timestamp{1'700'000'000'000};
  feeds.kev = {kev};
  feeds.has_osv = feeds.has_epss = feeds.has_kev = true;
  return std::make_shared<model::AdvisoryIndex>(std::move(feeds));
}

facts::PackageSeen package(std::string name, std::string source, std::string version) {
  facts::PackageSeen out;
  out.ecosystem = "Debian:12";
  out.name = std::move(name);
  out.version = version + "+b1";  // a rebuild: only the source version may count
  out.source = std::move(source);
  out.source_version = std::move(version);
  return out;
}

// A host where nginx has libssl3 mapped and listens on `address`.
struct Shop {
  World world;
  ExposureDetector detector{advisories()};

  Shop() {
    facts::HostSeen host;
    host.host = world.host;
    host.ecosystem = "Debian:12";
    world.see("host", host);
    world.see("libssl3", package("libssl3", "openssl", "3.0.9-1"));
    world.see("gimp", package("gimp", "gimp", "2.10-1"));
    facts::ProcessSeen process;
    process.pid = 80;
    process.workload = "nginx.service";
    world.see("process", process);
  }
  void map(bool stale = false, facts::State state = facts::State::kOpen) {
    facts::MappingSeen mapping;
    mapping.package = "libssl3:amd64";
    mapping.pids = {80};
    mapping.workloads = {"nginx.service"};
    mapping.files = {"/usr/lib/x86_64-linux-gnu/libssl.so.3"};
    mapping.stale = stale;
    world.see("mapping", mapping, state);
  }
  void listen(facts::Reach reach, facts::State state = facts::State::kOpen) {
    facts::ListenerSeen listener;
    listener.protocol = "tcp";
    listener.address = reach == facts::Reach::kLoopback ? "127.0.0.1" : "0.0.0.0";
    listener.port = 443;
    listener.reach = reach;
    listener.pids = {80};
    listener.workload = "nginx.service";
    world.see("listener", listener, state);
  }
  facts::RecordPtr openssl() const {
    for (const auto& record : world.open("exposure/host-1/CVE-2024-0001")) return record;
    return nullptr;
  }
  double rate() const {
    const auto record = openssl();
    return record == nullptr ? 0 : record->find_amount("events_per_year")->estimate.p50;
  }
};

TEST(Exposure, FoldsToWhatHitsAndOneLine) {
  Shop shop;
  shop.map();
  shop.listen(facts::Reach::kNetwork);
  const auto told = shop.world.turn(shop.detector);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[0].key.value, "exposure/host-1/CVE-2024-0001/openssl");
  EXPECT_NE(told[0].sentence.find("E4: reachable beyond this host, in nginx.service (pid 80) on "
                                  "0.0.0.0:443; known to be exploited since 2023-11-14; EPSS 30 %"),
            std::string::npos)
      << told[0].sentence;
  EXPECT_NE(finding_in(told[0]).next_step.find("to 3.0.11-1 or later), then restart nginx.service"),
            std::string::npos);
  EXPECT_EQ(told[1].key.value, "exposure/host-1/installed");
  EXPECT_EQ(finding_in(told[1]).title, "2 more vulnerabilities in code that does not run");
  EXPECT_EQ(shop.world.source("exposure"),
            "2 packages against 3 advisories: 1 hit what runs, 2 installed only");
}

// What a promise of security is measured by stands in the record, not only in its sentence.
TEST(Exposure, NamesTheServicesConcernedAndSinceWhenTheWorldKnew) {
  Shop shop;
  const model::CatalogFile file{"shop.yml",
                                "service: edge\nruns: [\"nginx -g\"]\n---\nservice: search\n"};
  shop.world.catalog = *model::load_catalog({&file, 1});
  facts::ProcessSeen process;
  process.pid = 80;
  process.workload = "nginx.service";
  process.command = "/usr/sbin/nginx -g daemon";
  shop.world.see("process", process);
  shop.map();
  const auto told = shop.world.turn(shop.detector);
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told[0].find_input(facts::kService), "edge");
  EXPECT_EQ(told[0].find_input(facts::kExploited), "2023-11-14");
  EXPECT_EQ(finding_in(told[0]).service, "edge");
  const auto source = shop.world.open("source/exposure");
  ASSERT_EQ(source.size(), 1U);
  EXPECT_EQ(source[0]->find_input(facts::kMatched), "2");
}

// One advisory in thirty workloads is one finding: one upgrade ends it in all of them.
TEST(Exposure, FoldsThirtyWorkloadsIntoOneFindingThatListsThem) {
  Shop shop;
  shop.map();
  shop.listen(facts::Reach::kNetwork);
  (void)shop.world.turn(shop.detector);
  const double alone = shop.rate();
  facts::MappingSeen mapping;
  mapping.package = "libssl3:amd64";
  mapping.pids = {80};
  mapping.workloads = {"nginx.service"};
  for (int i = 0; i < 29; ++i) {
    facts::ProcessSeen process;
    process.pid = 1000 + i;
    process.workload = fmt::format("job-{:02}", i);
    shop.world.see("process-" + process.workload, process);
    mapping.pids.push_back(process.pid);
    mapping.workloads.push_back(process.workload);
  }
  shop.world.see("mapping", mapping, facts::State::kClosed);
  (void)shop.world.turn(shop.detector);
  shop.world.see("mapping", mapping);
  (void)shop.world.turn(shop.detector);
  EXPECT_EQ(shop.world.open("exposure/host-1/CVE-2024-0001").size(), 1U);
  const auto record = shop.openssl();
  ASSERT_NE(record, nullptr);
  EXPECT_NE(record->sentence.find("in nginx.service (pid 80) on 0.0.0.0:443; also in 29 workloads: "
                                  "job-00, job-01, job-02, job-03 and 25 more"),
            std::string::npos)
      << record->sentence;
  EXPECT_GE(finding_in(*record).evidence.size(), 30U);
  EXPECT_EQ(std::count_if(record->inputs.begin(), record->inputs.end(),
                          [](const facts::Input& input) { return input.name == "workload"; }),
            30);
  EXPECT_EQ(shop.rate(), alone) << "the worst counts, not the number of processes";
  EXPECT_EQ(shop.world.source("exposure"),
            "2 packages against 3 advisories: 1 hit what runs, 2 installed only");
}

// Metamorphic: each piece of evidence taken away lowers the rung and the worth, never the reverse.
TEST(Exposure, ItsWorthFallsWithEveryRungTakenAway) {
  Shop shop;
  shop.map();
  shop.listen(facts::Reach::kNetwork);
  (void)shop.world.turn(shop.detector);
  const double reachable = shop.rate();
  shop.listen(facts::Reach::kLoopback, facts::State::kChanged);
  (void)shop.world.turn(shop.detector);
  const double listens = shop.rate();
  shop.listen(facts::Reach::kLoopback, facts::State::kClosed);
  (void)shop.world.turn(shop.detector);
  const double mapped = shop.rate();
  shop.map(false, facts::State::kClosed);
  (void)shop.world.turn(shop.detector);
  const double installed = shop.rate();
  EXPECT_GT(reachable, listens);
  EXPECT_GT(listens, mapped);
  EXPECT_GT(mapped, installed);
  EXPECT_GT(installed, 0) << "a known exploited one stays in sight";
}

TEST(Exposure, ClosesWhenThePackageIsUpgraded) {
  Shop shop;
  shop.map();
  (void)shop.world.turn(shop.detector);
  ASSERT_NE(shop.openssl(), nullptr);
  shop.world.see("libssl3", package("libssl3", "openssl", "3.0.11-1"), facts::State::kChanged);
  (void)shop.world.turn(shop.detector);
  EXPECT_EQ(shop.openssl(), nullptr);
}

TEST(Exposure, StaysWhileTheOldCodeIsStillMapped) {
  Shop shop;
  shop.map();
  (void)shop.world.turn(shop.detector);
  shop.world.see("libssl3", package("libssl3", "openssl", "3.0.11-1"), facts::State::kChanged);
  shop.map(true, facts::State::kChanged);
  (void)shop.world.turn(shop.detector);
  ASSERT_NE(shop.openssl(), nullptr);
  EXPECT_EQ(finding_in(*shop.openssl()).next_step, "restart nginx.service");
  EXPECT_TRUE(shop.world.turn(shop.detector).empty());
  shop.map(false, facts::State::kChanged);
  (void)shop.world.turn(shop.detector);
  EXPECT_EQ(shop.openssl(), nullptr);
}

TEST(Exposure, WithoutAdvisoriesNothingOpensOrCloses) {
  Shop shop;
  shop.map();
  (void)shop.world.turn(shop.detector);
  ExposureDetector without{nullptr};
  EXPECT_TRUE(shop.world.turn(without).empty());
  EXPECT_NE(shop.openssl(), nullptr);
  EXPECT_EQ(shop.world.source("exposure"), "no advisory file: no package is matched");
}

TEST(Exposure, AnAdvisoryFileThatWasNotReadIsNamed) {
  Shop shop;
  ExposureDetector damaged{std::make_shared<model::AdvisoryIndex>(model::AdvisoryFeeds{}),
                           {"osv.json: no advisory in it"}};
  EXPECT_TRUE(shop.world.turn(damaged).empty());
  EXPECT_EQ(shop.world.source("exposure"), "no package is matched: osv.json: no advisory in it");
}

TEST(Exposure, AVersionThatIsNoneIsUnknown) {
  Shop shop;
  shop.world.see("odd", package("odd", "openssl", "one dot two"));
  (void)shop.world.turn(shop.detector);
  EXPECT_NE(shop.world.source("exposure").find("version not understood: openssl one dot two"),
            std::string::npos)
      << shop.world.source("exposure");
}

}  // namespace
}  // namespace daytwo::orient
