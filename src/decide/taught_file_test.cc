#include "decide/taught_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace daytwo::decide {
namespace {

constexpr Timestamp kBegan{1'795'000'000'000};

model::WorryFile file_of(const std::string& duration) {
  auto read = model::parse_worry_file(
      "risks:\n"
      "  - {id: dark, service: shop, title: cards refused, frequency: 1 a year,\n"
      "     duration: " +
          duration + ", loss: {response: 2 * $100/h * duration}}\n",
      "risks.yml");
  EXPECT_TRUE(read) << read.error().to_string();
  return *std::move(read);
}

History outage(const std::string& service, const std::string& title, double hours) {
  History out;
  out.incidents = {{service, title, kBegan, hours}};
  return out;
}

// From ln 1.41 with the weight of one incident, half way to ln 20.
TEST(TaughtFile, MovesADurationAndThePartsThatUseIt) {
  const model::WorryFile file = file_of("1h to 2h");
  const auto taught = taught_by(file, outage("shop", "all cards refused", 20));
  ASSERT_TRUE(taught);
  const model::FiledWorry& before = file.worries[0];
  const model::FiledWorry& after = taught->file.worries[0];
  EXPECT_NEAR(after.duration->law.quantile(0.5), std::sqrt(std::sqrt(2) * 20), 1e-6);
  EXPECT_NE(after.loss[0].amount.program, before.loss[0].amount.program);
  EXPECT_NE(after.loss[0].amount.program.find(after.duration->text), std::string::npos);
  ASSERT_EQ(taught->notes.count("dark"), 1U);
  EXPECT_NE(taught->notes.at("dark").find("then 1 incident of 20 hours"), std::string::npos);
}

TEST(TaughtFile, LeavesWhatNobodyTaughtAndWhatIsNoRange) {
  EXPECT_FALSE(taught_by(file_of("1h to 2h"), {}));
  EXPECT_FALSE(taught_by(file_of("1h to 2h"), outage("search", "cards refused", 20)));
  EXPECT_FALSE(taught_by(file_of("1h to 2h"), outage("shop", "slow", 20))) << "of another kind";
  EXPECT_FALSE(taught_by(file_of("1h to 2h"), outage("shop", "cards refused", 0))) << "goes on";
  EXPECT_FALSE(taught_by(file_of("3h"), outage("shop", "cards refused", 20))) << "exact";
}

TEST(TaughtFile, ADurationTakesThePlaceOfTheOneInAProgram) {
  EXPECT_EQ(lasting("rate = 2\nduration = 1h to 2h\nduration * rate", "5h"),
            "rate = 2\nduration = 5h\nduration * rate");
  EXPECT_EQ(lasting("durations = 3", "5h"), "durations = 3") << "another name";
}

}  // namespace
}  // namespace daytwo::decide
