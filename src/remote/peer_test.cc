#include "remote/peer.h"

#include <gtest/gtest.h>

#include "sim/clock.h"
#include "sim/network.h"
#include "sim/recorded_tree.h"

namespace daytwo::remote {
namespace {

constexpr const char* kPrometheus =
    R"({"status":"success","data":{"version":"2.42.0","revision":"r","goVersion":"go1.19.5"}})";
constexpr const char* kMimir =
    R"({"status":"success","data":{"application":"Grafana Mimir","version":"2.9.0"}})";
constexpr const char* kVictoria = R"({"status":"success","data":{"version":"2.24.0"}})";

struct World {
  sim::HttpScript http;
  sim::Clock clock;
  Registry registry;
  sim::RecordedTree files;
  Peer peer;

  explicit World(Options options = {.url = "http://metrics:9090"})
      : peer(std::move(options), {http, files, clock, registry}) {}
};

TEST(PeerUrl, TakesCredentialsAndTrailingSlashesOff) {
  const auto options = parse_url("https://ann%40x:s%3Acret@host:9090/prometheus//");
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->url, "https://host:9090/prometheus");
  EXPECT_EQ(options->access.user, "ann@x");
  EXPECT_EQ(options->access.password, "s:cret");
  EXPECT_EQ(parse_url("HTTP://[::1]:9090")->url, "http://[::1]:9090");
}

TEST(PeerUrl, RefusesWhatIsNoUrlOfAServer) {
  for (const char* text :
       {"", "host:9090", "ftp://host", "http://", "http://:9090", "http://host/?a=b",
        "http://host#x", "http://a%4@host", "http://%zz@h"}) {
    const auto refused = parse_url(text);
    ASSERT_FALSE(refused.has_value()) << text;
    EXPECT_EQ(refused.error().code, Code::kInvalid) << text;
  }
}

TEST(Peer, TellsAPrometheus) {
  World world;
  world.http.on("http://metrics:9090/api/v1/status/buildinfo", 200, kPrometheus);
  const auto identity = world.peer.identify();
  ASSERT_TRUE(identity.has_value()) << identity.error().to_string();
  EXPECT_EQ(identity->flavour, Flavour::kPrometheus);
  EXPECT_EQ(identity->version, "2.42.0");
  EXPECT_EQ(identity->base, "http://metrics:9090");
  EXPECT_TRUE(world.peer.state().up);
}

TEST(Peer, FindsAMimirBelowItsPrefixAndNamesTheTenant) {
  World world({.url = "http://metrics:9090", .tenant = "shop"});
  world.http.on("http://metrics:9090/api/v1/status/buildinfo", 404, "404 page not found");
  world.http.on("http://metrics:9090/prometheus/api/v1/status/buildinfo", 200, kMimir);
  const auto identity = world.peer.identify();
  ASSERT_TRUE(identity.has_value()) << identity.error().to_string();
  EXPECT_EQ(identity->flavour, Flavour::kMimir);
  EXPECT_EQ(identity->base, "http://metrics:9090/prometheus");
  for (const env::HttpRequest& request : world.http.requests()) {
    EXPECT_NE(std::find(request.headers.begin(), request.headers.end(),
                        std::pair<std::string, std::string>("X-Scope-OrgID", "shop")),
              request.headers.end());
  }
}

TEST(Peer, TellsAVictoriaMetrics) {
  World world;
  world.http.on("http://metrics:9090/api/v1/status/buildinfo", 200, kVictoria);
  EXPECT_EQ(world.peer.identify()->flavour, Flavour::kVictoriaMetrics);
}

TEST(Peer, TellsAVictoriaMetricsThatSaysNothingOfItself) {
  World world;
  env::HttpResponse answer;
  answer.status = 200;
  answer.body = R"({"status":"success","data":{}})";
  const std::string url = "http://metrics:9090/api/v1/status/buildinfo";
  world.http.next(url, answer);
  EXPECT_EQ(world.peer.identify().error().code, Code::kInvalid);  // that might be anybody
  world.clock.advance(seconds(6));
  answer.headers = {{"x-server-hostname", "vm"}};
  world.http.next(url, answer);
  const auto identity = world.peer.identify();
  ASSERT_TRUE(identity.has_value()) << identity.error().to_string();
  EXPECT_EQ(identity->flavour, Flavour::kVictoriaMetrics);
  EXPECT_EQ(identity->version, "unknown");
}

TEST(Peer, SaysWhichUrlDoesNotAnswerAndAsksAgainOnlyAfterAWhile) {
  World world;
  const auto refused = world.peer.identify();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kUnavailable);
  EXPECT_NE(refused.error().to_string().find("http://metrics:9090"), std::string::npos);
  const std::size_t asked = world.http.requests().size();
  EXPECT_FALSE(world.peer.identify().has_value());
  EXPECT_EQ(world.http.requests().size(), asked);
  world.http.on("http://metrics:9090/api/v1/status/buildinfo", 200, kPrometheus);
  world.clock.advance(seconds(5));
  EXPECT_TRUE(world.peer.identify().has_value());
}

TEST(Peer, SaysThatAnOrdinaryWebsiteIsNoPrometheus) {
  World world;
  world.http.on("http://metrics:9090/", 200, "<html>welcome</html>");
  const auto refused = world.peer.identify();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kInvalid);
  EXPECT_NE(refused.error().text.find("http://metrics:9090 is no Prometheus"), std::string::npos);
  EXPECT_FALSE(world.peer.state().up);
}

TEST(Peer, SaysThatNothingIsKnownBelowEitherPrefix) {
  World world;
  world.http.on("http://metrics:9090/", 404, "no");
  const auto refused = world.peer.identify();
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kInvalid);
}

TEST(Peer, TellsRefusedCredentialsFromADeadServer) {
  World world;
  world.http.on("http://metrics:9090/", 401, "");
  EXPECT_EQ(world.peer.identify().error().code, Code::kUnauthenticated);
  world.clock.advance(seconds(6));
  world.http.on("http://metrics:9090/", 403, "");
  EXPECT_EQ(world.peer.identify().error().code, Code::kDenied);
}

TEST(Peer, ShowsWhoWeAre) {
  World basic({.url = "http://metrics:9090",
               .access = {.user = "ann", .password_file = "/etc/daytwo/password"}});
  EXPECT_EQ(basic.peer.identify().error().code, Code::kNotFound) << "the file is not there yet";
  basic.files.put("/etc/daytwo/password", "secret\n");
  basic.clock.advance(seconds(6));
  basic.http.on("http://metrics:9090/", 200, kPrometheus);
  ASSERT_TRUE(basic.peer.identify().has_value());
  EXPECT_EQ(basic.http.requests().front().basic_user, "ann");
  EXPECT_EQ(basic.http.requests().front().basic_password, "secret");
}

TEST(Peer, ReadsATokenAnewForEachRequest) {
  World world({.url = "http://metrics:9090", .access = {.credentials_file = "/run/secrets/token"}});
  world.http.on("http://metrics:9090/", 200, kPrometheus);
  for (const char* token : {"first", "second"}) {
    world.files.put("/run/secrets/token", token);
    ASSERT_TRUE(world.peer.check().has_value());
    const env::HttpHeaders headers = world.http.requests().back().headers;
    const std::pair<std::string, std::string> expected("Authorization",
                                                       std::string("Bearer ") + token);
    EXPECT_NE(std::find(headers.begin(), headers.end(), expected), headers.end()) << token;
  }
  world.files.put("/run/secrets/token", " \n");
  EXPECT_EQ(world.peer.check().error().text, "/run/secrets/token is empty: a secret was expected");
}

TEST(Peer, RemembersWhenItWentAwayAndWhenItCameBack) {
  World world;
  world.http.on("http://metrics:9090/api/v1/status/buildinfo", 200, kPrometheus);
  world.http.on("http://metrics:9090/api/v1/labels", 200, "{}");
  const Request request{.path = "/api/v1/labels"};
  ASSERT_TRUE(world.peer.send(request).has_value());
  world.clock.advance(minutes(1));
  const Timestamp gone = world.clock.wall();
  world.http.next("http://metrics:9090/api/v1/labels",
                  fail(Code::kUnavailable, "connection refused"));
  EXPECT_FALSE(world.peer.send(request).has_value());
  PeerState state = world.peer.state();
  EXPECT_FALSE(state.up);
  EXPECT_EQ(state.since, gone);
  EXPECT_EQ(state.last_error_at, gone);
  EXPECT_NE(state.last_error.find("connection refused"), std::string::npos);
  EXPECT_NE(world.registry.to_text().find("daytwo_remote_up 0"), std::string::npos);
  world.clock.advance(minutes(1));
  EXPECT_TRUE(world.peer.send(request).has_value());
  state = world.peer.state();
  EXPECT_TRUE(state.up);
  EXPECT_EQ(state.since, world.clock.wall());
  EXPECT_NE(world.registry.to_text().find("daytwo_remote_up 1"), std::string::npos);
  EXPECT_NE(world.registry.to_text().find("daytwo_remote_failures_total 1"), std::string::npos);
}

TEST(Peer, TakesAServerErrorForDownAndATooLargeBodyForUp) {
  World world;
  world.http.on("http://metrics:9090/api/v1/status/buildinfo", 200, kPrometheus);
  world.http.on("http://metrics:9090/api/v1/labels", 502, "Bad Gateway");
  const auto answer = world.peer.send({.path = "/api/v1/labels"});
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 502);
  EXPECT_FALSE(world.peer.state().up);
  world.http.next("http://metrics:9090/api/v1/labels", fail(Code::kLimit, "body too large"));
  EXPECT_EQ(world.peer.send({.path = "/api/v1/labels"}).error().code, Code::kLimit);
  EXPECT_TRUE(world.peer.state().up);
}

}  // namespace
}  // namespace daytwo::remote
