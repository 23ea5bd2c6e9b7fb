// Memory caps and tripwires over a small world.
#include <gtest/gtest.h>

#include <string>

#include "facts/written.h"
#include "model/verdict.h"
#include "orient/memory_cap.h"
#include "orient/tripwires.h"
#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

constexpr double kMiB = 1 << 20;

void memory(World& world, double anonymous, double kills = 0, double hits = 0) {
  const auto sample = [&](const char* name, double value) {
    world.sample({{"__name__", std::string("daytwo_cgroup_memory_") + name},
                  {"cgroup", "/w"},
                  {"instance", "host-1"},
                  {"workload", "worker"}},
                 value);
  };
  sample("limit_bytes", 100 * kMiB);
  sample("anonymous_bytes", anonymous);
  sample("working_set_bytes", anonymous);
  sample("file_bytes", 0);
  sample("oom_kills_total", kills);
  sample("limit_hits_total", hits);
}

std::string hypothesis(const World& world) {
  const auto open = world.open("memory/");
  return open.empty() ? "none" : std::string(open[0]->find_input("hypothesis"));
}

TEST(MemoryCap, ThreeLivesThatGrowAlikeAreALeak) {
  World world;
  MemoryCap detector;
  for (int minute = 0; minute < 59; ++minute) {
    const int age = minute % 19;
    const int life = minute / 19;
    memory(world, (30 + 3.6 * age) * kMiB, life);
    (void)world.turn(detector);
    world.now = world.now + minutes(1);
  }
  memory(world, 95 * kMiB, 3);
  (void)world.turn(detector);
  const auto open = world.open("memory/");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_TRUE(finding_in(*open[0]).wake);
  EXPECT_EQ(open[0]->key.value, "memory/host-1//w");
}

TEST(MemoryCap, APlateauThatMeetsTheLimitIsTooLittle) {
  World world;
  MemoryCap detector;
  for (int minute = 0; minute < 30; ++minute) {
    memory(world, (95 + minute % 2) * kMiB, 0, minute * 3);
    (void)world.turn(detector);
    world.now = world.now + minutes(1);
  }
  EXPECT_EQ(hypothesis(world), "too little memory");
}

// A group at its limit that a packaged program shares with `path`, which uses `processors`.
void share(World& world, const std::string& path, const std::string& package, double processors) {
  world.see("package/tools", facts::PackageSeen{"Debian:12", "tools", "1", "amd64", "", ""});
  facts::ProcessSeen worker;
  worker.pid = 16;
  worker.name = "worker";
  worker.executable = "/usr/bin/worker";
  worker.cgroup = "/w";
  worker.workload = "worker";
  worker.package = "tools";
  world.see("process/16", worker);
  facts::ProcessSeen other = worker;
  other.pid = 17;
  other.name = "other";
  other.executable = path;
  other.user = "www-data";
  other.package = package;
  world.see("process/17", other);
  MemoryCap detector;
  for (int minute = 0; minute <= 5; ++minute) {
    memory(world, 95 * kMiB);
    world.sample({{"__name__", "daytwo_process_cpu_seconds_total"},
                  {"instance", "host-1"},
                  {"name", "other"},
                  {"workload", "worker"}},
                 processors * 60 * minute);
    (void)world.turn(detector);
    if (minute < 5) world.now = world.now + minutes(1);
  }
}

TEST(MemoryCap, AnUnownedProgramAtFullCpuMayBeAnIntruder) {
  World world;
  share(world, "/opt/.cache/kdevtmpfsi", "", 0.97);
  const auto open = world.open("memory/");
  ASSERT_EQ(open.size(), 1U);
  const facts::Finding& finding = finding_in(*open[0]);
  EXPECT_EQ(open[0]->find_input("hypothesis"), "perhaps an intruder");
  EXPECT_TRUE(finding.wake);
  EXPECT_EQ(finding.title, "worker may hold an intruder: /opt/.cache/kdevtmpfsi");
  EXPECT_NE(open[0]->sentence.find("(pid 17 as www-data) uses 0.97 processors without a pause; no "
                                   "package owns it and no service declares it and 1 program "
                                   "beside it is owned or declared"),
            std::string::npos)
      << open[0]->sentence;
  EXPECT_NE(finding.next_step.find("cp /proc/17/exe"), std::string::npos);
}

TEST(MemoryCap, WhatIsOwnedOrIdleIsNoIntruder) {
  World owned;
  share(owned, "/usr/bin/other", "tools", 0.97);
  EXPECT_EQ(hypothesis(owned), "cannot tell yet");
  World idle;
  share(idle, "/opt/other", "", 0.4);
  EXPECT_EQ(hypothesis(idle), "cannot tell yet");
}

TEST(MemoryCap, WithoutPackagesNobodyCanTellWhoIsOwned) {
  World world;
  facts::ProcessSeen only;
  only.pid = 17;
  only.name = "other";
  only.executable = "/tmp/other";
  only.cgroup = "/w";
  only.workload = "worker";
  world.see("process/17", only);
  for (int minute = 0; minute <= 5; ++minute) {
    world.sample({{"__name__", "daytwo_process_cpu_seconds_total"},
                  {"instance", "host-1"},
                  {"name", "other"},
                  {"workload", "worker"}},
                 60.0 * minute);
    if (minute < 5) world.now = world.now + minutes(1);
  }
  const facts::Snapshot snapshot = world.journal.snapshot();
  const View view{snapshot, world.samples, world.catalog, world.now};
  EXPECT_FALSE(find_intruder(view, "host-1", "/w")->has_value());
  world.see("package/tools", facts::PackageSeen{"Debian:12", "tools", "1", "amd64", "", ""});
  const facts::Snapshot later = world.journal.snapshot();
  const View known{later, world.samples, world.catalog, world.now};
  const auto found = find_intruder(known, "host-1", "/w");
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->signs.back(), "it lies where anybody may write");
}

TEST(MemoryCap, OneLifeCannotTellYetAndSaysWhatWould) {
  World world;
  MemoryCap detector;
  for (int minute = 0; minute < 15; ++minute) {
    memory(world, (60 + 2.4 * minute) * kMiB);
    (void)world.turn(detector);
    world.now = world.now + minutes(1);
  }
  EXPECT_EQ(hypothesis(world), "cannot tell yet");
  const auto open = world.open("memory/");
  EXPECT_NE(finding_in(*open.at(0)).next_step.find("plateau below the limit is too little"),
            std::string::npos);
}

TEST(MemoryEvidence, NamesALeakWithItsRate) {
  series::Column anonymous;
  series::Column kills;
  const Timestamp start{1'800'000'000'000};
  for (int minute = 0; minute < 60; ++minute) {
    const int age = minute % 20;
    const int life = minute / 20;
    anonymous.push({start + minutes(minute), {(30 + 3 * age + (age % 2) * .2) * kMiB, nullptr}});
    kills.push({start + minutes(minute), {static_cast<double>(life), nullptr}});
  }
  const auto evidence =
      memory_evidence(100 * kMiB, anonymous, anonymous, {}, kills, {}, start + minutes(59));
  EXPECT_EQ(evidence.starts, 3U);
  EXPECT_EQ(evidence.kills, 2);
  ASSERT_TRUE(evidence.growth.has_value());
  EXPECT_NEAR(evidence.growth->value / kMiB, 180, 5);
  EXPECT_EQ(judge_memory(evidence, "worker").hypothesis, CapHypothesis::kLeak);
}

TEST(MemoryEvidence, CachedFilesAreNothingToDo) {
  MemoryEvidence evidence;
  evidence.limit = 100 * kMiB;
  evidence.anonymous = 20 * kMiB;
  evidence.working_set = 95 * kMiB;
  EXPECT_EQ(judge_memory(evidence, "w").hypothesis, CapHypothesis::kCacheOnly);
}

facts::Record choice(facts::ChoiceKind kind, model::Tripwire tripwire, Timestamp now) {
  facts::Record record;
  record.ts = now;
  record.key = WorryKey("written/payments");
  record.subject = "payments";
  facts::Choice choice;
  choice.kind = kind;
  choice.tripwire = std::move(tripwire);
  record.body = choice;
  return record;
}

model::Tripwire wire(std::string query, std::string op, double value) {
  model::Tripwire out;
  out.sentence = "flips when the queue is longer than 100";
  out.query = std::move(query);
  out.op = std::move(op);
  out.value = value;
  return out;
}

TEST(Tripwires, SayWhenTheyAreCrossedAndWhenNoLonger) {
  World world;
  Tripwires detector;
  ASSERT_TRUE(world.journal.append(
      {choice(facts::ChoiceKind::kVerdict, wire("queue_length", ">", 100), world.now)}));
  (void)world.turn(detector);
  EXPECT_TRUE(world.open("tripwire/").empty());
  world.sample({{"__name__", "queue_length"}}, 50);
  EXPECT_TRUE(world.turn(detector).empty());
  world.now = world.now + seconds(10);
  world.sample({{"__name__", "queue_length"}}, 150);
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].key.value, "tripwire/written/payments");
  EXPECT_NE(told[0].sentence.find("(now 150, the bound is > 100)"), std::string::npos);
  world.now = world.now + seconds(10);
  world.sample({{"__name__", "queue_length"}}, 90);
  EXPECT_EQ(world.turn(detector).at(0).state, facts::State::kClosed);
}

TEST(Tripwires, APersonsDecisionStandsAboveTheComputedOne) {
  World world;
  Tripwires detector;
  world.sample({{"__name__", "queue_length"}}, 150);
  ASSERT_TRUE(world.journal.append(
      {choice(facts::ChoiceKind::kVerdict, wire("queue_length", ">", 100), world.now),
       choice(facts::ChoiceKind::kDecided, wire("queue_length", ">", 1000), world.now)}));
  EXPECT_TRUE(world.turn(detector).empty());
}

facts::Record said(facts::ChoiceKind kind, model::Verdict verdict, Timestamp now) {
  facts::Record record = choice(kind, {}, now);
  auto& body = std::get<facts::Choice>(record.body);
  body.tripwire.reset();
  body.verdict = verdict;
  body.reason = "acting pays in 19 of 20 worlds";
  body.by = "ann";
  return record;
}

// A price or a rate that changes has no query: the verdict that turned is the tripwire.
TEST(Tripwires, WhatAPersonLeftComesBackWhenItsVerdictTurns) {
  using facts::ChoiceKind;
  using model::Verdict;
  World world;
  Tripwires detector;
  ASSERT_TRUE(world.journal.append({said(ChoiceKind::kVerdict, Verdict::kLeave, world.now)}));
  ASSERT_TRUE(world.journal.append(
      {facts::decided(WorryKey("written/payments"), "payments", Verdict::kLeave, "", "ann", {},
                      world.now, Verdict::kLeave)}));
  (void)world.turn(detector);
  EXPECT_TRUE(world.open("tripwire/").empty());
  ASSERT_TRUE(world.journal.append({said(ChoiceKind::kVerdict, Verdict::kDo, world.now)}));
  const auto told = world.turn(detector);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].find_input(facts::kDecidedBy), "ann");
  EXPECT_NE(told[0].sentence.find("the verdict is now to do it: acting pays in 19 of 20 worlds"),
            std::string::npos)
      << told[0].sentence;
  // Deciding again, against the same verdict, ends it.
  ASSERT_TRUE(world.journal.append(
      {facts::decided(WorryKey("written/payments"), "payments", Verdict::kLeave, "not this year",
                      "ann", {}, world.now, Verdict::kDo)}));
  EXPECT_EQ(world.turn(detector).at(0).state, facts::State::kClosed);
  ASSERT_TRUE(world.journal.append({said(ChoiceKind::kVerdict, Verdict::kDo, world.now)}));
  EXPECT_TRUE(world.turn(detector).empty()) << "it said so when that was decided";
}

TEST(Tripwires, ACrossedQueryBringsWhatItMeasured) {
  World world;
  Tripwires detector;
  model::Tripwire rate = wire("queue_length", ">", 100);
  rate.input = "events";
  ASSERT_TRUE(world.journal.append({choice(facts::ChoiceKind::kVerdict, rate, world.now)}));
  world.sample({{"__name__", "queue_length"}}, 150);
  (void)world.turn(detector);
  const auto open = world.open("tripwire/");
  ASSERT_EQ(open.size(), 1U);
  ASSERT_NE(open[0]->find_amount("value"), nullptr);
  EXPECT_EQ(open[0]->find_amount("value")->estimate.mean, 150);
  EXPECT_EQ(open[0]->find_input("input"), "events");
  EXPECT_EQ(open[0]->find_input("query"), "queue_length");
}

TEST(Tripwires, AnInstantIsATripwireToo) {
  World world;
  Tripwires detector;
  model::Tripwire until;
  until.sentence = "look again in a day";
  until.until = world.now + days(1);
  ASSERT_TRUE(world.journal.append({choice(facts::ChoiceKind::kDecided, until, world.now)}));
  EXPECT_TRUE(world.turn(detector).empty());
  world.now = world.now + days(1);
  EXPECT_EQ(world.turn(detector).size(), 1U);
}

}  // namespace
}  // namespace daytwo::orient
