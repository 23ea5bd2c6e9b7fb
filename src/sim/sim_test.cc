#include <gtest/gtest.h>

#include "sim/clock.h"
#include "sim/entropy.h"
#include "sim/faults.h"
#include "sim/log.h"
#include "sim/network.h"
#include "sim/system.h"
#include "sim/threads.h"

namespace daytwo::sim {
namespace {

TEST(Clock, SleepsInNoTimeAndStepsTheWallAlone) {
  Clock clock;
  EXPECT_EQ(to_rfc3339(clock.wall()), "2026-11-22T00:00:00Z");
  clock.sleep_until(seconds(30));
  clock.advance(seconds(30));
  EXPECT_EQ(clock.mono(), minutes(1));
  clock.step_wall({0});
  EXPECT_EQ(clock.wall(), Timestamp{0});
  EXPECT_EQ(clock.mono(), minutes(1));
}

TEST(Entropy, RepeatsForOneSeedAndDiffersForAnother) {
  Entropy a({7});
  Entropy b({7});
  Entropy c({8});
  const std::string bytes = a.bytes(33);
  EXPECT_EQ(bytes.size(), 33U);
  EXPECT_EQ(bytes, b.bytes(33));
  EXPECT_NE(bytes, c.bytes(33));
}

TEST(Faults, SwitchAQuarterOfTheSitesOn) {
  // 1,000 seeds, p = 1/4: sd 13.7; the bounds are 5 sd away, false alarm below 1e-6.
  int on = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Faults faults({seed});
    bool fired = false;
    for (int i = 0; i < 100; ++i) fired = faults.lucky("store.log.sync") || fired;
    on += fired ? 1 : 0;
  }
  EXPECT_GT(on, 180);
  EXPECT_LT(on, 320);
}

TEST(Threads, InlineRunsOnceAndHeldRunsOnDemand) {
  int runs = 0;
  const auto body = [&](const std::stop_token& stop) {
    do {
      ++runs;
    } while (!stop.stop_requested());
  };
  InlineThreads now;
  const auto ended = now.start("work", body);
  EXPECT_EQ(runs, 1);
  HeldThreads later;
  auto held = later.start("work", body);
  EXPECT_EQ(runs, 1);
  EXPECT_TRUE(later.run("work"));
  EXPECT_EQ(runs, 2);
  held.reset();
  EXPECT_FALSE(later.run("work"));
}

TEST(HttpScript, AnswersTheLongestRouteAndRefusesTheRest) {
  HttpScript http;
  http.on("http://shop/", 200, "shop");
  http.on("http://shop/pay", 503, "down");
  http.next("http://shop/pay", fail(Code::kTimeout, "slow"));
  const auto get = [&](const char* url) {
    env::HttpRequest request;
    request.url = url;
    return http.fetch(request);
  };
  EXPECT_EQ(get("http://shop/pay/1").error().code, Code::kTimeout);
  EXPECT_EQ(get("http://shop/pay/1")->status, 503);
  EXPECT_EQ(get("http://shop/cart")->body, "shop");
  EXPECT_EQ(get("http://other/").error().code, Code::kUnavailable);
  EXPECT_EQ(http.requests().size(), 4U);
}

TEST(MailScript, KeepsWhatItAccepts) {
  MailScript mail;
  mail.fail_next(make_error(Code::kUnavailable, "greylisted"));
  EXPECT_FALSE(mail.send({}, {}));
  env::Mail note;
  note.from = "a@b";
  EXPECT_TRUE(mail.send({}, note));
  ASSERT_EQ(mail.sent().size(), 1U);
  EXPECT_EQ(mail.sent()[0].mail.from, "a@b");
}

TEST(SocketScript, KnowsOnlyWhatItWasTold) {
  SocketScript sockets;
  sockets.name("db", {"10.0.0.7"});
  env::Connected connected;
  connected.address = "10.0.0.7:5432";
  sockets.port("db", 5432, connected);
  EXPECT_EQ(sockets.resolve("db", seconds(1))->front(), "10.0.0.7");
  EXPECT_EQ(sockets.resolve("web", seconds(1)).error().code, Code::kNotFound);
  EXPECT_EQ(sockets.connect("db", 5432, false, false, seconds(1))->address, "10.0.0.7:5432");
  EXPECT_EQ(sockets.connect("db", 1, false, false, seconds(1)).error().code, Code::kUnavailable);
}

TEST(Log, KeepsLinesAndFields) {
  Log log;
  log.info("store", "opened", {{"blocks", 3}});
  EXPECT_TRUE(log.said("opened"));
  EXPECT_EQ(log.lines().at(0).field("blocks"), "3");
}

TEST(System, SaysWhatItWasTold) {
  System system;
  system.variables["HOME"] = "/home/x";
  EXPECT_EQ(system.variable("HOME").value_or(""), "/home/x");
  EXPECT_FALSE(system.variable("PATH").has_value());
  EXPECT_EQ(system.user_name(4711), "4711");
}

}  // namespace
}  // namespace daytwo::sim
