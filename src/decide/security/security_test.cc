#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "chance/distribution.h"
#include "decide/security/clause.h"
#include "decide/security/measure.h"
#include "decide/security/mending.h"
#include "decide/security/price.h"
#include "decide/security/span.h"
#include "facts/memory_journal.h"
#include "model/sentence.h"
#include "model/software/hazard.h"

namespace daytwo::decide::security {
namespace {

// Day 0; all times of these tests count from it.
constexpr Timestamp kStart{1'800'000'000'000 - 1'800'000'000'000 % 86'400'000};

Timestamp day(double n) { return kStart + seconds(static_cast<std::int64_t>(n * 86'400)); }

ExposureSpan exposure(double from, std::optional<double> to, double exploited,
                      double hazard_a_day = 0) {
  ExposureSpan out;
  out.key = "exposure/vm/CVE-1/openssl";
  out.services = {"checkout"};
  out.exploited = day(exploited);
  out.open = {{day(from), to ? day(*to) : Timestamp{}, !to.has_value()}};
  if (hazard_a_day > 0) out.events_per_year = chance::exactly(hazard_a_day * kDaysPerYear);
  return out;
}

model::SecurityPromise promise_of(int due_days, std::int64_t target_ppb) {
  model::SecurityPromise out;
  out.name = "exploited";
  out.service = ServiceId("checkout");
  out.due = days(due_days);
  out.target_ppb = target_ppb;
  return out;
}

Measured measure_at(const model::SecurityPromise& promise, const std::vector<ExposureSpan>& spans,
                    double at, double since = 0) {
  return measure(promise, {"checkout"}, spans, day(since), day(at));
}

TEST(SecurityMeasure, CountsTheDaysBeyondWhatIsDue) {
  // Open for 30 days of which 9 are beyond the 21, and for 10 days within them.
  const std::vector<ExposureSpan> spans = {exposure(10, 40, 10), exposure(20, 30, 20)};
  const auto promise = promise_of(21, 900'000'000);
  const Measured found = measure_at(promise, spans, 60);
  EXPECT_NEAR(found.days, 40, 1e-9);
  EXPECT_NEAR(found.overdue, 9, 1e-9);
  EXPECT_NEAR(*found.within(), 31.0 / 40, 1e-9);
  EXPECT_NEAR(found.budget(promise), 4, 1e-9);
  EXPECT_NEAR(found.budget_left(promise), -5, 1e-9);
  EXPECT_NEAR(*found.spent(promise), 2.25, 1e-9);
  EXPECT_FALSE(found.is_kept(promise));
  EXPECT_FALSE(found.burn(promise));
}

TEST(SecurityMeasure, WhatTheWorldKnewBeforeWeLookedIsLateAtOnce) {
  const std::vector<ExposureSpan> spans = {exposure(0, {}, -100)};
  auto promise = promise_of(21, 990'000'000);
  EXPECT_EQ(measure_at(promise, spans, 1).late, 1U);
  EXPECT_EQ(*measure_at(promise, spans, 1).within(), 0);
  promise.counted = model::CountedFrom::kSight;
  EXPECT_EQ(measure_at(promise, spans, 1).late, 0U);
  EXPECT_EQ(*measure_at(promise, spans, 1).within(), 1);
}

TEST(SecurityMeasure, DaysBeforeExploitationIsKnownAreNotPromised) {
  const std::vector<ExposureSpan> spans = {exposure(0, {}, 30)};
  const auto promise = promise_of(21, 990'000'000);
  EXPECT_FALSE(measure_at(promise, spans, 20).within());
  EXPECT_EQ(measure_at(promise, spans, 20).still_open, 0U);
  EXPECT_NEAR(measure_at(promise, spans, 40).days, 10, 1e-9);
}

TEST(SecurityMeasure, OnlyTheWindowCountsAndOnlyWhatWasMeasuredOfIt) {
  const std::vector<ExposureSpan> spans = {exposure(0, 100, 0)};
  const auto promise = promise_of(21, 990'000'000);  // window 90 days
  const Measured late = measure_at(promise, spans, 150);
  EXPECT_NEAR(late.days, 40, 1e-9);
  EXPECT_NEAR(late.measured_share, 1, 1e-12);
  const Measured young = measure_at(promise, spans, 9);
  EXPECT_NEAR(young.measured_share, 0.1, 1e-12);
}

TEST(SecurityMeasure, WithoutExposureThereIsNothingToBreak) {
  const auto promise = promise_of(21, 990'000'000);
  const Measured found = measure_at(promise, {}, 50);
  EXPECT_FALSE(found.within());
  EXPECT_FALSE(found.spent(promise));
  EXPECT_TRUE(found.is_kept(promise));
}

TEST(SecurityMeasure, ExposuresOfOtherServicesAreCountedApart) {
  std::vector<ExposureSpan> spans = {exposure(0, {}, 0)};
  spans[0].services = {};
  const Measured found = measure_at(promise_of(21, 990'000'000), spans, 5);
  EXPECT_EQ(found.not_ours, 1U);
  EXPECT_EQ(found.days, 0);
}

TEST(SecurityMeasure, APromiseCoversWhatItsServiceDependsOnHoweverFarAndInCircles) {
  const model::CatalogFile file{"shop.yml",
                                "service: checkout\ndepends: [orders]\n---\nservice: orders\n"
                                "depends: [database, checkout]\n---\nservice: database\n---\n"
                                "service: search\n"};
  const auto catalog = model::load_catalog({&file, 1});
  ASSERT_TRUE(catalog.has_value());
  EXPECT_EQ(covered_services(*catalog, promise_of(21, 990'000'000)),
            (std::set<std::string>{"checkout", "orders", "database"}));
}

TEST(SecurityTurns, SaysTheDayOnWhichAKeptPromiseBreaks) {
  // Due on day 21; 1 % of the days may be late, so half a day of lateness by day 22 is too much.
  const std::vector<ExposureSpan> spans = {exposure(0, {}, 0)};
  const auto promise = promise_of(21, 990'000'000);
  const auto breaks = turns_at(promise, {"checkout"}, spans, day(0), day(10), From::kLeftOpen);
  ASSERT_TRUE(breaks.has_value());
  EXPECT_EQ(breaks->ms, day(22).ms);
  EXPECT_FALSE(turns_at(promise, {"checkout"}, spans, day(0), day(10), From::kMendedNow));
}

TEST(SecurityTurns, SaysWhenABrokenOneIsKeptAgainOnceTheLateDaysLeaveTheWindow) {
  // Late from day 21 to 31. The window of 90 days forgets them as its beginning passes: nothing is
  // left of the exposure after day 121, and little enough never before.
  const std::vector<ExposureSpan> spans = {exposure(0, {}, 0)};
  const auto promise = promise_of(21, 990'000'000);
  const auto kept = turns_at(promise, {"checkout"}, spans, day(0), day(31), From::kMendedNow);
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->ms, day(121).ms);
  EXPECT_FALSE(turns_at(promise, {"checkout"}, spans, day(0), day(31), From::kLeftOpen));
}

Measured running_set(const std::vector<double>& epss, double for_days,
                     std::vector<ExposureSpan>& spans) {
  spans.clear();
  for (const double chance : epss) {
    spans.push_back(exposure(0, {}, 0, model::hazard_per_day(chance)));
  }
  return measure_at(promise_of(21, 990'000'000), spans, for_days);
}

// Reference case RC46: EPSS 0.4, exposed for 12 days, a loss of 800k.
TEST(SecurityPrice, OfOneOpenExposureAgreesWithTheReferenceRC46) {
  std::vector<ExposureSpan> spans;
  const Price found = price(running_set({.4}, 12, spans), chance::point(800e3));
  EXPECT_NEAR(found.so_far.mean, 147845.5123, 1e-4 * 147845);
  EXPECT_NEAR(found.so_far.mean, 147845.5123, 1e-3);
  EXPECT_NEAR(found.a_day.mean, 800e3 * -std::expm1(-0.01702752079), 1e-2);
  EXPECT_EQ(found.late.mean, 0);
}

// Reference case RC41: EPSS [0.9, 0.3, 0.05, 0.05, 0.02] and ten of 0.01; expected number in 30 d.
TEST(SecurityPrice, OfARunningSetAgreesWithTheReferenceRC41) {
  std::vector<double> epss = {.9, .3, .05, .05, .02};
  epss.resize(15, .01);
  std::vector<ExposureSpan> spans;
  const Price found = price(running_set(epss, 30, spans), chance::point(1));
  EXPECT_NEAR(found.so_far.mean, 1.42, 1e-9);
}

TEST(SecurityPrice, ScalesWithTheLossAndGrowsWithTheDays) {
  std::vector<ExposureSpan> spans = {exposure(0, {}, 0)};
  spans[0].events_per_year = model::events_per_year(.4, model::Rung::kReachable, /*kev=*/true);
  const auto promise = promise_of(21, 990'000'000);
  const auto loss = chance::lognormal(std::log(100e3), .8);
  const auto tenfold = chance::lognormal(std::log(1e6), .8);
  chance::Estimate before;
  for (const double at : {5.0, 21.0, 30.0, 60.0}) {
    const Measured found = measure_at(promise, spans, at);
    const Price one = price(found, loss);
    EXPECT_GT(one.so_far.mean, before.mean);
    EXPECT_GE(one.so_far.p95, before.p95);
    EXPECT_NEAR(one.so_far.mean, one.allowed.mean + one.late.mean, 1e-6 * one.so_far.mean);
    EXPECT_NEAR(price(found, tenfold).so_far.mean, 10 * one.so_far.mean,
                1e-6 * 10 * one.so_far.mean);
    EXPECT_LE(one.so_far.p05, one.so_far.p50);
    EXPECT_LE(one.so_far.p50, one.so_far.p95);
    before = one.so_far;
  }
}

TEST(SecurityPrice, KeepsTheMeanOfALognormalRateAndLoss) {
  // E[L] E[h] t for small h t: both means by their closed form, exp(mu + s^2 / 2).
  std::vector<ExposureSpan> spans = {exposure(0, {}, 0)};
  spans[0].events_per_year = chance::lognormal(std::log(.001), .9).estimate();
  const Price found =
      price(measure_at(promise_of(21, 990'000'000), spans, 10), chance::lognormal(3, .7));
  const double expected = .001 * std::exp(.405) * 10 / kDaysPerYear * std::exp(3 + .245);
  EXPECT_NEAR(found.so_far.mean, expected, .01 * expected);
}

TEST(SecurityPrice, WhatHasNoLikelihoodIsCountedAndCostsNothingHere) {
  const std::vector<ExposureSpan> spans = {exposure(0, {}, 0)};
  const Price found = price(measure_at(promise_of(21, 990'000'000), spans, 10), chance::point(1e6));
  EXPECT_EQ(found.unknown, 1);
  EXPECT_EQ(found.so_far.mean, 0);
}

TEST(SecurityClause, GivesBackInStepsAShareOfTheWindowsFee) {
  auto promise = promise_of(21, 990'000'000);
  model::Contract contract;
  contract.with = "shops";
  contract.per_year = *model::parse_quantity("$1M");
  contract.tiers = {{.99, .10}, {.95, .25}};
  const double fee = 1e6 * 90 / kDaysPerYear;
  EXPECT_EQ(credit_of(promise, contract, .99).money.mean, 0);
  EXPECT_NEAR(credit_of(promise, contract, .98).money.mean, .10 * fee, 1e-6 * fee);
  EXPECT_NEAR(credit_of(promise, contract, 0).money.mean, .25 * fee, 1e-6 * fee);
  EXPECT_EQ(credit_of(promise, contract, {}).share, 0);
  double before = 1;
  for (double within = 0; within <= 1; within += .01) {
    const double share = credit_of(promise, contract, within).share;
    EXPECT_LE(share, before);
    before = share;
  }
}

TEST(SecurityMending, CountsWhatIsStillOpenAsLastingLonger) {
  // Mended after 2, 4 and 6 days; one open for 10. S = 3/4, 1/2, 1/4: half are mended by day 4.
  const std::vector<ExposureSpan> spans = {exposure(0, 2, 0), exposure(0, 4, 0), exposure(0, 6, 0),
                                           exposure(0, {}, 0)};
  const Mending found = mending_of(promise_of(5, 990'000'000), {"checkout"}, spans, day(10));
  EXPECT_EQ(found.mended, 3U);
  EXPECT_EQ(found.open, 1U);
  EXPECT_NEAR(found.median_days.value_or(0), 4, 1e-9);
  EXPECT_NEAR(found.within_due.value_or(0), .5, 1e-9);
}

TEST(SecurityMending, WhatWasOldWhenFirstSeenSaysNothingOfYoungerAges) {
  // Known since day -100 and mended on day 5: at the age of 2 days only the other was watched.
  const std::vector<ExposureSpan> spans = {exposure(0, 5, -100), exposure(0, 2, 0)};
  const Mending found = mending_of(promise_of(21, 990'000'000), {"checkout"}, spans, day(10));
  EXPECT_NEAR(found.median_days.value_or(0), 2, 1e-9);
  EXPECT_NEAR(found.within_due.value_or(0), 1, 1e-9);
}

TEST(SecurityMending, NothingIsClaimedBeforeAnythingIsMended) {
  const std::vector<ExposureSpan> spans = {exposure(0, {}, 0)};
  const Mending found = mending_of(promise_of(21, 990'000'000), {"checkout"}, spans, day(3));
  EXPECT_FALSE(found.median_days);
  EXPECT_FALSE(found.within_due);
}

struct Thread {
  facts::MemoryJournal journal;
  WorryKey key{"exposure/vm/CVE-1/openssl"};

  void write(double at, facts::State state, std::vector<facts::Input> inputs,
             std::string sentence = "seen") {
    facts::Record record;
    record.ts = day(at);
    record.key = key;
    record.subject = "vm";
    record.state = state;
    record.inputs = std::move(inputs);
    record.sentence = std::move(sentence);
    facts::Finding finding;
    finding.kind = facts::FindingKind::kExposure;
    finding.title = "CVE-1 in openssl";
    record.body = finding;
    CHECK(journal.append({std::move(record)}).has_value(), "a journal in memory takes all");
  }
  [[nodiscard]] std::vector<facts::RecordPtr> history() const {
    return journal.history(key, 100)->records;
  }
};

TEST(ExposureSpan, FoldsOpeningsChangesAndEnds) {
  Thread thread;
  thread.write(1, facts::State::kOpen,
               {{"package", "openssl"}, {"published", "2026-01-05"}, {"service", "checkout"}});
  thread.write(3, facts::State::kChanged,
               {{"package", "openssl"}, {"exploited since", "2026-02-01"}, {"service", "orders"}});
  thread.write(5, facts::State::kClosed, {{"package", "openssl"}});
  thread.write(8, facts::State::kOpen, {{"package", "openssl"}});
  const auto span = span_of(thread.history());
  ASSERT_TRUE(span.has_value());
  EXPECT_EQ(span->title, "CVE-1 in openssl");
  ASSERT_EQ(span->open.size(), 2U);
  EXPECT_EQ(span->open[0].from.ms, day(1).ms);
  EXPECT_EQ(span->open[0].to.ms, day(5).ms);
  EXPECT_TRUE(span->still_open());
  EXPECT_EQ(to_rfc3339(span->published).substr(0, 10), "2026-01-05");
  EXPECT_EQ(to_rfc3339(span->exploited).substr(0, 10), "2026-02-01");
  EXPECT_EQ(span->services, (std::set<std::string>{"checkout", "orders"}));
}

TEST(ExposureSpan, TheLineOfInstalledPackagesIsNone) {
  Thread thread;
  thread.write(1, facts::State::kOpen, {});
  EXPECT_FALSE(span_of(thread.history()));
  EXPECT_FALSE(span_of({}));
}

TEST(ExposureSpan, MatchingBeganWithTheFirstPackageHeldAgainstAnAdvisory) {
  Thread thread;
  thread.write(1, facts::State::kOpen, {});
  thread.write(2, facts::State::kChanged, {{"packages matched", "0"}});
  EXPECT_FALSE(matched_since(thread.history()));
  thread.write(3, facts::State::kChanged, {{"packages matched", "412"}});
  EXPECT_EQ(matched_since(thread.history())->ms, day(3).ms);
}

}  // namespace
}  // namespace daytwo::decide::security
