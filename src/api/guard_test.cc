// Safe by default, over a real loopback socket: each rule of guard.h has a test.
#include "api/guard.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "api/token.h"
#include "api/world_for_tests.h"

namespace daytwo::api {
namespace {

constexpr const char* kDraft = R"({"text":"payments may fail"})";

std::string host_of(const World& world) { return world.base().substr(7); }

TEST(Security, RefusesNamesThatWereReboundToThisHostOnEveryRoute) {
  World world;
  for (const Route& route : world.api->table().routes()) {
    std::string path = route.path;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{')) {
      path.replace(at, path.find('}') - at + 1, "x");
    }
    const env::HttpResponse answer = world.send(
        route.method, path,
        {{"Host", "rebound.example:9420"}, {"Authorization", std::string("Bearer ") + kTestToken}});
    EXPECT_EQ(answer.status, 403) << route.method << " " << path;
  }
  EXPECT_EQ(world.get("/", {{"Host", "rebound.example"}}).status, 403);
  EXPECT_TRUE(world.services.calls.empty());
}

TEST(Security, AcceptsLoopbackNamesAndTheAddressThatWasConnectedTo) {
  World world;
  for (const char* host : {"localhost", "localhost:80", "127.0.0.1", "[::1]:9420", "LOCALHOST."}) {
    EXPECT_EQ(world.get("/-/healthy", {{"Host", host}}).status, 200) << host;
  }
}

TEST(Security, AcceptsTheNamesItWasGiven) {
  ApiOptions options;
  options.guard.external_url = "https://Daytwo.example:8443/x";
  options.guard.hosts = {"shop-1"};
  World world(std::move(options));
  EXPECT_EQ(world.get("/-/healthy", {{"Host", "daytwo.example:8443"}}).status, 200);
  EXPECT_EQ(world.get("/-/healthy", {{"Host", "shop-1:9420"}}).status, 200);
  EXPECT_EQ(world.get("/-/healthy", {{"Host", "daytwo.example.evil"}}).status, 403);
}

TEST(Security, RefusesPagesOfOtherSites) {
  ApiOptions options;
  options.guard.external_url = "https://daytwo.example/";
  World world(std::move(options));
  const std::string token = std::string("Bearer ") + kTestToken;
  for (const std::string origin :
       {"http://evil.example", "null", "https://localhost", "http://127.0.0.1:1", "", "file://"}) {
    EXPECT_EQ(world
                  .send("POST", "/api/daytwo/v1/worries",
                        {{"Origin", origin}, {"Authorization", token}}, kDraft)
                  .status,
              403)
        << origin;
    EXPECT_EQ(world.get("/api/daytwo/v1/loop", {{"Origin", origin}}).status, 403) << origin;
  }
  EXPECT_EQ(
      world.send("POST", "/api/daytwo/v1/count/a.received", {{"Sec-Fetch-Site", "cross-site"}})
          .status,
      403);
  EXPECT_TRUE(world.services.calls.empty());
  for (const std::string& origin :
       {"http://" + host_of(world), std::string("https://daytwo.example")}) {
    EXPECT_EQ(world
                  .send("POST", "/api/daytwo/v1/worries",
                        {{"Origin", origin}, {"Authorization", token}}, kDraft)
                  .status,
              200)
        << origin;
  }
}

TEST(Security, ChangesNeedTheTokenOnLoopbackToo) {
  World world;
  for (const Route& route : world.api->table().routes()) {
    if (route.access != Access::kChange) continue;
    std::string path = route.path;
    for (std::size_t at = path.find('{'); at != std::string::npos; at = path.find('{')) {
      path.replace(at, path.find('}') - at + 1, "x");
    }
    EXPECT_EQ(world.send(route.method, path, {}, kDraft).status, 401) << path;
    EXPECT_EQ(world.send(route.method, path, {{"Authorization", "Bearer wrong"}}, kDraft).status,
              401)
        << path;
  }
  EXPECT_TRUE(world.services.calls.empty());
  EXPECT_EQ(world.change("/api/daytwo/v1/worries", kDraft).status, 200);
  EXPECT_EQ(
      world.send("POST", "/api/daytwo/v1/worries", {{"X-Daytwo-Token", kTestToken}}, kDraft).status,
      200);
  EXPECT_EQ(world.services.calls.size(), 2U);
}

TEST(Security, PreviewsNeedNoTokenOnLoopbackAndOnlyThere) {
  World world;
  for (const char* path : {"/api/daytwo/v1/worries/preview", "/api/daytwo/v1/stakes/preview"}) {
    EXPECT_EQ(world.send("POST", path, {}, kDraft).status, 200) << path;
    EXPECT_EQ(world.send("POST", path, {{"Origin", "https://evil.example"}}, kDraft).status, 403)
        << path;
    EXPECT_EQ(world.send("POST", path, {{"Authorization", "Bearer wrong"}}, kDraft).status, 401)
        << path;
  }
}

TEST(Security, ReadingAndIngestAreOpenOnLoopback) {
  World world;
  EXPECT_EQ(world.get("/api/daytwo/v1/loop").status, 200);
  EXPECT_EQ(world.send("POST", "/api/daytwo/v1/count/orders.received").status, 204);
  // What is wrong is refused, though nothing but reading was asked for.
  EXPECT_EQ(world.get("/api/daytwo/v1/loop", {{"Authorization", "Bearer wrong"}}).status, 401);
}

TEST(Security, WithUsersEveryRouteButHealthAsksForAPassword) {
  env::os::SystemCrypto crypto;
  ApiOptions options;
  options.guard.users = {{"ann", crypto.hash_password("secret").value()}};
  World world(std::move(options));
  EXPECT_EQ(world.get("/-/healthy").status, 200);
  EXPECT_EQ(world.get("/-/ready").status, 200);
  for (const char* path : {"/", "/metrics", "/api/v1/query?query=1", "/api/daytwo/v1/loop"}) {
    const env::HttpResponse answer = world.get(path);
    EXPECT_EQ(answer.status, 401) << path;
    EXPECT_EQ(answer.header("www-authenticate"), "Basic realm=\"daytwo\"") << path;
  }
  EXPECT_EQ(world.send("POST", "/api/daytwo/v1/count/a.received").status, 401);
  const std::string good = "Basic YW5uOnNlY3JldA==";   // ann:secret
  const std::string wrong = "Basic YW5uOnNlY3JldHM=";  // ann:secrets
  const std::string other = "Basic Ym9iOnNlY3JldA==";  // bob:secret
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(world.get("/api/daytwo/v1/loop", {{"Authorization", good}}).status, 200);
    EXPECT_EQ(world.get("/api/daytwo/v1/loop", {{"Authorization", wrong}}).status, 401);
    EXPECT_EQ(world.get("/api/daytwo/v1/loop", {{"Authorization", other}}).status, 401);
  }
  EXPECT_EQ(world.send("POST", "/api/daytwo/v1/worries", {{"Authorization", good}}, kDraft).status,
            200);
  EXPECT_EQ(world.services.calls.back(), "add payments may fail by ann");
  EXPECT_EQ(world.change("/api/daytwo/v1/worries", kDraft).status, 200);
}

TEST(Security, EveryAnswerCarriesTheSecurityHeaders) {
  World world;
  for (const char* path :
       {"/", "/nothing.js", "/api/v1/nothing", "/api/daytwo/v1/loop", "/metrics"}) {
    const env::HttpResponse answer = world.get(path);
    EXPECT_EQ(answer.header("content-security-policy"),
              "default-src 'self'; base-uri 'self'; frame-ancestors 'self'; form-action 'self'")
        << path;
    EXPECT_EQ(answer.header("x-content-type-options"), "nosniff") << path;
    EXPECT_EQ(answer.header("x-frame-options"), "SAMEORIGIN") << path;
    EXPECT_EQ(answer.header("referrer-policy"), "same-origin") << path;
  }
}

TEST(Security, OnlyAnUnproxiedLoopbackClientMayHoldTheToken) {
  env::os::SystemCrypto crypto;
  Guard guard({.token = "t"}, crypto);
  http::Request request;
  request.peer.loopback = true;
  EXPECT_TRUE(guard.may_carry_token(request));
  request.headers = {{"x-forwarded-for", "203.0.113.7"}};
  EXPECT_FALSE(guard.may_carry_token(request));
  request.headers = {{"authorization", "Bearer t"}};
  request.peer.loopback = false;
  EXPECT_TRUE(guard.may_carry_token(request));
  request.headers = {};
  EXPECT_FALSE(guard.may_carry_token(request));
}

TEST(Security, RefusesStrangersWithoutUsersEvenIfABindLetThemIn) {
  env::os::SystemCrypto crypto;
  Guard guard({.token = "t"}, crypto);
  http::Request request;
  request.peer.address = "203.0.113.7";
  EXPECT_EQ(guard.admit(request, Access::kRead).error().code, Code::kDenied);
  EXPECT_EQ(guard.admit(request, Access::kIngest).error().code, Code::kDenied);
  request.headers = {{"authorization", "Bearer t"}};
  EXPECT_TRUE(guard.admit(request, Access::kChange));
}

TEST(Token, IsMadeOnceReadableByItsOwnerAlone) {
  env::os::SystemFiles files;
  env::os::SystemEntropy entropy;
  const std::string directory =
      testing::TempDir() + "daytwo-token-" + std::to_string(entropy.number());
  ASSERT_TRUE(files.make_directories(directory));
  EXPECT_EQ(load_token(files, directory).error().code, Code::kNotFound);
  const auto made = load_or_make_token(files, entropy, directory);
  ASSERT_TRUE(made) << made.error().to_string();
  EXPECT_EQ(made->size(), 64U);
  EXPECT_EQ(files.facts(directory + "/token")->mode & 0777U, 0600U);
  EXPECT_EQ(load_or_make_token(files, entropy, directory).value(), *made);
  ASSERT_TRUE(files.write_atomic(directory + "/token", *made, 0644));
  EXPECT_EQ(load_or_make_token(files, entropy, directory).error().code, Code::kDenied);
  ASSERT_TRUE(files.write_atomic(directory + "/token", "short", 0600));
  EXPECT_EQ(load_or_make_token(files, entropy, directory).error().code, Code::kCorrupt);
  ASSERT_TRUE(files.remove_tree(directory));
}

TEST(BasicHeader, ReadsUserAndPasswordAndNothingElse) {
  std::string user;
  std::string password;
  ASSERT_TRUE(parse_basic("Basic YW5uOnM6ZWNyZXQ=", user, password));
  EXPECT_EQ(user, "ann");
  EXPECT_EQ(password, "s:ecret");
  for (const char* bad : {"", "Basic", "Basic !", "Basic YW5u", "Bearer YW5uOnM="}) {
    EXPECT_FALSE(parse_basic(bad, user, password)) << bad;
  }
}

}  // namespace
}  // namespace daytwo::api
