#include "app/pages/answer_pages.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>

#include "app/pages/world_for_tests.h"
#include "base/hash.h"
#include "facts/judgement.h"
#include "model/json.h"
#include "model/sentence.h"

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

struct SecurityWorld : AnswerWorld {
  SecurityWorld() {
    declare("service: checkout\nsecurity: [{name: exploited, due: 21d, target: 99}]\n");
    facts::Finding source;
    source.kind = facts::FindingKind::kSource;
    facts::Record record;
    record.inputs = {{std::string(facts::kMatched), "412"}};
    find("source/exposure", source, record);
  }
  // An exposure of checkout, known to be exploited since that day.
  void expose(const std::string& since) {
    facts::Finding finding;
    finding.kind = facts::FindingKind::kExposure;
    finding.title = "CVE-2026-1 in openssl";
    finding.service = "checkout";
    facts::Record record;
    record.inputs = {{"package", "openssl"}, {std::string(facts::kExploited), since}};
    record.amounts = {{"events_per_year",
                       {chance::exactly(.5),
                        std::string(model::kIncidents),
                        std::string(model::kAYear),
                        {},
                        {}}}};
    find("exposure/vm/CVE-2026-1/openssl", finding, record);
  }
  void state_stake(const std::string& text) {
    facts::Choice choice;
    choice.kind = facts::ChoiceKind::kStake;
    choice.text = text;
    facts::Record record;
    record.body = choice;
    append("stake/1", std::move(record));
  }
};

TEST(SecurityPage, WithoutAPromiseItTeachesTheLineThatMakesOne) {
  AnswerWorld world;
  world.declare("service: checkout\n");
  const auto page = world.pages.security("");
  ASSERT_TRUE(page.has_value());
  EXPECT_EQ(page->sentence, "no service promises security yet");
  EXPECT_NE(page->teach.find("security: [{name:"), std::string::npos);
}

TEST(SecurityPage, WithoutAdvisoriesNothingIsKnownRatherThanKept) {
  AnswerWorld world;
  world.declare("service: checkout\nsecurity: [{name: exploited, target: 99}]\n");
  const auto page = world.pages.security("checkout");
  ASSERT_TRUE(page && page->rows.size() == 1);
  EXPECT_EQ(page->rows[0].standing, api::StandingView::kUnknown);
  EXPECT_EQ(page->sentence, "checkout: not known: no package was held against an advisory yet");
  EXPECT_EQ(page->teach, "advisories: [FOLDER] in daytwo.yml");
}

TEST(SecurityPage, CountsIncidentsUntilSomebodySaysWhatOneCosts) {
  SecurityWorld world;
  world.expose("2026-11-20");
  world.clock.advance(days(2));
  auto page = world.pages.security("checkout");
  ASSERT_TRUE(page && page->rows.size() == 1);
  EXPECT_EQ(page->rows[0].standing, api::StandingView::kKept);
  EXPECT_EQ(page->rows[0].open, 1);
  EXPECT_EQ(page->rows[0].cost.a_day.unit, model::kIncidents);
  ASSERT_TRUE(page->question.has_value());
  EXPECT_EQ(page->question->subject, "checkout");
  world.state_stake("an incident of checkout costs $100k to $1M");
  page = world.pages.security("checkout");
  ASSERT_TRUE(page && page->rows.size() == 1);
  EXPECT_EQ(page->rows[0].cost.a_day.unit, "USD");
  EXPECT_FALSE(page->question.has_value());
  // Half an incident a year: a day costs 1 - e^(-0.5 / 365.25) of the mean loss.
  const double mean = model::parse_quantity("$100k to $1M")->fit()->distribution.mean();
  EXPECT_NEAR(page->rows[0].cost.a_day.mean, -std::expm1(-.5 / kDaysPerYear) * mean,
              .002 * mean * .5 / kDaysPerYear);
}

TEST(SecurityPage, WhatIsLateBreaksItAndMendingStartsTheWayBack) {
  SecurityWorld world;
  world.expose("2026-10-01");
  world.clock.advance(days(1));
  const auto page = world.pages.security("");
  ASSERT_TRUE(page && page->rows.size() == 1);
  const api::SecurityRow& row = page->rows[0];
  EXPECT_EQ(row.standing, api::StandingView::kBroken);
  EXPECT_EQ(row.late, 1);
  EXPECT_NEAR(row.late_days, 1, 1e-9);
  EXPECT_NEAR(row.burn.value_or(0), 100, 1e-6);
  ASSERT_TRUE(row.kept_again_by.has_value());
  EXPECT_EQ(to_rfc3339(row.exposures.at(0).due).substr(0, 10), "2026-10-22");
  EXPECT_EQ(row.exposures.at(0).worry, short_id("exposure/vm/CVE-2026-1/openssl"));
}

TEST(SecurityPage, SaysWhatAContractGivesBackNowAndWhatMendingSaves) {
  SecurityWorld world;
  world.declare(
      "service: checkout\nsecurity:\n  - name: exploited\n    target: 50\n    window: 10d\n"
      "    contracts: [{with: shops, per_year: \"$1M\", tiers: [{below: 50, credit: 10}]}]\n");
  world.expose("2026-11-05");
  // Due on the 26th: after 8 days of 10, half of what the window saw is late.
  world.clock.advance(days(8));
  const auto page = world.pages.security("checkout");
  ASSERT_TRUE(page && page->rows.size() == 1);
  const auto& credits = page->rows[0].credits;
  ASSERT_EQ(credits.size(), 1U);
  EXPECT_EQ(credits[0].share_now, 0);
  EXPECT_EQ(credits[0].share_if_left, .1);
  EXPECT_EQ(credits[0].share_if_mended, 0);
  EXPECT_NE(page->sentence.find("in 30 days if nothing is mended"), std::string::npos);
}

TEST(PosturePage, HoldsNothingThatAnAttackerCouldUse) {
  SecurityWorld world;
  world.expose("2026-10-01");
  world.clock.advance(days(1));
  const auto page = world.pages.posture("checkout");
  ASSERT_TRUE(page && page->rows.size() == 1);
  EXPECT_EQ(page->rows[0].standing, api::StandingView::kBroken);
  EXPECT_EQ(page->rows[0].within, 0);
  const std::string text = model::to_json(*page);
  for (const char* secret : {"CVE", "openssl", "vm", "2026-10", "worry"}) {
    EXPECT_EQ(text.find(secret), std::string::npos) << secret << " in " << text;
  }
}

TEST(SecurityPage, AnUnknownServiceIsAnErrorWithTheNearestOne) {
  SecurityWorld world;
  const auto page = world.pages.posture("chekout");
  ASSERT_FALSE(page.has_value());
  EXPECT_EQ(page.error().text, "there is no service chekout; did you mean checkout?");
}

}  // namespace
}  // namespace daytwo::app
