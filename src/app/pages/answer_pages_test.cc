#include "app/pages/answer_pages.h"

#include <gtest/gtest.h>

#include <string>

#include "app/pages/world_for_tests.h"
#include "base/hash.h"

namespace daytwo::app {
namespace {

struct AnswerWorld : PageWorld {
  std::vector<orient::ObjectiveStatus> objectives;
  AnswerPages pages{context(),
                    {.objectives = [this] { return objectives; },
                     .advisories = [] { return std::shared_ptr<const model::AdvisoryIndex>(); }}};

  // A minute in which host `host` has one processor, busy to this share, and search uses `used`.
  void processor(const std::string& host, double busy, double used = 0) {
    const Timestamp now = clock.wall();
    for (int second = 0; second <= 60; second += 10) {
      const Timestamp at = now - seconds(60 - second);
      const auto add = [&](series::Labels labels, double value) {
        CHECK(samples.add(std::move(labels), {{at, {value, nullptr}}}).has_value(), "taken");
      };
      add({{"__name__", "node_cpu_seconds_total"}, {"instance", host}, {"mode", "idle"}},
          (1 - busy) * second);
      add({{"__name__", "node_cpu_seconds_total"}, {"instance", host}, {"mode", "user"}},
          busy * second);
      add({{"__name__", "node_pressure_cpu_waiting_seconds_total"}, {"instance", host}}, 0);
      if (used == 0) continue;
      add({{"__name__", "daytwo_process_cpu_seconds_total"},
           {"instance", host},
           {"name", "searchd"},
           {"workload", "search.service"}},
          used * second);
    }
  }
};

TEST(CpuPage, WithoutSamplesItSaysWhatIsNeeded) {
  AnswerWorld world;
  const auto page = world.pages.cpu("");
  ASSERT_TRUE(page.has_value());
  EXPECT_TRUE(page->rows.empty());
  EXPECT_EQ(page->sentence,
            "no processor has been measured yet: it takes half a minute of samples");
  EXPECT_NE(page->teach.find("node_exporter"), std::string::npos);
}

TEST(CpuPage, TheBusiestHostAnswersFirst) {
  AnswerWorld world;
  world.processor("calm", .1);
  world.processor("hot", .97);
  const auto page = world.pages.cpu("");
  ASSERT_TRUE(page && page->rows.size() == 2);
  EXPECT_EQ(page->rows[0].host, "hot");
  EXPECT_EQ(page->rows[0].state, api::CpuStateView::kBusy);
  EXPECT_EQ(page->sentence, page->rows[0].sentence);
  EXPECT_EQ(page->rows[1].state, api::CpuStateView::kCalm);
  const auto one = world.pages.cpu("calm");
  ASSERT_TRUE(one && one->rows.size() == 1);
  EXPECT_EQ(one->rows[0].host, "calm");
}

TEST(CpuPage, AnswersForAService) {
  AnswerWorld world;
  world.declare("service: search\n---\nservice: mail\n");
  world.processor("hot", .97, .95);
  const auto page = world.pages.cpu("search");
  ASSERT_TRUE(page && page->rows.size() == 1);
  EXPECT_EQ(page->rows[0].service, "search");
  EXPECT_NEAR(page->rows[0].used, .95, 1e-9);
  EXPECT_EQ(page->rows[0].state, api::CpuStateView::kBusy);
}

TEST(CpuPage, AServiceThatIsNotSeenRunningIsSaidSo) {
  AnswerWorld world;
  world.declare("service: search\n---\nservice: mail\n");
  world.processor("hot", .97, .95);
  const auto page = world.pages.cpu("mail");
  ASSERT_TRUE(page && page->rows.empty());
  EXPECT_EQ(page->sentence, "mail is not seen running: no process here is what its `runs` names");
  EXPECT_NE(page->teach.find("runs: "), std::string::npos);
}

TEST(CpuPage, AnUnknownNameIsAnErrorWithTheNearestOne) {
  AnswerWorld world;
  world.declare("service: search\n");
  const auto page = world.pages.cpu("serch");
  ASSERT_FALSE(page.has_value());
  EXPECT_EQ(page.error().code, Code::kNotFound);
  EXPECT_EQ(page.error().text, "there is no service or host serch; did you mean search?");
}

TEST(SurfacePage, BeforeTheFirstScanItSaysSo) {
  AnswerWorld world;
  const auto page = world.pages.surface();
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->sentence, "no host has been looked at yet: the first look takes ten seconds");
}

TEST(SurfacePage, RowsCarryTheirEvidenceAndTheirWorries) {
  AnswerWorld world;
  world.declare("service: search\nowner: {team: shop-dev}\nlistens: [\"127.0.0.1:8081\"]\n");
  world.see("host/vm", facts::HostSeen{.host = "vm"});
  facts::ListenerSeen listener;
  listener.protocol = "tcp";
  listener.address = "0.0.0.0";
  listener.port = 8081;
  listener.reach = facts::Reach::kNetwork;
  listener.pids = {7};
  listener.workload = "search.service";
  world.see("listener/vm/tcp:0.0.0.0:8081", listener);
  facts::Finding drift;
  drift.kind = facts::FindingKind::kDrift;
  drift.title = "search listens on tcp:0.0.0.0:8081 and declares tcp:127.0.0.1:8081";
  facts::Record record;
  record.inputs = {{"state", "open wider than declared"}};
  world.find("declared/search/tcp:0.0.0.0:8081", drift, record);
  const auto page = world.pages.surface();
  ASSERT_TRUE(page && page->rows.size() == 1);
  const api::DoorwayRow& row = page->rows[0];
  EXPECT_EQ(row.reach, api::ReachView::kNetwork);
  EXPECT_EQ(row.owner, "shop-dev");
  EXPECT_EQ(row.wrong, std::vector<std::string>{"it is open wider than declared"});
  EXPECT_EQ(row.worries, std::vector<std::string>{short_id("declared/search/tcp:0.0.0.0:8081")});
  EXPECT_EQ(row.evidence.back(), drift.title);
  // What was not looked at is said beside the answer.
  EXPECT_EQ(page->coverage.back(),
            "no advisory file is configured: no package is held against one");
}

}  // namespace
}  // namespace daytwo::app
