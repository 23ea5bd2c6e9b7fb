#include "orient/objectives.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "chance/seed.h"
#include "orient/flow.h"
#include "orient/guard.h"
#include "orient/world_for_tests.h"

namespace daytwo::orient {
namespace {

constexpr Timestamp kNow{1'800'000'000'000};

TEST(Guard, AgreesWithTheWorkedTable) {
  // Target 99.9 %, two page rules at 0.05 false pages in 30 days each; requests an hour, k* for 1 h
  // and for 6 h.
  struct Row {
    double rate;
    std::int64_t one_hour;
    std::int64_t six_hours;
  };
  for (const Row& row :
       {Row{1, 2, 2}, {10, 2, 3}, {30, 3, 4}, {100, 4, 5}, {1000, 8, 17}, {10000, 25, 89}}) {
    EXPECT_EQ(least_bad_events(row.rate, .001, hours(1), .05), row.one_hour) << row.rate;
    EXPECT_EQ(least_bad_events(6 * row.rate, .001, hours(6), .05), row.six_hours) << row.rate;
  }
}

TEST(Guard, TheApproximationMeetsTheExactTail) {
  // Just above the border the quantile must be right to one event.
  const std::int64_t k = least_bad_events(1.001e6, .001, hours(1), .05);
  EXPECT_LE(poisson_tail(k, 1001), .05 / 720);
  EXPECT_GT(poisson_tail(k - 3, 1001), .05 / 720);
}

TEST(Guard, PoissonTailsSumToOne) {
  EXPECT_NEAR(poisson_tail(1, .5), 1 - std::exp(-.5), 1e-15);
  EXPECT_NEAR(poisson_tail(3, 10), 1 - std::exp(-10.0) * (1 + 10 + 50), 1e-14);
  EXPECT_EQ(poisson_tail(0, 7), 1);
}

TEST(EventRings, NeverTakeAMeanOfRatios) {
  // 23 h at 10 requests an hour without an error, then an hour of 100,000 with 5 %.
  EventRings rings(days(30));
  rings.add_events(kNow - hours(24), kNow - hours(1), 0, 230);
  rings.add_events(kNow - hours(1), kNow, 5000, 100'000);
  const auto day = rings.sum(days(1), kNow);
  EXPECT_NEAR(day.bad / day.total, 5000 / 100'230.0, 1e-6);
}

TEST(EventRings, ForgetsWhatIsOlderThanTheWindow) {
  EventRings rings(days(30));
  rings.add_events(kNow - days(31), kNow - days(31) + minutes(1), 100, 100);
  rings.add_events(kNow - days(1), kNow - days(1) + minutes(1), 1, 10);
  EXPECT_DOUBLE_EQ(rings.sum(days(30), kNow).total, 10);
  EXPECT_DOUBLE_EQ(rings.sum(hours(1), kNow).total, 0);
}

// Against a brute-force count of the same events, for windows that end at bucket edges.
RC_GTEST_PROP(EventRings, EqualABruteForceCount, ()) {
  EventRings rings(days(30));
  const Timestamp start{1'799'992'800'000};  // a multiple of two hours
  const auto minutes_of_events =
      *rc::gen::container<std::vector<int>>(200, rc::gen::inRange(0, 50));
  double brute = 0;
  const int window = *rc::gen::inRange(1, 200);
  for (int i = 0; i < 200; ++i) {
    const int count = minutes_of_events[static_cast<std::size_t>(i)];
    const Timestamp from = start + minutes(i);
    rings.add_events(from, from + minutes(1), count, 2 * count);
    if (i >= 200 - window) brute += count;
  }
  const auto sums = rings.sum(minutes(window), start + minutes(200));
  RC_ASSERT(std::abs(sums.bad - brute) < 1e-9);
  RC_ASSERT(std::abs(sums.total - 2 * brute) < 1e-9);
}

model::Objective ratio() {
  model::Objective out;
  out.name = "availability";
  out.service = ServiceId("checkout");
  out.bad = "errors_total";
  out.total = "requests_total";
  return out;
}

std::vector<RuleMemory> fresh() { return std::vector<RuleMemory>(4); }

// 30 days at `rate` requests an hour of which `share` fail.
EventRings month(double rate, double share, Duration length = days(30)) {
  EventRings rings(days(30));
  rings.add_known(kNow - length, kNow);
  rings.add_events(kNow - length, kNow, rate * length.hours() * share, rate * length.hours());
  return rings;
}

TEST(Objective, HalfTheAllowedErrorsLeaveHalfTheBudget) {
  auto memory = fresh();
  const auto status = judge_objective(ratio(), month(1000, .0005), kNow, memory);
  EXPECT_EQ(status.state, BudgetState::kOk);
  EXPECT_NEAR(*status.budget_left, .5, 1e-3);
  EXPECT_NEAR(status.burn.at("1h"), .5, 1e-3);
  EXPECT_FALSE(status.empty_at.has_value());
  EXPECT_LT(status.sli->low, status.sli->value);
  EXPECT_GT(status.sli->high, status.sli->value);
}

TEST(Objective, AFastBurnPagesAndRestsWhenItIsOver) {
  auto memory = fresh();
  EventRings rings = month(1000, 0);
  rings.add_events(kNow - hours(1), kNow, 50, 0);  // 5 % of the last hour
  auto status = judge_objective(ratio(), rings, kNow, memory);
  EXPECT_EQ(status.state, BudgetState::kBurning);
  EXPECT_EQ(status.rules[0].state, RuleState::kFiring);
  ASSERT_TRUE(status.empty_at.has_value());
  EXPECT_LT(status.empty_at->p05, status.empty_at->p50);
  EXPECT_LT(status.empty_at->p50, status.empty_at->p95);
  // 720 expected bad events less 50 spent, 50 an hour: 13.4 hours.
  EXPECT_NEAR((status.empty_at->p50 - kNow).hours(), (720 - 50) / 50.0, .1);
  for (int turn = 0; turn < 2; ++turn) {
    const Timestamp later = kNow + minutes(10 + turn);
    rings.add_known(kNow + minutes(std::int64_t{10} * turn),
                    kNow + minutes(std::int64_t{10} * turn + 10));
    rings.add_events(kNow + minutes(std::int64_t{10} * turn),
                     kNow + minutes(std::int64_t{10} * turn + 10), 0, 167);
    status = judge_objective(ratio(), rings, later, memory);
  }
  EXPECT_EQ(status.rules[0].state, RuleState::kInactive);
}

TEST(Objective, OneErrorAtLowTrafficDoesNotPage) {
  auto memory = fresh();
  EventRings rings = month(10, 0);
  rings.add_events(kNow - minutes(2), kNow - minutes(1), 1, 0);
  const auto status = judge_objective(ratio(), rings, kNow, memory);
  EXPECT_EQ(status.rules[0].state, RuleState::kInactive);
  EXPECT_EQ(status.rules[0].reason, "1 of at least 2 bad events");
}

TEST(Objective, UnknownTimeFreezesARuleAndNoEventIsUnknown) {
  auto memory = fresh();
  EventRings silent(days(30));
  EXPECT_EQ(judge_objective(ratio(), silent, kNow, memory).state, BudgetState::kUnknown);
  EventRings holes(days(30));
  holes.add_known(kNow - days(30), kNow - minutes(30));
  holes.add_events(kNow - days(30), kNow - minutes(30), 0, 720'000);
  holes.add_known(kNow - minutes(4), kNow);
  holes.add_events(kNow - minutes(4), kNow, 60, 60);
  const auto status = judge_objective(ratio(), holes, kNow, memory);
  EXPECT_EQ(status.rules[0].state, RuleState::kFrozen);
  EXPECT_NE(status.rules[0].reason.find("was not measured"), std::string::npos);
}

TEST(Objective, AYoungHistoryHasABudgetAndDoesNotInflateTheBurn) {
  auto memory = fresh();
  // Ten minutes old, one bad probe of sixty.
  EventRings rings(days(28));
  rings.add_known(kNow - minutes(10), kNow);
  rings.add_events(kNow - minutes(10), kNow, 1, 60);
  const auto status =
      judge_objective(model::objective_of_probe("http://x/", ""), rings, kNow, memory);
  EXPECT_EQ(status.state, BudgetState::kFilling);
  EXPECT_GT(*status.budget_left, .999);
  for (const auto& rule : status.rules) EXPECT_NE(rule.state, RuleState::kFiring);
}

// A month at half the allowed error rate, looked at every minute: the guard keeps its word. Bound:
// 0.05 pages a month and rule, two rules; ten months at 10 requests an hour expect at most 1.
TEST(Objective, FalsePagesAtLowTrafficStayRare) {
  int pages = 0;
  for (std::uint64_t world = 0; world < 10; ++world) {
    chance::Stream stream({17}, world);
    EventRings rings(days(30));
    auto memory = fresh();
    const Timestamp start = kNow - days(30);
    bool firing = false;
    for (int minute = 0; minute < 30 * 1440; ++minute) {
      const Timestamp from = start + minutes(minute);
      const double total = stream.uniform() < 10.0 / 60 ? 1 : 0;
      const double bad = total > 0 && stream.uniform() < .0005 ? 1 : 0;
      rings.add_known(from, from + minutes(1));
      if (total > 0) rings.add_events(from, from + minutes(1), bad, total);
      if (bad == 0 && !firing) continue;  // rules can begin to fire at a bad event only
      const auto status = judge_objective(ratio(), rings, from + minutes(1), memory);
      const bool now_firing = status.rules[0].state == RuleState::kFiring ||
                              status.rules[1].state == RuleState::kFiring;
      pages += now_firing && !firing ? 1 : 0;
      firing = now_firing;
    }
  }
  RecordProperty("pages_in_ten_months", pages);
  EXPECT_LE(pages, 4);  // Poisson(1): above 4 with probability 0.4 % even at the bound
}

model::Catalog shop() {
  model::Service service;
  service.id = ServiceId("checkout");
  service.objectives = {ratio()};
  return model::Catalog({service});
}

TEST(Objectives, CountTheFirstErrorOfANewSeriesAndResets) {
  World world;
  world.catalog = shop();
  Objectives detector;
  double requests = 0;
  for (int i = 0; i < 30; ++i) {
    requests += 10;
    if (i == 20) requests = 5;  // a restart
    world.sample({{"__name__", "requests_total"}, {"instance", "a"}}, requests);
    if (i >= 10) {
      world.sample({{"__name__", "errors_total"}, {"instance", "a"}, {"code", "503"}},
                   i < 15 ? 4 : 7);
    }
    (void)world.turn(detector);
    world.now = world.now + seconds(10);
  }
  const auto status = detector.statuses().at(0);
  // 19 steps of 10, 5 after the restart, 9 of 10; the first sample only sets the start.
  EXPECT_NEAR(status.sums.total, 19 * 10 + 5 + 9 * 10, 1e-9);
  EXPECT_NEAR(status.sums.bad, 7, 1e-9);
}

TEST(Objectives, AnOutageOpensAPageAndClosesAfterIt) {
  World world;
  world.catalog = shop();
  Objectives detector;
  double requests = 0;
  double errors = 0;
  const auto run = [&](int steps, double failing) {
    for (int i = 0; i < steps; ++i) {
      requests += 100;
      errors += failing;
      world.sample({{"__name__", "requests_total"}}, requests);
      world.sample({{"__name__", "errors_total"}}, errors);
      (void)world.turn(detector);
      world.now = world.now + seconds(10);
    }
  };
  run(360, 0);
  EXPECT_TRUE(world.open("burn/").empty());
  run(30, 50);  // half of all requests for five minutes
  auto open = world.open("burn/checkout/availability/page");
  ASSERT_EQ(open.size(), 1U);
  EXPECT_TRUE(finding_in(*open[0]).wake);
  EXPECT_EQ(finding_in(*open[0]).service, "checkout");
  ASSERT_NE(open[0]->find_amount("hours_lost_per_day"), nullptr);
  EXPECT_NEAR(open[0]->find_amount("hours_lost_per_day")->estimate.p50, 12, 6);
  EXPECT_EQ(detector.statuses().at(0).state, BudgetState::kBurning);
  run(40 * 6, 0);
  EXPECT_TRUE(world.open("burn/checkout/availability/page").empty());
}

TEST(Objectives, AWatchedUrlHasABudgetFromTheFirstMinute) {
  World world;
  facts::ProbeSeen probe;
  probe.url = "http://127.0.0.1:9431/";
  probe.up = true;
  world.see("probe", probe);
  Objectives detector;
  for (int i = 0; i < 7; ++i) {
    world.sample({{"__name__", "probe_success"}, {"instance", probe.url}}, 1);
    (void)world.turn(detector);
    world.now = world.now + seconds(10);
  }
  const auto statuses = detector.statuses();
  ASSERT_EQ(statuses.size(), 1U);
  EXPECT_EQ(statuses[0].state, BudgetState::kFilling);
  EXPECT_EQ(*statuses[0].budget_left, 1);
  EXPECT_EQ(statuses[0].sums.total, 6);
}

TEST(Objectives, ASampleThatArrivesLateCountsOnce) {
  World world;
  model::Service service;
  service.id = ServiceId("edge");
  service.objectives = {model::objective_of_probe("http://x/", "edge")};
  world.catalog = model::Catalog({service});
  Objectives detector;
  const series::Labels labels = {{"__name__", "probe_success"}, {"instance", "http://x/"}};
  world.sample(labels, 1);
  (void)world.turn(detector);
  const Timestamp measured = world.now + seconds(10);
  world.now = world.now + seconds(20);
  (void)world.turn(detector);  // the sample of ten seconds ago is not there yet
  ASSERT_TRUE(world.samples.add(labels, {{measured, {0, nullptr}}}).has_value());
  (void)world.turn(detector);
  (void)world.turn(detector);
  world.now = world.now + seconds(5);
  (void)world.turn(detector);
  EXPECT_EQ(detector.statuses().at(0).sums.total, 1);
  EXPECT_EQ(detector.statuses().at(0).sums.bad, 1);
}

TEST(Objectives, WhatCannotBeMeasuredIsSaid) {
  World world;
  world.catalog = shop();
  Objectives detector;
  (void)world.turn(detector);
  EXPECT_EQ(world.source("burn"),
            "cannot measure checkout availability (no event was seen in the window: unknown, not "
            "good)");
}

// One flow with an objective, in steps of ten seconds.
struct Orders {
  World world;
  Objectives objectives;
  Flows flows;
  double in = 0;
  double out = 0;

  explicit Orders(std::int64_t target_ppb = 999'000'000) {
    model::Service service;
    service.id = ServiceId("orders");
    service.flows = {{"orders", ServiceId("orders"), "in_total", "out_total", "", ""}};
    model::Objective objective;
    objective.name = "processed";
    objective.service = service.id;
    objective.kind = model::ObjectiveKind::kFlow;
    objective.flow = "orders";
    objective.target_ppb = target_ppb;
    service.objectives = {objective};
    world.catalog = model::Catalog({service});
  }
  void step(double arriving, double leaving) {
    world.sample({{"__name__", "in_total"}}, in += arriving);
    world.sample({{"__name__", "out_total"}}, out += leaving);
    (void)world.turn(objectives);
    (void)world.turn(flows);
    world.now = world.now + seconds(10);
  }
  // Those that page now.
  std::vector<std::string> waking() const {
    std::vector<std::string> keys;
    for (const auto& record : world.open("")) {
      const auto* finding = facts::body_as<facts::Finding>(*record);
      if (finding->wake) keys.push_back(record->key.value);
    }
    return keys;
  }
};

TEST(Objectives, AFlowsObjectiveCountsWhatHasNotComeOutOnceItIsLate) {
  Orders orders;
  for (int i = 0; i < 30; ++i) orders.step(i == 0 ? 0 : 10, i == 0 ? 0 : 10);
  for (int i = 0; i < 30; ++i) orders.step(10, 0);
  const auto status = orders.objectives.statuses().at(0);
  EXPECT_NEAR(status.sums.total, 590, 1e-9);
  EXPECT_NEAR(status.sums.bad, 300 - 120, 1e-9) << "the last two minutes are under way";
  EXPECT_EQ(orders.world.open("burn/orders/processed/page").size(), 1U);
}

TEST(Objectives, WhatIsUnderWayHasNotFailedAndAStandstillIsOneCause) {
  Orders orders;
  for (int i = 0; i < 60; ++i) orders.step(10, 10);
  for (int i = 0; i < 11; ++i) {
    orders.step(10, 0);
    EXPECT_TRUE(orders.world.open("burn/").empty()) << "nothing is late after " << i * 10 << " s";
  }
  for (int i = 0; i < 30; ++i) orders.step(10, 0);
  EXPECT_EQ(orders.waking(), std::vector<std::string>{"flow/orders/orders"});
  const auto burns = orders.world.open("burn/orders/processed/page");
  ASSERT_EQ(burns.size(), 1U);
  EXPECT_NE(burns[0]->sentence.find("one cause with 'orders stands still'"), std::string::npos);
  // It works again and catches up: no second page while the windows still hold it.
  for (int i = 0; i < 60; ++i) {
    orders.step(10, i < 41 ? 20 : 10);
    for (const std::string& key : orders.waking()) EXPECT_EQ(key, "flow/orders/orders");
  }
}

TEST(Objectives, ALossThatNoFlowPageTellsStillBurns) {
  Orders orders(999'900'000);
  for (int i = 0; i < 60; ++i) orders.step(1000, 1000);
  // Less than the flow itself wakes for.
  for (int i = 0; i < 200; ++i) orders.step(1000, 995);
  const auto status = orders.objectives.statuses().at(0);
  EXPECT_NEAR(status.sums.bad, 200 * 5, 13 * 5) << "no more than two minutes' are held back";
  EXPECT_EQ(orders.waking(), std::vector<std::string>{"burn/orders/processed/page"});
}

}  // namespace
}  // namespace daytwo::orient
