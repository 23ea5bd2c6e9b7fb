#include "observe/node/cgroups.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "observe/node/mounts.h"
#include "sim/recorded_tree.h"

namespace daytwo::observe {
namespace {

std::vector<Mount> mounts(std::string_view text) {
  std::size_t skipped = 0;
  return parse_mounts(text, &skipped);
}

constexpr std::string_view kV2 = "30 27 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
constexpr std::string_view kHybrid =
    "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
    "32 31 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
    "33 31 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
    "34 31 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";

TEST(Cgroups, ReadVersionTwo) {
  sim::RecordedTree tree;
  tree.put("/sys/fs/cgroup/a/memory.max", "1000000\n");
  tree.put("/sys/fs/cgroup/a/memory.current", "900000\n");
  tree.put("/sys/fs/cgroup/a/memory.stat", "anon 500000\nfile 300000\ninactive_file 100000\n");
  tree.put("/sys/fs/cgroup/a/memory.events", "low 0\nhigh 0\nmax 7\noom 2\noom_kill 2\n");
  tree.put("/sys/fs/cgroup/a/b/memory.max", "max\n");
  tree.put("/sys/fs/cgroup/a/cpu.max", "150000 100000\n");
  tree.put("/sys/fs/cgroup/a/cpu.stat", "usage_usec 5\nnr_throttled 3\nthrottled_usec 2500000\n");
  Cgroups cgroups(tree);
  cgroups.find_mounts(mounts(kV2));
  const auto lines = parse_process_cgroups("0::/a/b\n");
  EXPECT_EQ(cgroups.memory_path(lines), "/a/b");
  EXPECT_FALSE(cgroups.memory_limit("/a/b").has_value());
  EXPECT_EQ(cgroups.memory_limit("/a"), 1'000'000);
  const auto memory = cgroups.read_memory("/a");
  ASSERT_TRUE(memory.has_value());
  EXPECT_EQ(memory->working_set_bytes, 800'000);
  EXPECT_EQ(memory->oom_kills, 2);
  EXPECT_EQ(memory->limit_hits, 7);
  const auto cpu = cgroups.read_cpu("/a");
  ASSERT_TRUE(cpu.has_value());
  EXPECT_DOUBLE_EQ(cpu->limit_cores.value_or(0), 1.5);
  EXPECT_DOUBLE_EQ(cpu->throttled_seconds, 2.5);
}

TEST(Cgroups, AskEachControllerOnHybridHosts) {
  sim::RecordedTree tree;
  const std::string base = "/sys/fs/cgroup/memory/job";
  tree.put(base + "/memory.limit_in_bytes", "2000000\n");
  tree.put(base + "/memory.usage_in_bytes", "1500000\n");
  tree.put(base + "/memory.stat",
           "rss 1\ntotal_rss 900000\ntotal_cache 600000\n"
           "total_inactive_file 500000\n");
  tree.put(base + "/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n");
  tree.put(base + "/memory.failcnt", "12\n");
  tree.put("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  tree.put("/sys/fs/cgroup/cpu,cpuacct/c/cpu.cfs_quota_us", "-1\n");
  tree.put("/sys/fs/cgroup/cpu,cpuacct/c/cpu.cfs_period_us", "100000\n");
  tree.put("/sys/fs/cgroup/cpu,cpuacct/c/cpu.stat", "nr_throttled 0\nthrottled_time 1500000000\n");
  Cgroups cgroups(tree);
  cgroups.find_mounts(mounts(kHybrid));
  const auto lines = parse_process_cgroups("5:memory:/job\n4:cpu,cpuacct:/c\n0::/unified\n");
  EXPECT_EQ(cgroups.memory_path(lines), "/job");
  EXPECT_EQ(cgroups.cpu_path(lines), "/c");
  EXPECT_FALSE(cgroups.memory_limit("/").has_value());  // the counter's maximum is no limit
  const auto memory = cgroups.read_memory("/job");
  ASSERT_TRUE(memory.has_value());
  EXPECT_EQ(memory->limit_bytes, 2'000'000);
  EXPECT_EQ(memory->working_set_bytes, 1'000'000);
  EXPECT_EQ(memory->anonymous_bytes, 900'000);
  EXPECT_EQ(memory->oom_kills, 4);
  EXPECT_EQ(memory->limit_hits, 12);
  const auto cpu = cgroups.read_cpu("/c");
  ASSERT_TRUE(cpu.has_value());
  EXPECT_FALSE(cpu->limit_cores.has_value());
  EXPECT_DOUBLE_EQ(cpu->throttled_seconds, 1.5);
}

TEST(Cgroups, ResolveAContainersMountOfAPartOfTheHierarchy) {
  sim::RecordedTree tree;
  Cgroups cgroups(tree);
  cgroups.find_mounts(
      mounts("34 31 0:31 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"));
  EXPECT_EQ(cgroups.memory_path(parse_process_cgroups("5:memory:/docker/abc\n")), "/");
  EXPECT_EQ(cgroups.memory_path(parse_process_cgroups("5:memory:/docker/abc/x\n")), "/x");
  EXPECT_EQ(cgroups.memory_path(parse_process_cgroups("5:memory:/docker/abcd\n")), "/docker/abcd")
      << "a neighbour whose name begins alike is not below the mount";
}

TEST(Cgroups, AreAbsentWhereNothingIsMounted) {
  sim::RecordedTree tree;
  Cgroups cgroups(tree);
  cgroups.find_mounts({});
  EXPECT_FALSE(cgroups.has_memory());
  EXPECT_FALSE(cgroups.read_memory("/a").has_value());
  EXPECT_FALSE(cgroups.read_cpu("/a").has_value());
}

TEST(Cgroups, GoUpToTheRoot) {
  EXPECT_EQ(with_ancestors("/a/b"), (std::vector<std::string>{"/a/b", "/a", "/"}));
  EXPECT_EQ(with_ancestors("/"), (std::vector<std::string>{"/"}));
}

TEST(Mounts, UndoTheKernelsEscapesAndCountBrokenLines) {
  std::size_t skipped = 0;
  const auto found = parse_mounts(
      "27 1 254:1 / /mnt/with\\040blank rw shared:1 - ext4 /dev/sda\\0401 rw\nbroken\n", &skipped);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].point, "/mnt/with blank");
  EXPECT_EQ(found[0].device, "/dev/sda 1");
  EXPECT_EQ(skipped, 1U);
}

TEST(Mounts, MeasureWhatHoldsPeoplesFiles) {
  EXPECT_TRUE(is_measured({"/", "/", "overlay", "overlay", "", ""}));
  EXPECT_TRUE(is_measured({"/", "/run", "tmpfs", "tmpfs", "", ""}));
  EXPECT_FALSE(is_measured({"/", "/var/lib/docker/overlay2/x", "overlay", "overlay", "", ""}));
  EXPECT_FALSE(is_measured({"/", "/dev/shm", "tmpfs", "tmpfs", "", ""}));
  EXPECT_TRUE(is_measured({"/", "/device", "ext4", "/dev/sda", "", ""}));
  EXPECT_FALSE(is_measured({"/", "/proc", "proc", "proc", "", ""}));
  EXPECT_TRUE(may_hang({"/", "/home", "nfs4", "server:/home", "", ""}));
  EXPECT_TRUE(may_hang({"/", "/mnt", "fuse.sshfs", "x", "", ""}));
}

}  // namespace
}  // namespace daytwo::observe
