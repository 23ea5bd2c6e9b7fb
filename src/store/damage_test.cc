// One flipped bit in every byte of every file: found, named, kept, and costing only what it held.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "env/os/clock.h"
#include "env/os/files.h"
#include "store/backup.h"
#include "store/world_for_tests.h"

namespace daytwo::store {
namespace {

using Model = std::map<std::string, std::map<std::int64_t, double>>;

// Two blocks and a log, each with its own series, and one series that is in all.
void fill(StoreWorld& world) {
  ASSERT_TRUE(world.open());
  for (int part = 0; part < 3; ++part) {
    std::vector<std::pair<std::int64_t, double>> samples;
    for (int i = 0; i < 5; ++i) samples.emplace_back(part * 100'000 + i * 1000, i * 1.5);
    series::Batch batch = floats(metric("all"), samples);
    batch.series.push_back(floats(metric("part" + std::to_string(part)), samples).series[0]);
    batch.metadata.push_back({"all", "gauge", "Help.", ""});
    ASSERT_TRUE(world.store->append(batch));
    if (part < 2) ASSERT_TRUE(world.store->seal());
  }
  world.store.reset();
}

// What is there must have been there before.
void expect_nothing_invented(const Model& found, const Model& whole, const std::string& where) {
  for (const auto& [labels, samples] : found) {
    ASSERT_TRUE(whole.contains(labels)) << where << ": invented " << labels;
    for (const auto& [at, value] : samples) {
      ASSERT_TRUE(whole.at(labels).contains(at)) << where;
      ASSERT_EQ(whole.at(labels).at(at), value) << where;
    }
  }
}

TEST(Damage, EveryFlippedBitIsFoundAndCostsOnlyItsFile) {
  StoreWorld original;
  fill(original);
  ASSERT_TRUE(original.open());
  const Model whole = content(*original.store);
  original.store.reset();
  std::map<std::string, std::string> files;
  for (const std::string& path : original.disk.files_below("/data")) {
    files[path] = original.disk.read(path, 1U << 20U).value();
  }
  std::size_t flips = 0;
  for (const auto& [path, bytes] : files) {
    const bool is_log = path.find("/wal/") != std::string::npos;
    // Blocks hold part 0 and 1, the log part 2.
    for (std::size_t at = 0; at < bytes.size(); ++at, ++flips) {
      const std::string where = path + " at byte " + std::to_string(at);
      StoreWorld world;
      for (const auto& [other, content_of] : files) world.disk.put(other, content_of);
      world.disk.put("/data/quarantine/x", "");
      ASSERT_TRUE(world.disk.remove("/data/quarantine/x"));
      world.disk.damage(path, at, static_cast<unsigned>(at));
      const auto report = verify(world.disk, "/data");
      ASSERT_TRUE(report) << where;
      // A flip in the log's last record looks like an append that was cut off.
      const bool told = !report->damages.empty() || report->torn_bytes > 0;
      ASSERT_TRUE(told || (is_log && at < 8)) << where << ": verify saw nothing";
      const Result<void> opened = world.open();
      if (!opened) {
        ASSERT_EQ(opened.error().code, Code::kConflict) << where << opened.error().to_string();
        continue;  // the version byte: a newer format is refused, not set aside
      }
      const Model found = content(*world.store);
      ASSERT_NO_FATAL_FAILURE(expect_nothing_invented(found, whole, where));
      if (!is_log) ASSERT_EQ(found.at(metric("part2").to_string()).size(), 5U) << where;
      if (path.find("0001/") == std::string::npos) {
        ASSERT_EQ(found.at(metric("part0").to_string()).size(), 5U) << where;
      }
      if (path.find("0002/") == std::string::npos) {
        ASSERT_EQ(found.at(metric("part1").to_string()).size(), 5U) << where;
      }
      if (!is_log && found != whole) {
        ASSERT_GT(world.store->facts().damages, 0U) << where << ": lost without a word";
      }
    }
  }
  EXPECT_GT(flips, 500U);
}

TEST(Damage, ABrokenBlockIsSetAsideWithItsBytes) {
  StoreWorld world;
  fill(world);
  const std::string index = "/data/blocks/0000000000000001/index";
  world.disk.damage(index, 20);
  const std::string bytes = world.disk.read(index, 1U << 20U).value();
  ASSERT_TRUE(world.open());
  ASSERT_EQ(world.store->damages().size(), 1U);
  EXPECT_NE(world.store->damages()[0].what.find("symbols"), std::string::npos);
  EXPECT_TRUE(world.log.said("damaged file"));
  EXPECT_EQ(world.disk.read("/data/quarantine/0000000000000001/index", 1U << 20U).value(), bytes);
  EXPECT_EQ(world.store->facts().blocks, 1U);
}

TEST(Damage, ABrokenFrameCostsItsSamplesAndStopsTheMerge) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  for (int block = 0; block < 4; ++block) {
    ASSERT_TRUE(world.store->append(floats(metric("a"), {{block * 1000, 1.0 / 3 + block}})));
    ASSERT_TRUE(world.store->append(floats(metric("b"), {{block * 1000, 1.0 / 7 + block}})));
    ASSERT_TRUE(world.store->seal());
  }
  world.store.reset();
  world.disk.damage("/data/blocks/0000000000000002/frames", 3);
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->maintain());
  EXPECT_EQ(world.store->facts().blocks, 4U) << "a damaged block is not merged away";
  EXPECT_EQ(samples_of(*world.store, "a").size() + samples_of(*world.store, "b").size(), 7U);
  EXPECT_GT(world.store->facts().damages, 0U);
}

TEST(Damage, ALogBrokenInTheMiddleGivesTheRest) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  std::vector<std::size_t> ends;
  const std::string segment = "/data/wal/00000001.log";
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(world.store->append(floats(metric("a"), {{i * 1000, i}})));
    ends.push_back(world.disk.facts(segment)->size_bytes);
  }
  world.store.reset();
  world.disk.damage(segment, ends[4] + 2);  // in the sixth append
  ASSERT_TRUE(world.open());
  const auto samples = samples_of(*world.store, "a");
  EXPECT_EQ(samples.size(), 9U);
  EXPECT_FALSE(samples.contains(5000));
  ASSERT_EQ(world.store->damages().size(), 1U);
  EXPECT_EQ(world.store->damages()[0].offset, ends[4]);
  EXPECT_TRUE(world.disk.facts("/data/quarantine/00000001.log")) << "a copy is kept";
}

// On real files, whose mapped pages are gone once the file is shorter.
TEST(Damage, ABrokenLogWithATornEndIsKeptWhole) {
  const std::filesystem::path folder = testing::TempDir() + "daytwo_broken_log_with_a_torn_end";
  std::filesystem::remove_all(folder);
  env::os::SystemFiles files;
  env::os::SystemClock clock;
  Options options;
  options.path = folder.string();
  options.min_free_bytes = 0;
  const std::string segment = options.path + "/wal/00000001.log";
  std::uint64_t middle = 0;
  {
    auto store = Store::open(options, {files, clock});
    ASSERT_TRUE(store) << store.error().to_string();
    for (int i = 0; i < 10; ++i) {
      if (i == 5) middle = files.facts(segment)->size_bytes;
      ASSERT_TRUE((*store)->append(floats(metric("a"), {{i * 1000, i}})));
    }
  }
  std::string bytes = files.read(segment, 1U << 20U).value();
  bytes.at(middle + 2) = static_cast<char>(~bytes.at(middle + 2));
  bytes.append(100'000, '\x7F');  // many pages of an append that was cut off
  ASSERT_TRUE(files.write_atomic(segment, bytes, 0644));

  auto store = Store::open(options, {files, clock});
  ASSERT_TRUE(store) << store.error().to_string();
  EXPECT_EQ(samples_of(**store, "a").size(), 9U);
  EXPECT_EQ((*store)->damages().size(), 1U);
  EXPECT_EQ(files.read(options.path + "/quarantine/00000001.log", 1U << 20U).value(), bytes);
  store->reset();
  std::filesystem::remove_all(folder);
}

TEST(Damage, ANewerFormatIsRefusedAndLeftAlone) {
  for (const char* path : {"/data/wal/00000003.log", "/data/metadata"}) {
    StoreWorld world;
    fill(world);
    std::string bytes = world.disk.read(path, 1U << 20U).value();
    bytes[6] = bytes[7] = '\2';
    world.disk.put(path, bytes);
    const Result<void> opened = world.open();
    ASSERT_FALSE(opened) << path;
    EXPECT_EQ(opened.error().code, Code::kConflict);
    EXPECT_NE(opened.error().to_string().find("format 2 needs a newer daytwo"), std::string::npos);
    EXPECT_EQ(world.disk.read(path, 1U << 20U).value(), bytes);
  }
}

}  // namespace
}  // namespace daytwo::store
