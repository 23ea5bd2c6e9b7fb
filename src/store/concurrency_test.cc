// Appenders, readers and maintenance at once; meant for the thread sanitizer.
#include <gtest/gtest.h>

#include <atomic>

#include "env/os/threads.h"
#include "store/world_for_tests.h"

namespace daytwo::store {
namespace {

constexpr int kAppenders = 4;
constexpr int kBatches = 60;

TEST(Concurrency, BatchesAreSeenWholeAndNothingIsLost) {
  StoreWorld world;
  world.options.seal_log_bytes = 4000;
  ASSERT_TRUE(world.open());
  env::os::SystemThreads threads;
  std::atomic<int> appending{kAppenders};
  std::atomic<int> failures{0};
  std::atomic<int> torn_reads{0};
  std::vector<std::unique_ptr<env::Thread>> running;
  for (int appender = 0; appender < kAppenders; ++appender) {
    running.push_back(threads.start("appender", [&, appender](const std::stop_token&) {
      const std::string instance = std::to_string(appender);
      for (int i = 0; i < kBatches; ++i) {
        series::Batch batch = floats(metric("left", instance), {{i * 1000, i}});
        batch.series.push_back(floats(metric("right", instance), {{i * 1000, i}}).series[0]);
        if (!world.store->append(batch)) ++failures;
      }
      --appending;
    }));
  }
  running.push_back(threads.start("maintenance", [&](const std::stop_token&) {
    while (appending > 0) {
      if (!world.store->maintain()) ++failures;
    }
  }));
  running.push_back(threads.start("reader", [&](const std::stop_token&) {
    while (appending > 0) {
      const auto found = content(*world.store);
      for (int appender = 0; appender < kAppenders; ++appender) {
        const std::string instance = std::to_string(appender);
        const auto left = found.find(metric("left", instance).to_string());
        const auto right = found.find(metric("right", instance).to_string());
        const std::size_t a = left == found.end() ? 0 : left->second.size();
        const std::size_t b = right == found.end() ? 0 : right->second.size();
        if (a != b) ++torn_reads;
      }
      static_cast<void>(world.store->label_values("instance", {}, {}));
      static_cast<void>(world.store->facts());
    }
  }));
  running.clear();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(torn_reads, 0);
  world.disk.restart(sim::Crash::kForget);
  ASSERT_TRUE(world.open());
  const auto found = content(*world.store);
  EXPECT_EQ(found.size(), 2U * kAppenders);
  for (const auto& [labels, samples] : found) EXPECT_EQ(samples.size(), kBatches) << labels;
}

}  // namespace
}  // namespace daytwo::store
