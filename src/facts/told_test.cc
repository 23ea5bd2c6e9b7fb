#include "facts/told.h"

#include <gtest/gtest.h>

#include <string>

#include "facts/fold.h"
#include "facts/memory_journal.h"

namespace daytwo::facts {
namespace {

constexpr Timestamp kNoon{1'795'348'800'000};
const WorryKey kWorry("probe/checkout");

Record deed(const WorryKey& key, DeedKind kind, Timestamp at, std::string sentence) {
  Record out;
  out.ts = at;
  out.key = key;
  out.sentence = std::move(sentence);
  Deed body;
  body.kind = kind;
  out.body = body;
  return out;
}

Record routed(const std::string& epoch) {
  Record out = deed(kWorry, DeedKind::kRouted, kNoon, "paging ana");
  out.inputs = {{"epoch", epoch}};
  return out;
}

Record queued(const std::string& page, const std::string& epoch, const std::string& purpose) {
  Record out = deed(WorryKey(page), DeedKind::kQueued, kNoon, "a page for ana by mail");
  out.inputs = {{"worry", kWorry.value}, {"purpose", purpose}, {"epoch", epoch}};
  return out;
}

Record finding() {
  Record out;
  out.ts = kNoon;
  out.key = kWorry;
  Finding body;
  body.kind = FindingKind::kProbe;
  body.title = "checkout does not answer";
  out.body = body;
  return out;
}

TEST(Told, TheNewestWordOnThePagesOfThisOccurrence) {
  MemoryJournal journal;
  ASSERT_TRUE(journal.append({finding(), routed("1")}));
  EXPECT_EQ(Told(journal.snapshot()).words(kWorry), "");
  EXPECT_EQ(worries(journal.snapshot(), false).at(0).paged, "");
  ASSERT_TRUE(journal.append({queued("page/a", "1", "page")}));
  EXPECT_EQ(Told(journal.snapshot()).words(kWorry), "a page for ana by mail");
  ASSERT_TRUE(journal.append({deed(WorryKey("page/a"), DeedKind::kSent, kNoon, "sent to ana")}));
  EXPECT_EQ(worries(journal.snapshot(), false).at(0).paged, "sent to ana");
  ASSERT_TRUE(journal.append({deed(WorryKey("page/a"), DeedKind::kAcked, kNoon, "ana has it")}));
  ASSERT_TRUE(journal.append({queued("page/b", "1", "resolve"), queued("page/c", "1", "test")}));
  EXPECT_EQ(Told(journal.snapshot()).words(kWorry), "ana has it");
  EXPECT_EQ(Told(journal.snapshot()).words(WorryKey("probe/other")), "");
  ASSERT_TRUE(journal.append({routed("9")}));
  EXPECT_EQ(Told(journal.snapshot()).words(kWorry), "") << "it came again, and nobody was told yet";
}

TEST(Told, AnAcknowledgementCountsForTheTimeItWasGivenIn) {
  MemoryJournal journal;
  ASSERT_TRUE(journal.append({routed("1"), queued("page/a", "1", "page")}));
  EXPECT_FALSE(Told(journal.snapshot()).acked(kWorry, kMinTimestamp, kMaxTimestamp));
  ASSERT_TRUE(journal.append(
      {deed(WorryKey("page/a"), DeedKind::kAcked, kNoon + minutes(5), "ana has it")}));
  const Told told(journal.snapshot());
  EXPECT_TRUE(told.acked(kWorry, kNoon, kNoon + minutes(5)));
  EXPECT_FALSE(told.acked(kWorry, kNoon, kNoon + minutes(4)));
  EXPECT_FALSE(told.acked(kWorry, kNoon + minutes(6), kMaxTimestamp));
  EXPECT_FALSE(told.acked(WorryKey("probe/other"), kMinTimestamp, kMaxTimestamp));
}

}  // namespace
}  // namespace daytwo::facts
