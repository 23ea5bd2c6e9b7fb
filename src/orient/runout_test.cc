#include "orient/runout.h"

#include <gtest/gtest.h>

#include <string>

#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

constexpr double kGiB = 1024.0 * 1024 * 1024;

series::Labels mount(const char* metric, const char* mountpoint, const char* device = "/dev/sda1") {
  return {{"__name__", metric}, {"mountpoint", mountpoint}, {"device", device}, {"fstype", "ext4"}};
}

// A filesystem of 10 GiB with `left` bytes, measured now.
void measure(World& world, double left, const char* mountpoint = "/var") {
  world.sample(mount("node_filesystem_avail_bytes", mountpoint), left);
  world.sample(mount("node_filesystem_size_bytes", mountpoint), 10 * kGiB);
}

TEST(RunOut, AFillingFilesystemIsAWorryWithinNinetySecondsWithADate) {
  World world;
  RunOut detector;
  double left = 2 * kGiB;
  Duration taken;
  for (; taken <= seconds(90); taken = taken + seconds(10)) {
    measure(world, left);
    if (!world.turn(detector).empty()) break;
    left -= 10.0 * (1 << 20) * 10;  // 10 MiB a second
    world.now = world.now + seconds(10);
  }
  EXPECT_LE(taken, seconds(90));
  const auto open = world.open("runout/");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0]->key.value, "runout/this host/filesystem:/var");
  const auto* days_left = open[0]->find_amount("days_to_runout");
  ASSERT_NE(days_left, nullptr);
  // 2 GiB less a minute at 10 MiB/s leaves 144.8 s.
  EXPECT_NEAR(days_left->estimate.p50 * 86400, left / (10.0 * (1 << 20)), 1);
  EXPECT_TRUE(finding_in(*open[0]).wake);
  EXPECT_NE(open[0]->sentence.find("10.0 MiB a second"), std::string::npos) << open[0]->sentence;
}

TEST(RunOut, ClosesWithinAMinuteAfterItRecovers) {
  World world;
  RunOut detector;
  double left = 5 * kGiB;
  for (int i = 0; i < 12; ++i) {
    measure(world, left);
    (void)world.turn(detector);
    left -= 1e8;
    world.now = world.now + seconds(10);
  }
  ASSERT_EQ(world.open("runout/").size(), 1U);
  measure(world, 8 * kGiB);
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].state, facts::State::kClosed);
}

TEST(RunOut, IsSilentWhileTheDateStands) {
  World world;
  RunOut detector;
  double left = 9 * kGiB;
  std::size_t told = 0;
  for (int i = 0; i < 60; ++i) {
    measure(world, left);
    told += world.turn(detector).size();
    left -= 1e6 * 10;
    world.now = world.now + seconds(10);
  }
  EXPECT_EQ(world.open("runout/").size(), 1U);
  // Opened, and once more when it has been seen long enough to page.
  EXPECT_LE(told, 2U);
}

TEST(RunOut, TheStoredForecastIsReadBackAsItWasMade) {
  World world;
  RunOut detector;
  double left = 9 * kGiB;
  for (int i = 0; i < 30; ++i) {
    measure(world, left);
    (void)world.turn(detector);
    left -= (i % 2 == 0 ? 3e7 : 2e7);
    world.now = world.now + seconds(10);
  }
  const auto open = world.open("runout/");
  ASSERT_EQ(open.size(), 1U);
  const std::optional<Path> path = path_of(*open[0]);
  ASSERT_TRUE(path.has_value());
  const chance::Estimate days = open[0]->find_amount("days_to_runout")->estimate;
  EXPECT_NEAR(path->forecast.quantile(.5) / 86400, days.p50, 1e-9);
  EXPECT_NEAR(path->forecast.quantile(.95) / 86400, days.p95, 1e-9);
  EXPECT_FALSE(path_of(facts::Record{}).has_value());
}

TEST(RunOut, AShortTrendTowardsADistantDateDoesNotPage) {
  World world;
  RunOut detector;
  double left = 9 * kGiB;
  for (int i = 0; i < 8; ++i) {
    measure(world, left);
    (void)world.turn(detector);
    left -= 3e6;  // full in 9 hours, seen for 70 s: an apt-get, a log rotation
    world.now = world.now + seconds(10);
  }
  const auto open = world.open("runout/");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_FALSE(finding_in(*open[0]).wake);
}

TEST(RunOut, FullIsFullWithoutATrend) {
  World world;
  RunOut detector;
  measure(world, 0);
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_TRUE(finding_in(told[0]).wake);
  EXPECT_EQ(told[0].find_amount("days_to_runout")->estimate.p50, 0);
}

TEST(RunOut, SilenceKeepsAnOpenFindingAsItWas) {
  World world;
  RunOut detector;
  measure(world, 0);
  (void)world.turn(detector);
  world.now = world.now + minutes(30);
  EXPECT_TRUE(world.turn(detector).empty());
  EXPECT_EQ(world.open("runout/").size(), 1U);
}

TEST(RunOut, InodesRunOutToo) {
  World world;
  RunOut detector;
  for (int i = 0; i < 8; ++i) {
    world.sample(mount("node_filesystem_files_free", "/srv"), 1e6 - 1e4 * i);
    world.sample(mount("node_filesystem_files", "/srv"), 2e6);
    (void)world.turn(detector);
    world.now = world.now + seconds(10);
  }
  const auto open = world.open("runout/");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0]->key.value, "runout/this host/inodes:/srv");
}

TEST(RunOut, AMemoryLimitRunsOut) {
  World world;
  RunOut detector;
  for (int i = 0; i < 8; ++i) {
    world.sample({{"__name__", "daytwo_cgroup_memory_working_set_bytes"},
                  {"cgroup", "/leak"},
                  {"workload", "worker"}},
                 1e8 + 1e6 * i);
    world.sample({{"__name__", "daytwo_cgroup_memory_limit_bytes"},
                  {"cgroup", "/leak"},
                  {"workload", "worker"}},
                 2e8);
    (void)world.turn(detector);
    world.now = world.now + seconds(10);
  }
  const auto open = world.open("runout/");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0]->subject, "memory of worker");
}

TEST(RunOut, ABindMountAndAReadOnlyImageAreNotTwoWorries) {
  World world;
  RunOut detector;
  measure(world, 0, "/");
  measure(world, 0, "/mnt/bind");
  world.sample({{"__name__", "node_filesystem_avail_bytes"},
                {"mountpoint", "/snap/core"},
                {"device", "/dev/loop1"},
                {"fstype", "squashfs"}},
               0);
  EXPECT_EQ(world.turn(detector).size(), 1U);
}

TEST(RunOut, SaysWhatItLacks) {
  World world;
  RunOut detector;
  (void)world.turn(detector);
  EXPECT_EQ(world.source("runout"), "no filesystem or memory limit has samples yet");
  measure(world, 5 * kGiB);
  (void)world.turn(detector);
  EXPECT_EQ(world.source("runout"), "a trend needs 6 steps of at least 5 s; the longest has 0");
}

}  // namespace
}  // namespace daytwo::orient
