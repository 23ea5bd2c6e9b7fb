#include "app/query_source.h"

#include <gtest/gtest.h>

#include "promql/parse.h"
#include "series/memory_source.h"
#include "sim/clock.h"
#include "sim/network.h"
#include "sim/recorded_tree.h"

namespace daytwo::app {
namespace {

using series::Labels;
using series::Matcher;

constexpr const char* kBase = "http://metrics:9090";
constexpr const char* kPrometheus =
    R"({"status":"success","data":{"version":"2.42.0","goVersion":"go1.19.5"}})";
constexpr const char* kVictoria = R"({"status":"success","data":{"version":"2.24.0"}})";

// The answer of remote read that holds nothing: an empty result, packed.
const std::string kNothing("\x02\x04\x0a\x00", 4);
// probe_success{job="a"} = 1 at 1,000 ms: labels of 27 and 10 bytes and a sample of 14, packed as
// one literal.
const std::string kTheirProbe =
    std::string("\x37\xd8\x0a\x35\x0a\x33", 6) +
    std::string("\x0a\x19\x0a\x08__name__\x12\x0dprobe_success", 27) +
    std::string("\x0a\x08\x0a\x03job\x12\x01\x61", 10) +
    std::string("\x12\x0c\x09\x00\x00\x00\x00\x00\x00\xf0\x3f\x10\xe8\x07", 14);

struct World {
  sim::HttpScript http;
  sim::Clock clock;
  Registry registry;
  series::MemorySource own;
  sim::RecordedTree files;
  remote::Prometheus peer{{.url = kBase}, {http, files, clock, registry}};
  QuerySource source{own, peer};

  explicit World(const char* build = kPrometheus) {
    http.on(at("/api/v1/status/buildinfo"), 200, build);
    http.on(at("/api/v1/read"), 200, kNothing);
    for (const char* name : {"daytwo_up", "probe_success", "node_load1"}) {
      EXPECT_TRUE(own.add(Labels{{"__name__", name}, {"job", "own"}},
                          {{{1000}, {7, nullptr}}, {{2000}, {8, nullptr}}})
                      .has_value());
    }
  }
  static std::string at(const std::string& path) { return kBase + path; }
  // How many requests went below `path`.
  [[nodiscard]] std::size_t asked(const std::string& path) const {
    std::size_t count = 0;
    for (const env::HttpRequest& request : http.requests()) {
      if (request.url.starts_with(at(path))) ++count;
    }
    return count;
  }
  [[nodiscard]] std::vector<std::string> selected(const std::string& name) {
    const Matcher matcher = Matcher::equal("__name__", name);
    const auto columns = source.select(std::span(&matcher, 1), {{0}, {9000}}, {});
    EXPECT_TRUE(columns.has_value()) << columns.error().to_string();
    std::vector<std::string> out;
    for (const auto& one : *columns) out.push_back(one.labels.to_string());
    return out;
  }
  std::optional<http::Response> forward(const std::string& query) {
    http::Request request;
    request.path = "/api/v1/query";
    http::Params params;
    params.add("query", query);
    params.add("time", "1.5");
    return source.forward({request, params, {}, {}});
  }
};

TEST(QuerySource, KnowsQueriesThatNameMetricsOfItsOwn) {
  for (const char* query : {"daytwo_up", "sum(rate(probe_success[5m]))", "up + on() daytwo_up",
                            "-(daytwo_up)", "max_over_time(probe_success[1h:1m])",
                            "topk(scalar(daytwo_up), up)", "{__name__=\"daytwo_up\"}"}) {
    EXPECT_TRUE(names_own(*promql::parse(query)->root)) << query;
  }
  for (const char* query : {"up", "sum(rate(x[5m])) / 2", "{__name__=~\"daytwo_.*\"}",
                            "label_replace(up, \"daytwo_up\", \"$1\", \"a\", \"b\")", "time()"}) {
    EXPECT_FALSE(names_own(*promql::parse(query)->root)) << query;
  }
}

TEST(QuerySource, ForwardsTheTeamsQueriesWhole) {
  World world;
  world.http.on(World::at("/api/v1/query"), 422, R"({"status":"error","error":"x"})");
  const auto answer = world.forward("sum(up{a=\"b c\"})");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 422);
  EXPECT_EQ(answer->body, R"({"status":"error","error":"x"})");
  EXPECT_EQ(answer->header(kAnsweredBy), "remote");
  EXPECT_EQ(world.http.requests().back().body, "query=sum%28up%7Ba%3D%22b%20c%22%7D%29&time=1.5");
}

TEST(QuerySource, ForwardsWhatOnlyThePeerCanParse) {
  World world;
  world.http.on(World::at("/api/v1/query"), 200, "{}");
  EXPECT_TRUE(world.forward("keep_last_value(up)").has_value());
  EXPECT_EQ(world.asked("/api/v1/query"), 1U);
}

TEST(QuerySource, AnswersForItselfWhatNamesItsOwnMetrics) {
  World world;
  EXPECT_FALSE(world.forward("daytwo_up").has_value());
  EXPECT_EQ(world.asked("/api/v1/query"), 0U);
}

TEST(QuerySource, SaysThatThePeerIsAway) {
  World world;
  world.http.on(World::at("/"), [](const env::HttpRequest&) -> Result<env::HttpResponse> {
    return fail(Code::kUnavailable, "connection refused");
  });
  world.http.on(World::at("/api/v1/status/buildinfo"),
                [](const env::HttpRequest&) -> Result<env::HttpResponse> {
                  return fail(Code::kUnavailable, "connection refused");
                });
  const auto answer = world.forward("up");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 503);
  EXPECT_NE(answer->body.find(kBase), std::string::npos);
}

TEST(QuerySource, ReadsItsOwnMetricsFromItsStoreAlone) {
  World world;
  EXPECT_EQ(world.selected("daytwo_up"), std::vector<std::string>{"daytwo_up{job=\"own\"}"});
  EXPECT_EQ(world.asked("/api/v1/read"), 0U);
}

TEST(QuerySource, ReadsTheTeamsMetricsFromThePeerAlone) {
  World world;
  EXPECT_TRUE(world.selected("node_load1").empty());
  EXPECT_EQ(world.asked("/api/v1/read"), 1U);
}

TEST(QuerySource, UnitesItsProbesWithTheTeams) {
  World world;
  world.http.on(World::at("/api/v1/read"), 200, kTheirProbe);
  EXPECT_EQ(world.selected("probe_success"),
            (std::vector<std::string>{"probe_success{job=\"a\"}", "probe_success{job=\"own\"}"}));
}

TEST(QuerySource, KeepsItsProbesWhereThePeerHasNoRawSamples) {
  World world(kVictoria);
  EXPECT_EQ(world.selected("probe_success"),
            std::vector<std::string>{"probe_success{job=\"own\"}"});
  const Matcher matcher = Matcher::equal("__name__", "up");
  EXPECT_EQ(world.source.select(std::span(&matcher, 1), {}, {}).error().code, Code::kUnavailable);
}

TEST(QuerySource, ListsTheTeamsNamesAndItsOwnButNotTheRestOfItsStore) {
  World world;
  world.http.on(World::at("/api/v1/label/__name__/values"), 200,
                R"({"status":"success","data":["up","probe_success"]})");
  EXPECT_EQ(world.source.label_values("__name__", {}, {}).value(),
            (std::vector<std::string>{"daytwo_up", "probe_success", "up"}));
}

TEST(QuerySource, GivesPagesItsOwnNumberFirst) {
  World world;
  world.http.on(World::at("/api/v1/query"), 200,
                R"({"status":"success","data":{"resultType":"scalar","result":[1,"4"]}})");
  EXPECT_EQ(world.source.ask("node_load1", {2000}), 8);
  EXPECT_EQ(world.asked("/api/v1/query"), 0U);
  EXPECT_EQ(world.source.ask("scalar(team_metric)", {2000}), 4);
}

TEST(QuerySource, DoesNotWaitForAPeerThatWasAwayAMomentAgo) {
  World world;
  world.http.on(World::at("/api/v1/query"),
                [](const env::HttpRequest&) -> Result<env::HttpResponse> {
                  return fail(Code::kTimeout, "no answer");
                });
  EXPECT_EQ(world.source.ask("team_metric", world.clock.wall()), std::nullopt);
  EXPECT_EQ(world.source.ask("team_metric", world.clock.wall()), std::nullopt);
  EXPECT_EQ(world.asked("/api/v1/query"), 1U);
}

}  // namespace
}  // namespace daytwo::app
