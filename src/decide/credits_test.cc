// What a contract gives back: the reference case, and that worse months never give back less.
#include "decide/credits.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "chance/distribution.h"

namespace daytwo::decide {
namespace {

model::Contract contract() {
  model::Contract out;
  out.tiers = {{0.9999, 0.1}, {0.99, 0.3}, {0.95, 1}};
  return out;
}

chance::Risk outages(double a_month, double mean_hours) {
  const double parameters[] = {1, mean_hours};
  return {"outage", chance::Count::kPoisson, a_month,
          *chance::make(chance::Family::kWeibull, parameters)};
}

TEST(Credits, OfAMonthRC29) {
  const std::vector<chance::Risk> risks = {outages(1.2, 25.0 / 60)};
  const auto share = expected_credit(contract(), {risks, 0, 720});
  ASSERT_TRUE(share) << share.error().to_string();
  EXPECT_NEAR(*share * 20'000, 1277.002960, 0.002);
}

TEST(Credits, OfSteadyDowntimeAreThoseOfItsTier) {
  EXPECT_EQ(*expected_credit(contract(), {{}, 0.00005, 720}), 0);
  EXPECT_EQ(*expected_credit(contract(), {{}, 0.002, 720}), 0.1);
  EXPECT_EQ(*expected_credit(contract(), {{}, 0.2, 720}), 1);
  const std::vector<chance::Risk> risks = {outages(0.01, 0.1)};
  EXPECT_NEAR(*expected_credit(contract(), {risks, 0.2, 720}), 1, 1e-12);
}

RC_GTEST_PROP(Credits, NeverFallWhenOutagesAreMoreOrLonger, ()) {
  const double often = *rc::gen::inRange(1, 60) / 20.0;
  const double hours = *rc::gen::inRange(1, 60) / 10.0;
  const double more = 1 + *rc::gen::inRange(0, 20) / 10.0;
  const auto credit = [&](double a_month, double each) {
    const std::vector<chance::Risk> risks = {outages(a_month, each)};
    return *expected_credit(contract(), {risks, 0, kHoursAMonth});
  };
  const double least = credit(often, hours) - 1e-6;
  RC_ASSERT(credit(often * more, hours) >= least);
  RC_ASSERT(credit(often, hours * more) >= least);
}

}  // namespace
}  // namespace daytwo::decide
