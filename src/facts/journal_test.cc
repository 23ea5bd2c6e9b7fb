#include "facts/journal.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <thread>

#include "env/os/files.h"
#include "facts/codec.h"
#include "facts/fold.h"
#include "facts/ledger_journal.h"
#include "facts/memory_journal.h"
#include "facts/names.h"

namespace daytwo::facts {
namespace {

Record listener(const std::string& key, State state = State::kOpen) {
  Record record;
  record.ts = {1'700'000'000'000};
  record.subject = "host-1";
  record.key = WorryKey(key);
  record.state = state;
  record.sentence = "nginx listens on 0.0.0.0:80";
  record.body = Sighting{ListenerSeen{
      "tcp", "0.0.0.0", 80, Reach::kNetwork, {812}, "/usr/sbin/nginx", "nginx.service", "nginx"}};
  return record;
}

Record finding(const std::string& key, FindingKind kind, Timestamp at = {1'700'000'000'000}) {
  Record record;
  record.ts = at;
  record.subject = "/var";
  record.key = WorryKey(key);
  record.engine = "orient.runout/1";
  record.seed = {42};
  record.inputs = {{"window", "60s"}};
  record.amounts = {
      {"days_to_runout", {{1, 2, 3, 4, 5, 3.1, 100, {7}}, "days to run-out", "now", at, "v1"}}};
  Finding body;
  body.kind = kind;
  body.title = "/var runs full";
  body.evidence = {{"available bytes", "node_filesystem_avail_bytes", 3}};
  body.horizon = days(1);
  record.body = body;
  return record;
}

Record verdict(const std::string& key, double mean, const std::string& unit) {
  Record record;
  record.ts = {1'700'000'000'001};
  record.key = WorryKey(key);
  record.amounts = {{"loss_per_day", {chance::exactly(mean), unit, "a day", {}, "decide/1"}}};
  Choice body;
  body.verdict = model::Verdict::kDo;
  body.reason = "because";
  body.chance_pays = Ratio{0.7};
  body.tripwire = model::Tripwire{"flips", "price", ">", 3, "up", {}, "USD"};
  record.body = body;
  return record;
}

TEST(Codec, EveryKindOfRecordReadsBackAsWritten) {
  for_each_sighting([]<typename T>() {
    Record record = listener("k");
    record.body = Sighting{T{}};
    const StoredRecord stored = encode(record);
    EXPECT_EQ(stored.kind, kind_name<T>());
    const Record back = decode("observe", stored).value();
    EXPECT_EQ(encode(back).body, stored.body);
    EXPECT_EQ(encode(back).head, stored.head);
  });
  for (Record record : {finding("a", FindingKind::kRunOut), verdict("a", 2, "USD")}) {
    const StoredRecord stored = encode(record);
    const Record back = decode(room_of(record), stored).value();
    EXPECT_EQ(encode(back).body, stored.body);
    EXPECT_EQ(encode(back).head, stored.head);
    ASSERT_EQ(back.amounts.size(), 1U);
    EXPECT_EQ(back.amounts[0].amount, record.amounts[0].amount);
  }
  Record deed = listener("d");
  deed.body = Deed{};
  Record lesson = listener("l");
  lesson.body = Lesson{};
  EXPECT_TRUE(decode("act", encode(deed)));
  EXPECT_TRUE(decode("learn", encode(lesson)));
}

TEST(Codec, ALineFromAnAgentReadsBackAndABrokenOneIsInvalid) {
  const Record record = listener("observe/listener/80");
  const Record back = parse_line(to_line(record), "report").value();
  EXPECT_EQ(back.key, record.key);
  EXPECT_EQ(back.ts, record.ts);
  ASSERT_NE(body_as<ListenerSeen>(back), nullptr);
  EXPECT_EQ(body_as<ListenerSeen>(back)->port, 80);
  const auto broken = parse_line(R"({"ts": 1)", "report");
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, Code::kInvalid);
  EXPECT_EQ(decode("observe", {"no_such_kind", "{}", "{}"}).error().code, Code::kCorrupt);
}

TEST(Snapshot, HoldsTheNewestRecordOfEachKindAndKey) {
  MemoryJournal journal;
  ASSERT_TRUE(journal.append({listener("a"), listener("b")}));
  const Snapshot before = journal.snapshot();
  ASSERT_TRUE(journal.append({listener("a", State::kClosed)}));
  const Snapshot after = journal.snapshot();
  EXPECT_EQ(before.open(kind_name<ListenerSeen>()).size(), 2U) << "a snapshot does not change";
  ASSERT_EQ(after.open(kind_name<ListenerSeen>()).size(), 1U);
  EXPECT_EQ(after.open(kind_name<ListenerSeen>())[0]->key.value, "b");
  EXPECT_EQ(after.find(kind_name<ListenerSeen>(), WorryKey("a"))->state, State::kClosed);
  EXPECT_EQ(after.find("runout", WorryKey("a")), nullptr);
  EXPECT_EQ(after.newest(), RecordId(3));
}

TEST(Journal, SubscribersMayAppendAndSeeRecordsInOrder) {
  MemoryJournal journal;
  std::vector<std::uint64_t> seen;
  journal.subscribe([&](std::span<const RecordPtr> records) {
    for (const RecordPtr& record : records) {
      seen.push_back(record->id.value);
      if (kind_of(*record) == "runout") {
        ASSERT_TRUE(journal.append({verdict(record->key.value, 1, "USD")}));
      }
    }
  });
  ASSERT_TRUE(journal.append({finding("a", FindingKind::kRunOut)}));
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{1, 2}));
}

class OnDisk : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "daytwo_journal";
    ASSERT_TRUE(files_.remove_tree(folder_));
    ASSERT_TRUE(files_.make_directories(folder_));
  }
  void TearDown() override { EXPECT_TRUE(files_.remove_tree(folder_)); }
  [[nodiscard]] std::string path() const { return folder_ + "/ledger.db"; }

  env::os::SystemFiles files_;
  std::string folder_;
};

TEST_F(OnDisk, WhatWasAppendedHoldsAfterReopening) {
  {
    auto journal = LedgerJournal::open(path()).value();
    ASSERT_TRUE(journal->append({listener("a"), finding("b", FindingKind::kRunOut)}));
    ASSERT_TRUE(journal->append({listener("a", State::kClosed)}));
  }
  auto journal = LedgerJournal::open(path()).value();
  EXPECT_TRUE(journal->problems().empty());
  EXPECT_TRUE(journal->snapshot().open(kind_name<ListenerSeen>()).empty());
  EXPECT_EQ(journal->snapshot().open("runout").size(), 1U);
  EXPECT_EQ(journal->history(WorryKey("a"), 10).value().records.size(), 2U);
  EXPECT_EQ(journal->history(WorryKey("a"), 1).value().records[0]->state, State::kClosed);
  EXPECT_EQ(journal->append({listener("c")}).value()[0]->id, RecordId(4)) << "ids go on";
}

TEST_F(OnDisk, ThreadsThatAppendAtOnceShareCommitsAndLoseNothing) {
  constexpr int kThreads = 4;
  constexpr int kEach = 25;
  std::atomic<int> published{0};
  {
    auto journal = LedgerJournal::open(path()).value();
    std::uint64_t last = 0;
    journal->subscribe([&](std::span<const RecordPtr> records) {
      for (const RecordPtr& record : records) {
        EXPECT_GT(record->id.value, last);
        last = record->id.value;
        ++published;
        // Every tenth is answered from within, as a page follows a finding.
        if (record->id.value % 10 == 0 && kind_of(*record) != "verdict") {
          EXPECT_TRUE(journal->append({verdict(record->key.value, 1, "USD")}));
        }
      }
    });
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < kEach; ++i) {
          const std::string key = std::to_string(thread) + '/' + std::to_string(i);
          ASSERT_TRUE(journal->append({listener(key)}));
        }
      });
    }
  }
  auto journal = LedgerJournal::open(path()).value();
  EXPECT_EQ(journal->snapshot().open(kind_name<ListenerSeen>()).size(), kThreads * kEach);
  EXPECT_EQ(static_cast<std::uint64_t>(published), journal->snapshot().newest().value);
}

TEST_F(OnDisk, ARecordThatCannotBeReadIsNamedAndCostsOnlyItself) {
  {
    auto journal = LedgerJournal::open(path()).value();
    ASSERT_TRUE(journal->append({listener("a"), listener("b")}));
  }
  {
    auto database = ledger::Database::open(path(), ledger::Database::Mode::kReadWrite).value();
    ASSERT_TRUE(database->execute("UPDATE record SET body = '{' WHERE key = 'a'"));
  }
  auto journal = LedgerJournal::open(path()).value();
  ASSERT_EQ(journal->problems().size(), 1U);
  EXPECT_NE(journal->problems()[0].find("record 1"), std::string::npos);
  EXPECT_EQ(journal->snapshot().open(kind_name<ListenerSeen>()).size(), 1U);
}

TEST_F(OnDisk, ADamagedRecordCostsAHistoryOnlyItself) {
  {
    auto journal = LedgerJournal::open(path()).value();
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(journal->append({listener("a"), listener("b")}));
  }
  {
    auto database = ledger::Database::open(path(), ledger::Database::Mode::kReadWrite).value();
    ASSERT_TRUE(database->execute("UPDATE record SET body = '{' WHERE id = 3"));
    ASSERT_TRUE(database->execute("UPDATE record SET head = 'torn' WHERE id = 5"));
    ASSERT_TRUE(database->execute("UPDATE record SET kind = 'of tomorrow' WHERE id = 2"));
  }
  auto journal = LedgerJournal::open(path()).value();
  const Past past = journal->history(WorryKey("a"), 10).value();
  EXPECT_EQ(past.unreadable, 2U);
  ASSERT_EQ(past.records.size(), 2U);
  EXPECT_EQ(past.records[0]->id, RecordId(1));
  EXPECT_EQ(past.records[1]->id, RecordId(7));
  EXPECT_EQ(journal->history(WorryKey("b"), 3).value().unreadable, 0U)
      << "it is the oldest of four";
  const Past listeners =
      journal->between(kind_name<ListenerSeen>(), kMinTimestamp, kMaxTimestamp, 10).value();
  EXPECT_EQ(listeners.unreadable, 2U) << "the one of an unknown kind is of another kind";
  EXPECT_EQ(listeners.records.size(), 5U);
  const RecordCheck check = check_records(path()).value();
  EXPECT_EQ(check.records, 8U);
  EXPECT_EQ(check.unreadable, 3U);
  ASSERT_EQ(check.problems.size(), 3U);
  EXPECT_EQ(check.problems[0].substr(0, 14), "record 2 of b:");
}

TEST(Past, SaysWhatWasLeftOutInWords) {
  EXPECT_EQ(unread_words(0), "");
  EXPECT_EQ(unread_words(1), "1 record could not be read: daytwo db verify names it");
  EXPECT_EQ(unread_words(2), "2 records could not be read: daytwo db verify names them");
}

TEST_F(OnDisk, ForgettingKeepsJudgementsAndWhatHoldsNow) {
  auto journal = LedgerJournal::open(path()).value();
  ASSERT_TRUE(journal->append({listener("a"), finding("a", FindingKind::kDrift)}));
  ASSERT_TRUE(journal->append({listener("a"), finding("a", FindingKind::kDrift)}));
  EXPECT_EQ(journal->forget_before(kMaxTimestamp).value(), 1);
  EXPECT_EQ(journal->history(WorryKey("a"), 10).value().records.size(), 3U);
}

TEST(Worries, RankByLossADayMoneyBeforeNaturalUnitsBeforeUndecided) {
  MemoryJournal journal;
  ASSERT_TRUE(journal.append(
      {finding("undecided", FindingKind::kDrift), finding("hours", FindingKind::kRunOut),
       verdict("hours", 1000, "hours of service lost"), finding("small", FindingKind::kRunOut),
       verdict("small", 2, "USD"), finding("large", FindingKind::kRunOut),
       verdict("large", 3, "USD"), finding("how to", FindingKind::kSource)}));
  std::vector<std::string> order;
  for (const model::Worry& worry : worries(journal.snapshot(), false)) {
    order.push_back(worry.key.value);
  }
  EXPECT_EQ(order, (std::vector<std::string>{"large", "small", "hours", "undecided"}));
}

TEST(Worries, APersonsDecisionStandsAboveTheComputedVerdict) {
  MemoryJournal journal;
  Record decided = verdict("a", 1, "USD");
  decided.amounts.clear();
  Choice choice;
  choice.kind = ChoiceKind::kDecided;
  choice.verdict = model::Verdict::kLeave;
  choice.by = "ana";
  decided.body = choice;
  ASSERT_TRUE(
      journal.append({finding("a", FindingKind::kRunOut), decided, verdict("a", 9, "USD")}));
  const model::Worry worry = worries(journal.snapshot(), false).at(0);
  EXPECT_EQ(worry.verdict, model::Verdict::kLeave);
  EXPECT_EQ(worry.decided_by, "ana");
  EXPECT_EQ(worry.loss_per_day->estimate.mean, 9) << "figures stay the computed ones";
  ASSERT_TRUE(worry.tripwire) << "what is left keeps its tripwire";
}

}  // namespace
}  // namespace daytwo::facts
