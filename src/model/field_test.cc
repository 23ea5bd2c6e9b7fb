#include "model/field.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "model/amount.h"

namespace daytwo::model {
namespace {

double mean_of(const std::vector<double>& draws) {
  double sum = 0;
  for (const double each : draws) sum += each;
  return sum / static_cast<double>(draws.size());
}

TEST(Field, ReadsARangeAndAnExpressionAlike) {
  const auto range = read_field("$30k to $50k", Measure::kMoney);
  ASSERT_TRUE(range) << range.error().to_string();
  EXPECT_EQ(range->low, 30'000);
  EXPECT_EQ(range->unit, "USD");
  EXPECT_TRUE(range->closed);
  const auto product = read_field("2h to 8h * $12k/h", Measure::kLossInMoney);
  ASSERT_TRUE(product) << product.error().to_string();
  EXPECT_EQ(product->unit, "USD");
  EXPECT_TRUE(product->closed) << "a lognormal times a number";
  EXPECT_NEAR(product->low, 24'000, 1);
  const auto sum = read_field("$1k to $9k + $2k to $5k", Measure::kMoney);
  ASSERT_TRUE(sum) << sum.error().to_string();
  EXPECT_FALSE(sum->closed);
  const auto one = read_field("$1k to $9k", Measure::kMoney);
  const auto other = read_field("$2k to $5k", Measure::kMoney);
  EXPECT_NEAR(sum->mean, one->mean + other->mean, 0.002 * sum->mean) << "slices keep the mean";
}

TEST(Field, CountsBareNumbersInTheUnitOfTheKey) {
  EXPECT_EQ(read_field("2 to 6", Measure::kWork)->high, 6 * kHoursAPersonDay);
  EXPECT_EQ(read_field("0.3", Measure::kShare)->mean, 0.3);
  EXPECT_NEAR(read_field("$3k a month", Measure::kMoneyAYear)->mean, 36'000, 1e-6);
  EXPECT_NEAR(read_field("2 * (3 a year)", Measure::kRate)->mean, 6, 1e-9);
}

TEST(Field, ANameUsedTwiceIsTheSameUnknown) {
  Definitions names;
  ASSERT_TRUE(names.add("price", "$1k to $9k"));
  const auto one = read_field("3 * price", Measure::kMoney, names);
  const auto two = read_field("price + $5", Measure::kMoney, names);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->uses, std::vector<std::string>{"price"});
  const auto a = *one->draws({.worlds = 4096, .named = {7}, .own = {1}});
  const auto b = *two->draws({.worlds = 4096, .named = {7}, .own = {2}});
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], 3 * (b[i] - 5), 1e-6 * a[i]);
  EXPECT_NEAR(mean_of(a), one->mean, 0.002 * one->mean) << "stratified draws settle the mean";
  const auto own = *read_field("1h to 9h * $2/h + price * 0", Measure::kMoney, names)
                        ->draws({.worlds = 4096, .named = {7}, .own = {1}});
  EXPECT_NE(own, a);
}

TEST(Field, ReadsAloneWithTheDefinitionsItNeeds) {
  Definitions names;
  ASSERT_TRUE(names.add("licence", "$12 to $30"));
  ASSERT_TRUE(names.add("staff", "50"));
  ASSERT_TRUE(names.add("unused", "1h"));
  const auto field = read_field("licence * staff", Measure::kMoney, names);
  ASSERT_TRUE(field) << field.error().to_string();
  EXPECT_EQ(field->program, "licence = $12 to $30\nstaff = 50\nlicence * staff");
  const auto again = read_field(field->program, Measure::kMoney);
  ASSERT_TRUE(again) << again.error().to_string();
  EXPECT_EQ(again->law, field->law);
}

TEST(Field, PointsAtWhatIsWrong) {
  Definitions names;
  ASSERT_TRUE(names.add("price", "$1k to $9k"));
  for (const auto& [text, measure, answer] :
       std::vector<std::tuple<std::string, Measure, std::string>>{
           {"price + 3h", Measure::kMoney, ":1:9:"},
           {"prise * 3", Measure::kMoney, "prise"},
           {"$9 to $5", Measure::kMoney, "lower end must be below upper end"},
           {"3h * 2", Measure::kMoney, "wrong unit"},
           {"price * 1.5", Measure::kShare, "wrong unit"},
           {"120%", Measure::kShare, "between 0 and 1"},
           {"1.2", Measure::kShare, "between 0 and 1"},
           {"price - $9k", Measure::kLoss, "not below 0"},
           {"$1 * pareto(1, 1, 1.2)", Measure::kLoss, "infinite"},
           {"3", Measure::kRate, "wrong unit"},
           {"-1", Measure::kWork, "not below 0"},
           {"price", Measure::kDuration, "time such as"}}) {
    const auto field = read_field(text, measure, names);
    ASSERT_FALSE(field) << text;
    EXPECT_NE(field.error().to_string().find(answer), std::string::npos)
        << text << "\n"
        << field.error().to_string();
  }
}

TEST(Field, RefusesNamesThatMeanSomething) {
  Definitions names;
  ASSERT_TRUE(names.add("price", "$5"));
  for (const auto& [name, text, in_name] :
       std::vector<std::tuple<std::string, std::string, bool>>{{"price", "$6", true},
                                                               {"h", "$6", true},
                                                               {"max", "$6", true},
                                                               {"Two Words", "$6", true},
                                                               {"fine", "$6 + 2h", false}}) {
    const auto added = names.add(name, text);
    ASSERT_FALSE(added) << name;
    EXPECT_EQ(added.error().in_name, in_name) << name << added.error().error.to_string();
  }
}

}  // namespace
}  // namespace daytwo::model
