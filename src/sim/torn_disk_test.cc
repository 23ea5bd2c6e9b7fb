#include "sim/torn_disk.h"

#include <gtest/gtest.h>

namespace daytwo::sim {
namespace {

std::string text_of(const TornDisk& disk, const std::string& path) {
  const Result<std::string> bytes = disk.read(path, 1U << 20U);
  return bytes ? *bytes : "absent";
}

TEST(TornDisk, ForgetsBytesThatWereNotSynced) {
  TornDisk disk;
  ASSERT_TRUE(disk.make_directories("/data"));
  ASSERT_TRUE(disk.sync_directory("/"));
  auto file = disk.open_append("/data/log").value();
  ASSERT_TRUE(file->append("one"));
  ASSERT_TRUE(file->sync());
  ASSERT_TRUE(disk.sync_directory("/data"));
  ASSERT_TRUE(file->append("two"));
  EXPECT_EQ(text_of(disk, "/data/log"), "onetwo");
  disk.restart(Crash::kForget);
  EXPECT_EQ(text_of(disk, "/data/log"), "one");
  EXPECT_FALSE(file->append("three")) << "open files end with the machine";
}

TEST(TornDisk, ForgetsNamesWhoseDirectoryWasNotSynced) {
  TornDisk disk;
  disk.put("/data/old", "x");
  auto file = disk.open_append("/data/new").value();
  ASSERT_TRUE(file->append("synced bytes"));
  ASSERT_TRUE(file->sync());
  ASSERT_TRUE(disk.rename("/data/old", "/data/moved"));
  disk.restart(Crash::kForget);
  EXPECT_EQ(text_of(disk, "/data/new"), "absent");
  EXPECT_EQ(text_of(disk, "/data/moved"), "absent");
  EXPECT_EQ(text_of(disk, "/data/old"), "x");
}

TEST(TornDisk, KeepsEverythingWhenOnlyTheProcessDies) {
  TornDisk disk;
  ASSERT_TRUE(disk.make_directories("/data"));
  auto file = disk.open_append("/data/log").value();
  ASSERT_TRUE(file->append("never synced"));
  disk.restart(Crash::kKeep);
  EXPECT_EQ(text_of(disk, "/data/log"), "never synced");
}

TEST(TornDisk, WriteAtomicLeavesTheOldOrTheNewContentAtEveryStep) {
  for (const Crash crash : {Crash::kForget, Crash::kPrefix, Crash::kScatter, Crash::kKeep}) {
    for (std::size_t step = 0; step < 8; ++step) {
      TornDisk disk;
      disk.put("/data/manifest", "old");
      disk.fail_at(step, Fault::kPowerCut);
      const bool done = disk.write_atomic("/data/manifest", "new", 0644).has_value();
      disk.restart(crash, {step});
      const std::string text = text_of(disk, "/data/manifest");
      EXPECT_TRUE(text == "new" || (text == "old" && !done)) << text << " at step " << step;
    }
  }
}

TEST(TornDisk, ScatterLeavesHolesOfZeros) {
  bool hole = false;
  for (std::uint64_t seed = 0; seed < 64 && !hole; ++seed) {
    TornDisk disk;
    disk.put("/log", "");
    auto file = disk.open_append("/log").value();
    ASSERT_TRUE(file->append("aa"));
    ASSERT_TRUE(file->append("bb"));
    disk.restart(Crash::kScatter, {seed});
    hole = text_of(disk, "/log") == std::string("\0\0bb", 4);
  }
  EXPECT_TRUE(hole);
}

TEST(TornDisk, AFailedSyncLosesItsPagesForGood) {
  TornDisk disk;
  disk.put("/log", "");
  auto file = disk.open_append("/log").value();
  ASSERT_TRUE(file->append("lost"));
  disk.fail_at(disk.steps(), Fault::kError);
  EXPECT_FALSE(file->sync());
  EXPECT_TRUE(file->sync()) << "the second call lies, as Linux does";
  disk.restart(Crash::kForget);
  EXPECT_EQ(text_of(disk, "/log"), "");
}

TEST(TornDisk, FillsUpAndRecovers) {
  TornDisk disk;
  disk.put("/log", "");
  disk.set_capacity(6);
  auto file = disk.open_append("/log").value();
  ASSERT_TRUE(file->append("four"));
  const Result<void> full = file->append("more");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, Code::kUnavailable);
  EXPECT_EQ(text_of(disk, "/log"), "fourmo") << "a failed append may have added some";
  disk.give_space();
  EXPECT_TRUE(file->append("more"));
}

TEST(TornDisk, RefusesASecondLockUntilTheFirstIsGone) {
  TornDisk disk;
  disk.put("/data/x", "");
  auto first = disk.lock("/data/LOCK").value();
  EXPECT_EQ(disk.lock("/data/LOCK").error().code, Code::kConflict);
  first.reset();
  EXPECT_TRUE(disk.lock("/data/LOCK"));
}

TEST(TornDisk, ServesAFakeProc) {
  TornDisk disk;
  disk.put("/proc/7/comm", "checkout\n");
  disk.put("/usr/bin/checkout", "ELF");
  disk.put_link("/proc/7/exe", "/usr/bin/checkout");
  const auto directory = disk.open_directory("/proc/7").value();
  EXPECT_EQ(directory->read("comm", 64).value(), "checkout\n");
  EXPECT_EQ(directory->read("comm", 5, true).value(), "check");
  EXPECT_EQ(directory->read("comm", 5, false).error().code, Code::kLimit);
  EXPECT_EQ(directory->read_link("exe").value(), "/usr/bin/checkout");
  EXPECT_EQ(directory->facts("exe")->size_bytes, 3U);
}

}  // namespace
}  // namespace daytwo::sim
