// Laws that hold for any register, whatever its numbers: the same thing said in other units is the
// same thing, dearer stakes move money and nothing else, less evidence of loss is less loss.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "decide/history.h"
#include "decide/risk/portfolio.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {
namespace {

constexpr Timestamp kNow{1'795'000'000'000};

Portfolio made(const std::string& text, const History& history = {}) {
  const auto file = model::parse_worry_file(text, "risks.yml");
  EXPECT_TRUE(file) << file.error().to_string();
  model::Stakes stakes;
  for (const model::Stake& stake : file->stakes) stakes.add(stake);
  PortfolioOptions options;
  options.years = 10'000;
  options.seed = {7};
  options.cells = 1U << 12U;
  auto out = make_portfolio(*file, stakes, options, kNow, history);
  EXPECT_TRUE(out) << out.error().to_string();
  return *std::move(out);
}

bool near(double one, double other, double share) {
  return std::fabs(one - other) <= share * std::max(std::fabs(one), std::fabs(other)) + 1e-9;
}

// Hours, minutes and thousands are ways to write, not things.
RC_GTEST_PROP(RegisterLaws, OtherUnitsAreTheSameRegister, ()) {
  const int low = *rc::gen::inRange(1, 6);            // hours
  const int high = low + *rc::gen::inRange(1, 20);    // hours
  const int rate = *rc::gen::inRange(1, 20);          // a year
  const int price = *rc::gen::inRange(1, 90) * 1000;  // an hour
  const auto text = [&](const std::string& range, const std::string& hour) {
    return fmt::format(R"yaml(
stakes: ["an hour of shop down costs {}"]
risks: [{{id: dark, service: shop, estimate: "{} a year that shop is down, {}"}}]
)yaml",
                       hour, rate, range);
  };
  const Portfolio one = made(text(fmt::format("{}h to {}h", low, high), fmt::format("${}", price)));
  const Portfolio other = made(text(fmt::format("{} minutes to {} minutes", low * 60, high * 60),
                                    fmt::format("${}k", price / 1000)));
  RC_ASSERT(near(one.own.mean, other.own.mean, 1e-9));
  RC_ASSERT(near(one.own.var99.value, other.own.var99.value, 1e-6));
}

TEST(RegisterLaws, OtherUnitsOfPartsAreTheSameRegister) {
  const auto text = [](const char* duration, const char* other, const char* hour) {
    return fmt::format(R"yaml(
stakes: ["an hour of shop down costs {}"]
risks:
  - id: parts
    service: shop
    frequency: 4 to 12 a year
    duration: {}
    loss: {{revenue: duration, other: "{}", response: 3 * $100/h * duration}}
)yaml",
                       hour, duration, other);
  };
  const Portfolio one = made(text("1.5h to 6h", "$20k to $90k", "$2k to $9k"));
  const Portfolio other =
      made(text("90 minutes to 360 minutes", "$0.02M to $0.09M", "$2000 to $9000"));
  EXPECT_TRUE(near(one.own.mean, other.own.mean, 1e-9)) << one.own.mean << " " << other.own.mean;
  EXPECT_TRUE(near(one.own.var99.value, other.own.var99.value, 1e-6));
}

RC_GTEST_PROP(RegisterLaws, StakesTimesTenMoveMoneyByTen, ()) {
  const int price = *rc::gen::inRange(100, 9'000);
  const int high = *rc::gen::inRange(2, 40);
  const auto text = [&](int hour) {
    return fmt::format(R"yaml(
stakes: ["an hour of shop down costs ${} to ${}"]
risks:
  - {{id: dark, service: shop, estimate: "2 to 9 a year that shop is down, 1h to {}h"}}
  - {{id: rare, service: shop, estimate: "5% a year that shop is down, 10h to 90h"}}
)yaml",
                       hour, hour * 3, high);
  };
  const Portfolio one = made(text(price));
  const Portfolio ten = made(text(price * 10));
  RC_ASSERT(near(10 * one.own.mean, ten.own.mean, 1e-9));
  RC_ASSERT(near(10 * one.own.tvar99.value, ten.own.tvar99.value, 1e-2));
  RC_ASSERT(near(one.own.chance_of_loss.value, ten.own.chance_of_loss.value, 1e-12));
}

// What incidents teach of how long it takes is the same, written as a sentence or in parts.
TEST(RegisterLaws, PartsLearnAsASentenceDoes) {
  const std::string stakes = R"yaml(
stakes: ["an hour of shop down costs $1000"]
)yaml";
  const std::string sentence =
      stakes +
      "risks: [{id: dark, service: shop, estimate: \"4 a year that shop is down, 1h to 2h\"}]";
  const std::string parts = stakes + R"yaml(
risks:
  - {id: dark, service: shop, title: shop is down, frequency: 4 a year, duration: 1h to 2h,
     loss: {revenue: duration, response: 0 * $1/h * duration}}
)yaml";
  History history;
  history.since = kNow - days(730);
  for (int i = 0; i < 8; ++i) {
    history.incidents.push_back(
        {"shop", "shop down", history.since + days(std::int64_t{90} * i), 8.0 + i});
  }
  const Portfolio taught = made(parts, history);
  EXPECT_NEAR(taught.own.mean / made(sentence, history).own.mean, 1, 0.02);
  EXPECT_GT(taught.own.mean, 4 * made(parts).own.mean) << "it took 8 hours and more, not 2";
  EXPECT_TRUE(std::any_of(taught.notes.begin(), taught.notes.end(), [](const std::string& note) {
    return note.find("then 8 incidents of 12 hours in the middle") != std::string::npos;
  })) << testing::PrintToString(taught.notes);
}

// Incidents that are taken out of a history of the same length lower what is expected.
RC_GTEST_PROP(RegisterLaws, RemovingTheEvidenceLowersTheLoss, ()) {
  const std::string text = R"yaml(
risks: [{id: dark, service: shop, estimate: "1 to 6 a year that shop is down, $1k to $9k"}]
)yaml";
  const int count = *rc::gen::inRange(2, 30);
  History all;
  all.since = kNow - days(730);
  for (int i = 0; i < count; ++i) {
    all.incidents.push_back({"shop", "shop down", all.since + days(std::int64_t{20} * i)});
  }
  History fewer = all;
  fewer.incidents.resize(static_cast<std::size_t>(*rc::gen::inRange(1, count)));
  RC_ASSERT(made(text, fewer).own.mean < made(text, all).own.mean);
}

}  // namespace
}  // namespace daytwo::decide::risk
