#include "wire/alertmanager.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo::wire {
namespace {

constexpr Timestamp kNow{1'795'377'600'000};  // 2026-11-22T20:00:00Z

TEST(PostedAlerts, FillsTheTimesThatSendersLeaveOut) {
  const auto posted = parse_posted_alerts(
      R"([{"labels":{"alertname":"A"}},
          {"labels":{"alertname":"B"},"startsAt":"2026-11-22T19:00:00Z",
           "endsAt":"2026-11-22T19:30:00.5Z","generatorURL":"http://p/graph"},
          {"labels":{"alertname":"C"},"endsAt":"2026-11-22T21:00:00+01:00"}])",
      kNow);
  ASSERT_TRUE(posted) << posted.error().to_string();
  ASSERT_EQ(posted->alerts.size(), 3U);
  EXPECT_EQ(posted->alerts[0].starts, kNow);
  EXPECT_EQ(posted->alerts[0].ends, kNow + minutes(5));
  EXPECT_TRUE(posted->alerts[0].firing);
  EXPECT_FALSE(posted->alerts[1].firing);
  EXPECT_EQ(posted->alerts[1].generator_url, "http://p/graph");
  EXPECT_EQ(posted->alerts[2].starts, kNow);
}

TEST(PostedAlerts, KeepsTheValidOnesAndNamesTheOthers) {
  const auto posted = parse_posted_alerts(
      R"([{"labels":{}},{"labels":{"a":"1","empty":""}},{"labels":{"a":7}},7,
          {"labels":{"a":"1"},"startsAt":"yesterday"},
          {"labels":{"a":"1"},"startsAt":"2026-11-23T00:00:00Z","endsAt":"2026-11-22T00:00:00Z"}])",
      kNow);
  ASSERT_TRUE(posted);
  ASSERT_EQ(posted->alerts.size(), 1U);
  EXPECT_EQ(posted->alerts[0].labels.count("empty"), 0U);
  ASSERT_EQ(posted->rejected.size(), 5U);
  EXPECT_TRUE(posted->rejected[0].starts_with("alert 0: ")) << posted->rejected[0];
  EXPECT_FALSE(parse_posted_alerts("{}", kNow));
  EXPECT_FALSE(parse_posted_alerts("[", kNow));
  EXPECT_FALSE(parse_posted_alerts(std::string(10'000, '['), kNow));
}

TEST(Webhook, ReadsWhatItKnowsAndSkipsTheRest) {
  const auto message = parse_webhook(
      R"({"receiver":"daytwo","status":"firing","version":"4","groupKey":"{}:{alertname=\"X\"}",
          "truncatedAlerts":0,"notification_reason":"first notification","newer":[1,{}],
          "alerts":[{"status":"firing","labels":{"alertname":"X"},"annotations":{"summary":"s"},
                     "startsAt":"2026-11-22T19:00:00Z","endsAt":"0001-01-01T00:00:00Z"},
                    {"status":"resolved","labels":{"alertname":"Y"}},
                    {"status":"firing"}]})");
  ASSERT_TRUE(message) << message.error().to_string();
  ASSERT_EQ(message->alerts.size(), 2U);
  EXPECT_TRUE(message->alerts[0].firing);
  EXPECT_EQ(message->alerts[0].ends.ms, 0);
  EXPECT_EQ(message->alerts[0].annotations.at("summary"), "s");
  EXPECT_FALSE(message->alerts[1].firing);
  EXPECT_EQ(message->receiver, "daytwo");
  EXPECT_FALSE(parse_webhook("{\"alerts\":{}}"));
  EXPECT_FALSE(parse_webhook("[]"));
}

TEST(Fingerprint, IsWhatAlertmanagerPrints) {
  // The label set and its value stand in the design document of acting, 9.1.
  EXPECT_EQ(fingerprint({{"alertname", "A"}, {"i", "1"}}), "caaaffbd9ccf039f");
}

}  // namespace
}  // namespace daytwo::wire
