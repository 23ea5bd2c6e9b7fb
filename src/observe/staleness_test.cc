#include "observe/staleness.h"

#include <gtest/gtest.h>

#include "series/value.h"

namespace daytwo::observe {
namespace {

series::Batch batch(std::initializer_list<const char*> names, Timestamp at) {
  series::Batch out;
  for (const char* name : names) {
    out.series.push_back({series::Labels{{"__name__", name}}, {{at, {1, nullptr}}}});
  }
  return out;
}

TEST(Staleness, MarksWhatIsMissingOnce) {
  Staleness staleness;
  series::Batch first = batch({"a", "b"}, {1});
  EXPECT_EQ(staleness.mark(first, {1}), 2U);
  EXPECT_EQ(first.series.size(), 2U);
  series::Batch second = batch({"b"}, {2});
  EXPECT_EQ(staleness.mark(second, {2}), 0U);
  ASSERT_EQ(second.series.size(), 2U);
  EXPECT_EQ(second.series[1].labels.metric_name(), "a");
  EXPECT_TRUE(second.series[1].samples[0].value.is_stale());
  EXPECT_EQ(second.series[1].samples[0].at, Timestamp{2});
  series::Batch third = batch({"b"}, {3});
  staleness.mark(third, {3});
  EXPECT_EQ(third.series.size(), 1U);
}

TEST(Staleness, EndsEverything) {
  Staleness staleness;
  series::Batch first = batch({"a", "b"}, {1});
  staleness.mark(first, {1});
  series::Batch last;
  staleness.end_all(last, {2});
  EXPECT_EQ(last.series.size(), 2U);
  EXPECT_EQ(staleness.size(), 0U);
}

}  // namespace
}  // namespace daytwo::observe
