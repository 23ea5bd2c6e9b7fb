#include "observe/count/counts.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <string>
#include <vector>

#include "series/memory_source.h"

namespace daytwo::observe {
namespace {

constexpr Timestamp kNow{1'795'305'600'000};

// Keeps what it is given, in a source that can be asked; refuses when told to, and always when the
// order of times is broken, as a store does.
class KeepingSink final : public series::Sink {
 public:
  Result<series::Appended> append(const series::BatchView& batch) override {
    if (refuse) return fail(Code::kUnavailable, "the disk is full");
    for (const auto& one : batch.series) {
      const series::Labels labels(one.labels);
      for (const auto& sample : one.samples) {
        auto& last = newest_[labels];
        EXPECT_GT(sample.at, last) << "out of order";
        last = sample.at;
        values[std::string(labels.get("stage"))].push_back(sample.value.number);
      }
    }
    return source.append(batch);
  }
  series::MemorySource source;
  std::map<std::string, std::vector<double>> values;
  bool refuse = false;

 private:
  std::map<series::Labels, Timestamp> newest_;
};

const CountName kReceived{"orders", "received"};

TEST(Counts, GrowAndAreStoredBeforeTheyAreAcknowledged) {
  KeepingSink sink;
  Counts counts(sink);
  ASSERT_TRUE(counts.load(sink.source, kNow).has_value());
  EXPECT_EQ(*counts.add(kReceived, 1, {}, kNow), 1);
  EXPECT_EQ(*counts.add(kReceived, 2.5, {}, kNow), 3.5);  // the same millisecond
  EXPECT_EQ(*counts.add({"orders", "processed"}, 0, {}, kNow), 0);
  EXPECT_EQ(sink.values["received"], (std::vector<double>{1, 3.5}));
  sink.refuse = true;
  EXPECT_EQ(counts.add(kReceived, 1, {}, kNow + seconds(1)).error().code, Code::kUnavailable);
  sink.refuse = false;
  EXPECT_EQ(*counts.add(kReceived, 1, {}, kNow + seconds(2)), 4.5);
}

TEST(Counts, GoOnAfterARestart) {
  KeepingSink sink;
  {
    Counts counts(sink);
    ASSERT_TRUE(counts.load(sink.source, kNow).has_value());
    EXPECT_EQ(*counts.add(kReceived, 7, {}, kNow), 7);
    EXPECT_EQ(*counts.add({"old", "dropped"}, 3, {}, kNow - days(3)), 3);
  }
  Counts counts(sink);
  EXPECT_EQ(counts.add(kReceived, 1, {}, kNow).error().code, Code::kUnavailable);  // not loaded
  ASSERT_TRUE(counts.load(sink.source, kNow + seconds(5)).has_value());
  EXPECT_EQ(*counts.add(kReceived, 1, {}, kNow + seconds(5)), 8);
  EXPECT_EQ(*counts.add({"old", "dropped"}, 1, {}, kNow + seconds(5)), 4);
}

TEST(Counts, LeaveScrapedCountersOfTheSameNameAlone) {
  KeepingSink sink;
  const series::Labels scraped({{std::string(series::kMetricName), std::string(kCountSeries)},
                                {"job", "shop"},
                                {"flow", "orders"},
                                {"stage", "received"}});
  series::Batch batch;
  batch.series.push_back({scraped, {{kNow, {1e6, nullptr}}}});
  ASSERT_TRUE(sink.append(batch).has_value());
  Counts counts(sink);
  ASSERT_TRUE(counts.load(sink.source, kNow + seconds(5)).has_value());
  EXPECT_EQ(counts.size(), 0U);
  ASSERT_TRUE(counts.refresh(kNow + minutes(10)).has_value());
  EXPECT_EQ(sink.values["received"], (std::vector<double>{1e6}));
}

TEST(Counts, AreRefreshedWhileIdle) {
  KeepingSink sink;
  Counts counts(sink);
  ASSERT_TRUE(counts.load(sink.source, kNow).has_value());
  ASSERT_TRUE(counts.add(kReceived, 7, {}, kNow).has_value());
  ASSERT_TRUE(counts.refresh(kNow + seconds(59)).has_value());
  EXPECT_EQ(sink.values["received"].size(), 1U);
  ASSERT_TRUE(counts.refresh(kNow + seconds(60)).has_value());
  EXPECT_EQ(sink.values["received"], (std::vector<double>{7, 7}));
}

TEST(Counts, RefuseWhatIsNoCount) {
  KeepingSink sink;
  Counts counts(sink);
  ASSERT_TRUE(counts.load(sink.source, kNow).has_value());
  for (const double bad :
       {-1.0, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(counts.add(kReceived, bad, {}, kNow).error().code, Code::kInvalid);
  }
  EXPECT_EQ(counts.add(kReceived, 1, series::Labels{{"flow", "x"}}, kNow).error().code,
            Code::kInvalid);
  for (std::size_t i = 0; i < kMaxCounters; ++i) {
    ASSERT_TRUE(counts.add({std::to_string(i), "received"}, 1, {}, kNow).has_value());
  }
  EXPECT_EQ(counts.add({"one-more", "received"}, 1, {}, kNow).error().code, Code::kLimit);
  EXPECT_TRUE(counts.add({"5", "received"}, 1, {}, kNow).has_value());
}

TEST(CountName, HasAFlowAndAStage) {
  EXPECT_EQ(parse_count_name("orders.eu.dropped")->flow, "orders.eu");
  EXPECT_EQ(parse_count_name("orders.eu.dropped")->stage, "dropped");
  for (const char* bad : {"orders", ".received", "a b.received", "", "orders.lost"}) {
    EXPECT_EQ(parse_count_name(bad).error().code, Code::kInvalid) << bad;
  }
  EXPECT_NE(parse_count_name("orders.recieved").error().text.find("did you mean received?"),
            std::string::npos);
}

}  // namespace
}  // namespace daytwo::observe
