#include "facts/written.h"

#include <gtest/gtest.h>

namespace daytwo::facts {
namespace {

constexpr Timestamp kNow{1'795'305'600'000};

TEST(Written, ASentenceBecomesAFindingWithTheEchoOfWhatWasUnderstood) {
  const std::vector<std::string> services = {"checkout", "payments"};
  const Record record =
      written_worry({"30% a year that Payments is down, 2h to 8h", "", "ana"}, services, {}, kNow)
          .value();
  const auto* finding = body_as<Finding>(record);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->kind, FindingKind::kWritten);
  EXPECT_EQ(finding->service, "payments");
  EXPECT_EQ(finding->title, "Payments is down");
  EXPECT_GE(finding->understood.size(), 3U);
  EXPECT_EQ(record.find_input("by"), "ana");
}

TEST(Written, AServiceNobodyDeclaredIsTakenFromTheSentenceAndSaid) {
  const Record record =
      written_worry({"twice a year that mailer is down, 1h to 2h", "", ""}, {}, {}, kNow).value();
  EXPECT_EQ(body_as<Finding>(record)->service, "mailer");
  EXPECT_NE(body_as<Finding>(record)->understood.back().find("no catalog file"), std::string::npos);
  const Record vague =
      written_worry({"twice a year that it is down, 1h to 2h", "", ""}, {}, {}, kNow).value();
  EXPECT_EQ(body_as<Finding>(vague)->service, "");
}

TEST(Written, TheSameSentenceIsTheSameWorry) {
  const auto key = [](const char* text) {
    return written_worry({text, "", ""}, {}, {}, kNow).value().key;
  };
  EXPECT_EQ(key("30% a year, 2h to 8h"), key("  30% a Year, 2h to 8h "));
  EXPECT_NE(key("30% a year, 2h to 8h"), key("40% a year, 2h to 8h"));
}

TEST(Written, AWorryPerDeployIsTakenBeforeAnyDeployIsKnownAndSaysWhatIsMissing) {
  const Record record =
      written_worry({"1 in 20 deploys, $2k to $40k", "", "ana"}, {}, {}, kNow).value();
  const auto* finding = body_as<Finding>(record);
  ASSERT_EQ(finding->understood.size(), 4U);
  EXPECT_EQ(finding->understood.front(), "how often: 5 % of deploys");
  EXPECT_NE(finding->understood.back().find("daytwo import deploys"), std::string::npos);
}

TEST(Written, AnIntervalUpsideDownSaysWhere) {
  const auto bad = written_worry({"30% a year, 8h to 2h", "", ""}, {}, {}, kNow);
  ASSERT_FALSE(bad);
  ASSERT_FALSE(bad.error().diagnostics.empty());
  EXPECT_GT(bad.error().diagnostics[0].column, 0);
}

TEST(Stated, AStakeIsMoneyWithItsUnitAndALaterOneReplacesIt) {
  const Record first =
      stated_stake("an hour of checkout down costs $2k to $20k", "ana", kNow).value();
  const model::Amount* stake = first.find_amount("stake");
  ASSERT_NE(stake, nullptr);
  EXPECT_EQ(stake->unit, "USD");
  EXPECT_EQ(stake->window, "an hour");
  // The ends of a stated 90 % interval are its 5 and 95 % quantiles.
  EXPECT_NEAR(stake->estimate.p05, 2000, 1);
  EXPECT_NEAR(stake->estimate.p95, 20000, 10);
  EXPECT_EQ(first.subject, "checkout");
  const Record second =
      stated_stake("an hour of checkout down costs $3k to $30k", "bo", kNow).value();
  EXPECT_EQ(first.key, second.key);
  EXPECT_FALSE(stated_stake("an hour of checkout down costs a lot", "ana", kNow));
}

TEST(Decided, APersonsVerdictCarriesItsReasonAndWhenToLookAgain) {
  const Record record = decided(WorryKey("written/x"), "payments", model::Verdict::kLeave,
                                "replaced in May", "ana", kNow + days(30), kNow);
  const auto* choice = body_as<Choice>(record);
  ASSERT_NE(choice, nullptr);
  EXPECT_EQ(choice->kind, ChoiceKind::kDecided);
  ASSERT_TRUE(choice->tripwire);
  EXPECT_EQ(choice->tripwire->until, kNow + days(30));
  EXPECT_NE(record.sentence.find("ana decided: leave it: replaced in May"), std::string::npos);
}

}  // namespace
}  // namespace daytwo::facts
