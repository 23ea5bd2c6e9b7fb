#include "base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace daytwo {
namespace {

TEST(Text, TrimsAsciiBlanksAtBothEnds) {
  EXPECT_EQ(trim(" \t a b \r\n"), "a b");
  EXPECT_EQ(trim(" \n "), "");
}

TEST(Text, SplitsIntoOnePartMoreThanSeparators) {
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
  EXPECT_EQ(split(",", ','), (std::vector<std::string_view>{"", ""}));
}

TEST(Text, JoinsWordsAsASentenceDoes) {
  EXPECT_EQ(join_words(std::vector<std::string>{}), "");
  EXPECT_EQ(join_words(std::vector<std::string>{"a"}), "a");
  EXPECT_EQ(join_words(std::vector<std::string>{"a", "b"}), "a and b");
  EXPECT_EQ(join_words(std::vector<std::string>{"a", "b", "c"}), "a, b and c");
}

// Unicode 15, table 3-7: well-formed byte sequences, at the edges of each row.
TEST(Utf8, TakesTheEdgesOfWhatIsWellFormed) {
  for (const char* text :
       {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_utf8(text)) << to_utf8(text);
  }
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndWhatIsBeyondUnicode) {
  for (const char* text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE2\x82", "a\xC2"}) {
    EXPECT_FALSE(is_utf8(text)) << to_utf8(text);
  }
}

TEST(Utf8, RepairsEachBrokenByteAndCountsIt) {
  std::size_t replaced = 0;
  EXPECT_EQ(to_utf8("a\xFF\xE2\x82z", &replaced), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz");
  EXPECT_EQ(replaced, 3U);
}

TEST(Utf8, RepairedTextIsWellFormedAndSoundTextUnchanged) {
  EXPECT_TRUE(rc::check([](const std::string& text) {
    const std::string repaired = to_utf8(text);
    RC_ASSERT(is_utf8(repaired));
    RC_ASSERT(!is_utf8(text) || repaired == text);
  }));
}

TEST(NearestWord, FindsATypoButNoOtherWord) {
  const std::vector<std::string> keys = {"services", "stakes", "people", "notify"};
  EXPECT_EQ(nearest_word("stake", keys), "stakes");
  EXPECT_EQ(nearest_word("sevrices", keys), "services");
  EXPECT_EQ(nearest_word("retention", keys), "");
  EXPECT_EQ(nearest_word("x", {}), "");
}

TEST(FormatDouble, WritesAsPrometheusDoes) {
  EXPECT_EQ(format_double(0), "0");
  EXPECT_EQ(format_double(-0.0), "-0");
  EXPECT_EQ(format_double(0.1), "0.1");
  EXPECT_EQ(format_double(-1234.5), "-1234.5");
  EXPECT_EQ(format_double(1e20), "100000000000000000000");
  EXPECT_EQ(format_double(12345678901234567890.0), "12345678901234567000");
  EXPECT_EQ(format_double(1e21), "1e+21");
  EXPECT_EQ(format_double(1e-6), "0.000001");
  EXPECT_EQ(format_double(1e-7), "1e-07");
  EXPECT_EQ(format_double(std::numeric_limits<double>::infinity()), "+Inf");
  EXPECT_EQ(format_double(-std::numeric_limits<double>::infinity()), "-Inf");
  EXPECT_EQ(format_double(std::nan("")), "NaN");
}

TEST(FormatFixed, NeverUsesAnExponent) {
  EXPECT_EQ(format_fixed(-1.5), "-1.5");
  EXPECT_EQ(format_fixed(1e25), "10000000000000000000000000");
  EXPECT_EQ(format_fixed(-1.25e-9), "-0.00000000125");
  EXPECT_EQ(format_fixed(std::numeric_limits<double>::quiet_NaN()), "NaN");
}

// The switch to exponents stands at -5 and 6, and exponents have two digits [Go, package fmt, %v].
TEST(GoText, WritesNumbersAndQuotesAsGoDoes) {
  EXPECT_EQ(go_number(123456), "123456");
  EXPECT_EQ(go_number(1234567), "1.234567e+06");
  EXPECT_EQ(go_number(0.0001), "0.0001");
  EXPECT_EQ(go_number(0.00001), "1e-05");
  EXPECT_EQ(go_number(-0.0), "-0");
  EXPECT_EQ(go_quoted("a\"b\\c\n\x01\xff\u00e9"), R"("a\"b\\c\n\x01\xffé")");
}

TEST(FormatDouble, ReadsBackToTheSameBits) {
  EXPECT_TRUE(rc::check([](std::uint64_t bits) {
    const auto value = std::bit_cast<double>(bits);
    if (!std::isfinite(value)) return;
    const std::string text = format_double(value);
    double read = 0;
    const auto done = std::from_chars(text.data(), text.data() + text.size(), read);
    RC_ASSERT(done.ptr == text.data() + text.size());
    RC_ASSERT(std::bit_cast<std::uint64_t>(read) == bits);
  }));
}

TEST(Counted, TakesTheSingularForOneAlone) {
  EXPECT_EQ(counted(0, "worry", "worries"), "0 worries");
  EXPECT_EQ(counted(1, "worry", "worries"), "1 worry");
  EXPECT_EQ(counted(2, "worry", "worries"), "2 worries");
}

}  // namespace
}  // namespace daytwo
