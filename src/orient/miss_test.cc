#include "orient/miss.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "chance/beta_binomial.h"
#include "orient/event_rings.h"

namespace daytwo::orient {
namespace {

constexpr Timestamp kNow{1'800'000'000'000};

model::Objective three_nines() {
  model::Objective out;
  out.name = "availability";
  out.service = ServiceId("checkout");
  return out;  // 99.9 % over 30 days
}

// `length` at `rate` events an hour of which `share` fail, evenly.
EventRings steady(double rate, double share, Duration length) {
  EventRings rings(days(30));
  for (Timestamp at = kNow - length; at < kNow; at = at + hours(2)) {
    rings.add_known(at, at + hours(2));
    rings.add_events(at, at + hours(2), 2 * rate * share, 2 * rate);
  }
  return rings;
}

TEST(Miss, IsTheBetaBinomialOfWhatIsToCome) {
  MissQuestion question;
  question.target_ppb = 999'000'000;
  question.kept = {8, 10'000, 1};
  question.rest_events = 5'000;
  question.rest = days(10);
  // Allowed 15 in 15,000, so 7 more; Beta(1/2 + 8, 500 - 1/2 + 9,992).
  EXPECT_DOUBLE_EQ(miss_of(question, {}).chance,
                   chance::beta_binomial_above(7, 5'000, 8.5, 499.5 + 9'992));
  EXPECT_FALSE(miss_of(question, {}).clustered);
}

TEST(Miss, WhatLeavesTheWindowTeachesAsMuchAsOneBadEvent) {
  MissQuestion question;
  question.target_ppb = 999'000'000;
  question.kept = {0, 1'000, 1};
  question.past = {40, 20'000, 1};  // cut to 1,000 events with 2 bad ones
  question.rest_events = 1'000;
  question.rest = days(10);
  EXPECT_DOUBLE_EQ(miss_of(question, {}).chance,
                   chance::beta_binomial_above(2, 1'000, 2.5, 499.5 + 1'998));
}

TEST(Miss, SpentForGoodIsCertainAndHalfSpentEvenlyIsNot) {
  const auto spent = miss_outlook(three_nines(), steady(10'000, .003, days(20)), kNow);
  ASSERT_TRUE(spent.has_value());
  EXPECT_GT(spent->chance, .999);
  EXPECT_EQ(spent->at, kNow + days(10));
  const auto half = miss_outlook(three_nines(), steady(10'000, .0005, days(20)), kNow);
  ASSERT_TRUE(half.has_value());
  EXPECT_LT(half->chance, 1e-6);
}

TEST(Miss, AFullWindowLooksAQuarterOfItAhead) {
  const auto outlook = miss_outlook(three_nines(), steady(1'000, .0005, days(31)), kNow);
  ASSERT_TRUE(outlook.has_value());
  EXPECT_EQ(outlook->at, kNow + hours(180));
}

TEST(Miss, IsUnknownBeforeThreeDaysAndWithoutEvents) {
  EXPECT_FALSE(miss_outlook(three_nines(), steady(1'000, 0, days(2)), kNow).has_value());
  EventRings silent(days(30));
  silent.add_known(kNow - days(10), kNow);
  EXPECT_FALSE(miss_outlook(three_nines(), silent, kNow).has_value());
  EXPECT_NE(miss_words({}).find("unknown"), std::string::npos);
}

TEST(Miss, OutagesAreClustersAndScatteredErrorsAreNot) {
  EventRings outages = steady(1'000, 0, days(30));
  for (const int day : {3, 11, 24}) {
    outages.add_events(kNow - days(day), kNow - days(day) + minutes(20), 150, 0);
  }
  EXPECT_TRUE(comes_in_clusters(outages.buckets(days(30), kNow)));
  EXPECT_FALSE(comes_in_clusters(steady(1'000, .0005, days(30)).buckets(days(30), kNow)));
}

// 450 bad of 720 allowed in 30 days: as single events the end is safe, as three outages it is not.
TEST(Miss, ClustersAreLessCertain) {
  const auto even = miss_outlook(three_nines(), steady(1'000, 450 / 720e3, days(30)), kNow);
  EventRings outages = steady(1'000, 0, days(30));
  for (const int day : {3, 11, 24}) {
    outages.add_events(kNow - days(day), kNow - days(day) + minutes(20), 150, 0);
  }
  const auto clustered = miss_outlook(three_nines(), outages, kNow);
  ASSERT_TRUE(even.has_value() && clustered.has_value());
  EXPECT_FALSE(even->clustered);
  EXPECT_TRUE(clustered->clustered);
  EXPECT_LT(even->chance, .001);
  EXPECT_GT(clustered->chance, .02);
  EXPECT_LT(clustered->chance, .5);
  const auto again = miss_outlook(three_nines(), outages, kNow);
  EXPECT_EQ(clustered->chance, again->chance);
}

// More bad events in what stays never make a miss less likely.
RC_GTEST_PROP(Miss, RisesWithWhatFailed, ()) {
  MissQuestion question;
  question.target_ppb = 1'000'000 * *rc::gen::inRange<std::int64_t>(900, 999);
  question.kept.total = *rc::gen::inRange(1, 20'000);
  question.kept.bad = std::min<double>(*rc::gen::inRange(0, 40), question.kept.total);
  question.rest_events = *rc::gen::inRange(1, 5'000);
  question.rest = days(7);
  const double chance = miss_of(question, {}).chance;
  MissQuestion worse = question;
  worse.kept.bad = std::min(worse.kept.bad + 1, worse.kept.total);
  RC_ASSERT(miss_of(worse, {}).chance >= chance - 1e-12);
}

}  // namespace
}  // namespace daytwo::orient
