#include "series/memory_source.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "series/labels.h"
#include "series/matcher.h"
#include "series/sink.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::series {
namespace {

Sample at(std::int64_t ms, double number) { return {Timestamp{ms}, {number, nullptr}}; }

const std::vector<Matcher> kUp = {Matcher::equal("__name__", "up")};

TEST(MemorySource, ReturnsSamplesInTimeOrderWhateverOrderTheyCameIn) {
  MemorySource source;
  ASSERT_TRUE(source.add({{"__name__", "up"}}, {at(30, 3), at(10, 1)}));
  ASSERT_TRUE(source.add({{"__name__", "up"}}, {at(20, 2)}));
  const auto found = source.select(kUp, {}, {});
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1U);
  EXPECT_EQ((*found)[0].column.numbers, (std::vector<double>{1, 2, 3}));
}

TEST(MemorySource, IncludesBothEndsOfARange) {
  MemorySource source;
  ASSERT_TRUE(source.add({{"__name__", "up"}}, {at(10, 1), at(20, 2), at(30, 3), at(40, 4)}));
  const auto found = source.select(kUp, {Timestamp{20}, Timestamp{30}}, {});
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)[0].column.numbers, (std::vector<double>{2, 3}));
}

TEST(MemorySource, RefusesAnotherValueAtAStoredTimeAndStoresNothingOfThatBatch) {
  MemorySource source;
  ASSERT_TRUE(source.add({{"__name__", "up"}}, {at(10, 1)}));
  EXPECT_TRUE(source.add({{"__name__", "up"}}, {at(10, 1)}));
  const auto refused = source.add({{"__name__", "up"}}, {at(20, 2), at(10, 7)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::kInvalid);
  EXPECT_EQ(source.select(kUp, {}, {})->front().column.numbers, (std::vector<double>{1}));
}

TEST(MemorySource, KeepsTheValidPartOfAPartialBatch) {
  MemorySource source;
  ASSERT_TRUE(source.add({{"__name__", "up"}}, {at(10, 1)}));
  Batch batch;
  batch.partial = true;
  batch.series.push_back({{{"__name__", "up"}}, {at(10, 7), at(20, 2)}});
  const auto done = source.append(batch);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->samples, 1U);
  EXPECT_EQ(done->rejected_count, 1U);
  EXPECT_EQ(source.select(kUp, {}, {})->front().column.numbers, (std::vector<double>{1, 2}));
}

TEST(MemorySource, FailsWithLimitWhenMoreSamplesMatchThanAllowed) {
  MemorySource source;
  ASSERT_TRUE(source.add({{"__name__", "up"}}, {at(10, 1), at(20, 2)}));
  Hints hints;
  hints.max_samples = 1;
  const auto found = source.select(kUp, {}, hints);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Code::kLimit);
}

TEST(MemorySource, ListsNamesAndValuesOfSeriesThatHaveASampleInTheRange) {
  MemorySource source;
  ASSERT_TRUE(source.add({{"__name__", "up"}, {"job", "b"}}, {at(10, 1)}));
  ASSERT_TRUE(source.add({{"__name__", "up"}, {"job", "a"}}, {at(20, 1)}));
  ASSERT_TRUE(source.add({{"__name__", "down"}, {"zone", "z"}}, {at(90, 1)}));
  const TimeRange early{Timestamp{0}, Timestamp{50}};
  EXPECT_EQ(*source.label_names({}, early), (std::vector<std::string>{"__name__", "job"}));
  EXPECT_EQ(*source.label_values("job", {}, early), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(source.series({}, early, 1)->size(), 1U);
}

TEST(MemorySource, KeepsHistogramsBesideFloats) {
  MemorySource source;
  auto histogram = std::make_shared<FloatHistogram>();
  histogram->count = 3;
  ASSERT_TRUE(
      source.add({{"__name__", "up"}}, {at(10, 1), {Timestamp{20}, {0, histogram}}, at(15, 2)}));
  const auto found = source.select(kUp, {}, {});
  ASSERT_TRUE(found);
  const Column& column = (*found)[0].column;
  ASSERT_EQ(column.histograms.size(), 3U);
  EXPECT_EQ(column.histograms[1], nullptr);
  EXPECT_EQ(column.histograms[2]->count, 3);
}

}  // namespace
}  // namespace daytwo::series
