// What studies teach, as people write it.
#include "model/teaching.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace daytwo::model {
namespace {

TEST(Teaching, ReadsTheFourWaysToLearn) {
  using How = Teaching::How;
  EXPECT_EQ(parse_teaching("by half")->share, 0.5);
  EXPECT_EQ(parse_teaching("by 60%")->share, 0.6);
  EXPECT_EQ(parse_teaching("30%")->share, 0.3);
  const auto reading = parse_teaching("within $50k");
  ASSERT_TRUE(reading) << reading.error().to_string();
  EXPECT_EQ(reading->how, How::kReading);
  EXPECT_EQ(reading->error, 50'000);
  EXPECT_EQ(reading->unit, "USD");
  const auto test = parse_teaching("test 90/85");
  ASSERT_TRUE(test) << test.error().to_string();
  EXPECT_EQ(test->how, How::kTest);
  EXPECT_EQ(test->sensitivity, 0.9);
  EXPECT_EQ(test->specificity, 0.85);
  const auto years = parse_teaching("3 years");
  ASSERT_TRUE(years) << years.error().to_string();
  EXPECT_EQ(years->how, How::kYears);
  EXPECT_EQ(years->years, 3);
}

TEST(Teaching, RefusesWhatTeachesNothingAndSaysWhatItExpects) {
  const auto said = [](std::string_view text) {
    const auto read = parse_teaching(text);
    return read ? std::string("read") : read.error().text;
  };
  EXPECT_EQ(said("test 60/40"),
            "'test 60/40': expected more than 100 % together: this test tells nothing");
  EXPECT_EQ(said("test 90"),
            "'test 90': expected sensitivity and specificity in percent such as test 90/85");
  EXPECT_EQ(said("within $0"),
            "'within $0': expected the standard error of a reading such as "
            "within $50k");
  EXPECT_EQ(said("0 years"), "'0 years': expected years of logs such as 3 years");
  EXPECT_EQ(said("0%"), "'0%': expected a share above 0");
  EXPECT_EQ(said("a lot"),
            "'a lot': expected 50%, by half, by 60%, within AMOUNT, test 90/85 or "
            "3 years");
  EXPECT_EQ(said("by 120%"), "a share lies between 0 and 1");
}

}  // namespace
}  // namespace daytwo::model
