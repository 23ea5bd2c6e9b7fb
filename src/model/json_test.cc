#include "model/json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace daytwo::model {
namespace {

enum class Mood : std::uint8_t { kCalm, kAlert };
constexpr std::array<std::string_view, 2> json_names(Mood) { return {"calm", "alert"}; }

struct Inner {
  std::string name;
  std::optional<bool> power;
  bool operator==(const Inner&) const = default;
  static constexpr std::string_view kName = "Inner";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("name", self.name);
    v.optional("power", self.power);
  }
};

struct Outer {
  std::int64_t count = 0;
  double share = 0;
  Timestamp at;
  RecordId id;
  Mood mood = Mood::kCalm;
  std::vector<Inner> inners;
  std::map<std::string, double> amounts;
  std::uint32_t small = 0;
  bool operator==(const Outer&) const = default;
  static constexpr std::string_view kName = "Outer";
  template <class V, class Self>
  static void describe(V& v, Self& self) {
    v("count", self.count);
    v("share", self.share);
    v("at", self.at);
    v("id", self.id);
    v("mood", self.mood);
    v("inners", self.inners);
    v("amounts", self.amounts);
    v.optional("small", self.small);
  }
};

Outer example() {
  Outer out;
  out.count = -7;
  out.share = 0.25;
  out.at = Timestamp{1'763'000'000'123};
  out.id = RecordId(std::numeric_limits<std::uint64_t>::max());
  out.mood = Mood::kAlert;
  out.inners = {{"a\"\n\x01", true}, {"b", std::nullopt}};
  out.amounts = {{"p05", 1.5}, {"p95", 1e300}};
  out.small = 9;
  return out;
}

TEST(Json, WritesFieldsInTheOrderOfTheDescription) {
  EXPECT_EQ(to_json(example()),
            R"({"count":-7,"share":0.25,"at":1763000000123,"id":18446744073709551615,)"
            R"("mood":"alert","inners":[{"name":"a\"\n\u0001","power":true},)"
            R"({"name":"b","power":null}],"amounts":{"p05":1.5,"p95":1e+300},"small":9})");
}

TEST(Json, ReadsBackWhatItWrote) {
  const auto back = from_json<Outer>(to_json(example()));
  ASSERT_TRUE(back) << back.error().to_string();
  EXPECT_EQ(*back, example());
}

TEST(Json, WritesWhatIsNotFiniteAsNullAndReadsItAsNaN) {
  EXPECT_EQ(to_json(std::vector<double>{INFINITY, NAN}), "[null,null]");
  const auto back = from_json<std::vector<double>>("[null, 1e-3]");
  ASSERT_TRUE(back);
  EXPECT_TRUE(std::isnan((*back)[0]));
  EXPECT_EQ((*back)[1], 0.001);
}

TEST(Json, WritesBrokenUtf8AsReplacementCharacters) {
  EXPECT_EQ(to_json(std::string("a\xFF")), "\"a\xEF\xBF\xBD\"");
}

TEST(Json, NamesLineColumnAndNearestKnownKey) {
  const auto read = from_json<Inner>("{\"name\": \"x\",\n  \"powr\": true}", "request");
  ASSERT_FALSE(read);
  ASSERT_EQ(read.error().diagnostics.size(), 1U);
  const Diagnostic& problem = read.error().diagnostics[0];
  EXPECT_EQ(read.error().code, Code::kInvalid);
  EXPECT_EQ(problem.file, "request");
  EXPECT_EQ(problem.line, 2);
  EXPECT_EQ(problem.text, "unknown key 'powr'");
  EXPECT_EQ(problem.suggestion, "power");
}

TEST(Json, ReportsAllProblemsNotTheFirst) {
  const auto read = from_json<Outer>(
      R"({"count": 1.5, "share": "much", "at": 1, "id": -1, "mood": "alrt", "inners": [],)"
      R"( "amounts": {}})");
  ASSERT_FALSE(read);
  std::vector<std::string> texts;
  for (const Diagnostic& problem : read.error().diagnostics) texts.push_back(problem.text);
  EXPECT_EQ(texts, (std::vector<std::string>{
                       "this number is out of range", "this value has the wrong type",
                       "this number is out of range", "'alrt' is not known here"}));
}

TEST(Json, SaysWhichKeyIsMissingUnlessDefaultsAreAllowed) {
  const auto strict = from_json<Inner>("{}");
  ASSERT_FALSE(strict);
  EXPECT_EQ(strict.error().diagnostics[0].text, "the key 'name' is missing");
  EXPECT_TRUE(from_json<Inner>("{\"new\": [1, {\"x\": null}]}", "journal",
                               {.skip_unknown = true, .allow_missing = true}));
}

TEST(Json, RefusesAKeyThatStandsTwice) {
  const auto read = from_json<Inner>(R"({"name": "a", "name": "b"})");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().diagnostics[0].text, "the key 'name' stands twice");
}

TEST(Json, RefusesBrokenTexts) {
  const std::vector<std::string> broken = {
      "",   "{",       "[1,]",       "[1 2]",      "{\"a\" 1}", "01",        "1.",
      "1e", "\"\\x\"", "\"\\u12\"",  "\"\n\"",     "\"abc",     "nul",       "[1] x",
      "+1", "{a:1}",   "[\"\xFF\"]", "{\"a\":1,}", "--1",       "\"\\uD800", "1e999"};
  for (const std::string& text : broken) {
    EXPECT_FALSE(from_json<std::vector<double>>(text)) << text;
  }
}

TEST(Json, RefusesNestingThatWouldEatTheStack) {
  const std::string deep(100'000, '[');
  EXPECT_FALSE(from_json<Inner>("{\"x\":" + deep, "body", {.skip_unknown = true}));
}

TEST(Json, DecodesEscapesAndSurrogatePairs) {
  const auto read = from_json<std::string>(R"("\u00e9\ud83d\ude00\/\ud800")");
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, "\xC3\xA9\xF0\x9F\x98\x80/\xEF\xBF\xBD");
}

TEST(Json, EveryStringSurvivesARoundTrip) {
  EXPECT_TRUE(rc::check("strings of ASCII", [](const std::vector<unsigned char>& bytes) {
    std::string text;
    for (const unsigned char byte : bytes) text += static_cast<char>(byte % 128);
    const auto back = from_json<std::string>(to_json(text));
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == text);
  }));
}

TEST(Json, EveryNumberSurvivesARoundTrip) {
  EXPECT_TRUE(rc::check("doubles", [](double number, std::int64_t whole) {
    const auto back = from_json<double>(to_json(number));
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == number);
    RC_ASSERT(from_json<std::int64_t>(to_json(whole)).value() == whole);
  }));
}

}  // namespace
}  // namespace daytwo::model
