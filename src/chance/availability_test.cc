// Availability of a whole from its parts: the reference cases, and what must hold for all.
#include "chance/availability.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace daytwo::chance {
namespace {

TEST(Availability, SeriesAndParallelRC30) {
  const double app = some_of(1, std::vector{0.995, 0.995, 0.995});
  const double database = some_of(1, std::vector{0.999, 0.999});
  const double whole = in_series(std::vector{0.9999, app, database, 0.9995});
  EXPECT_NEAR(whole, 0.9993989257, 1e-10);
  EXPECT_NEAR((1 - whole) * 525'960, 316.1410519, 1e-4);
  EXPECT_NEAR(nines_of(whole), 3.221071823, 1e-8);
}

TEST(Availability, FractionalNinesAndTheirPriceRC31) {
  EXPECT_NEAR(availability_of(3.25), 0.9994376587, 1e-10);
  EXPECT_NEAR((1 - availability_of(3.25)) * 8766, 4.929484057, 1e-8);
  const double saved = 40'000 * 8766 * (availability_of(3.25) - availability_of(3.0));
  EXPECT_NEAR(saved, 153'460.6377, 1e-3);
}

TEST(Availability, TwoOfThreeWithACommonCauseRC32) {
  const double alone = 1 - some_of(2, std::vector(3, 1 - 0.009));
  EXPECT_NEAR(alone, 2.41542e-4, 1e-9);
  EXPECT_NEAR(1 - some_of_with_common_cause(2, 3, 0.99, 0.1), 1.241300458e-3, 1e-11);
  EXPECT_NEAR(availability_of(720.0, 1.5), 0.9979209979, 1e-10);
}

TEST(Availability, EndsOfTheScale) {
  EXPECT_EQ(in_series({}), 1);
  EXPECT_EQ(some_of(0, std::vector{0.5}), 1);
  EXPECT_EQ(some_of(2, std::vector{0.5}), 0);
  EXPECT_TRUE(std::isinf(nines_of(1)));
  EXPECT_EQ(soft(0.9, 0), 1);
  EXPECT_DOUBLE_EQ(soft(0.9, 0.5), 0.95);
  // The rule of the extra nine: ten parts for three nines need four each.
  EXPECT_NEAR(nines_needed_of_each(3, 10), 4, 1e-3);
}

RC_GTEST_PROP(Availability, LiesWithinTheBoundsThatAlwaysHold, ()) {
  std::vector<double> parts;
  for (int i = *rc::gen::inRange(1, 7); i > 0; --i) {
    parts.push_back(*rc::gen::inRange(0, 1001) / 1000.0);
  }
  const double whole = in_series(parts);
  const Bounds bounds = bounds_in_series(parts);
  RC_ASSERT(bounds.low <= whole + 1e-12);
  RC_ASSERT(whole <= bounds.high + 1e-12);
  RC_ASSERT(std::abs(some_of(parts.size(), parts) - whole) < 1e-12);
  double before = 1;
  for (std::size_t need = 0; need <= parts.size(); ++need) {
    const double some = some_of(need, parts);
    RC_ASSERT(some <= before + 1e-12);
    before = some;
  }
}

}  // namespace
}  // namespace daytwo::chance
