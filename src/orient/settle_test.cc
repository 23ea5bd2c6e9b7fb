#include "orient/settle.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

// Claims whatever the test says.
class Scripted final : public Detector {
 public:
  Judgement next;
  bool says_moved = false;

  std::string_view name() const override { return "drift"; }
  std::string_view engine() const override { return "orient.scripted/1"; }
  Judgement judge(const View& /*view*/) override { return next; }
  bool moved(const facts::Record& /*before*/, const facts::Record& /*after*/) const override {
    return says_moved;
  }
};

Claim claim(const std::string& key, const std::string& state) {
  return make_claim(facts::FindingKind::kDrift, key, "host", "title", "sentence", state);
}

TEST(Settle, OpensOnceAndStaysSilentWhileNothingChanges) {
  World world;
  Scripted detector;
  detector.next.claims = {claim("drift/a", "one")};
  const auto first = world.turn(detector);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].state, facts::State::kOpen);
  EXPECT_EQ(first[0].ts, world.now);
  EXPECT_EQ(first[0].engine, "orient.scripted/1");
  EXPECT_TRUE(world.turn(detector).empty());
}

TEST(Settle, TellsAChangeOfStateAndAMove) {
  World world;
  Scripted detector;
  detector.next.claims = {claim("drift/a", "one")};
  (void)world.turn(detector);
  detector.next.claims = {claim("drift/a", "two")};
  const Timestamp began = world.now;
  world.now = world.now + hours(2);
  auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].find_input(facts::kBegan), to_rfc3339(began)) << "since it opened";
  EXPECT_EQ(told[0].state, facts::State::kChanged);
  ASSERT_EQ(told[0].causes.size(), 1U);
  detector.says_moved = true;
  EXPECT_EQ(world.turn(detector).size(), 1U);
}

TEST(Settle, ClosesWhatNoLongerHoldsButNotWhatIsUnknown) {
  World world;
  Scripted detector;
  detector.next.claims = {claim("drift/a", "one"), claim("drift/b", "one")};
  (void)world.turn(detector);
  detector.next.claims.clear();
  detector.next.unknown = {"drift/b"};
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].key.value, "drift/a");
  EXPECT_EQ(told[0].state, facts::State::kClosed);
  EXPECT_EQ(world.open("drift/").size(), 1U);
}

TEST(Settle, OpensAgainAfterItClosed) {
  World world;
  Scripted detector;
  detector.next.claims = {claim("drift/a", "one")};
  (void)world.turn(detector);
  detector.next.claims.clear();
  (void)world.turn(detector);
  detector.next.claims = {claim("drift/a", "one")};
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].state, facts::State::kOpen);
}

TEST(Settle, ClaimsOfOneKeyAreToldOnce) {
  World world;
  Scripted detector;
  detector.next.claims = {claim("drift/a", "one"), claim("drift/a", "two")};
  EXPECT_EQ(world.turn(detector).size(), 1U);
}

TEST(Settle, DoesNotTouchTheFindingsOfOthers) {
  World world;
  facts::Record other;
  other.ts = world.now;
  other.key = WorryKey("runout/host/filesystem:/");
  facts::Finding finding;
  finding.kind = facts::FindingKind::kRunOut;
  other.body = finding;
  ASSERT_TRUE(world.journal.append({other}).has_value());
  Scripted detector;
  EXPECT_TRUE(world.turn(detector).empty());
  EXPECT_EQ(world.open("runout/").size(), 1U);
}

}  // namespace
}  // namespace daytwo::orient
