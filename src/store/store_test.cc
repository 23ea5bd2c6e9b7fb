#include "store/store.h"

#include <gtest/gtest.h>

#include <bit>
#include <limits>

#include "store/backup.h"
#include "store/world_for_tests.h"

namespace daytwo::store {
namespace {

using Samples = std::map<std::int64_t, double>;

TEST(Store, KeepsSamplesOverRestartAndSealing) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("up"), {{1000, 1}, {2000, 0}})));
  EXPECT_EQ(samples_of(*world.store, "up"), (Samples{{1000, 1}, {2000, 0}}));
  ASSERT_TRUE(world.open());
  EXPECT_EQ(samples_of(*world.store, "up"), (Samples{{1000, 1}, {2000, 0}}));
  ASSERT_TRUE(world.store->seal());
  EXPECT_EQ(world.store->facts().blocks, 1U);
  ASSERT_TRUE(world.store->append(floats(metric("up"), {{3000, 1}})));
  ASSERT_TRUE(world.open());
  EXPECT_EQ(samples_of(*world.store, "up"), (Samples{{1000, 1}, {2000, 0}, {3000, 1}}));
  EXPECT_EQ(world.store->facts().damages, 0U);
}

TEST(Store, TakesSamplesOf1970AndInAnyOrder) {
  StoreWorld world;
  world.options.retention_time = {0};
  ASSERT_TRUE(world.open());
  const std::int64_t now = world.now().ms;
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{now, 5}, {1, 1}, {86'400'000, 2}})));
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{500, 3}})));
  const Samples wanted = {{1, 1}, {500, 3}, {86'400'000, 2}, {now, 5}};
  EXPECT_EQ(samples_of(*world.store, "m"), wanted);
  ASSERT_TRUE(world.store->seal());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{700, 4}})));
  ASSERT_TRUE(world.store->seal());
  ASSERT_TRUE(world.store->maintain());
  Samples more = wanted;
  more[700] = 4;
  EXPECT_EQ(samples_of(*world.store, "m"), more);
}

TEST(Store, ARepeatedSampleIsFineAndAContradictionIsRefused) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  std::vector<std::pair<std::int64_t, double>> many;
  for (int i = 0; i < 100; ++i) many.emplace_back(i * 1000, i);
  ASSERT_TRUE(world.store->append(floats(metric("m"), many)));
  const auto again = world.store->append(floats(metric("m"), many));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->samples, 100U);
  EXPECT_EQ(world.store->facts().head_samples, 100U);
  for (const std::int64_t at : {99'000, 80'000, 3'000}) {  // last, tail, frame
    const auto refused = world.store->append(floats(metric("m"), {{at, -1}}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kInvalid);
    EXPECT_TRUE(refused.error().text.starts_with("duplicate sample for timestamp"));
  }
  EXPECT_FALSE(world.store->append(floats(metric("m"), {{200'000, 1}, {200'000, 2}})));
  ASSERT_TRUE(world.store->seal());
  EXPECT_FALSE(world.store->append(floats(metric("m"), {{99'000, -1}}))) << "the last is known";
  EXPECT_EQ(world.store->append(floats(metric("m"), {{99'000, 99}}))->samples, 1U);
}

TEST(Store, TheFirstAcceptedValueWinsAcrossBlocks) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1000, 1}, {2000, 2}})));
  ASSERT_TRUE(world.store->seal());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1000, 7}, {3000, 3}})));
  EXPECT_EQ(samples_of(*world.store, "m"), (Samples{{1000, 1}, {2000, 2}, {3000, 3}}));
  for (int i = 0; i < 4; ++i) {
    ASSERT_TRUE(world.store->seal());
    ASSERT_TRUE(world.store->append(floats(metric("m"), {{4000 + i, 1}})));
  }
  ASSERT_TRUE(world.store->maintain());
  EXPECT_EQ(samples_of(*world.store, "m")[1000], 1);
}

TEST(Store, RefusesTheFutureAndBadLabelsAndKeepsNothingOfTheBatch) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  series::Batch batch = floats(metric("m"), {{1000, 1}});
  batch.series.push_back({metric("n"), {{world.now() + minutes(11), {1, nullptr}}}});
  const auto refused = world.store->append(batch);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().text.starts_with("out of bounds"));
  EXPECT_TRUE(content(*world.store).empty());
  EXPECT_FALSE(world.store->append(floats({{"job", "nameless"}}, {{1, 1}})));
  batch.partial = true;
  const auto kept = world.store->append(batch);
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->samples, 1U);
  EXPECT_EQ(kept->rejected_count, 1U);
  EXPECT_EQ(samples_of(*world.store, "m"), (Samples{{1000, 1}}));
}

TEST(Store, KeepsEveryBitThroughLogAndBlock) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  const std::vector<double> odd = {-0.0,
                                   series::kStaleNaN,
                                   series::kNormalNaN,
                                   std::numeric_limits<double>::infinity(),
                                   -std::numeric_limits<double>::infinity(),
                                   std::bit_cast<double>(0xFFF8DEADBEEF0001ULL),
                                   std::numeric_limits<double>::denorm_min(),
                                   0.1 + 0.2,
                                   123456.75,
                                   9007199254740993.0};
  series::Batch batch = floats(metric("odd"), {});
  for (std::size_t i = 0; i < odd.size(); ++i) {
    batch.series[0].samples.push_back({{static_cast<std::int64_t>(i)}, {odd[i], nullptr}});
  }
  ASSERT_TRUE(world.store->append(batch));
  const auto check = [&](const char* where) {
    const auto columns = world.store->select({}, {}, {});
    ASSERT_EQ(columns->size(), 1U) << where;
    for (std::size_t i = 0; i < odd.size(); ++i) {
      EXPECT_EQ(std::bit_cast<std::uint64_t>(columns->front().column.numbers.at(i)),
                std::bit_cast<std::uint64_t>(odd[i]))
          << where << " value " << i;
    }
  };
  check("head");
  ASSERT_TRUE(world.open());
  check("log");
  ASSERT_TRUE(world.store->seal());
  ASSERT_TRUE(world.open());
  check("block");
}

series::FloatHistogram histogram_of(double count) {
  series::FloatHistogram out;
  out.schema = 3;
  out.zero_threshold = 1e-128;
  out.count = count;
  out.sum = count * 1.5;
  out.positive_spans = {{-2, 1}, {3, 2}};
  out.positive_counts = {1, count, 0.5};
  out.negative_spans = {{0, 1}};
  out.negative_counts = {2};
  out.reset_hint = series::ResetHint::kNotReset;
  return out;
}

TEST(Store, CountsWhatItDoes) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("up"), {{1000, 1}, {2000, 2}})));
  series::Batch partial = floats(metric("up"), {{2000, 3}, {3000, 3}});
  partial.partial = true;
  ASSERT_TRUE(world.store->append(partial));
  ASSERT_TRUE(world.store->seal());
  ASSERT_TRUE(world.store->maintain());
  std::map<std::string, double> read;
  for (const auto& reading : world.metrics.read()) {
    if (reading.labels.empty()) read[reading.name] = reading.value;
  }
  EXPECT_EQ(read["daytwo_store_appended_samples_total"], 3);
  EXPECT_EQ(read["daytwo_store_rejected_samples_total"], 1);
  EXPECT_EQ(read["daytwo_store_created_series_total"], 1);
  EXPECT_GT(read["daytwo_store_log_written_bytes_total"], 60);         // labels and three samples
  EXPECT_EQ(read["daytwo_store_log_sync_duration_seconds_count"], 3);  // two appends, one seal
  EXPECT_EQ(read["daytwo_store_seals_total"], 1);
  EXPECT_EQ(read["daytwo_store_head_series"], 0);
  EXPECT_EQ(read["daytwo_store_blocks"], 1);
  EXPECT_EQ(read["daytwo_store_block_samples"], 3);
  EXPECT_GT(read["daytwo_store_block_bytes"], 0);
  EXPECT_EQ(read["daytwo_store_damages"], 0);
}

TEST(Store, KeepsHistogramsBesideFloats) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  series::Batch batch = floats(metric("h"), {{1000, 1}});
  for (int i = 2; i < 200; ++i) {
    const auto histogram = std::make_shared<const series::FloatHistogram>(histogram_of(i));
    batch.series[0].samples.push_back({{std::int64_t{i} * 1000}, {histogram->sum, histogram}});
  }
  ASSERT_TRUE(world.store->append(batch));
  ASSERT_TRUE(world.store->append(batch)) << "repeating is fine";
  EXPECT_FALSE(world.store->append(floats(metric("h"), {{2000, 5}}))) << "a histogram is there";
  const auto check = [&] {
    const auto columns = world.store->select({}, {{1000}, {150'000}}, {});
    ASSERT_EQ(columns->size(), 1U);
    const series::Column& column = columns->front().column;
    ASSERT_EQ(column.size(), 150U);
    EXPECT_EQ(column.histograms.at(0), nullptr);
    for (int i = 2; i <= 150; ++i) {
      const auto index = static_cast<std::size_t>(i - 1);
      ASSERT_NE(column.histograms.at(index), nullptr);
      EXPECT_EQ(*column.histograms.at(index), histogram_of(i));
      EXPECT_EQ(column.numbers.at(index), i * 1.5);
    }
  };
  check();
  ASSERT_TRUE(world.open());
  check();
  ASSERT_TRUE(world.store->seal());
  ASSERT_TRUE(world.open());
  check();
}

TEST(Store, AnswersMatchersAndLabelQuestionsFromAllParts) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("a", "1"), {{1000, 1}})));
  ASSERT_TRUE(world.store->append(floats(metric("b", "1"), {{1000, 1}})));
  ASSERT_TRUE(world.store->seal());
  ASSERT_TRUE(world.store->append(floats(metric("a", "2"), {{5000, 1}})));
  ASSERT_TRUE(world.store->append(floats({{"__name__", "a"}, {"zone", "x"}}, {{5000, 1}})));
  const auto found = [&](std::vector<series::Matcher> matchers, series::TimeRange range = {}) {
    std::string out;
    const auto all = world.store->series(matchers, range, 0);
    for (const series::Labels& labels : *all) {
      out += labels.to_string() + ' ';
    }
    return out;
  };
  const auto matcher = [](series::MatchOp op, const char* name, const char* value) {
    return series::Matcher::make(op, name, value).value();
  };
  using enum series::MatchOp;
  EXPECT_EQ(found({matcher(kEqual, "__name__", "a"), matcher(kRegex, "instance", "1|2")}),
            "a{instance=\"1\", job=\"shop\"} a{instance=\"2\", job=\"shop\"} ");
  EXPECT_EQ(found({matcher(kEqual, "__name__", "a"), matcher(kNotEqual, "instance", "1")}),
            "a{instance=\"2\", job=\"shop\"} a{zone=\"x\"} ");
  EXPECT_EQ(found({matcher(kEqual, "__name__", "a"), matcher(kEqual, "job", "")}),
            "a{zone=\"x\"} ");
  EXPECT_EQ(found({matcher(kNotRegex, "instance", "[12]")}), "a{zone=\"x\"} ");
  EXPECT_EQ(found({matcher(kRegex, "zone", ".+")}), "a{zone=\"x\"} ");
  EXPECT_EQ(found({matcher(kRegex, "zone", ".*"), matcher(kEqual, "__name__", "b")}),
            "b{instance=\"1\", job=\"shop\"} ");
  EXPECT_EQ(found({matcher(kEqual, "__name__", "a")}, {{0}, {4999}}),
            "a{instance=\"1\", job=\"shop\"} ");
  EXPECT_EQ(found({matcher(kEqual, "__name__", "none")}), "");
  using Names = std::vector<std::string>;
  EXPECT_EQ(*world.store->label_names({}, {}), (Names{"__name__", "instance", "job", "zone"}));
  EXPECT_EQ(*world.store->label_names({}, {{0}, {1000}}), (Names{"__name__", "instance", "job"}));
  EXPECT_EQ(*world.store->label_values("instance", {}, {}), (Names{"1", "2"}));
  EXPECT_EQ(*world.store->label_values("instance", {}, {{2000}, {9000}}), (Names{"2"}));
}

TEST(Store, StopsAQueryThatWouldLoadTooMuch) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1, 1}, {2, 2}, {3, 3}})));
  series::Hints hints;
  hints.max_samples = 2;
  EXPECT_EQ(world.store->select({}, {}, hints).error().code, Code::kLimit);
  hints.max_samples = 3;
  EXPECT_TRUE(world.store->select({}, {}, hints));
}

// Without a bound a sender of long help texts makes a file that the next start refuses.
TEST(Store, KeepsOnlySoManyBytesOfHelpTexts) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  for (int i = 0; i < 40; ++i) {
    series::Batch batch;
    batch.metadata.push_back({"family_" + std::to_string(i), "gauge",
                              std::string(1U << 20U, static_cast<char>('a' + i % 26)), ""});
    ASSERT_TRUE(world.store->append(batch));
  }
  EXPECT_EQ(world.store->metadata("")->size(), 31U);
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1, 1}})));
  ASSERT_TRUE(world.store->seal());
  ASSERT_TRUE(world.open());
  EXPECT_EQ(world.store->facts().damages, 0U);
  EXPECT_EQ(world.store->metadata("")->size(), 31U);
  series::Batch shorter;
  for (const char* family : {"family_0", "after"}) {
    shorter.metadata.push_back({family, "gauge", "Short.", ""});
  }
  ASSERT_TRUE(world.store->append(shorter));
  EXPECT_EQ(world.store->metadata("family_0")->front().help, "Short.");
  EXPECT_EQ(world.store->metadata("after")->size(), 1U) << "room was made";
}

TEST(Store, RemembersMetadata) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  series::Batch batch;
  batch.metadata.push_back({"http_requests", "counter", "Requests served.", "requests"});
  ASSERT_TRUE(world.store->append(batch));
  const auto check = [&] {
    const auto known = world.store->metadata("http_requests");
    ASSERT_EQ(known->size(), 1U);
    EXPECT_EQ(known->front().help, "Requests served.");
    EXPECT_TRUE(world.store->metadata("other")->empty());
  };
  check();
  ASSERT_TRUE(world.open());
  check();
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1, 1}})));
  ASSERT_TRUE(world.store->seal());
  ASSERT_TRUE(world.open());
  check();
}

TEST(Store, ASecondServerOnTheSameDataIsRefused) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  const auto second = Store::open(world.options, {world.disk, world.clock});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kConflict);
  EXPECT_NE(second.error().to_string().find("/data"), std::string::npos);
}

TEST(Store, ABudgetStopsNewSeriesAndNamesTheLargest) {
  StoreWorld world;
  world.options.max_series = 3;
  ASSERT_TRUE(world.open());
  for (const char* instance : {"1", "2", "3"}) {
    ASSERT_TRUE(world.store->append(floats(metric("greedy", instance), {{1, 1}})));
  }
  const auto refused = world.store->append(floats(metric("new"), {{1, 1}}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kLimit);
  EXPECT_NE(refused.error().text.find("greedy (3)"), std::string::npos) << refused.error().text;
  EXPECT_TRUE(world.store->append(floats(metric("greedy", "2"), {{2, 1}})));
}

TEST(Store, AFullDiskRefusesAndLaterGoesOn) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1000, 1}})));
  std::uint64_t used = 0;
  for (const std::string& file : world.disk.files_below("/data")) {
    used += world.disk.facts(file)->size_bytes;
  }
  world.disk.set_capacity(used + 10);
  for (int i = 0; i < 3; ++i) {
    const auto refused = world.store->append(floats(metric("m"), {{2000, 2}}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kUnavailable);
  }
  EXPECT_TRUE(world.store->select({}, {}, {})) << "reads go on";
  world.disk.give_space();
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{2000, 2}})));
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{3000, 3}})));
  world.disk.restart(sim::Crash::kForget);
  ASSERT_TRUE(world.open());
  EXPECT_EQ(samples_of(*world.store, "m"), (Samples{{1000, 1}, {2000, 2}, {3000, 3}}));
  EXPECT_EQ(world.store->facts().damages, 0U);
}

TEST(Store, ReservesSpaceBeforeTheDiskIsFull) {
  StoreWorld world;
  world.options.min_free_bytes = 1U << 20U;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1000, 1}})));
  world.disk.set_capacity(1U << 20U);
  world.clock.advance(seconds(6));
  EXPECT_EQ(world.store->append(floats(metric("m"), {{2000, 1}})).error().code, Code::kUnavailable);
  world.disk.give_space();
  EXPECT_TRUE(world.store->append(floats(metric("m"), {{2000, 1}})));
}

TEST(Store, AnUnsureWriteClosesTheLogUntilReopened) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1000, 1}})));
  world.disk.fail_at(world.disk.steps() + 1, sim::Fault::kError);  // the sync after the write
  EXPECT_EQ(world.store->append(floats(metric("m"), {{2000, 2}})).error().code, Code::kUnavailable);
  const auto closed = world.store->append(floats(metric("m"), {{3000, 3}}));
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, Code::kUnavailable);
  EXPECT_NE(closed.error().text.find("opened again"), std::string::npos);
  world.disk.restart(sim::Crash::kForget);
  ASSERT_TRUE(world.open());
  EXPECT_EQ(samples_of(*world.store, "m"), (Samples{{1000, 1}}));
  EXPECT_TRUE(world.store->append(floats(metric("m"), {{3000, 3}})));
}

TEST(Store, RetentionByTimeAndBySizeDropWholeBlocks) {
  StoreWorld world;
  world.options.retention_time = days(2);
  ASSERT_TRUE(world.open());
  const Timestamp now = world.now();
  for (const std::int64_t age : {5, 3, 1, 0}) {
    ASSERT_TRUE(world.store->append(floats(metric("m"), {{(now - days(age)).ms, 1.0}})));
    ASSERT_TRUE(world.store->seal());
  }
  ASSERT_TRUE(world.store->maintain());
  EXPECT_EQ(samples_of(*world.store, "m").size(), 2U);
  world.options.retention_bytes = 1;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->maintain());
  EXPECT_EQ(world.store->facts().blocks, 0U);
}

TEST(Store, AClockThatJumpsAheadDropsNothing) {
  StoreWorld world;
  world.options.retention_time = days(2);
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{world.now().ms, 1}})));
  ASSERT_TRUE(world.store->seal());
  world.clock.step_wall(world.now() + days(4000));
  ASSERT_TRUE(world.store->maintain());
  EXPECT_EQ(samples_of(*world.store, "m").size(), 1U);
}

TEST(Store, MergesSmallBlocksWithoutChangingAnswers) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  for (int block = 0; block < 16; ++block) {
    series::Batch batch;
    for (int i = 0; i < 20; ++i) {
      std::vector<series::Sample> samples;
      for (int k = 0; k < 10; ++k) {
        samples.push_back(
            {{std::int64_t{block * 10 + k} * 15'000}, {block * 10.0 + k + i / 8.0, nullptr}});
      }
      batch.series.push_back({metric("m" + std::to_string((block + i) % 23)), samples});
    }
    ASSERT_TRUE(world.store->append(batch));
    ASSERT_TRUE(world.store->seal());
  }
  const auto before = content(*world.store);
  EXPECT_EQ(world.store->facts().blocks, 16U);
  ASSERT_TRUE(world.store->maintain());
  EXPECT_LE(world.store->facts().blocks, 4U);
  EXPECT_EQ(content(*world.store), before);
  ASSERT_TRUE(world.open());
  EXPECT_EQ(content(*world.store), before);
}

TEST(Store, BackupAndRestoreGiveTheSameAnswers) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  series::Batch batch = floats(metric("m"), {{1000, 1}, {2000, 2}});
  batch.metadata.push_back({"m", "gauge", "Help.", ""});
  ASSERT_TRUE(world.store->append(batch));
  ASSERT_TRUE(world.store->backup("/backup"));
  EXPECT_EQ(world.store->backup("/backup").error().code, Code::kExists);
  const auto before = content(*world.store);
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{3000, 3}})));
  const auto restored = restore(world.disk, "/backup", "/second");
  ASSERT_TRUE(restored) << restored.error().to_string();
  EXPECT_EQ(restored->block_samples, 2U);
  EXPECT_EQ(restore(world.disk, "/backup", "/second").error().code, Code::kExists);
  world.options.path = "/second";
  ASSERT_TRUE(world.open());
  EXPECT_EQ(content(*world.store), before);
  EXPECT_EQ(world.store->metadata("m")->size(), 1U);
}

TEST(Store, AFailedRestoreLeavesNothingInTheWayOfTheNext) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1000, 1}, {2000, 2}})));
  ASSERT_TRUE(world.store->backup("/backup"));
  std::size_t failed = 0;
  for (std::size_t step = 0;; ++step) {
    world.disk.fail_at(world.disk.steps() + step, sim::Fault::kError);
    const auto restored = restore(world.disk, "/backup", "/second");
    world.disk.fail_at(SIZE_MAX, sim::Fault::kError);
    if (restored) break;
    ++failed;
    EXPECT_FALSE(world.disk.facts("/second")) << "after step " << step;
  }
  EXPECT_GT(failed, 5U);
  EXPECT_TRUE(verify(world.disk, "/second"));
}

TEST(Store, SaysHowFarReplayIs) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1000, 1}})));
  std::vector<Progress> steps;
  world.options.progress = [&](Progress progress) { steps.push_back(progress); };
  ASSERT_TRUE(world.open());
  ASSERT_GE(steps.size(), 2U);
  EXPECT_EQ(steps.front().done_bytes, 0U);
  EXPECT_EQ(steps.back().done_bytes, steps.back().total_bytes);
  EXPECT_GT(steps.back().total_bytes, 0U);
}

TEST(Store, SyncEvery100MsKeepsAllOverKill9AndAllButTheLastOverAPowerCut) {
  StoreWorld world;
  world.options.sync = SyncMode::kInterval;
  ASSERT_TRUE(world.open());
  const std::uint64_t syncs = world.store->facts().log_syncs;
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{1000, 1}})));
  EXPECT_EQ(world.store->facts().log_syncs, syncs);
  world.clock.advance(milliseconds(100));
  ASSERT_TRUE(world.store->maintain());
  EXPECT_EQ(world.store->facts().log_syncs, syncs + 1);
  ASSERT_TRUE(world.store->append(floats(metric("m"), {{2000, 2}})));
  world.disk.restart(sim::Crash::kForget);
  ASSERT_TRUE(world.open());
  EXPECT_EQ(samples_of(*world.store, "m"), (Samples{{1000, 1}}));
}

}  // namespace
}  // namespace daytwo::store
