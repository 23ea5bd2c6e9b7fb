#include "app/baselines.h"

#include <gtest/gtest.h>

namespace daytwo::app {
namespace {

model::Baseline declared() {
  return {"host-1",
          Timestamp{1},
          {{"tcp", "127.0.0.1", 5432, "postgres", ""}},
          {{"postgres", "postgres", ""}, {"redis", "redis", ""}}};
}

model::Baseline observed() {
  return {"host-1",
          Timestamp{2},
          {{"tcp", "127.0.0.1", 5432, "postgres", ""}, {"tcp", "0.0.0.0", 8080, "nginx", ""}},
          {{"nginx", "www", ""}, {"postgres", "postgres", ""}}};
}

TEST(AcceptDifferences, TakesOneAndLeavesTheOthers) {
  const auto accepted =
      accept_differences(declared(), observed(), "tcp:0.0.0.0:8080", "the shop (ann)");
  ASSERT_TRUE(accepted) << accepted.error().to_string();
  ASSERT_EQ(accepted->accepted.size(), 1U);
  EXPECT_EQ(to_words(accepted->accepted[0]), "tcp:0.0.0.0:8080 (nginx) is declared now");
  EXPECT_EQ(accepted->baseline.listeners.size(), 2U);
  EXPECT_EQ(accepted->baseline.processes, declared().processes);
  const auto left = model::compare(accepted->baseline, observed());
  EXPECT_EQ(left.size(), 2U);  // nginx runs, redis does not
}

TEST(AcceptDifferences, TakesAllBothWays) {
  const auto accepted = accept_differences(declared(), observed(), "", "as it is (ann)");
  ASSERT_TRUE(accepted) << accepted.error().to_string();
  EXPECT_EQ(accepted->accepted.size(), 3U);
  EXPECT_TRUE(model::compare(accepted->baseline, observed()).empty());
  for (const model::BaselineListener& listener : accepted->baseline.listeners) {
    EXPECT_EQ(listener.why, listener.port == 8080 ? "as it is (ann)" : "");
  }
  // The file says the same when it is read again.
  const auto read = model::parse_baseline(model::to_yaml(accepted->baseline), "b.yml");
  ASSERT_TRUE(read) << read.error().to_string();
  EXPECT_EQ(*read, accepted->baseline);
}

TEST(AcceptDifferences, SuggestsTheNearestNameForAnUnknownOne) {
  const auto unknown = accept_differences(declared(), observed(), "tcp:0.0.0.0:808", "");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, Code::kNotFound);
  EXPECT_EQ(unknown.error().text,
            "'tcp:0.0.0.0:808' does not differ from the baseline: did you mean "
            "'tcp:0.0.0.0:8080'?");
  const auto none = accept_differences(observed(), observed(), "", "");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().text, "nothing differs from the baseline");
}

TEST(AcceptDifferences, SayWhatIsNotDeclaredAnyMore) {
  const auto accepted = accept_differences(declared(), observed(), "process:redis", "");
  ASSERT_TRUE(accepted) << accepted.error().to_string();
  EXPECT_EQ(to_words(accepted->accepted[0]), "process:redis is not declared any more");
}

}  // namespace
}  // namespace daytwo::app
