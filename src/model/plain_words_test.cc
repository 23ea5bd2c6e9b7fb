// Sentences as an operations team says them. Each is either read, with the three parts that were
// heard, or refused with a sentence that can be copied.
#include "model/plain_words.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "model/amount.h"
#include "model/sentence.h"

namespace daytwo::model {
namespace {

using enum Frequency::Kind;

struct Said {
  const char* text;
  Frequency::Kind kind;
  double often;  // in `years`, or of one trial
  double years;
  double low;
  double high;
  std::string_view unit;
  const char* what;
};

TEST(PlainWords, ReadsTheThreePartsInAnyOrder) {
  for (const Said& each : std::vector<Said>{
           {"payments is down twice a year for 2h to 8h", kRate, 2, 1, 2, 8, kHoursLost,
            "payments is down"},
           {"30% a year that payments is down for 2h to 8h", kChance, .3, 1, 2, 8, kHoursLost,
            "payments is down"},
           {"1 in 20 deploys breaks checkout, 30m to 4h", kPerTrial, .05, 0, .5, 4, kHoursLost,
            "deploys breaks checkout"},
           {"10% of our deploys break checkout, 30m to 4h", kPerTrial, .1, 0, .5, 4, kHoursLost,
            "deploys break checkout"},
           {"0.5% of orders are lost, $20 to $80 each", kPerTrial, .005, 0, 20, 80, "USD",
            "orders are lost"},
           {"once every two years we lose a region, 4h to 2 days", kRate, 1, 2, 4, 48, kHoursLost,
            "we lose a region"},
           {"twice a month the nightly batch job fails and costs us $500 to $3k", kRate, 2,
            1 / 12.0, 500, 3000, "USD", "the nightly batch job fails"},
           {"a 10% chance per quarter that an intern deletes the database, $50k to $5M", kChance,
            .1, .25, 50e3, 5e6, "USD", "an intern deletes the database"},
           {"payments provider outage: 3 times per year, 1-6 hours", kRate, 3, 1, 1, 6, kHoursLost,
            "payments provider outage"},
           {"we get ransomware with probability 2% a year, cost €200k-€4M", kChance, .02, 1, 200e3,
            4e6, "EUR", "we get ransomware"},
           {"we lose 3 nodes at once every 18 months and it takes half a day to recover", kRate, 1,
            1.5, 12, 12, kHoursLost, "we lose 3 nodes at once"},
           {"checkout down 4 hours every 3 months", kRate, 1, .25, 4, 4, kHoursLost,
            "checkout down"},
           {"every Black Friday checkout falls over for 1 to 3 hours", kRate, 1, 1, 1, 3,
            kHoursLost, "checkout falls over"},
           {"checkout goes down every Christmas, $20k to $200k", kRate, 1, 1, 20e3, 200e3, "USD",
            "checkout goes down"},
           {"the batch job is late for an hour on each Monday morning", kRate, 1, 7 / 365.25, 1, 1,
            kHoursLost, "the batch job is late"},
           {"once in 2 years, checkout is down, 2h to 8h", kRate, 1, 2, 2, 8, kHoursLost,
            "checkout is down"},
           {"we pay $4k a month for idle environments", kRate, 1, 1 / 12.0, 4000, 4000, "USD",
            "we pay for idle environments"}}) {
    const auto read = parse_sentence(each.text);
    ASSERT_TRUE(read) << each.text << '\n' << read.error().to_string();
    EXPECT_EQ(read->frequency.kind, each.kind) << each.text;
    EXPECT_NEAR(read->frequency.low, each.often, 1e-12) << each.text;
    if (each.kind != kPerTrial) EXPECT_NEAR(read->frequency.years, each.years, 1e-3) << each.text;
    EXPECT_NEAR(read->size.low, each.low, 1e-9) << each.text;
    EXPECT_NEAR(read->size.high, each.high, 1e-9) << each.text;
    EXPECT_EQ(read->size.unit, each.unit) << each.text;
    EXPECT_EQ(read->what, each.what) << each.text;
    EXPECT_EQ(read->text, each.text);
    EXPECT_FALSE(read->heard.empty()) << each.text;
  }
}

TEST(PlainWords, SaysWhatItHeardOnlyWhenTheOrderWasFree) {
  EXPECT_EQ(parse_sentence("checkout fails once a month, 1h to 2h")->heard,
            "how often 'once a month', how bad '1h to 2h', what 'checkout fails'");
  EXPECT_EQ(parse_sentence("30% a year that checkout fails, 1h to 2h")->heard, "");
  EXPECT_EQ(echo(*parse_sentence("checkout fails once a month, 1h to 2h"))->front(),
            "heard: how often 'once a month', how bad '1h to 2h', what 'checkout fails'");
}

TEST(PlainWords, ReadsExtrasBehindTheLoss) {
  const auto read = parse_sentence("checkout fails once a year, $10k to $250k, likely $40k");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->size.likely, 40e3);
  EXPECT_EQ(read->what, "checkout fails");
}

struct Refused {
  const char* text;
  const char* problem;
  const char* expected;
};

TEST(PlainWords, NamesWhatIsMissingWithASentenceToWrite) {
  for (const Refused& each : std::vector<Refused>{
           {"the superstar leaves: 20 % a year", "says how often ('20 % a year'), not how bad",
            "'20 % a year that the superstar leaves, 2h to 8h'"},
           {"one in a hundred requests times out", "not how bad it is each time", "2h to 8h"},
           {"maybe the payments provider goes down", "neither how often nor how bad",
            "'30% a year that the payments provider goes down, 2h to 8h'"},
           {"every release checkout falls over for 1 to 3 hours", "not how often",
            "'30% a year that every release checkout falls over, 1 to 3 hours'"},
           {"Kafka lag gets over an hour once a month", "one end alone", "'2h to 8h'"},
           {"GDPR fine: 1% per year, up to $20M", "one end alone", "'2h to 8h'"},
           {"db is down for 2h to 8h and it costs $5k to $10k once a year", "the loss ends before",
            "'once a year that db is down, 2h to 8h'"},
           {"an hour of checkout down costs $20k per hour", "the loss ends before 'per hour'", ""},
           {"once a month or 30% a year checkout is down for 2h to 8h", "a second number", ""},
           {"db fails once a year, $2.5M to $25k", "lower end must be below upper end", ""}}) {
    const auto read = parse_sentence(each.text);
    ASSERT_FALSE(read) << each.text;
    ASSERT_FALSE(read.error().diagnostics.empty()) << each.text;
    const std::string told = read.error().diagnostics.front().to_string();
    EXPECT_NE(told.find(each.problem), std::string::npos) << told;
    EXPECT_NE(told.find(each.expected), std::string::npos) << told;
  }
}

// A sentence that daytwo tells people to write must be one that it reads.
TEST(PlainWords, ReadsEachSentenceThatItTellsToWrite) {
  for (const char* text :
       {"the superstar leaves: 20 % a year", "maybe the payments provider goes down",
        "every release checkout falls over for 1 to 3 hours",
        "db is down for 2h to 8h and it costs $5k to $10k once a year",
        "disk of db1 fills up before Friday", "CVE-2024-3094 is in our edge proxy"}) {
    const auto read = parse_sentence(text);
    ASSERT_FALSE(read) << text;
    const std::string& expected = read.error().diagnostics.front().expected;
    const std::size_t from = expected.find('\'');
    const std::size_t to = expected.find('\'', from + 1);
    ASSERT_NE(to, std::string::npos) << expected;
    const std::string sentence = expected.substr(from + 1, to - from - 1);
    EXPECT_TRUE(parse_sentence(sentence)) << sentence;
  }
}

TEST(PlainWords, KeepsTheStrictAnswerForASentenceThatBeginsStrictly) {
  for (const char* text :
       {"30% a year, 80%: $1 to $2 (90%)", "30% a year, $1 to $2 perhaps", "30% a year, likely 2h",
        "150% a year that db fails, 1h to 2h", "-5% a year that db fails, 1h"}) {
    const auto read = parse_sentence(text);
    ASSERT_FALSE(read) << text;
    const std::string told = read.error().diagnostics.front().to_string();
    EXPECT_EQ(told.find("says how"), std::string::npos) << told;
  }
}

}  // namespace
}  // namespace daytwo::model
