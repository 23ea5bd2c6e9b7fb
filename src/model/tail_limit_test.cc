#include "model/tail_limit.h"

#include <gtest/gtest.h>

#include <string>

#include "model/worry_file.h"

namespace daytwo::model {
namespace {

TEST(TailLimit, ReadsMoneyAndALevel) {
  const auto limit = parse_tail_limit("$2M at 99%");
  ASSERT_TRUE(limit) << limit.error().to_string();
  EXPECT_EQ(*limit, (StatedTail{2e6, "USD", 0.99}));
  EXPECT_EQ(parse_tail_limit("EUR 300k at 95%")->currency, "EUR");
}

TEST(TailLimit, RefusesWhatIsNoLimit) {
  for (const std::string text : {"", "$2M", "2M at 99%", "$1M to $2M at 99%", "$0 at 99%",
                                 "$2M at 99", "$2M at 100%", "$2M at 5%", "$2M at 90% to 99%"}) {
    const auto limit = parse_tail_limit(text);
    ASSERT_FALSE(limit) << text;
    EXPECT_NE(limit.error().text.find("such as '$2M at 99%'"), std::string::npos) << text;
  }
}

TEST(TailLimit, OfAFileIsRefusedAtItsPlace) {
  const std::string risks = "risks: [{id: a, estimate: \"30% a year, $1k to $2k\"}]\n";
  const auto good = parse_worry_file(risks + "tail_limit: $2M at 99%\n", "risks.yml");
  ASSERT_TRUE(good) << good.error().to_string();
  EXPECT_EQ(good->tail_limit, (StatedTail{2e6, "USD", 0.99}));
  const auto bad = parse_worry_file(risks + "tail_limit: $2M at 9%\n", "risks.yml");
  ASSERT_FALSE(bad);
  EXPECT_NE(bad.error().to_string().find("risks.yml:2:13"), std::string::npos)
      << bad.error().to_string();
}

}  // namespace
}  // namespace daytwo::model
