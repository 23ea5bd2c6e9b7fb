// Our own routes and those of the process, over a real loopback socket.
#include "api/router.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "api/reply.h"
#include "api/world_for_tests.h"

namespace daytwo::api {
namespace {

TEST(Routes, AnswerPagesAsJsonWithATagThatIgnoresTheirAge) {
  World world;
  const env::HttpResponse page = world.get("/api/daytwo/v1/loop");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("content-type"), "application/json");
  EXPECT_TRUE(
      page.body.starts_with("{\"as_of\":1000,\"simulated\":false,\"sentence\":\"three worries\""))
      << page.body;
  world.services.now = Timestamp{2000};
  const env::HttpHeaders known = {{"If-None-Match", page.header("etag")}};
  EXPECT_EQ(world.get("/api/daytwo/v1/loop", known).status, 304);
}

TEST(Routes, SayWhatIsWrongWithABody) {
  World world;
  const env::HttpResponse answer =
      world.change("/api/daytwo/v1/worries", "{\"text\": \"a\",\n \"servce\": \"shop\"}");
  EXPECT_EQ(answer.status, 400);
  const auto body = model::from_json<ErrorBody>(answer.body);
  ASSERT_TRUE(body) << answer.body;
  EXPECT_EQ(body->error.code, "invalid");
  ASSERT_EQ(body->error.diagnostics.size(), 1U);
  EXPECT_EQ(body->error.diagnostics[0].line, 2);
  EXPECT_EQ(body->error.diagnostics[0].suggestion, "service");
  EXPECT_EQ(world.change("/api/daytwo/v1/worries", std::string(2U << 20U, 'x')).status, 413);
}

TEST(Routes, ReadJsonThatCurlCallsAForm) {
  World world;
  EXPECT_EQ(world
                .send("POST", "/api/daytwo/v1/worries",
                      {{"Authorization", std::string("Bearer ") + kTestToken},
                       {"Content-Type", "application/x-www-form-urlencoded"}},
                      R"({"text":"30% a year & more"})")
                .status,
            200);
  EXPECT_EQ(world
                .send("POST", "/api/daytwo/v1/count/a.received",
                      {{"Content-Type", "application/x-www-form-urlencoded"}}, "5")
                .status,
            204);
  EXPECT_EQ(world.services.calls, (std::vector<std::string>{"add 30% a year & more by console",
                                                            "count a.received 5.000000 {}"}));
}

TEST(Routes, PassPathsParametersAndBodiesToTheirService) {
  World world;
  EXPECT_EQ(world.get("/api/daytwo/v1/worries/nothing").status, 404);
  EXPECT_EQ(world.get("/api/daytwo/v1/worries/0123456789ab").status, 200);
  EXPECT_NE(world.get("/api/daytwo/v1/worries?state=all").body.find("\"all\""), std::string::npos);
  EXPECT_EQ(world.get("/api/daytwo/v1/worries?state=some").status, 400);
  EXPECT_NE(world.get("/api/daytwo/v1/services/a%2Fb").body.find("\"a/b\""), std::string::npos);
  EXPECT_EQ(world.get("/api/daytwo/v1/nines/a%2Fb").status, 200);
  world.change("/api/daytwo/v1/worries/0123456789ab/decide",
               R"({"verdict":"leave","reason":"rare"})");
  world.change("/api/daytwo/v1/pages/p1/snooze", R"({"for":"1h30m"})");
  world.change("/api/daytwo/v1/pages/p1/feedback", R"({"vote":"not_mine"})");
  world.change("/api/daytwo/v1/pages/test", "{}");
  world.change("/api/daytwo/v1/import/incidents", "a,b");
  EXPECT_EQ(world.services.calls,
            (std::vector<std::string>{"nines a/b", "decide 0123456789ab rare by console",
                                      "snooze p1 1h30m", "feedback p1 not_mine", "test ",
                                      "import incidents a,b"}));
  EXPECT_EQ(world.change("/api/daytwo/v1/pages/p1/snooze", R"({"for":"soon"})").status, 400);
}

TEST(Routes, Answer405WithWhatIsAllowed) {
  World world;
  const env::HttpResponse answer = world.send("DELETE", "/api/daytwo/v1/worries");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.header("allow"), "GET, HEAD, POST");
  EXPECT_EQ(world.get("/api/daytwo/v1/nothing").status, 404);
  EXPECT_EQ(world.send("HEAD", "/api/daytwo/v1/loop").status, 200);
}

TEST(Counting, TakesNumbersFromQueryOrBodyAndOtherParametersAsLabels) {
  World world;
  EXPECT_EQ(world.send("POST", "/api/daytwo/v1/count/orders.received").status, 204);
  EXPECT_EQ(world.send("POST", "/api/daytwo/v1/count/orders.received?n=2.5&shop=a").status, 204);
  EXPECT_EQ(world.send("POST", "/api/daytwo/v1/count/orders.dropped", {}, "7\n").status, 204);
  EXPECT_EQ(world.services.calls,
            (std::vector<std::string>{"count orders.received 1.000000 {}",
                                      "count orders.received 2.500000 {shop=\"a\"}",
                                      "count orders.dropped 7.000000 {}"}));
  for (const char* bad : {"-1", "inf", "nan", "1x", "x"}) {
    EXPECT_EQ(world.send("POST", std::string("/api/daytwo/v1/count/a.b?n=") + bad).status, 400)
        << bad;
  }
}

TEST(Alerts, AreTakenFromPrometheusAndFromAnAlertmanager) {
  World world;
  EXPECT_EQ(world
                .send("POST", "/api/v2/alerts", {},
                      R"([{"labels":{"alertname":"A","i":"1"},"generatorURL":"http://p"}])")
                .status,
            200);
  const env::HttpResponse half =
      world.send("POST", "/api/v2/alerts", {}, R"([{"labels":{"alertname":"B"}},{"labels":{}}])");
  EXPECT_EQ(half.status, 400);
  EXPECT_NE(half.body.find("alert 1: "), std::string::npos);
  EXPECT_EQ(
      world
          .send("POST", "/api/daytwo/v1/in/alertmanager", {},
                R"({"version":"4","alerts":[{"status":"resolved","labels":{"alertname":"C"}}]})")
          .status,
      204);
  ASSERT_EQ(world.services.seen_alerts.size(), 3U);
  EXPECT_EQ(world.services.seen_alerts[0].fingerprint, "caaaffbd9ccf039f");
  EXPECT_EQ(world.services.seen_alerts[0].sender, "prometheus");
  EXPECT_FALSE(world.services.seen_alerts[2].firing);
  EXPECT_EQ(world.send("POST", "/api/daytwo/v1/in/alertmanager", {}, "{}").status, 400);
}

TEST(Readiness, HoldsEverythingButHealthWhileTheStoreReplays) {
  World world;
  world.services.start = {false, "replaying the log", 0.42};
  const env::HttpResponse ready = world.get("/-/ready");
  EXPECT_EQ(ready.status, 503);
  EXPECT_EQ(ready.body, "not ready: replaying the log, 42 %\n");
  EXPECT_EQ(world.get("/-/healthy").status, 200);
  EXPECT_EQ(world.get("/").status, 200);
  EXPECT_EQ(world.get("/api/daytwo/v1/loop").status, 503);
  EXPECT_EQ(world.get("/api/v1/query?query=1").status, 503);
  EXPECT_EQ(world.get("/api/v1/query?query=1").header("retry-after"), "1");
}

TEST(Lifecycle, IsRefusedUnlessEnabled) {
  World closed;
  EXPECT_EQ(closed.change("/-/reload", "").status, 403);
  ApiOptions options;
  options.enable_lifecycle = true;
  World open(std::move(options));
  EXPECT_EQ(open.change("/-/reload", "").status, 200);
  EXPECT_EQ(open.send("POST", "/-/reload").status, 401);
  EXPECT_EQ(open.change("/-/quit", "").status, 200);
  EXPECT_EQ(open.services.calls, (std::vector<std::string>{"reload", "quit"}));
}

TEST(Process, ShowsItsMetricsAndVersion) {
  World world;
  world.get("/api/daytwo/v1/loop");
  const std::string metrics = world.get("/metrics").body;
  EXPECT_NE(
      metrics.find("daytwo_http_requests_total{code=\"2xx\",route=\"/api/daytwo/v1/loop\"} 1"),
      std::string::npos)
      << metrics;
  EXPECT_NE(world.get("/version").body.find("\"version\":"), std::string::npos);
}

TEST(Console, ServesItsPagesWithTagAndPrefixAndKeepsUnknownFilesApart) {
  ApiOptions options;
  options.route_prefix = "/daytwo";
  World world(std::move(options));
  const env::HttpResponse index = world.get("/daytwo/");
  EXPECT_EQ(index.status, 200);
  EXPECT_TRUE(index.header("content-type").starts_with("text/html"));
  EXPECT_EQ(world.get("/daytwo/", {{"If-None-Match", index.header("etag")}}).status, 304);
  EXPECT_EQ(world.get("/daytwo/worries/0123456789ab").body, index.body);
  EXPECT_EQ(world.get("/daytwo/nothing.js").status, 404);
  EXPECT_EQ(world.get("/other").status, 404);
  EXPECT_EQ(world.get("/").header("location"), "/daytwo/");
  EXPECT_EQ(world.get("/daytwo/-/healthy").status, 200);
  EXPECT_EQ(world.send("POST", "/daytwo/").status, 405);
}

TEST(Console, GivesTheTokenToLoopbackAndToNobodyBehindAProxy) {
  ApiOptions options;
  options.route_prefix = "/daytwo";
  World world(std::move(options));
  const std::string with = std::string("content=\"") + kTestToken + "\"";
  EXPECT_NE(world.get("/daytwo/").body.find(with), std::string::npos);
  EXPECT_NE(world.get("/daytwo/").body.find("<base href=\"/daytwo/\""), std::string::npos);
  const env::HttpResponse proxied = world.get("/daytwo/", {{"X-Forwarded-For", "203.0.113.7"}});
  EXPECT_EQ(proxied.status, 200);
  EXPECT_EQ(proxied.body.find(kTestToken), std::string::npos);
  EXPECT_NE(proxied.header("etag"), world.get("/daytwo/").header("etag"));
}

TEST(Etag, ComparesWeakAndStrongAlike) {
  EXPECT_TRUE(matches_etag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(matches_etag("*", "\"x\""));
  EXPECT_FALSE(matches_etag("", "\"x\""));
  EXPECT_FALSE(matches_etag("\"a\"", "\"x\""));
}

TEST(Gate, AnswersByStatusSoThatAScriptNeedNotReadTheBody) {
  World world;
  EXPECT_EQ(world.get("/api/daytwo/v1/gate?service=shop").status, 200);
  const auto denied = world.get("/api/daytwo/v1/gate?service=spent");
  EXPECT_EQ(denied.status, 403);
  EXPECT_NE(denied.body.find("\"deny\""), std::string::npos);
  EXPECT_EQ(world.get("/api/daytwo/v1/gate?service=spent&status=200").status, 200);
  EXPECT_EQ(world.get("/api/daytwo/v1/gate").status, 400);
  EXPECT_EQ(world.get("/api/daytwo/v1/gate?service=shop&status=500").status, 400);
}

}  // namespace
}  // namespace daytwo::api
