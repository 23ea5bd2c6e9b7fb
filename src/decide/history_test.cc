#include "decide/history.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "chance/distribution.h"
#include "chance/seed.h"
#include "decide/reading.h"
#include "decide/world_for_tests.h"

namespace daytwo::decide {
namespace {

facts::Record incident(const std::string& service, const std::string& title, Timestamp began) {
  facts::Record out;
  out.ts = kNoon;
  out.key = WorryKey("incident/" + service + "/" + std::to_string(began.ms));
  facts::IncidentSeen seen;
  seen.service = service;
  seen.title = title;
  seen.began = began;
  out.body = facts::Sighting{seen};
  return out;
}

facts::Record deploy(const std::string& service, int number, Timestamp at) {
  facts::Record out;
  out.ts = kNoon;
  out.key = WorryKey("deploy/" + service + "/" + std::to_string(number));
  facts::ChangeSeen seen;
  seen.what = "deploy";
  seen.service = service;
  seen.at = at;
  out.body = facts::Sighting{seen};
  return out;
}

Duration hours_of(std::size_t i) { return hours(static_cast<std::int64_t>(i)); }

Timestamp years_ago(double years) {
  return kNoon - milliseconds(std::llround(years * kDaysPerYear * 8.64e7));
}

// Gamma(1, 1 / 0.5) after 4 in 2 years is Gamma(5, 4): mean 1.25.
TEST(History, UpdatesAStatedRateByTheTeamsOwnIncidents) {
  World world;
  for (const double years : {2.0, 1.5, 1.0, 0.5}) {
    world.append(incident("checkout", "card payments refused", years_ago(years)));
  }
  world.append(incident("search", "slow", years_ago(1.2)));
  const History history = history_of(world.journal.snapshot(), world.now);
  const Uncertain prior{chance::point(0.5), "stated"};
  const auto learned = taught(prior, history, "checkout", "checkout is down", world.now);
  ASSERT_TRUE(learned);
  EXPECT_EQ(learned->what.family, chance::Family::kGamma);
  EXPECT_DOUBLE_EQ(learned->what.a, 5);
  EXPECT_NEAR(learned->what.b, 4, 1e-9);
  EXPECT_EQ(learned->source.rfind("stated 0.5 a year (90 %: ", 0), 0U) << learned->source;
  EXPECT_NE(learned->source.find("then 4 incidents in 2.0 years: 1.3 a year (90 %: "),
            std::string::npos)
      << learned->source;
  // A range that was stated is a gamma already, and keeps its own weight.
  const auto range = taught({chance::gamma(3, 2), "stated"}, history, "checkout", "", world.now);
  ASSERT_TRUE(range);
  EXPECT_EQ(range->what, chance::gamma(7, range->what.b));
}

// One outage and thirty close calls in two years are more than one outage in two years.
History with_hours(const std::vector<double>& hours) {
  History out;
  out.since = years_ago(2);
  for (std::size_t i = 0; i < hours.size(); ++i) {
    out.incidents.push_back({"checkout", "down", out.since + hours_of(i), hours[i]});
  }
  return out;
}

// A range of 2 to 8 hours lies at ln 4 with the weight of one incident; one of 16 hours moves it to
// ln 8. Of the variance, half is luck: b0 = s^2 / 2, and the gap adds k n / (2 (k + n)) of its
// square.
TEST(History, UpdatesHowLongAnEventTakesByIncidentsThatEnded) {
  const double s = std::log(4) / (2 * 1.6448536269514722);
  const Uncertain prior{chance::lognormal(std::log(4), s), "stated"};
  const auto learned = taught_hours(prior, with_hours({16}), "checkout", "checkout is down");
  ASSERT_TRUE(learned);
  EXPECT_NEAR(learned->hours.what.a, std::log(8), 1e-12);
  const double gap = std::log(16) - std::log(4);
  const double luck = (s * s / 2 + gap * gap / 4) / 1.5;
  EXPECT_NEAR(learned->hours.what.b, std::sqrt(luck * 1.5), 1e-9);
  EXPECT_NEAR(learned->luck, 2.0 / 3, 1e-12);
  EXPECT_EQ(
      learned->hours.source.rfind("stated 4 hours (90 %: 2 to 8), then 1 incident of 16 hours", 0),
      0U)
      << learned->hours.source;
  EXPECT_FALSE(taught_hours(prior, with_hours({0}), "checkout", "checkout is down")) << "goes on";
  EXPECT_FALSE(taught_hours(prior, with_hours({16}), "search", "search is down"));
  EXPECT_FALSE(
      taught_hours({chance::point(4), "stated"}, with_hours({16}), "checkout", "checkout is down"))
      << "one number is taken as exact";
}

// Whatever was stated, many incidents say how long they take.
RC_GTEST_PROP(HistoryLaws, ManyIncidentsOutweighWhatWasStated, ()) {
  const double middle = *rc::gen::inRange(1, 50);
  const double spread = *rc::gen::inRange(2, 12) / 10.0;
  const double stated = *rc::gen::inRange(1, 50);
  chance::Stream draws(chance::Seed{7}, 0);
  const chance::Distribution truth = chance::lognormal(std::log(middle), spread);
  std::vector<double> hours;
  for (int i = 0; i < 2'000; ++i) hours.push_back(truth.draw(draws));
  const auto learned = taught_hours({chance::lognormal(std::log(stated), 0.7), "stated"},
                                    with_hours(hours), "checkout", "checkout is down");
  RC_ASSERT(learned.has_value());
  RC_ASSERT(std::fabs(learned->hours.what.a - std::log(middle)) < 0.1);
  RC_ASSERT(std::fabs(learned->hours.what.b - spread) < 0.1 * spread + 0.02);
  RC_ASSERT(learned->luck > 0.999);
}

TEST(History, AWorryInHoursTakesWhatItsIncidentsTaught) {
  World world;
  facts::WrittenWorry said{"2 to 6 a year that checkout is down, 2h to 8h", "checkout", "ann"};
  const facts::Record written = *facts::written_worry(said, {}, {}, world.now);
  const auto before = read_case(written, {}, world.now, {});
  const auto after = read_case(written, {}, world.now, with_hours({16, 20, 30}));
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->luck, 0.5);
  EXPECT_EQ(after->luck, 0.8);
  EXPECT_GT(after->get(Part::kSize).what.mean(), 2 * before->get(Part::kSize).what.mean());
}

TEST(History, CountsNearMissesAsLuck) {
  World world;
  world.append(incident("checkout", "card payments refused", years_ago(2)));
  const Uncertain prior{chance::point(0.5), "stated"};
  const auto rate = [&] {
    return taught(prior, history_of(world.journal.snapshot(), world.now), "checkout",
                  "checkout is down", world.now);
  };
  const auto without = rate();
  for (int i = 0; i < 30; ++i) {
    facts::Record record = incident("checkout", "", years_ago(1.9 - 0.05 * i));
    record.key = WorryKey(fmt::format("near_miss/{}", i));
    record.body = facts::Sighting{
        facts::NearMissSeen{"checkout", "provider slow", years_ago(1.9 - .05 * i), ""}};
    world.append(record);
  }
  const auto with = rate();
  ASSERT_TRUE(without && with);
  EXPECT_GT(with->what.mean(), 1.1 * without->what.mean());
  EXPECT_NE(with->source.find("then 1 incident and 30 near misses in 2.0 years"), std::string::npos)
      << with->source;
  EXPECT_NE(with->source.find("of ten close calls one becomes an incident"), std::string::npos);
}

facts::Record alert_day(const std::string& alert, const std::string& service, Timestamp at) {
  facts::Record record = incident(service, "", at);
  record.key = WorryKey(fmt::format("alert_day/{}/{}/{}", alert, service, at.ms));
  record.body = facts::Sighting{facts::AlertDaySeen{alert, service, at}};
  return record;
}

// Alerts that somebody said come before it: many without an incident are luck, hardly any in a year
// of listening say that it is rare; without a word on them they move nothing.
TEST(History, CountsDaysOfItsForerunnersAsLuck) {
  World world;
  const Uncertain prior{chance::point(0.5), "stated"};
  const std::vector<Forerunner> forerunners = {{"PaymentsSlow", chance::beta(1, 9)}};
  const auto rate = [&](std::span<const Forerunner> alerts) {
    return taught(prior, history_of(world.journal.snapshot(), world.now), "payments",
                  "payments is down", world.now, alerts);
  };
  world.append(alert_day("Other", "payments", years_ago(2)));
  const auto none = rate(forerunners);
  ASSERT_TRUE(none);
  EXPECT_LT(none->what.mean(), 0.5) << "two years of listening, and it never fired";
  for (int i = 0; i < 40; ++i) {
    world.append(alert_day("PaymentsSlow", i % 2 == 0 ? "payments" : "", years_ago(1.9 - .04 * i)));
    world.append(alert_day("PaymentsSlow", "search", years_ago(1.9 - .04 * i)));
  }
  const auto many = rate(forerunners);
  ASSERT_TRUE(many);
  EXPECT_GT(many->what.mean(), 0.7);
  EXPECT_NE(many->source.find("then 40 days of PaymentsSlow without an incident in 2.0 years, of "
                              "which 10 % become one"),
            std::string::npos)
      << many->source;
  EXPECT_FALSE(rate({})) << "nobody said that they matter";
}

TEST(History, LeavesAlertsOfAnIncidentToTheIncident) {
  World world;
  const Uncertain prior{chance::point(0.5), "stated"};
  const std::vector<Forerunner> forerunners = {{"PaymentsDown", chance::beta(2, 2)}};
  world.append(incident("payments", "payments down", years_ago(1)));
  world.append(alert_day("PaymentsDown", "payments", years_ago(1) - minutes(30)));
  world.append(alert_day("PaymentsDown", "payments", years_ago(1) - hours(7)));
  const auto rate = taught(prior, history_of(world.journal.snapshot(), world.now), "payments",
                           "payments is down", world.now, forerunners);
  ASSERT_TRUE(rate);
  EXPECT_NE(rate->source.find("then 1 incident in 1.0 years"), std::string::npos) << rate->source;
  EXPECT_NE(rate->source.find("then 1 day of PaymentsDown without an incident"), std::string::npos)
      << rate->source;
}

TEST(History, CountsOnlyWhatIsOfTheSameKind) {
  World world;
  world.append(incident("checkout", "card payments refused", years_ago(2)));
  world.append(incident("checkout", "certificate expired", years_ago(1)));
  const History history = history_of(world.journal.snapshot(), world.now);
  const Uncertain prior{chance::point(0.5), "stated"};
  const auto one = taught(prior, history, "checkout", "a certificate of checkout ends", world.now);
  ASSERT_TRUE(one);
  EXPECT_DOUBLE_EQ(one->what.a, 2);
  EXPECT_NE(one->source.find("shares a word with 'a certificate of checkout ends'"),
            std::string::npos);
  // Two years in which it did not happen speak for less.
  const auto none = taught(prior, history, "checkout", "the provider goes bankrupt", world.now);
  ASSERT_TRUE(none);
  EXPECT_DOUBLE_EQ(none->what.a, 1);
  EXPECT_LT(none->what.mean(), 0.5);
  EXPECT_FALSE(taught(prior, history, "search", "search is down", world.now))
      << "nobody counted incidents of search";
  EXPECT_FALSE(taught(prior, history, "", "something is down", world.now));
}

TEST(History, SaysNothingFromAMonthOrAboutWhatIsNoRate) {
  World world;
  world.append(incident("checkout", "down", kNoon - days(20)));
  const History young = history_of(world.journal.snapshot(), world.now);
  EXPECT_FALSE(taught({chance::point(1), "stated"}, young, "checkout", "", world.now));
  world.append(incident("checkout", "down", years_ago(1)));
  const History old = history_of(world.journal.snapshot(), world.now);
  EXPECT_TRUE(taught({chance::point(1), "stated"}, old, "checkout", "", world.now));
  EXPECT_FALSE(taught({chance::lognormal(0, 1), "measured"}, old, "checkout", "", world.now));
}

// An import after the worry was written moves its verdict, and the verdict says from what to what.
RC_GTEST_PROP(History, WhatIsRelevantTeachesWhatAllOfItTeaches, ()) {
  const std::vector<std::string> services = {"checkout", "search", "mail", ""};
  const std::vector<std::string> titles = {"down", "card payments refused", "slow again"};
  const auto drawn = [&] {
    History::Incident out;
    out.service = *rc::gen::elementOf(services);
    out.title = *rc::gen::elementOf(titles);
    out.began = kNoon - days(*rc::gen::inRange(1, 900));
    out.hours = *rc::gen::inRange(0, 20) / 2.0;
    return out;
  };
  History all;
  all.since = kNoon - days(900);
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) all.incidents.push_back(drawn());
  for (int i = *rc::gen::inRange(0, 12); i > 0; --i) all.near_misses.push_back(drawn());
  for (auto* each : {&all.incidents, &all.near_misses}) {
    std::stable_sort(each->begin(), each->end(),
                     [](const auto& a, const auto& b) { return a.began < b.began; });
  }
  all.deploys = {{"checkout", 40, kNoon - days(300)}, {"mail", 4, kNoon - days(500)}};
  model::WorryFile file;
  file.worries.resize(2);
  file.worries[0].service = "checkout";
  file.worries[1].service = "search";
  const History some = relevant(all, file);
  RC_ASSERT(some.incidents.size() <= all.incidents.size());
  const Uncertain rate{chance::gamma(2, 4), "stated"};
  const Uncertain size{chance::lognormal(1, 0.5), "stated"};
  for (const model::FiledWorry& worry : file.worries) {
    for (const char* what : {"is down", "card payments are refused"}) {
      const auto before = taught(rate, all, worry.service, what, kNoon);
      const auto after = taught(rate, some, worry.service, what, kNoon);
      RC_ASSERT(before.has_value() == after.has_value());
      if (before) RC_ASSERT(before->what == after->what && before->source == after->source);
      const auto longer = taught_hours(size, all, worry.service, what);
      const auto shorter = taught_hours(size, some, worry.service, what);
      RC_ASSERT(longer.has_value() == shorter.has_value());
      if (longer) RC_ASSERT(longer->hours.what == shorter->hours.what);
    }
    RC_ASSERT(deploys_a_year(all, worry.service, kNoon) ==
              deploys_a_year(some, worry.service, kNoon));
  }
}

// A turn without news costs nothing: nothing was imported, only time went by.
TEST(History, AnEmptyOneIsTheSameAtAnyTime) {
  const World world;
  const auto at = [&](Timestamp now) {
    return history_of(world.journal.snapshot(), now).fingerprint();
  };
  EXPECT_EQ(at(kNoon), at(kNoon + days(3)));
}

TEST(History, AnImportMovesTheVerdictAndItsThreadShowsPriorAndPosterior) {
  World world;
  world.state("an hour of checkout down costs $2k to $20k");
  world.state("a person-hour costs $60 to $150");
  world.write("cards", "50% a year that checkout is down, 2h to 8h",
              {.name = "a second provider", .once = "$40k", .takes = "5 to 15 person-days"});
  (void)world.turn();
  const double before = world.verdict("written/cards").find_amount("loss")->estimate.mean;
  for (int i = 0; i < 8; ++i) {
    world.append(incident("checkout", "checkout down again", years_ago(0.25 * (i + 1))));
  }
  (void)world.turn();
  const facts::Record after = world.verdict("written/cards");
  EXPECT_GT(after.find_amount("loss")->estimate.mean, 2 * before);
  const auto how = world.choice("written/cards").how;
  EXPECT_NE(how.at(0).find("then 8 incidents in 2.0 years"), std::string::npos) << how.at(0);
  const auto again = replay(after);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->amounts.front().amount.estimate, after.amounts.front().amount.estimate);
  EXPECT_TRUE(world.turn().empty()) << "nothing is said twice";
}

TEST(History, AWorryPerDeployWaitsForTheCountAndThenTakesIt) {
  World world;
  world.write("bad", "1 in 20 deploys, 1h to 4h");
  (void)world.turn();
  EXPECT_EQ(world.choice("written/bad").verdict, model::Verdict::kFindOut);
  EXPECT_NE(world.choice("written/bad").reason.find("said per deploy"), std::string::npos);
  EXPECT_EQ(world.choice("written/bad").study, "count the deploys: daytwo import deploys FILE");
  for (int i = 0; i < 100; ++i) {
    world.append(deploy("checkout", i, years_ago(0.005 + i * 0.995 / 99)));
  }
  (void)world.turn();
  // 100 a year, one in twenty of them.
  const facts::Record said = world.verdict("written/bad");
  const auto read = case_of(said);
  ASSERT_TRUE(read);
  EXPECT_NEAR(read->get(Part::kEvents).what.mean(), 5, 0.01);
}

}  // namespace
}  // namespace daytwo::decide
