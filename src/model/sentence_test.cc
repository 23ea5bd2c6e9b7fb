#include "model/sentence.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/amount.h"

namespace daytwo::model {
namespace {

WorrySentence read(std::string_view text) {
  const auto sentence = parse_sentence(text);
  EXPECT_TRUE(sentence.has_value()) << (sentence ? "" : sentence.error().to_string());
  return sentence.value_or(WorrySentence{});
}

std::string refusal(std::string_view text) {
  const auto sentence = parse_sentence(text);
  if (sentence) return "accepted";
  if (sentence.error().diagnostics.empty()) return sentence.error().text;
  return sentence.error().diagnostics.front().to_string();
}

TEST(Sentence, ThirtyPercentAYearRC03) {
  const WorrySentence worry = read("30% a year, $25k to $2.5M");
  EXPECT_EQ(worry.frequency.kind, Frequency::Kind::kChance);
  EXPECT_NEAR(worry.frequency.events_a_year({})->mean(), 0.3566749439, 1e-9);
  EXPECT_EQ(worry.size.low, 25e3);
  EXPECT_EQ(worry.size.high, 2.5e6);
  EXPECT_EQ(worry.size.unit, "USD");
  EXPECT_NEAR(worry.size.fit()->distribution.mean(), 665995.0244, 0.07);
}

TEST(Sentence, NamesWhatMayHappenInHours) {
  const WorrySentence worry = read("30% a year that payments is down, 2h to 8h");
  EXPECT_EQ(worry.what, "payments is down");
  EXPECT_EQ(worry.size.unit, kHoursLost);
  EXPECT_EQ(worry.size.low, 2);
  EXPECT_EQ(worry.size.high, 8);
  EXPECT_EQ(mentioned(worry.what, std::vector<std::string>{"pay", "payments", "search"}),
            "payments");
}

struct Often {
  const char* text;
  Frequency::Kind kind;
  double low;
  double high;
  double years;
};

TEST(Sentence, ReadsHowOftenInEachForm) {
  using enum Frequency::Kind;
  for (const Often& each : std::vector<Often>{{"30% a year", kChance, .3, .3, 1},
                                              {"30% chance per year", kChance, .3, .3, 1},
                                              {"10% to 50% a quarter", kChance, .1, .5, .25},
                                              {"0.5 to 4 a year", kRate, .5, 4, 1},
                                              {"3 times a month", kRate, 3, 3, 1 / 12.0},
                                              {"1 in 20 deploys", kPerTrial, .05, .05, 1},
                                              {"5% per deploy", kPerTrial, .05, .05, 0},
                                              {"once in 5 years", kRate, 1, 1, 5},
                                              {"once every 5 years", kRate, 1, 1, 5},
                                              {"every 2 months", kRate, 1, 1, 2 / 12.0},
                                              {"twice a week", kRate, 2, 2, 7 / 365.25},
                                              {"1 in 5 years", kRate, 1, 1, 5},
                                              {"2 per 1000 h", kRate, 2, 2, 1000 / kHoursPerYear},
                                              {"once a day", kRate, 1, 1, 1 / 365.25}}) {
    const WorrySentence worry = read(std::string(each.text) + ", 1h to 2h");
    EXPECT_EQ(worry.frequency.kind, each.kind) << each.text;
    EXPECT_NEAR(worry.frequency.low, each.low, 1e-12) << each.text;
    EXPECT_NEAR(worry.frequency.high, each.high, 1e-12) << each.text;
    if (each.kind != kPerTrial) EXPECT_NEAR(worry.frequency.years, each.years, 1e-12) << each.text;
  }
}

struct Much {
  const char* text;
  double low;
  double high;
  const char* unit;
  double confidence;
};

TEST(Sentence, ReadsHowMuchInEachForm) {
  for (const Much& each :
       std::vector<Much>{{"$25k to $2.5M", 25e3, 2.5e6, "USD", .9},
                         {"€1,000 - €25,000", 1000, 25000, "EUR", .9},
                         {"80%: $2k to $6k", 2000, 6000, "USD", .8},
                         {"(80%) 2 to 6 hours", 2, 6, "hours of service lost", .8},
                         {"2 to 6 h (50%)", 2, 6, "hours of service lost", .5},
                         {"30m to 2h", .5, 2, "hours of service lost", .9},
                         {"10 to 90 minutes", 1 / 6.0, 1.5, "hours of service lost", .9},
                         {"20k to 30k USD", 20e3, 30e3, "USD", .9},
                         {"CHF 2M to CHF 3M", 2e6, 3e6, "CHF", .9},
                         {"100 to 5M records", 100, 5e6, "records exposed", .9},
                         {"1 to 3 person-days", 8, 24, "person-hours", .9},
                         {"1h–3h", 1, 3, "hours of service lost", .9},
                         {"100 to 900 failed requests", 100, 900, "failed requests", .9},
                         {"between 1 and 2 days", 24, 48, "hours of service lost", .9},
                         {"$50k", 50e3, 50e3, "USD", .9}}) {
    const WorrySentence worry = read("30% a year, " + std::string(each.text));
    EXPECT_NEAR(worry.size.low, each.low, 1e-9) << each.text;
    EXPECT_NEAR(worry.size.high, each.high, 1e-9) << each.text;
    EXPECT_EQ(worry.size.unit, each.unit) << each.text;
    EXPECT_NEAR(worry.size.confidence, each.confidence, 1e-12) << each.text;
  }
}

TEST(Sentence, ReadsExtras) {
  const WorrySentence worry = read(
      "30% a year that a, b and c leak, $10k to $250k, likely $40k, never above $300k, at most "
      "once, ongoing, source incident 12 of May");
  EXPECT_EQ(worry.what, "a, b and c leak");
  EXPECT_EQ(worry.size.likely, 40e3);
  EXPECT_EQ(worry.size.cap, 300e3);
  EXPECT_TRUE(worry.frequency.at_most_once);
  EXPECT_TRUE(worry.ongoing);
  EXPECT_EQ(worry.source, "incident 12 of May");
  EXPECT_NEAR(worry.frequency.events_a_year({})->mean(), .3, 1e-12);
}

TEST(Sentence, ARangeOfRatesIsAGammaRC06) {
  const auto rate = *read("0.5 to 4 a year, $1 to $2").frequency.events_a_year({});
  EXPECT_NEAR(rate.mean(), 1.888309573, 2e-6);
}

TEST(Sentence, APerDeployRateFollowsTheCount) {
  const WorrySentence worry = read("1 in 20 deploys, 10m to 1h");
  EXPECT_FALSE(worry.frequency.events_a_year({}));
  EXPECT_NEAR(worry.frequency.events_a_year(400)->mean(), 20, 1e-9);
  EXPECT_NEAR(worry.frequency.events_a_year(800)->mean(), 40, 1e-9);
}

TEST(Sentence, PutsTheCaretWhereItIsWrong) {
  EXPECT_EQ(refusal("30% a year, $9k to $5k"),
            "sentence:1:13: lower end must be below upper end\n"
            "  30% a year, $9k to $5k\n"
            "              ^\n"
            "  expected the smaller end first, such as 2 to 8");
  EXPECT_EQ(refusal("100% a year, $1k to $2k"),
            "sentence:1:1: 100% a year has no finite rate; write '3 a year'\n"
            "  100% a year, $1k to $2k\n"
            "  ^\n"
            "  expected a chance below 100%");
  EXPECT_EQ(refusal("30% a year, $1k to €2k"),
            "sentence:1:20: two currencies, USD and EUR, make no range\n"
            "  30% a year, $1k to €2k\n"
            "                     ^\n"
            "  expected both ends in one currency");
}

struct Wrong {
  const char* text;
  const char* answer;
};

TEST(Sentence, AnswersEachKindOfBadInput) {
  for (const Wrong& each : std::vector<Wrong>{
           {"", "the sentence ends here"},
           {"checkout's database runs full", "30% a year"},
           {"30%, $1 to $2", "a period such as"},
           {"30% a year", "what it costs each time"},
           {"30% a year, 0 to $5", "a loss begins above 0"},
           {"30% a year, -$5 to $5", "a loss begins above 0"},
           {"30% a year, 5 to 9", "a loss needs a unit"},
           {"30% a year, 5% to 9%", "a loss needs a unit"},
           {"30% a year, $1k to 2h", "both ends in one unit"},
           {"30% a year, 80%: $1 to $2 (90%)", "two confidences"},
           {"30% a year, 0%: $1 to $2", "confidence must lie between 0 and 100 %"},
           {"30% a year, $1 to $2 (100%)", "confidence must lie between 0 and 100 %"},
           {"30% a year, $1 to $2, likely $3", "must lie inside the range"},
           {"30% a year, $1 to $2, likely 3h", "another unit"},
           {"30% a year, $1 to $9, never above $5", "never above a value inside the range"},
           {"30% a year, $1 to $2, never beyond $5", "'above'"},
           {"30% a year, $1 to $2, sometimes", "'likely', 'never above'"},
           {"30% a year, $1 to $2 perhaps", "',' or the end"},
           {"50% to 20% a year, $1 to $2", "lower end must be below upper end"},
           {"4 to 1 a year, $1 to $2", "lower end must be below upper end"},
           {"0% a year, $1 to $2", "never happens"},
           {"21 in 20 deploys, $1 to $2", "more than all of them"},
           {"3 per deploy, $1 to $2", "not a chance"},
           {"1e9 a year, $1 to $2", "100000 events a year"},
           {"1 in 0 deploys, $1 to $2", "a count above 0"},
           {"30% a year, $1e400 to $2", "not a number"},
           {"30% a year, $1 to $9e30", "too large"},
           {"5 a year, 1e-310h to 2h", "too small"},
           {"30% a year, ~$1", "a character that means nothing here"},
           {"5 a year, $1 to $2, at most once", "not at most once"}}) {
    EXPECT_NE(refusal(each.text).find(each.answer), std::string::npos) << each.text << "\n"
                                                                       << refusal(each.text);
  }
  EXPECT_EQ(parse_sentence("1e9 a year, $1 to $2").error().code, Code::kInvalid);
  EXPECT_EQ(parse_sentence(std::string(5000, 'x')).error().code, Code::kLimit);
}

TEST(Sentence, EchoesWhatWasUnderstood) {
  const auto lines = *echo(read("30% a year, $25k to $2.5M"));
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(lines[0], "how often: 0.36 a year; 70 % of years stay quiet");
  EXPECT_EQ(lines[1], "each time: median $250k, mean $670k, 1 in 100 above $6.5M");
  EXPECT_EQ(lines[2], "expected a year: $240k");
  // P(S > 2.5M) = 0.0194, RC03: 1 in 51.5.
  EXPECT_EQ(lines[3], "a year above the upper end ($2.5M): 1 year in 52");
  EXPECT_EQ(lines[4], "fit: 90 % of events inside the range, 90 % asked");
  EXPECT_TRUE(lines[5].starts_with("why: the mean lies above the median"));
}

TEST(Sentence, SaysWhenTheMeanLiesAboveTheUpperEnd) {
  const auto lines = *echo(read("30% a year, $1 to $100k"));
  EXPECT_NE(lines.back().find("above the upper end"), std::string::npos);
  const auto tame = *echo(read("30% a year, $1 to $10k"));
  EXPECT_EQ(tame.back().find("above the upper end"), std::string::npos);
}

TEST(Sentence, AUncertainRateHasQuieterYearsRC06) {
  const auto lines = *echo(read("0.5 to 4 a year, $1k to $2k"));
  EXPECT_EQ(lines[0], "how often: 1.9 a year; 23.3 % of years stay quiet");
}

RC_GTEST_PROP(Sentence, ReadsBackTheNumbersItWasGiven, ()) {
  const int percent = *rc::gen::inRange(1, 99);
  const int low = *rc::gen::inRange(1, 999);
  const int more = *rc::gen::inRange(1, 5000);
  const std::string unit = *rc::gen::element<std::string>("h", " records", " incidents", "k USD");
  const std::string text = std::to_string(percent) + "% a year, " + std::to_string(low) + unit +
                           " to " + std::to_string(low + more) + unit;
  const auto worry = parse_sentence(text);
  RC_ASSERT(worry.has_value());
  const double factor = unit == "k USD" ? 1000 : 1;
  RC_ASSERT(worry->size.low == low * factor);
  RC_ASSERT(worry->size.high == (low + more) * factor);
  RC_ASSERT(worry->frequency.low == percent / 100.0);
}

RC_GTEST_PROP(Sentence, EveryTextIsReadOrRefusedWithAColumn, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "30", "%", "a", "year", ",", "$", "25k", "to", "2h", "in", "deploys", "(", ")", "likely",
      "never", "above", "1e9", "-", "once", "every", "that", "0", "\xc3", "€"));
  std::string text;
  for (const std::string& word : words) text += word + " ";
  const auto worry = parse_sentence(text);
  if (!worry && worry.error().code == Code::kInvalid) {
    RC_ASSERT(!worry.error().diagnostics.empty());
    RC_ASSERT(worry.error().diagnostics.front().column >= 1);
  }
  if (worry) RC_ASSERT(worry->size.low > 0 && worry->size.low <= worry->size.high);
}

}  // namespace
}  // namespace daytwo::model
