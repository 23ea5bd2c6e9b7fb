#include "observe/agent/node_agent.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "facts/codec.h"
#include "observe/receive/node_report.h"
#include "sim/network.h"
#include "sim/recorded_tree.h"
#include "sim/system.h"

namespace daytwo::observe {
namespace {

constexpr Timestamp kStart{1'795'305'600'000};

class NodeAgentTest : public ::testing::Test {
 protected:
  NodeAgentTest() : tree_(sim::make_recorded_host(3, 5)) {
    options_.server = "http://server:9420/";
    options_.token = "t0ken";
  }
  void server(int status) {
    http_.on("http://server:9420/", status, status == 200 ? "" : "not now");
  }
  AgentTurn turn(NodeAgent& agent) {
    AgentTurn out = agent.turn(now_);
    now_ = out.next;
    return out;
  }
  // Records of all reports that the server was sent.
  std::vector<facts::Record> reported() const {
    std::vector<facts::Record> all;
    for (const env::HttpRequest& request : http_.requests()) {
      if (!request.url.ends_with(kReportPath)) continue;
      for (const std::string_view line : split(request.body, '\n')) {
        if (line.empty()) continue;
        auto record = facts::parse_line(line, "report");
        EXPECT_TRUE(record.has_value());
        if (record) all.push_back(*std::move(record));
      }
    }
    return all;
  }

  sim::RecordedTree tree_;
  sim::System system_;
  sim::HttpScript http_;
  Registry own_;
  AgentOptions options_;
  Timestamp now_ = kStart;
};

TEST_F(NodeAgentTest, SendsSamplesAndSightings) {
  server(200);
  NodeAgent agent({}, options_, tree_, system_, http_, own_);
  EXPECT_TRUE(turn(agent).sent);
  const auto requests = http_.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].url, "http://server:9420/api/daytwo/v1/in/sightings");
  EXPECT_EQ(requests[0].headers.back().second, "Bearer t0ken");
  EXPECT_EQ(requests[1].url, "http://server:9420/api/v1/write");
  EXPECT_EQ(*check_report(reported()), "host-1");
  EXPECT_EQ(agent.queue().waiting_samples(), 0U);
  EXPECT_EQ(agent.queue().waiting_records(), 0U);
  while (now_ < kStart + seconds(10)) turn(agent);
  EXPECT_EQ(http_.requests().size(), 2U);  // pressure waits for the next sending
  turn(agent);
  EXPECT_EQ(http_.requests().size(), 3U);  // samples; nothing changed
}

TEST_F(NodeAgentTest, KeepsWhatTheServerDidNotTake) {
  server(503);
  NodeAgent agent({}, options_, tree_, system_, http_, own_);
  const AgentTurn first = turn(agent);
  ASSERT_TRUE(first.problem.has_value());
  EXPECT_EQ(first.problem->code, Code::kUnavailable);
  while (now_ < kStart + seconds(30)) turn(agent);
  const std::size_t waiting = agent.queue().waiting_samples();
  EXPECT_GT(waiting, 100U);
  EXPECT_LT(http_.requests().size(), 20U);  // waits double
  server(200);
  while (agent.queue().waiting_samples() >= waiting) turn(agent);
  EXPECT_EQ(agent.queue().lost_samples(), 0U);
  EXPECT_EQ(agent.queue().waiting_records(), 0U);
}

TEST_F(NodeAgentTest, SendsNoSamplesToAServerThatObservesThisHostItself) {
  http_.on("http://server:9420/api/v1/write", 200, "");
  http_.on("http://server:9420/api/daytwo/v1/in/sightings", 409, "host-1 is observed here");
  NodeAgent agent({}, options_, tree_, system_, http_, own_);
  const AgentTurn refused = turn(agent);
  EXPECT_TRUE(refused.refused);
  EXPECT_FALSE(refused.sent);
  for (const env::HttpRequest& request : http_.requests()) {
    EXPECT_FALSE(request.url.ends_with("/write")) << "the samples are there already";
  }
}

TEST_F(NodeAgentTest, TakesOnlyARefusedReportForAnEnd) {
  http_.on("http://server:9420/api/v1/write", 409, "somebody else's conflict");
  http_.on("http://server:9420/api/daytwo/v1/in/sightings", 200, "");
  NodeAgent agent({}, options_, tree_, system_, http_, own_);
  const AgentTurn turned = turn(agent);
  EXPECT_FALSE(turned.refused);
  ASSERT_TRUE(turned.problem.has_value());
}

TEST_F(NodeAgentTest, TellsARefusalFromAServerThatIsAway) {
  server(409);
  NodeAgent agent({}, options_, tree_, system_, http_, own_);
  const AgentTurn turned = turn(agent);
  ASSERT_TRUE(turned.problem.has_value());
  EXPECT_EQ(turned.problem->code, Code::kConflict);
  EXPECT_EQ(agent.queue().lost_records(), 0U);
}

TEST_F(NodeAgentTest, SaysWhyTheServerRefused) {
  const auto why = [this](const std::string& body) {
    http_.on("http://server:9420/", 401, body);
    NodeAgent agent({}, options_, tree_, system_, http_, own_);
    return turn(agent).problem->text;
  };
  EXPECT_TRUE(why(R"({"error":{"code":"unauthenticated","text":"a token is needed"}})")
                  .ends_with(" answered 401: a token is needed"));
  EXPECT_TRUE(why(R"({"status":"error","errorType":"bad_data","error":"no such label"})")
                  .ends_with(" answered 401: no such label"));
  EXPECT_TRUE(why("<html>\nnginx</html>").ends_with(" answered 401: <html>"));
  EXPECT_TRUE(why("").ends_with("/in/sightings answered 401"));
}

TEST_F(NodeAgentTest, BoundsItsQueuesAndSaysWhatWasLostAndThenEverythingAgain) {
  options_.max_samples = 500;
  options_.max_records = 5;
  server(503);
  NodeAgent agent({}, options_, tree_, system_, http_, own_);
  while (now_ < kStart + minutes(5)) turn(agent);
  EXPECT_LE(agent.queue().waiting_samples(), 500U);
  EXPECT_LE(agent.queue().waiting_records(), 6U);
  EXPECT_GT(agent.queue().lost_samples(), 0U);
  EXPECT_GT(agent.queue().lost_records(), 0U);
  server(200);
  while (agent.queue().waiting_records() > 0) turn(agent);
  bool said = false;
  for (const facts::Record& record : reported()) {
    if (const auto* gap = facts::body_as<facts::CoverageSeen>(record)) {
      said = said || (gap->what == "what the agent sent" && gap->seen < gap->total);
    }
  }
  EXPECT_TRUE(said);
}

TEST_F(NodeAgentTest, GivesUpWhatTheServerRefusesAsInvalid) {
  server(400);
  NodeAgent agent({}, options_, tree_, system_, http_, own_);
  EXPECT_TRUE(turn(agent).problem.has_value());
  EXPECT_EQ(agent.queue().waiting_samples(), 0U);
  EXPECT_GT(agent.queue().lost_samples(), 0U);
}

TEST_F(NodeAgentTest, EndsItsSeriesWhenItStops) {
  server(200);
  NodeAgent agent({}, options_, tree_, system_, http_, own_);
  turn(agent);
  EXPECT_TRUE(agent.stop(now_).sent);
  EXPECT_TRUE(http_.requests().back().url.ends_with("/api/v1/write"));
}

TEST(NodeReport, RefusesWhatAnAgentCannotSee) {
  facts::Record host;
  host.key = WorryKey("host/a");
  host.engine = kNodeEngine;
  host.body = facts::Sighting{facts::HostSeen{}};
  EXPECT_EQ(*check_report(std::vector{host}), "a");
  facts::Record other = host;
  other.key = WorryKey("host/b");
  EXPECT_EQ(check_report(std::vector{host, other}).error().code, Code::kDenied);
  facts::Record finding = host;
  finding.body = facts::Finding{};
  EXPECT_EQ(check_report(std::vector{finding}).error().code, Code::kDenied);
  facts::Record stranger = host;
  stranger.engine = "observe.feeds/1";
  EXPECT_EQ(check_report(std::vector{stranger}).error().code, Code::kDenied);
}

}  // namespace
}  // namespace daytwo::observe
