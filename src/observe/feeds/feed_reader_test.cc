#include "observe/feeds/feed_reader.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "env/os/files.h"
#include "sim/recorded_tree.h"

namespace daytwo::observe {
namespace {

constexpr Timestamp kNow{1'795'305'600'000};
const std::string kKev = R"({"catalogVersion":"1","dateReleased":"2026-01-01T00:00:00Z",)"
                         R"("vulnerabilities":[{"cveID":"CVE-1","dateAdded":"2026-01-01"}]})";
const std::string kEpss =
    "#model_version:v1,score_date:2026-02-01T00:00:00Z\ncve,epss,percentile\nCVE-1,0.5,0.9\n";

std::string osv(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += "{\"id\":\"X-" + std::to_string(i) + "\",\"modified\":\"2026-03-01T00:00:00Z\"}\n";
  }
  return text;
}

const facts::FeedSeen& seen(const facts::Record& record) {
  return *facts::body_as<facts::FeedSeen>(record);
}

TEST(Feeds, AreToldByTheirContent) {
  sim::RecordedTree tree;
  tree.put("/a/one", osv(3));
  tree.put("/a/two", kKev);
  tree.put("/a/three", kEpss);
  FeedReader reader(tree, {"/a/one", "/a/two", "/a/three"});
  const LoadedFeeds loaded = reader.load(kNow);
  EXPECT_EQ(loaded.feeds.osv.size(), 3U);
  EXPECT_EQ(loaded.feeds.kev.size(), 1U);
  EXPECT_EQ(loaded.feeds.epss.size(), 1U);
  EXPECT_TRUE(loaded.feeds.has_osv && loaded.feeds.has_kev && loaded.feeds.has_epss);
  EXPECT_EQ(to_rfc3339(loaded.feeds.epss_dated), "2026-02-01T00:00:00Z");
  EXPECT_TRUE(loaded.problems.empty());
  ASSERT_EQ(loaded.records.size(), 3U);
  EXPECT_EQ(seen(loaded.records[0]).feed, "osv");
  EXPECT_EQ(seen(loaded.records[0]).records, 3);
  EXPECT_EQ(to_rfc3339(seen(loaded.records[0]).dated), "2026-03-01T00:00:00Z");
  EXPECT_EQ(loaded.records[0].sentence, "/a/one has 3 records of osv");
  EXPECT_TRUE(reader.load(kNow + hours(1)).records.empty());  // nothing new to say
}

TEST(Feeds, CountAndNameWhatWasSkipped) {
  sim::RecordedTree tree;
  tree.put("/a/one", osv(2) + "{\"no\":\"id\"}\n");
  FeedReader reader(tree, {"/a/one"});
  const LoadedFeeds loaded = reader.load(kNow);
  EXPECT_EQ(seen(loaded.records[0]).skipped, 1);
  EXPECT_EQ(seen(loaded.records[0]).first_skipped, "/a/one, line 3, a record: no id");
}

TEST(Feeds, SayWhichFileCannotBeUsed) {
  sim::RecordedTree tree;
  tree.put("/good", osv(1));
  tree.put("/denied", osv(1));
  tree.deny("/denied");
  tree.put("/broken.gz", "\x1F\x8B broken");
  tree.put("/empty", "");
  tree.put("/directory/readme.txt", "x");
  FeedReader reader(tree, {"/good", "/denied", "/absent", "/broken.gz", "/empty", "/directory"});
  const LoadedFeeds loaded = reader.load(kNow);
  EXPECT_EQ(loaded.feeds.osv.size(), 1U);
  ASSERT_EQ(loaded.problems.size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    const std::vector<std::string> paths = {"/denied", "/absent", "/broken.gz", "/empty",
                                            "/directory"};
    EXPECT_TRUE(loaded.problems[i].starts_with(paths[i])) << loaded.problems[i];
  }
}

TEST(Feeds, SayWhichFileOfADirectoryHoldsNothing) {
  sim::RecordedTree tree;
  tree.put("/all/good.json", osv(2));
  tree.put("/all/torn.json", "{\"id\": ");
  FeedReader reader(tree, {"/all"});
  const LoadedFeeds loaded = reader.load(kNow);
  EXPECT_EQ(loaded.feeds.osv.size(), 2U);
  ASSERT_EQ(loaded.problems.size(), 1U);
  EXPECT_TRUE(loaded.problems[0].starts_with("/all/torn.json: no advisory in it: line 1"));
}

TEST(Feeds, RefuseWhatShrankToLessThanHalfUntilItIsAccepted) {
  sim::RecordedTree tree;
  tree.put("/a", osv(10));
  FeedReader first(tree, {"/a"});
  std::vector<facts::RecordPtr> journal;
  for (facts::Record& record : first.load(kNow).records) {
    journal.push_back(std::make_shared<facts::Record>(std::move(record)));
  }
  tree.put("/a", osv(4));
  FeedReader reader(tree, {"/a"});
  reader.restore(journal);
  EXPECT_TRUE(reader.changed());
  const LoadedFeeds refused = reader.load(kNow);
  EXPECT_EQ(refused.feeds.osv.size(), 0U);
  ASSERT_EQ(refused.problems.size(), 1U);
  EXPECT_TRUE(refused.records.empty());
  EXPECT_FALSE(reader.changed());
  EXPECT_EQ(reader.load(kNow, true).feeds.osv.size(), 4U);
}

TEST(Feeds, ReadRealSamplesWhole) {
  env::os::SystemFiles files;
  FeedReader reader(files, {"tests/data/advisories"});
  const LoadedFeeds loaded = reader.load(kNow);
  EXPECT_TRUE(loaded.problems.empty());
  ASSERT_EQ(loaded.feeds.osv.size(), 60U);
  std::size_t ranges = 0;
  for (const model::OsvRecord& record : loaded.feeds.osv) {
    for (const model::Affected& affected : record.affected) ranges += affected.ranges.size();
  }
  EXPECT_GE(ranges, 60U);
  EXPECT_EQ(seen(loaded.records.at(0)).skipped, 0);
}

}  // namespace
}  // namespace daytwo::observe
