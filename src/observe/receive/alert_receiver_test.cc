#include "observe/receive/alert_receiver.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace daytwo::observe {
namespace {

constexpr Timestamp kNow{1'795'305'600'000};

facts::AlertSeen alert(Timestamp ends, bool firing = true) {
  facts::AlertSeen seen;
  seen.fingerprint = "0123456789abcdef";
  seen.sender = "prometheus";
  seen.labels = {{"alertname", "DiskFull"}, {"service", "shop"}};
  seen.starts = kNow - minutes(5);
  seen.ends = ends;
  seen.firing = firing;
  return seen;
}

std::vector<facts::Record> take(AlertReceiver& receiver, const facts::AlertSeen& seen,
                                Timestamp now) {
  return receiver.take(std::vector{seen}, now);
}

TEST(Alerts, AreOpenedRenewedAndResolved) {
  AlertReceiver receiver;
  const auto opened = take(receiver, alert(kNow + minutes(4)), kNow);
  ASSERT_EQ(opened.size(), 2U);
  EXPECT_EQ(opened[0].key.value, "alert/0123456789abcdef");
  EXPECT_EQ(opened[0].sentence, "DiskFull fires for shop, says prometheus");
  EXPECT_TRUE(take(receiver, alert(kNow + minutes(5)), kNow + minutes(1)).empty());  // renewed
  const auto resolved = take(receiver, alert(kNow + minutes(2), false), kNow + minutes(2));
  ASSERT_EQ(resolved.size(), 1U);
  EXPECT_EQ(resolved[0].state, facts::State::kClosed);
  EXPECT_FALSE(facts::body_as<facts::AlertSeen>(resolved[0])->firing);
  EXPECT_TRUE(take(receiver, alert(kNow, false), kNow + minutes(3)).empty());
}

TEST(Alerts, ThatNobodyRenewsAreOverAtTheirEnd) {
  AlertReceiver receiver;
  take(receiver, alert(kNow + minutes(4)), kNow);
  EXPECT_TRUE(receiver.step(kNow + minutes(4) - milliseconds(1)).empty());
  const auto over = receiver.step(kNow + minutes(4));
  ASSERT_EQ(over.size(), 1U);
  EXPECT_EQ(over[0].state, facts::State::kClosed);
  EXPECT_NE(over[0].sentence.find("not renewed"), std::string::npos);
}

TEST(Alerts, WithoutAnEndStayUntilTheyAreResolved) {
  AlertReceiver receiver;
  take(receiver, alert({}), kNow);
  EXPECT_TRUE(receiver.step(kNow + days(30)).empty());
}

// An alert that comes and goes all day is one close call, not fifty.
TEST(Alerts, LeaveOneRecordForEachDayOnWhichTheyBegan) {
  AlertReceiver receiver;
  std::vector<std::string> kept;
  for (int hour = 0; hour < 48; ++hour) {
    const Timestamp now = kNow + hours(hour);
    facts::AlertSeen seen = alert({});
    seen.starts = now;
    for (const facts::Record& record : take(receiver, seen, now)) {
      if (facts::body_as<facts::AlertDaySeen>(record) == nullptr) continue;
      EXPECT_EQ(record.state, facts::State::kOpen);
      kept.push_back(record.key.value);
    }
    seen.firing = false;
    EXPECT_EQ(take(receiver, seen, now + minutes(10)).size(), 1U);
  }
  EXPECT_EQ(kept, (std::vector<std::string>{"alert_day/DiskFull/shop/2026-11-22",
                                            "alert_day/DiskFull/shop/2026-11-23"}));
}

TEST(Alerts, AreRememberedOverARestart) {
  AlertReceiver receiver;
  std::vector<facts::RecordPtr> journal;
  for (facts::Record& record : take(receiver, alert(kNow + minutes(4)), kNow)) {
    journal.push_back(std::make_shared<facts::Record>(std::move(record)));
  }
  AlertReceiver later;
  later.restore(journal);
  EXPECT_TRUE(take(later, alert(kNow + minutes(5)), kNow + minutes(1)).empty());
  EXPECT_EQ(take(later, alert(kNow, false), kNow + minutes(2)).size(), 1U);
}

TEST(Alerts, AreBounded) {
  AlertReceiver receiver;
  std::vector<facts::AlertSeen> storm;
  for (std::size_t i = 0; i < kMaxAlerts + 5; ++i) {
    storm.push_back(alert({}));
    storm.back().fingerprint = std::to_string(i);
  }
  EXPECT_EQ(receiver.take(storm, kNow).size(), kMaxAlerts + 1) << "and their day";
  EXPECT_EQ(receiver.refused(), 5U);
}

}  // namespace
}  // namespace daytwo::observe
