#include "orient/masking.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

Life life(bool began, bool planned = false, std::string boot = "b1") {
  return {Timestamp{}, began, std::move(boot), planned};
}

TEST(Masking, ABeginningTakesThePlaceOfAnEnd) {
  // Two copies begin; each ends and comes back, one of them after a deploy; a third is added.
  const std::vector<Life> lives = {life(true),  life(true),       life(false), life(true),
                                   life(false), life(true, true), life(true)};
  const Restarts restarts = restarts_in(lives);
  EXPECT_EQ(restarts.all, 2);
  EXPECT_EQ(restarts.planned, 1);
}

TEST(Masking, ARebootIsNoRestart) {
  const std::vector<Life> lives = {life(true), life(false), life(true, false, "b2")};
  EXPECT_EQ(restarts_in(lives).all, 0);
}

// Processes of the service checkout, which no objective watches.
struct Checkout {
  World world;
  std::int64_t pid = 0;

  Checkout() {
    model::Service service;
    service.id = ServiceId("checkout");
    service.runs = {"checkoutd"};
    world.catalog = model::Catalog({std::move(service)});
  }
  facts::ProcessSeen process(std::int64_t number, std::int64_t parent) const {
    facts::ProcessSeen out;
    out.pid = number;
    out.parent_pid = parent;
    out.boot_id = "b1";
    out.name = "checkoutd";
    out.executable = "/usr/bin/checkoutd";
    out.command = "checkoutd";
    out.started = world.now;
    return out;
  }
  void begin(std::int64_t number, std::int64_t parent = 1) {
    world.see("process/" + std::to_string(number), process(number, parent));
  }
  void end(std::int64_t number, std::int64_t parent = 1) {
    world.see("process/" + std::to_string(number), process(number, parent), facts::State::kClosed);
  }
  std::vector<Mask> ask() {
    const facts::Snapshot snapshot = world.journal.snapshot();
    auto out = masks({snapshot, world.samples, world.catalog, world.now}, world.journal, days(7));
    EXPECT_TRUE(out.has_value());
    return *out;
  }
};

TEST(Masking, RestartsAreCountedWithTheirRateAndWhoNoticed) {
  Checkout checkout;
  checkout.begin(100);
  for (std::int64_t pid = 100; pid < 104; ++pid) {
    checkout.world.now = checkout.world.now + hours(12);
    checkout.end(pid);
    checkout.begin(pid + 1);
  }
  checkout.world.now = checkout.world.now + days(5);
  const auto all = checkout.ask();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].restarts, 4);
  EXPECT_EQ(all[0].copies, 1);
  EXPECT_TRUE(all[0].covers());
  // A week watched: Gamma(4.5, 1 week), whose mean is 4.5.
  EXPECT_NEAR(all[0].a_week->mean, 4.5, 1e-9);
  // Chi-square with 9 degrees of freedom, halved: 3.325 / 2 and 16.919 / 2.
  EXPECT_EQ(all[0].sentence,
            "checkout was restarted 4 times in 7d (1.66 to 8.46 a week, 90 %): no objective would "
            "have noticed");
}

TEST(Masking, WorkersOfAServiceAreNoCopies) {
  Checkout checkout;
  checkout.begin(100);
  for (std::int64_t pid = 200; pid < 220; ++pid) {
    checkout.world.now = checkout.world.now + minutes(1);
    checkout.begin(pid, 100);
    checkout.end(pid, 100);
  }
  const auto all = checkout.ask();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].restarts, 0);
  EXPECT_EQ(all[0].copies, 1);
  EXPECT_FALSE(all[0].covers());
  EXPECT_EQ(all[0].sentence, "checkout: nothing covers for it in 20m");
}

TEST(Masking, ADeployExplainsItsRestart) {
  Checkout checkout;
  checkout.begin(100);
  checkout.world.now = checkout.world.now + hours(1);
  facts::ChangeSeen change;
  change.service = "checkout";
  change.at = checkout.world.now - minutes(2);
  checkout.world.see("change/1", change);
  checkout.end(100);
  checkout.begin(101);
  const auto all = checkout.ask();
  EXPECT_EQ(all[0].restarts, 1);
  EXPECT_EQ(all[0].planned, 1);
  EXPECT_FALSE(all[0].covers());
}

TEST(Masking, KillsCountByTheWorkloadsService) {
  Checkout checkout;
  checkout.begin(100);
  for (int minute = 0; minute < 3; ++minute) {
    checkout.world.sample({{"__name__", "daytwo_cgroup_memory_oom_kills_total"},
                           {"cgroup", "/c"},
                           {"workload", "checkoutd"}},
                          minute);
    checkout.world.now = checkout.world.now + minutes(1);
  }
  EXPECT_EQ(checkout.ask().at(0).kills, 2);
}

}  // namespace
}  // namespace daytwo::orient
