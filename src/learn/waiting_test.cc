#include "learn/waiting.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "facts/memory_journal.h"
#include "learn/learner.h"
#include "learn/summary.h"
#include "model/amount.h"

namespace daytwo::learn {
namespace {

using facts::Record;
using facts::RecordPtr;

// 2026-11-21T03:00:00Z, a night; work begins six hours later.
constexpr Timestamp kNight{1'795'230'000'000};
constexpr const char* kWorry = "probe/checkout";

Record finding(facts::FindingKind kind, facts::State state) {
  Record out;
  out.key = WorryKey(kWorry);
  out.subject = "checkout";
  out.state = state;
  facts::Finding body;
  body.kind = kind;
  body.title = "checkout does not answer";
  out.body = body;
  return out;
}

Record deed(const std::string& key, facts::DeedKind kind) {
  Record out;
  out.key = WorryKey(key);
  facts::Deed body;
  body.kind = kind;
  out.body = body;
  return out;
}

// Waiting six hours at $100 an hour, half an hour to mitigate, against $90 of waking.
Record shadow(const std::string& judged_by, const std::string& chance) {
  Record out = deed(kWorry, facts::DeedKind::kShadow);
  out.inputs = {{"epoch", "1"},           {"decision", "wake"},
                {"until", "09:00 UTC"},   {"hours of waiting", "6.00"},
                {"judged by", judged_by}, {"hours to mitigate", "0.50"}};
  if (!chance.empty()) out.inputs.push_back({"gets worse", chance});
  const auto usd = [](const char* name, double mean) {
    return facts::NamedAmount{name, {chance::exactly(mean), "USD", "", {}, ""}};
  };
  out.amounts = {usd("waiting", 210), usd("waking", 90), usd("price", 100)};
  return out;
}

struct Morning {
  facts::MemoryJournal journal;
  Timestamp now = kNight;
  Learner learner{[](const std::string&, Timestamp) -> Result<std::optional<double>> {
    return std::optional<double>();
  }};

  void append(Record record) {
    record.ts = now;
    ASSERT_TRUE(journal.append({std::move(record)}).has_value());
  }
  void turn() { ASSERT_TRUE(journal.append(learner.step(journal.snapshot(), now)).has_value()); }
  void begin(const std::string& judged_by, const std::string& chance) {
    const bool fills = judged_by == kRanFull;
    append(finding(fills ? facts::FindingKind::kRunOut : facts::FindingKind::kProbe,
                   facts::State::kOpen));
    append(shadow(judged_by, chance));
    turn();
  }
  // The turn after the wait is over.
  void end() {
    now = kNight + hours(6) + kSettle;
    turn();
  }
  [[nodiscard]] RecordPtr find(const char* kind) const {
    return journal.snapshot().find(kind, waiting_key(WorryKey(kWorry)));
  }
};

TEST(Waiting, WhatEndedByItselfWouldHaveCostOnlyWhatAPageCouldHaveSaved) {
  Morning morning;
  morning.begin(std::string(kStillOpen), "0.310000");
  const RecordPtr said = morning.find("forecast");
  ASSERT_NE(said, nullptr);
  EXPECT_EQ(said->sentence,
            "checkout does not answer: goes on until 09:00 UTC if nobody acts: 31 %, until "
            "2026-11-21T09:00:00Z");
  morning.turn();
  EXPECT_EQ(morning.find("forecast")->id, said->id) << "said once";
  morning.now = kNight + minutes(90);
  morning.append(finding(facts::FindingKind::kProbe, facts::State::kClosed));
  morning.turn();
  EXPECT_EQ(morning.find("scored"), nullptr) << "it may come back before the day";
  morning.end();
  const RecordPtr scored = morning.find("scored");
  ASSERT_NE(scored, nullptr);
  EXPECT_NEAR(*facts::body_as<facts::Lesson>(*scored)->score, 0.31 * 0.31, 1e-12);
  // An hour of the 90 minutes lies behind the half an hour that whoever is woken needs.
  EXPECT_EQ(scored->find_amount("waiting_came")->estimate.mean, 100);
  EXPECT_EQ(scored->find_input("in hindsight"), "wake");
  EXPECT_EQ(scored->sentence,
            "checkout does not answer: goes on until 09:00 UTC if nobody acts: said 31 %, did not "
            "come; it ended after 1h 30m; waiting would have cost $100 ($210 was forecast), waking "
            "$90: waking was the cheaper");
  EXPECT_EQ(morning.find("forecast")->id, said->id) << "not said again";
}

TEST(Waiting, WhatEndsBeforeAnybodyCouldHaveComeCostsNothing) {
  Morning morning;
  morning.begin(std::string(kStillOpen), "0.310000");
  morning.now = kNight + minutes(20);
  morning.append(finding(facts::FindingKind::kProbe, facts::State::kClosed));
  morning.end();
  EXPECT_EQ(morning.find("scored")->find_amount("waiting_came")->estimate.mean, 0);
  EXPECT_EQ(morning.find("scored")->find_input("in hindsight"), "wait");
}

TEST(Waiting, WhatStillGoesOnCostsTheWholeWait) {
  Morning morning;
  morning.begin(std::string(kStillOpen), "0.310000");
  morning.end();
  const RecordPtr scored = morning.find("scored");
  ASSERT_NE(scored, nullptr);
  EXPECT_NEAR(*facts::body_as<facts::Lesson>(*scored)->score, 0.69 * 0.69, 1e-12);
  EXPECT_EQ(scored->find_amount("waiting_came")->estimate.mean, 600);
  const std::vector<RecordPtr> all = {morning.find("forecast"), scored};
  EXPECT_EQ(summarize(all).chances, 1) << "it counts among our own chances";
}

TEST(Waiting, ARunOutCostsAllOfItOnceItIsFull) {
  for (const bool full : {true, false}) {
    Morning morning;
    morning.begin(std::string(kRanFull), "0.200000");
    morning.now = kNight + hours(2);
    Record later = finding(facts::FindingKind::kRunOut, facts::State::kChanged);
    later.amounts = {
        {"days_to_runout",
         {chance::exactly(full ? 0 : 0.5), std::string(model::kDaysToRunOut), "", {}, ""}}};
    morning.append(later);
    morning.end();
    const RecordPtr scored = morning.find("scored");
    ASSERT_NE(scored, nullptr);
    EXPECT_EQ(facts::body_as<facts::Lesson>(*scored)->outcome, full ? 1 : 0);
    EXPECT_EQ(scored->find_amount("waiting_came")->estimate.mean, full ? 100 : 0);
  }
}

TEST(Waiting, WhatSomebodyTookIsVoid) {
  Morning morning;
  morning.begin(std::string(kStillOpen), "0.310000");
  morning.now = kNight + minutes(7);
  Record queued = deed("page/1a2b", facts::DeedKind::kQueued);
  queued.inputs = {{"worry", kWorry}, {"purpose", "page"}, {"epoch", "1"}};
  morning.append(queued);
  morning.append(deed("page/1a2b", facts::DeedKind::kAcked));
  morning.end();
  EXPECT_EQ(morning.find("scored"), nullptr);
  ASSERT_NE(morning.find("void"), nullptr);
}

TEST(Waiting, NothingIsForetoldWhoseTruthMayBeKnown) {
  Morning of_another_version;
  of_another_version.begin(std::string(kStillOpen), "");
  EXPECT_EQ(of_another_version.find("forecast"), nullptr);
  Morning missed;
  missed.append(finding(facts::FindingKind::kProbe, facts::State::kOpen));
  missed.append(shadow(std::string(kStillOpen), "0.310000"));
  missed.now = kNight + minutes(10);
  missed.turn();
  EXPECT_EQ(missed.find("forecast"), nullptr);
  Morning unsaid;
  unsaid.begin(std::string(kStillOpen), "1.5");
  EXPECT_EQ(unsaid.find("forecast"), nullptr);
  Morning away;
  away.begin(std::string(kStillOpen), "0.310000");
  away.now = kNight + hours(8);
  away.turn();
  EXPECT_NE(away.find("void"), nullptr) << "nobody looked when it was due";
}

}  // namespace
}  // namespace daytwo::learn
