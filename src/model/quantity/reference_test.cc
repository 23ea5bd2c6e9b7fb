#include "model/quantity/reference.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

#include "env/os/files.h"
#include "env/os/system.h"
#include "model/quantity/evaluate.h"

namespace daytwo::model::quantity {
namespace {

TEST(Reference, EveryProductionHasAnExampleThatRuns) {
  std::set<std::string_view> names;
  for (const Production& each : productions()) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name << " is there twice";
    const auto read = evaluate(each.example, {.samples = 1000, .cells = 1U << 12U});
    EXPECT_TRUE(read.has_value()) << each.example << "\n" << (read ? "" : read.error().to_string());
  }
}

TEST(Reference, TheCommittedPageIsThatOfTheCode) {
  constexpr const char* kPage = "docs/reference/quantities.md";
  env::os::SystemFiles files;
  const env::os::LiveSystem system;
  const std::string wanted = to_reference();
  if (system.variable("UPDATE") == "1") {
    ASSERT_TRUE(files.write_atomic(kPage, wanted, 0644));
    return;
  }
  const auto committed = files.read(kPage, 1U << 22U);
  ASSERT_TRUE(committed) << committed.error().to_string();
  EXPECT_TRUE(*committed == wanted)
      << kPage
      << " is stale: run UPDATE=1 build/debug/tests/model_test --gtest_filter='Reference.*'";
}

}  // namespace
}  // namespace daytwo::model::quantity
