#include "orient/probes.h"

#include <gtest/gtest.h>

#include <string>

#include "orient/alerts.h"
#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

facts::ProbeSeen probe(bool up, std::string reason) {
  facts::ProbeSeen out;
  out.url = "http://127.0.0.1:9431/";
  out.up = up;
  out.reason = std::move(reason);
  return out;
}

TEST(Probes, AStoppedServiceIsAWorryAtOnceAndPages) {
  World world;
  Probes detector;
  world.see("probe", probe(true, "200 in 3 ms"));
  EXPECT_TRUE(world.turn(detector).empty());
  world.now = world.now + seconds(10);
  world.see("probe", probe(false, "connection refused"), facts::State::kChanged);
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(finding_in(told[0]).wake);
  EXPECT_TRUE(finding_in(told[0]).symptom);
  EXPECT_NE(told[0].sentence.find("connection refused"), std::string::npos);
  world.see("probe", probe(true, "200 in 3 ms"), facts::State::kChanged);
  const auto after = world.turn(detector);
  ASSERT_EQ(after.size(), 1U);
  EXPECT_EQ(after[0].state, facts::State::kClosed);
}

TEST(Probes, NamesTheServiceThatTheCatalogGivesTheUrl) {
  World world;
  model::Service service;
  service.id = ServiceId("checkout");
  service.probes = {"http://127.0.0.1:9431/"};
  world.catalog = model::Catalog({service});
  Probes detector;
  world.see("probe", probe(false, "timeout"));
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(finding_in(told[0]).service, "checkout");
  EXPECT_EQ(finding_in(told[0]).title, "checkout does not answer");
}

TEST(Probes, ACertificateIsATicketAtThreeWeeksAndAPageAtThreeDays) {
  for (const auto& [left, count, wake] :
       {std::tuple(days(30), 0U, false), {days(20), 1U, false}, {days(2), 1U, true}}) {
    World world;
    Probes detector;
    facts::ProbeSeen seen = probe(true, "200");
    seen.certificate_expires = world.now + left;
    world.see("probe", seen);
    const auto told = world.turn(detector);
    ASSERT_EQ(told.size(), count);
    if (count > 0) EXPECT_EQ(finding_in(told[0]).wake, wake);
  }
}

TEST(Probes, SayThatNothingIsWatched) {
  World world;
  Probes detector;
  (void)world.turn(detector);
  EXPECT_EQ(world.source("probe"), "no URL is watched from outside");
}

TEST(Alerts, OpenWithTheirSeverityAndCloseWhenResolved) {
  World world;
  Alerts detector;
  facts::AlertSeen alert;
  alert.sender = "alertmanager";
  alert.fingerprint = "0123456789abcdef";
  alert.labels = {{"alertname", "HighErrors"}, {"service", "checkout"}, {"severity", "critical"}};
  alert.annotations = {{"summary", "5 % of requests fail"}};
  alert.starts = world.now;
  world.see("alert", alert);
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(finding_in(told[0]).wake);
  EXPECT_EQ(finding_in(told[0]).service, "checkout");
  EXPECT_NE(told[0].sentence.find("5 % of requests fail"), std::string::npos);
  alert.firing = false;
  world.see("alert", alert, facts::State::kChanged);
  EXPECT_EQ(world.turn(detector).at(0).state, facts::State::kClosed);
}

TEST(Alerts, AWarningIsATicketAndAnEndedAlertIsNone) {
  World world;
  Alerts detector;
  facts::AlertSeen alert;
  alert.sender = "prometheus";
  alert.labels = {{"alertname", "Slow"}, {"severity", "warning"}};
  alert.ends = world.now + minutes(4);
  world.see("alert", alert);
  EXPECT_FALSE(finding_in(world.turn(detector).at(0)).wake);
  world.now = world.now + minutes(5);
  EXPECT_EQ(world.turn(detector).at(0).state, facts::State::kClosed);
}

}  // namespace
}  // namespace daytwo::orient
