#include "orient/flow/apart.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/id.h"
#include "base/time.h"
#include "facts/journal.h"
#include "model/flow.h"
#include "orient/flow.h"
#include "orient/world_for_tests.h"
#include "series/value.h"

namespace daytwo::orient::flow {
namespace {

constexpr std::int64_t kHour = 3600;

// Two hundred messages a second, and one of 47 minutes' waves.
double arrived(double seconds) { return 200 * seconds + 18'000 * std::sin(seconds / 450); }

// A shop that received and a worker that processed, each sampled every 30 s at a phase of its own.
struct Shop {
  World world;
  model::Flow flow{"orders", ServiceId("orders"), "received_total", "done_total", "", ""};

  void samples(const std::string& metric, const std::string& instance, std::int64_t from,
               std::int64_t to, const std::function<double(double)>& count) {
    std::vector<series::Sample> out;
    for (std::int64_t at = from; at <= to; at += 30) {
      out.push_back(
          {world.now - seconds(to - at), {std::floor(count(static_cast<double>(at))), nullptr}});
    }
    CHECK(world.samples
              .add({{"__name__", metric}, {"job", "shop"}, {"instance", instance}}, std::move(out))
              .has_value(),
          "a time is sampled once");
  }
  FlowStatus status() {
    const facts::Snapshot snapshot = world.journal.snapshot();
    return flow_status(flow, {snapshot, world.samples, world.catalog, world.now});
  }
};

TEST(Apart, OneTargetIsOneScrapeWhateverTheInstants) {
  Shop shop;
  shop.samples("received_total", "a", 0, kHour, arrived);
  shop.samples("done_total", "a", 13, kHour, arrived);
  EXPECT_FALSE(shop.status().apart);
}

TEST(Apart, TwoTargetsScrapedInTurnAreApartAndSaidToLearn) {
  Shop shop;
  shop.samples("received_total", "a", 0, 2 * kHour, arrived);
  shop.samples("done_total", "b", 13, 2 * kHour, arrived);
  const FlowStatus status = shop.status();
  EXPECT_TRUE(status.apart);
  EXPECT_EQ(status.state, FlowState::kFine) << status.sentence;
  EXPECT_NE(status.sentence.find("small losses show after 6h"), std::string::npos)
      << status.sentence;
}

TEST(Apart, TellsWhatIsLostWithItsInterval) {
  Shop shop;
  const std::int64_t end = 22 * kHour;
  shop.samples("received_total", "a", 0, end, arrived);
  shop.samples("done_total", "b", 13, end, [](double at) {
    return arrived(at) - std::max(0.0, at - 21 * kHour);  // one a second, for an hour
  });
  const FlowStatus status = shop.status();
  EXPECT_EQ(status.state, FlowState::kLosing) << status.sentence;
  EXPECT_NEAR(status.lost, 3600, 400);
  EXPECT_GT(status.lost_error, 0);
  EXPECT_NE(status.sentence.find(", 90 %), lag "), std::string::npos) << status.sentence;
  EXPECT_FALSE(wakes(status)) << "one in two hundred";
}

}  // namespace
}  // namespace daytwo::orient::flow
