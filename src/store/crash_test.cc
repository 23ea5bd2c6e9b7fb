// The store against a disk that tears: a fixed workload is run once per step of the disk, that step
// fails in one of four ways, the machine restarts in one of four ways, and what was acknowledged is
// compared with what is there.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "store/backup.h"
#include "store/world_for_tests.h"

namespace daytwo::store {
namespace {

using Model = std::map<std::string, std::map<std::int64_t, double>>;

// Appends, seals, merges and backups in a fixed order. `acknowledged` gets what the store promised,
// `sent` everything it was given.
struct Workload {
  Model acknowledged;
  Model sent;

  void note(Model& model, const series::Batch& batch) {
    for (const series::SeriesSamples& from : batch.series) {
      for (const series::Sample& sample : from.samples) {
        model[from.labels.to_string()].emplace(sample.at.ms, sample.value.number);
      }
    }
  }
  void append(Store& store, const series::Batch& batch) {
    note(sent, batch);
    if (store.append(batch)) note(acknowledged, batch);
  }
  void run(StoreWorld& world) {
    if (!world.store && !world.open()) return;
    for (int round = 0; round < 5; ++round) {
      for (int i = 0; i < 2; ++i) {
        const std::int64_t at = round * 100'000 + i * 15'000;
        series::Batch batch = floats(metric("a"), {{at, round + i / 10.0}});
        batch.series.push_back({metric("b" + std::to_string(round)), {{{at}, {7.25, nullptr}}}});
        if (i == 1) batch.series[0].samples.push_back({{at - 1'000'000}, {1, nullptr}});  // late
        append(*world.store, batch);
      }
      static_cast<void>(round == 4 ? world.store->maintain() : world.store->seal());
    }
    append(*world.store, floats(metric("a"), {{2'000'000, 9}}));
  }
};

// Everything acknowledged is there with its value; everything there was sent.
void expect_kept(const Workload& work, const Model& found, const std::string& where) {
  for (const auto& [labels, samples] : work.acknowledged) {
    const auto series = found.find(labels);
    ASSERT_NE(series, found.end()) << where << ": lost " << labels;
    for (const auto& [at, value] : samples) {
      const auto sample = series->second.find(at);
      ASSERT_NE(sample, series->second.end()) << where << ": lost " << labels << " at " << at;
      ASSERT_EQ(sample->second, value) << where << ": " << labels << " at " << at;
    }
  }
  for (const auto& [labels, samples] : found) {
    for (const auto& [at, value] : samples) {
      const auto series = work.sent.find(labels);
      ASSERT_TRUE(series != work.sent.end() && series->second.contains(at) &&
                  series->second.at(at) == value)
          << where << ": invented " << labels << " at " << at;
    }
  }
}

std::size_t steps_of_workload() {
  StoreWorld world;
  Workload work;
  work.run(world);
  world.store.reset();
  return world.disk.steps();
}

class CrashTest : public testing::TestWithParam<std::tuple<sim::Fault, sim::Crash>> {};

TEST_P(CrashTest, NothingAcknowledgedIsLostAtAnyStep) {
  const auto [fault, crash] = GetParam();
  const std::size_t steps = steps_of_workload();
  ASSERT_GT(steps, 100U);
  for (std::size_t step = 0; step <= steps; ++step) {
    const std::string where = "step " + std::to_string(step);
    StoreWorld world;
    Workload work;
    world.disk.fail_at(step, fault);
    work.run(world);
    world.disk.restart(crash, {step});
    world.store.reset();
    const Result<void> opened = world.open();
    ASSERT_TRUE(opened) << where << ": " << opened.error().to_string();
    ASSERT_EQ(world.store->facts().damages, 0U)
        << where << ": a crash is no damage: " << world.store->damages()[0].what;
    ASSERT_NO_FATAL_FAILURE(expect_kept(work, content(*world.store), where));
    // It works on, and a second crash right after changes nothing.
    const auto more = world.store->append(floats(metric("after"), {{3'000'000, 1}}));
    ASSERT_TRUE(more) << where << ": " << more.error().to_string();
    work.note(work.sent, floats(metric("after"), {{3'000'000, 1}}));
    work.note(work.acknowledged, floats(metric("after"), {{3'000'000, 1}}));
    ASSERT_TRUE(world.store->seal()) << where;
    ASSERT_TRUE(world.store->maintain()) << where;
    world.disk.restart(crash, {step + 1});
    ASSERT_TRUE(world.open()) << where;
    ASSERT_NO_FATAL_FAILURE(expect_kept(work, content(*world.store), where + ", second"));
    const auto report = verify(world.disk, "/data");
    ASSERT_TRUE(report) << where;
  }
}

using enum sim::Fault;
using enum sim::Crash;
INSTANTIATE_TEST_SUITE_P(
    AllFaults, CrashTest,
    testing::Values(std::tuple(kPowerCut, kKeep), std::tuple(kPowerCut, kForget),
                    std::tuple(kPowerCut, kPrefix), std::tuple(kPowerCut, kScatter),
                    std::tuple(kError, kForget), std::tuple(kShort, kPrefix),
                    std::tuple(kShort, kScatter), std::tuple(kNoSpace, kForget)));

TEST(Crash, AfterAFaultTheSameBatchMayBeSentAgain) {
  const std::size_t steps = steps_of_workload();
  for (const sim::Fault fault : {sim::Fault::kError, sim::Fault::kShort, sim::Fault::kNoSpace}) {
    for (std::size_t step = 0; step <= steps; step += 3) {
      StoreWorld world;
      Workload work;
      world.disk.fail_at(step, fault);
      work.run(world);
      world.disk.give_space();
      if (!world.store) continue;  // it could not even be opened
      Workload again;
      again.run(world);
      // Whatever was acknowledged the second time must be there after a power cut, although the
      // head knew most of it from the time before.
      world.disk.restart(sim::Crash::kForget);
      world.store.reset();
      ASSERT_TRUE(world.open());
      ASSERT_NO_FATAL_FAILURE(
          expect_kept(again, content(*world.store), "again, step " + std::to_string(step)));
    }
  }
}

TEST(Crash, ALogTornAtAnyByteOpensWithoutDamage) {
  StoreWorld world;
  ASSERT_TRUE(world.open());
  ASSERT_TRUE(world.store->append(floats(metric("a"), {{1000, 1}})));
  const std::string segment = "/data/wal/00000001.log";
  const std::size_t before = world.disk.facts(segment)->size_bytes;
  ASSERT_TRUE(world.store->append(floats(metric("a"), {{2000, 2}})));
  const std::string bytes = world.disk.read(segment, 1U << 20U).value();
  world.store.reset();
  for (std::size_t size = before; size < bytes.size(); ++size) {
    StoreWorld torn;
    torn.disk.put(segment, std::string_view(bytes).substr(0, size));
    torn.disk.put("/data/blocks/x", "");
    ASSERT_TRUE(torn.disk.remove("/data/blocks/x"));
    ASSERT_TRUE(torn.open());
    EXPECT_EQ(samples_of(*torn.store, "a"), (std::map<std::int64_t, double>{{1000, 1}}));
    EXPECT_EQ(torn.store->facts().damages, 0U);
    EXPECT_EQ(torn.store->facts().torn_bytes, size - before);
    ASSERT_TRUE(torn.open()) << "and once more, from the segment that was cut";
    EXPECT_EQ(torn.store->facts().damages, 0U);
  }
}

}  // namespace
}  // namespace daytwo::store
