#include "orient/flow.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "chance/seed.h"
#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

// A queue in steps of ten seconds: what comes in goes out `delay` steps later, unless lost.
struct Queue {
  FlowReading reading;
  std::vector<double> in;
  double received = 0;
  double gone = 0;
  Timestamp now{1'800'000'000'000};

  void step(double arriving, std::size_t delay, double lost = 0, bool works = true) {
    received += arriving;
    in.push_back(arriving - lost);
    if (works && in.size() > delay) gone += in[in.size() - 1 - delay];
    reading.received.push_back({now, received});
    reading.gone.push_back({now, gone});
    now = now + seconds(10);
  }
  FlowStatus status() const { return judge_flow(reading, now - seconds(10)); }
};

TEST(Flow, AHealthyQueueLosesNothingAndItsLagIsTime) {
  Queue queue;
  for (int i = 0; i < 120; ++i) queue.step(100, 4);
  const auto status = queue.status();
  EXPECT_EQ(status.state, FlowState::kFine);
  EXPECT_EQ(status.lost, 0);
  ASSERT_TRUE(status.lag.has_value());
  EXPECT_NEAR(status.lag->seconds(), 40, 10);
}

TEST(Flow, TellsTheShareLostSinceWhenAndTheLag) {
  Queue queue;
  for (int i = 0; i < 60; ++i) queue.step(1000, 4);
  const Timestamp began = queue.now;
  // One in five thousand from now on: 0.02 %.
  for (int i = 0; i < 120; ++i) queue.step(1000, 4, i % 5 == 0 ? 1 : 0);
  const auto status = queue.status();
  EXPECT_EQ(status.state, FlowState::kLosing);
  EXPECT_NEAR(status.lost_share, .0002, .00004);
  ASSERT_TRUE(status.since.has_value());
  EXPECT_LE(std::abs((*status.since - began).seconds()), 120);
  EXPECT_NEAR(status.lag->seconds(), 40, 10);
  EXPECT_NE(status.sentence.find("% lost since 20"), std::string::npos) << status.sentence;
}

TEST(Flow, WhereTheStageSaysWhatItHoldsOneMessageIsProof) {
  Queue queue;
  for (int i = 0; i < 90; ++i) {
    queue.step(100, 1 + static_cast<std::size_t>(i % 3), i == 60 ? 1 : 0);
    const double lost = i >= 60 ? 1 : 0;
    queue.reading.in_flight.push_back(
        {queue.now - seconds(10), queue.received - queue.gone - lost});
  }
  const auto status = queue.status();
  EXPECT_EQ(status.state, FlowState::kLosing);
  EXPECT_NEAR(status.lost, 1, 1e-9);
}

TEST(Flow, AStandingQueueIsStalledNotLosing) {
  Queue queue;
  for (int i = 0; i < 60; ++i) queue.step(100, 1);
  for (int i = 0; i < 30; ++i) queue.step(100, 1, 0, false);
  const auto status = queue.status();
  EXPECT_EQ(status.state, FlowState::kStalled);
  EXPECT_EQ(status.lost, 0);
  EXPECT_NEAR(status.lag->seconds(), 300, 20);
}

TEST(Flow, ABurstThatWaitsIsNoLoss) {
  // The queue fills for ten minutes and drains again: its floor comes back.
  Queue queue;
  for (int i = 0; i < 60; ++i) queue.step(100, 1);
  double backlog = 0;
  for (int i = 0; i < 180; ++i) {
    const double in = i < 60 ? 200 : 100;
    const double out = std::min(backlog + in, 150.0);
    backlog += in - out;
    queue.received += in;
    queue.gone += out;
    queue.reading.received.push_back({queue.now, queue.received});
    queue.reading.gone.push_back({queue.now, queue.gone});
    queue.now = queue.now + seconds(10);
  }
  EXPECT_EQ(queue.status().state, FlowState::kFine) << queue.status().sentence;
}

TEST(Flow, RandomQueuesThatLoseNothingRaiseNothing) {
  // 100 hours with random traffic and delays. A queue's floor is not a constant: it must not be
  // taken for a loss.
  int alarms = 0;
  for (std::uint64_t world = 0; world < 100; ++world) {
    chance::Stream stream({23}, world);
    Queue queue;
    double backlog = 0;
    for (int i = 0; i < 360; ++i) {
      const double in = std::floor(200 * stream.uniform());
      const double out = std::min(backlog + in, std::floor(100 + 150 * stream.uniform()));
      backlog += in - out;
      queue.received += in;
      queue.gone += out;
      queue.reading.received.push_back({queue.now, queue.received});
      queue.reading.gone.push_back({queue.now, queue.gone});
      queue.now = queue.now + seconds(10);
    }
    alarms += queue.status().state == FlowState::kLosing ? 1 : 0;
  }
  RecordProperty("alarms_in_100_hours", alarms);
  EXPECT_LE(alarms, 2);
}

// What is inside is under way until it is late; what is lost is not, two minutes later.
TEST(Flow, WhatIsInsideIsUnderWayUntilItIsLate) {
  Queue queue;
  for (int i = 0; i < 60; ++i) queue.step(100, 0);
  EXPECT_EQ(under_way(queue.reading), 0);
  for (int i = 0; i < 6; ++i) queue.step(100, 0, 0, false);
  EXPECT_EQ(under_way(queue.reading), 600) << "a minute's standstill";
  for (int i = 0; i < 12; ++i) queue.step(100, 0, 0, false);
  EXPECT_EQ(under_way(queue.reading), 1200) << "three minutes': the first one is late";

  Queue losing;
  for (int i = 0; i < 60; ++i) losing.step(100, 0);
  losing.step(100, 0, 5);
  EXPECT_EQ(under_way(losing.reading), 5) << "it may still come";
  for (int i = 0; i < 12; ++i) losing.step(100, 0);
  EXPECT_EQ(under_way(losing.reading), 0) << "it is gone";
}

TEST(Flow, AStageThatSaysWhatItHoldsHasAllOfThatUnderWay) {
  Queue queue;
  for (int i = 0; i < 60; ++i) {
    // Ten times the traffic from the middle on: more inside, nothing lost.
    queue.step(i < 30 ? 10 : 100, 3);
    queue.reading.in_flight.push_back(
        {queue.reading.received.back().at, queue.received - queue.gone});
  }
  EXPECT_EQ(under_way(queue.reading), 300);
  for (int i = 0; i < 18; ++i) {
    queue.step(100, 3, 0, false);
    queue.reading.in_flight.push_back(
        {queue.reading.received.back().at, queue.received - queue.gone});
  }
  EXPECT_EQ(under_way(queue.reading), 1200) << "the rest is older than two minutes";
}

TEST(Flow, SilenceIsUnknown) {
  EXPECT_EQ(judge_flow({}, Timestamp{1'800'000'000'000}).state, FlowState::kUnknown);
  Queue young;
  for (int i = 0; i < 12; ++i) young.step(100, 1);
  EXPECT_EQ(young.status().state, FlowState::kUnknown);
  EXPECT_NE(young.status().sentence.find("so far"), std::string::npos);
}

TEST(Flows, ReadCountedFlowsThatNobodyDeclared) {
  World world;
  Flows detector;
  double in = 0;
  double out = 0;
  for (int i = 0; i < 90; ++i) {
    in += 50;
    if (i < 60) out += 50;
    for (const auto& [stage, value] : {std::pair("received", in), {"processed", out}}) {
      world.sample({{"__name__", "daytwo_count_total"}, {"flow", "orders"}, {"stage", stage}},
                   value);
    }
    (void)world.turn(detector);
    world.now = world.now + seconds(10);
  }
  const auto open = world.open("flow/");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0]->key.value, "flow/counted/orders");
  EXPECT_EQ(finding_in(*open[0]).title, "orders stands still");
  EXPECT_TRUE(finding_in(*open[0]).wake);
  // It works again and catches up.
  out = in;
  for (int i = 0; i < 3; ++i) {
    in += 50;
    out += 50;
    for (const auto& [stage, value] : {std::pair("received", in), {"processed", out}}) {
      world.sample({{"__name__", "daytwo_count_total"}, {"flow", "orders"}, {"stage", stage}},
                   value);
    }
    (void)world.turn(detector);
    world.now = world.now + seconds(10);
  }
  EXPECT_TRUE(world.open("flow/").empty());
}

TEST(Flows, SayHowToCount) {
  World world;
  Flows detector;
  (void)world.turn(detector);
  EXPECT_EQ(world.source("flow"), "nobody counts both ends of anything");
}

}  // namespace
}  // namespace daytwo::orient
