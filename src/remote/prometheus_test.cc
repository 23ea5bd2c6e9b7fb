#include "remote/prometheus.h"

#include <gtest/gtest.h>

#include "sim/clock.h"
#include "sim/network.h"
#include "sim/recorded_tree.h"

namespace daytwo::remote {
namespace {

using series::Labels;
using series::Matcher;
using series::MatchOp;

constexpr const char* kBase = "http://metrics:9090";
constexpr const char* kBuildInfo =
    R"({"status":"success","data":{"version":"2.42.0","revision":"r","goVersion":"go1.19.5"}})";
constexpr const char* kVictoria = R"({"status":"success","data":{"version":"2.24.0"}})";

struct World {
  sim::HttpScript http;
  sim::Clock clock;
  Registry registry;
  sim::RecordedTree files;
  Prometheus peer{{.url = kBase}, {http, files, clock, registry}};

  explicit World(const char* build = kBuildInfo) {
    http.on(at("/api/v1/status/buildinfo"), 200, build);
  }
  static std::string at(const std::string& path) { return kBase + path; }
  [[nodiscard]] std::string last_url() const { return http.requests().back().url; }
};

// up{job="a"} = 1 at 1,000 ms and the stale marker at 2,000 ms; snappy's block format as one
// literal: length 58, tag (58 - 1) << 2; a result of 56 bytes: a series of 54: labels of 16 and 10
// bytes and two samples of 14, keys and lengths counted.
std::string answer_of_two_samples() {
  const std::string labels =
      std::string("\x0a\x0e\x0a\x08__name__\x12\x02up", 16) + std::string(
                                                                  "\x0a\x08\x0a\x03job\x12\x01"
                                                                  "a",
                                                                  10);
  const std::string samples =
      std::string("\x12\x0c\x09\x00\x00\x00\x00\x00\x00\xf0\x3f\x10\xe8\x07", 14) +
      std::string("\x12\x0c\x09\x02\x00\x00\x00\x00\x00\xf0\x7f\x10\xd0\x0f", 14);
  const std::string message = std::string("\x0a\x38\x0a\x36", 4) + labels + samples;
  return std::string("\x3a\xe4", 2) + message;
}

TEST(Prometheus, ReadsRawSamplesWithStaleMarkersByRemoteRead) {
  World world;
  world.http.on(World::at("/api/v1/read"), 200, answer_of_two_samples());
  const Matcher matcher = Matcher::equal("__name__", "up");
  const auto columns = world.peer.select(std::span(&matcher, 1), {{0}, {5000}}, {});
  ASSERT_TRUE(columns.has_value()) << columns.error().to_string();
  ASSERT_EQ(columns->size(), 1U);
  EXPECT_EQ(columns->front().labels, (Labels{{"__name__", "up"}, {"job", "a"}}));
  ASSERT_EQ(columns->front().column.size(), 2U);
  EXPECT_EQ(columns->front().column.times[1].ms, 2000);
  EXPECT_TRUE(series::is_stale_marker(columns->front().column.numbers[1]));
  const env::HttpRequest request = world.http.requests().back();
  EXPECT_EQ(request.method, "POST");
  for (const auto& header : env::HttpHeaders{{"Content-Type", "application/x-protobuf"},
                                             {"Content-Encoding", "snappy"},
                                             {"X-Prometheus-Remote-Read-Version", "0.1.0"}}) {
    EXPECT_NE(std::find(request.headers.begin(), request.headers.end(), header),
              request.headers.end())
        << header.first;
  }
}

TEST(Prometheus, HoldsToTheLimitOfSamples) {
  World world;
  world.http.on(World::at("/api/v1/read"), 200, answer_of_two_samples());
  series::Hints hints;
  hints.max_samples = 1;
  EXPECT_EQ(world.peer.select({}, {{0}, {5000}}, hints).error().code, Code::kLimit);
}

TEST(Prometheus, SaysThatThePeerReadsNoMore) {
  World world;
  world.http.on(World::at("/api/v1/read"), 400, "exceeded sample limit (50000000)\n");
  const auto refused = world.peer.select({}, {{0}, {5000}}, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kLimit);
}

TEST(Prometheus, SaysThatAPeerHasNoRemoteRead) {
  World thanos;
  thanos.http.on(World::at("/api/v1/read"), 404, "not found");
  const auto missing = thanos.peer.select({}, {{0}, {1}}, {});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, Code::kUnavailable);
  World victoria(kVictoria);
  const auto refused = victoria.peer.select({}, {{0}, {1}}, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_NE(refused.error().text.find("VictoriaMetrics"), std::string::npos);
  EXPECT_FALSE(victoria.peer.has_remote_read().value());
}

TEST(Prometheus, NamesThePeerWhenItSendsNonsense) {
  World world;
  world.http.on(World::at("/api/v1/read"), 200, "<html>");
  const auto refused = world.peer.select({}, {{0}, {1}}, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_NE(refused.error().to_string().find(kBase), std::string::npos);
}

TEST(Prometheus, ListsSeriesWithMatchersTimesAndLimit) {
  World world;
  world.http.on(World::at("/api/v1/series"), 200,
                R"({"status":"success","data":[{"__name__":"up","job":"b"},
                    {"__name__":"up","job":"a"}]})");
  const std::vector<Matcher> matchers = {Matcher::equal("__name__", "up"),
                                         *Matcher::make(MatchOp::kRegex, "job", "a|b\"c")};
  const auto found = world.peer.series(matchers, {{1500}, {60'000}}, 1);
  ASSERT_TRUE(found.has_value()) << found.error().to_string();
  EXPECT_EQ(*found, (std::vector<Labels>{Labels{{"__name__", "up"}, {"job", "a"}}}));
  EXPECT_EQ(world.last_url(),
            World::at("/api/v1/series?match%5B%5D=%7B__name__%3D%22up%22%2Cjob%3D~%22a%7Cb%5C%22c"
                      "%22%7D&start=1.500&end=60.000&limit=1"));
}

TEST(Prometheus, AsksForEverythingWithoutMatchersAndWithoutRange) {
  World world;
  world.http.on(World::at("/api/v1/series"), 200, R"({"status":"success","data":[]})");
  ASSERT_TRUE(world.peer.series({}, {}, 0).has_value());
  EXPECT_EQ(world.last_url(),
            World::at("/api/v1/series?start=0.000&match%5B%5D=%7B__name__%3D~%22.%2B%22%7D"));
}

TEST(Prometheus, ListsNamesValuesAndMetadata) {
  World world;
  world.http.on(World::at("/api/v1/labels"), 200, R"({"status":"success","data":["job","a"]})");
  world.http.on(World::at("/api/v1/label/my.label/values"), 200,
                R"({"status":"success","data":["x"]})");
  world.http.on(World::at("/api/v1/metadata"), 200,
                R"({"status":"success","data":{"up":[{"type":"gauge","help":"h","unit":""}]}})");
  EXPECT_EQ(world.peer.label_names({}, {}).value(), (std::vector<std::string>{"a", "job"}));
  EXPECT_EQ(world.peer.label_values("my.label", {}, {}).value(), std::vector<std::string>{"x"});
  const auto metadata = world.peer.metadata("up");
  ASSERT_TRUE(metadata.has_value());
  EXPECT_EQ(metadata->front().type, "gauge");
  EXPECT_EQ(world.last_url(), World::at("/api/v1/metadata?metric=up"));
}

TEST(Prometheus, PassesItsErrorsOn) {
  World world;
  world.http.on(World::at("/api/v1/labels"), 400,
                R"({"status":"error","errorType":"bad_data","error":"no such selector"})");
  const auto refused = world.peer.label_names({}, {});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kInvalid);
  EXPECT_EQ(refused.error().text, "no such selector");
  world.http.on(World::at("/api/v1/labels"), 429, "slow down");
  EXPECT_EQ(world.peer.label_names({}, {}).error().code, Code::kLimit);
}

TEST(Prometheus, ForwardsAQueryWholeAndTheAnswerUnchanged) {
  World world;
  const std::string body =
      R"({"status":"success","data":{"resultType":"scalar","result":[1,"1"]},"warnings":["w"]})";
  env::HttpResponse answer;
  answer.status = 200;
  answer.headers = {{"content-type", "application/json"}};
  answer.body = body;
  world.http.on(World::at("/api/v1/query"),
                [answer](const env::HttpRequest&) -> Result<env::HttpResponse> { return answer; });
  const auto passed = world.peer.forward("/api/v1/query", "query=scalar%28a%29&time=1");
  ASSERT_TRUE(passed.has_value()) << passed.error().to_string();
  EXPECT_EQ(passed->status, 200);
  EXPECT_EQ(passed->content_type, "application/json");
  EXPECT_EQ(passed->body, body);
  const env::HttpRequest request = world.http.requests().back();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.body, "query=scalar%28a%29&time=1");
}

TEST(Prometheus, ForwardsTheErrorsOfAQueryToo) {
  World world;
  const std::string body = R"({"status":"error","errorType":"bad_data","error":"parse error"})";
  world.http.on(World::at("/api/v1/query"), 400, body);
  const auto passed = world.peer.forward("/api/v1/query", "query=%28");
  ASSERT_TRUE(passed.has_value());
  EXPECT_EQ(passed->status, 400);
  EXPECT_EQ(passed->body, body);
}

TEST(Prometheus, DoesNotForwardTheErrorPageOfAProxy) {
  World world;
  world.http.on(World::at("/api/v1/query"), 502, "<html>Bad Gateway</html>");
  const auto refused = world.peer.forward("/api/v1/query", "query=up");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
}

TEST(Prometheus, GivesPagesOneNumberAndWaitsOnlyShortly) {
  World world;
  world.http.on(World::at("/api/v1/query"), 200,
                R"({"status":"success","data":{"resultType":"scalar","result":[1,"4"]}})");
  EXPECT_EQ(world.peer.number("scalar(up)", {1500}).value(), 4);
  EXPECT_EQ(world.last_url(), World::at("/api/v1/query?query=scalar%28up%29&time=1.500"));
  EXPECT_EQ(world.http.requests().back().timeout, seconds(3));
}

TEST(Prometheus, NoticesAtACheckThatThePeerWentAway) {
  World world;
  ASSERT_TRUE(world.peer.check().has_value());
  world.http.next(World::at("/api/v1/status/buildinfo"), fail(Code::kUnavailable, "refused"));
  EXPECT_FALSE(world.peer.check().has_value());
  EXPECT_FALSE(world.peer.state().up);
  ASSERT_TRUE(world.peer.check().has_value());
  EXPECT_TRUE(world.peer.state().up);
}

}  // namespace
}  // namespace daytwo::remote
