#include "act/shadow.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "chance/fit.h"
#include "model/amount.h"

namespace daytwo::act {
namespace {

using facts::Record;

// A Friday, 18:00 UTC: work begins again on Monday at 09:00, 63 hours later.
const Timestamp kFridayEvening = parse_rfc3339("2026-11-20T18:00:00Z").value();
const Timestamp kSundayEvening = parse_rfc3339("2026-11-22T18:00:00Z").value();

chance::Estimate between(double low, double high) {
  return chance::fit_lognormal({low, high, 0.9}).value().distribution.estimate();
}

Record finding() {
  Record out;
  out.id = RecordId{7};
  out.key = WorryKey("probe/checkout");
  facts::Finding body;
  body.kind = facts::FindingKind::kProbe;
  body.service = "checkout";
  body.title = "checkout does not answer";
  body.wake = true;
  out.body = body;
  return out;
}

Record verdict(const chance::Estimate& an_hour, std::string_view unit) {
  Record out;
  out.id = RecordId{8};
  out.body = facts::Choice{};
  out.amounts = {{"loss", {chance::scaled(an_hour, 720), std::string(unit), "", {}, ""}},
                 {"loss_per_hour", {an_hour, std::string(unit), "an hour", {}, ""}}};
  return out;
}

void price_work(Record& verdict, double low, double high) {
  verdict.amounts.push_back({"work_per_hour", {between(low, high), "USD", "an hour", {}, ""}});
}

class Shadow : public ::testing::Test {
 protected:
  Record weigh(const Record* verdict, Timestamp now, Votes votes = {}) {
    return weigh_waking({.finding = finding_,
                         .verdict = verdict,
                         .person = person_,
                         .people = people_,
                         .votes = votes,
                         .mending = mending_,
                         .epoch = "7",
                         .step = 0},
                        now);
  }
  static double mean(const Record& shadow, std::string_view name) {
    return shadow.find_amount(name)->estimate.mean;
  }

  Record finding_ = finding();
  model::Person person_{"shop-oncall", {}, {}, {}};
  model::People people_;
  model::Mending mending_;
};

TEST_F(Shadow, SaysBothSidesInMoneyOnceBothAreStated) {
  Record said = verdict(between(2000, 20'000), "USD");
  price_work(said, 60, 150);
  const Record shadow = weigh(&said, kFridayEvening);
  EXPECT_EQ(shadow.key.value, "probe/checkout");
  EXPECT_EQ(facts::kind_of(shadow), "shadow");
  EXPECT_EQ(shadow.find_input("decision"), "wake");
  EXPECT_EQ(shadow.find_input("hours of waiting"), "63.00");
  // ln(63) lies 1.72 spreads above ln(4): 4 % still burn, to be scored on Monday.
  EXPECT_EQ(shadow.find_input("judged by"), "still open");
  EXPECT_EQ(shadow.find_input("gets worse").substr(0, 5), "0.042");
  EXPECT_EQ(shadow.find_amount("price")->unit, "USD");
  EXPECT_EQ(
      shadow.sentence.rfind("Waiting until Mon 09:00 UTC (working hours are assumed) loses $", 0),
      0U)
      << shadow.sentence;
  EXPECT_NE(shadow.sentence.find("waking costs $"), std::string::npos) << shadow.sentence;
  EXPECT_GT(mean(shadow, "waiting"), mean(shadow, "waking"));
  EXPECT_FALSE(lacks_a_price(shadow));
  EXPECT_EQ(weigh(&said, kFridayEvening).sentence, shadow.sentence);
}

// Who takes a day to mend it saves little by being woken two hours earlier.
TEST_F(Shadow, LosesLessByWaitingWhereMendingTakesLong) {
  Record said = verdict(between(2000, 20'000), "USD");
  price_work(said, 60, 150);
  const double assumed = mean(weigh(&said, kFridayEvening), "waiting");
  mending_ = model::mending_of({{"checkout", std::vector<double>(9, 24)}}, "checkout");
  const Record slow = weigh(&said, kFridayEvening);
  EXPECT_LT(mean(slow, "waiting"), assumed);
  const auto& trace = facts::body_as<facts::Deed>(slow)->trace;
  EXPECT_NE(std::find(trace.begin(), trace.end(),
                      "17 h to mitigate: as learned from 9 incidents of checkout, from beginning "
                      "to end"),
            trace.end());
}

TEST_F(Shadow, WouldHaveWaitedForASmallLossAndSaysThatItIsSent) {
  Record said = verdict(between(0.5, 2), "USD");
  price_work(said, 60, 150);
  const Record shadow = weigh(&said, kSundayEvening);
  EXPECT_EQ(shadow.find_input("decision"), "wait");
  EXPECT_NE(shadow.sentence.find("it is sent all the same"), std::string::npos) << shadow.sentence;
}

// The stakes and the price of work are two answers; each missing one is named, no money is made up.
TEST_F(Shadow, NamesWhatIsMissingInOneSentence) {
  const Record hours = verdict(chance::exactly(1), model::kHoursLost);
  const Record natural = weigh(&hours, kFridayEvening);
  EXPECT_TRUE(lacks_a_price(natural));
  EXPECT_NE(natural.sentence.find("An hour of checkout down costs between ? and ?"),
            std::string::npos)
      << natural.sentence;
  EXPECT_NE(natural.sentence.find("hours of service lost"), std::string::npos);
  EXPECT_EQ(natural.sentence.find('$'), std::string::npos) << natural.sentence;
  EXPECT_EQ(natural.find_amount("waking")->unit, model::kPersonHours);

  const Record money = verdict(between(2000, 20'000), "USD");
  const Record half = weigh(&money, kFridayEvening);
  EXPECT_TRUE(lacks_a_price(half));
  EXPECT_NE(half.sentence.find("while a person-hour costs less than $"), std::string::npos)
      << half.sentence;

  const Record none = weigh(nullptr, kFridayEvening);
  EXPECT_TRUE(lacks_a_price(none));
  EXPECT_EQ(none.find_amount("waiting"), nullptr);
  EXPECT_NE(none.sentence.find("it is not known what this loses an hour"), std::string::npos);
  for (const Record* one : {&natural, &half, &none}) {
    EXPECT_EQ(one->sentence.find(". "), std::string::npos) << "one sentence: " << one->sentence;
  }
}

TEST_F(Shadow, TenTimesTheStakesLoseTenTimesAsMuchAndWakingCostsTheSame) {
  Record once = verdict(between(20, 200), "USD");
  Record ten = verdict(between(200, 2000), "USD");
  price_work(once, 60, 150);
  price_work(ten, 60, 150);
  const Record a = weigh(&once, kFridayEvening);
  const Record b = weigh(&ten, kFridayEvening);
  EXPECT_NEAR(mean(b, "waiting") / mean(a, "waiting"), 10, 1e-9);
  EXPECT_NEAR(b.find_amount("waiting")->estimate.p95 / a.find_amount("waiting")->estimate.p95, 10,
              1e-9);
  EXPECT_EQ(mean(b, "waking"), mean(a, "waking"));
}

TEST_F(Shadow, ALongerWaitCostsNoLess) {
  Record said = verdict(between(2000, 20'000), "USD");
  price_work(said, 60, 150);
  double before = 0;
  for (int hours_earlier = 0; hours_earlier < 64; hours_earlier += 3) {
    const Timestamp now = parse_rfc3339("2026-11-23T08:59:00Z").value() - hours(hours_earlier);
    if (model::WorkingHours{}.include(now)) break;
    const double waiting = mean(weigh(&said, now), "waiting");
    EXPECT_GE(waiting, before);
    before = waiting;
  }
  EXPECT_GT(before, 0);
}

TEST_F(Shadow, KeepsTheHoursOfThePersonAndWakesNobodyAtWork) {
  person_.hours =
      model::parse_working_hours("Fri-Sat 09:00-20:00 +01:00", model::FindZone()).value();
  Record said = verdict(between(2000, 20'000), "USD");
  price_work(said, 60, 150);
  const Record at_work = weigh(&said, kFridayEvening);  // 19:00 there
  EXPECT_NE(at_work.sentence.find("the team's next look at Fri 23:00 +01:00"), std::string::npos)
      << at_work.sentence;
  EXPECT_EQ(at_work.sentence.find("assumed"), std::string::npos);
  EXPECT_LT(mean(at_work, "waking"), mean(weigh(&said, kSundayEvening), "waking"));
  EXPECT_EQ(weigh(&said, kSundayEvening).find_input("until"), "Fri 09:00 +01:00");
}

TEST_F(Shadow, NoiseSpeaksForWaitingAndUsefulPagesForWaking) {
  Record said = verdict(between(2000, 20'000), "USD");
  price_work(said, 60, 150);
  const double unknown = mean(weigh(&said, kFridayEvening), "waiting");
  EXPECT_LT(mean(weigh(&said, kFridayEvening, {0, 8}), "waiting"), unknown / 3);
  EXPECT_GT(mean(weigh(&said, kFridayEvening, {8, 0}), "waiting"), unknown * 1.5);
}

// A disk that is full on Saturday costs nothing before; one that is full in three weeks can wait.
TEST_F(Shadow, ARunOutCostsWhenItComesAndNothingBefore) {
  Record said = verdict(between(20, 200), "USD");
  price_work(said, 60, 150);
  finding_.amounts = {{"days_to_runout", {between(0.8, 1.2), "", "", {}, ""}}};
  const Record soon = weigh(&said, kFridayEvening);
  // Half of the 720 hours' loss: the chance that it needs a human.
  EXPECT_NEAR(mean(soon, "waiting"), said.find_amount("loss")->estimate.mean / 2,
              said.find_amount("loss")->estimate.mean * 0.1);
  finding_.amounts = {{"days_to_runout", {between(18, 24), "", "", {}, ""}}};
  const Record later = weigh(&said, kFridayEvening);
  EXPECT_EQ(mean(later, "waiting"), 0);
  EXPECT_EQ(later.find_input("decision"), "wait");
}

}  // namespace
}  // namespace daytwo::act
