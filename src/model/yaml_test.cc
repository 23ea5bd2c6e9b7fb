#include "model/yaml.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace daytwo::model {
namespace {

YamlNode parsed(std::string_view text) {
  auto root = parse_yaml(text, "shop.yml");
  EXPECT_TRUE(root.has_value()) << (root ? "" : root.error().to_string());
  return *root;
}

std::string refusal(std::string_view text) {
  const auto root = parse_yaml(text, "shop.yml");
  return root ? "accepted" : root.error().diagnostics.front().to_string();
}

TEST(Yaml, KeepsWhereEachValueStood) {
  const YamlNode root = parsed("global:\n  scrape_interval: 15s\nnames: [a, \"b\"]\n");
  const auto entries = root.entries();
  ASSERT_EQ(entries.size(), 2U);
  const auto interval = entries[0].second.entries().at(0);
  EXPECT_EQ(interval.first.line(), 2);
  EXPECT_EQ(interval.first.column(), 3);
  EXPECT_EQ(interval.second.column(), 20);
  const auto names = entries[1].second.items();
  EXPECT_FALSE(names.at(0).quoted());
  EXPECT_TRUE(names.at(1).quoted());
  EXPECT_EQ(names.at(1).text(), "b");
}

TEST(Yaml, ReportsAllUnknownKeysAndTheNearestKnownOnes) {
  Diagnostics problems;
  YamlMap map(parsed("global: 1\nscrape_interva: 15s\nwories: []\n"), problems);
  map.ignore("global");
  (void)map.duration("scrape_interval");
  (void)map.list("worries");
  map.finish();
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].to_string(),
            "shop.yml:2:1: unknown key 'scrape_interva'\n  scrape_interva: 15s\n  ^\n"
            "  did you mean 'scrape_interval'?");
  EXPECT_EQ(problems[1].suggestion, "worries");
}

TEST(Yaml, ReadsEachTypeAndSaysWhatItExpected) {
  Diagnostics problems;
  YamlMap map(parsed("text: 12\nnumber: 1.5e3\ninteger: -7\nyes: on\nspan: 1h30m\nnone: ~\n"
                     "one: a\nmany: [a, b]\n"),
              problems);
  EXPECT_EQ(map.text("text"), "12");
  EXPECT_EQ(map.number("number"), 1500);
  EXPECT_EQ(map.integer("integer"), -7);
  EXPECT_EQ(map.boolean("yes"), true);
  EXPECT_EQ(map.duration("span"), minutes(90));
  EXPECT_EQ(map.text("none"), std::nullopt);
  EXPECT_EQ(map.texts("one"), std::vector<std::string>({"a"}));
  EXPECT_EQ(map.texts("many"), std::vector<std::string>({"a", "b"}));
  map.finish();
  EXPECT_TRUE(problems.empty());

  YamlMap wrong(parsed("number: lots\ninteger: 1.5\nyes: maybe\nspan: soon\ntext: [a]\n"
                       "infinite: inf\n"),
                problems);
  EXPECT_EQ(wrong.number("number"), std::nullopt);
  EXPECT_EQ(wrong.integer("integer"), std::nullopt);
  EXPECT_EQ(wrong.boolean("yes"), std::nullopt);
  EXPECT_EQ(wrong.duration("span"), std::nullopt);
  EXPECT_EQ(wrong.text("text"), std::nullopt);
  EXPECT_EQ(wrong.number("infinite"), std::nullopt);
  EXPECT_EQ(wrong.required_text("owner"), "");
  ASSERT_EQ(problems.size(), 7U);
  EXPECT_EQ(problems[0].line, 1);
  EXPECT_EQ(problems[3].expected, "a duration such as 30s, 5m or 1h30m");
  EXPECT_EQ(problems[4].text, "found a list");
  EXPECT_EQ(problems[6].text, "key 'owner' is missing");
}

TEST(Yaml, NamesLineAndColumnOfASyntaxError) {
  EXPECT_TRUE(refusal("a: 1\nb: [1, 2\n").starts_with("shop.yml:")) << refusal("b: [1");
  EXPECT_EQ(refusal("a: \"open\nb: 2\n"),
            "shop.yml:1:4: this quote is never closed\n  a: \"open\n     ^");
  EXPECT_EQ(refusal("b: 'it''s'\nc: 'x''\n").substr(0, 13), "shop.yml:2:4:");
  EXPECT_EQ(refusal("a: 1\nb: 2\na: 3\n"),
            "shop.yml:3:1: key 'a' is given twice, first on line 1\n  a: 3\n  ^");
  EXPECT_TRUE(refusal("a: *gone\n").starts_with("shop.yml:1:4"));
  EXPECT_TRUE(refusal("x: {<<: {a: 1}}\n").find("merge keys") != std::string::npos);
  EXPECT_TRUE(refusal("a: 1\n---\nb: 2\n").find("second document") != std::string::npos);
  EXPECT_TRUE(refusal("a: \xff\n").find("UTF-8") != std::string::npos);
  EXPECT_TRUE(refusal("? [a]\n: 1\n").find("a key must be a word") != std::string::npos);
}

TEST(Yaml, SaysWhatToDoAboutABrokenFile) {
  EXPECT_EQ(refusal("a:\n\tb: 1\n"),
            "shop.yml:2:1: a tab: YAML is indented by spaces alone\n  \tb: 1\n  ^");
  for (const auto& [text, answer] : std::vector<std::pair<std::string, std::string>>{
           {"a: {b: 1\nc: [\n", "never closed"}, {"a: b: c\n", "needs quotes"}}) {
    EXPECT_NE(refusal(text).find(answer), std::string::npos) << refusal(text);
  }
}

TEST(Yaml, NamesTheFewKeysThereAreWhereNoneIsNear) {
  Diagnostics problems;
  YamlMap map(parsed("colour: red\n"), problems);
  map.ignore("team");
  map.ignore("page");
  map.finish();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].expected, "one of team and page");
}

TEST(Yaml, FollowsAliasesButNotABillionLaughs) {
  const YamlNode root = parsed("base: &b {a: 1}\nuse: *b\n");
  EXPECT_EQ(root.entries().at(1).second.entries().at(0).second.text(), "1");
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int j = 0; j < 9; ++j) bomb += "," + before;
    bomb += "]\n";
  }
  const auto laughed = parse_yaml(bomb, "bomb.yml");
  ASSERT_FALSE(laughed.has_value());
  EXPECT_EQ(laughed.error().code, Code::kLimit);
  const auto deep = parse_yaml(std::string(5000, '['), "deep.yml");
  ASSERT_FALSE(deep.has_value());
}

TEST(Yaml, AnEmptyFileIsANullNodeAndReadsAsAnEmptyMap) {
  for (const char* text : {"", "\n", "# nothing here\n", "---\n"}) {
    Diagnostics problems;
    YamlMap map(parsed(text), problems);
    EXPECT_EQ(map.text("a"), std::nullopt);
    map.finish();
    EXPECT_TRUE(problems.empty()) << text;
  }
}

TEST(Yaml, PlacesAProblemInsideAQuotedOrPlainScalar) {
  const YamlNode root = parsed("risks:\n  - estimate: \"30% a year, $9 to $5\"\n  - plain text\n");
  const auto items = root.entries().at(0).second.items();
  Diagnostic inner;
  inner.file = "sentence";
  inner.line = 1;
  inner.column = 13;
  inner.text = "lower end must be below upper end";
  const auto outer = items.at(0).entries().at(0).second.placed({inner});
  EXPECT_EQ(outer.at(0).to_string(),
            "shop.yml:2:28: lower end must be below upper end\n"
            "    - estimate: \"30% a year, $9 to $5\"\n"
            "                             ^");
  inner.column = 7;
  EXPECT_EQ(items.at(1).placed({inner}).at(0).column, 11);
}

TEST(Yaml, ReadsSeveralDocuments) {
  const auto documents = parse_yaml_documents("a: 1\n---\nb: 2\n", "two.yml");
  ASSERT_TRUE(documents.has_value());
  ASSERT_EQ(documents->size(), 2U);
  EXPECT_EQ(documents->at(1).entries().at(0).first.line(), 3);
}

TEST(Yaml, ReadsDocumentsWithNothingInThem) {
  for (const char* text : {"---\n---\n---\n", "a: 1\n...\n---\nb: 2\n---\n", "--- 1\n--- 1\n"}) {
    EXPECT_TRUE(parse_yaml_documents(text, "many.yml").has_value()) << text;
  }
}

TEST(Yaml, RefusesWhatNoValueBeginsWith) {
  for (const std::string text : {",", ", d\n", "a: 1\n---\n, x\n"}) {
    const auto refused = parse_yaml_documents(text, "comma.yml");
    ASSERT_FALSE(refused.has_value()) << text;
    EXPECT_NE(refused.error().to_string().find("a value cannot begin here"), std::string::npos)
        << refused.error().to_string();
  }
}

TEST(Yaml, RefusesControlCharactersWithTheirPlace) {
  for (const std::string_view text :
       {std::string_view("ok: 1\nab\0: 2\n", 13), std::string_view("ok: 1\nab\x04: 2\n"),
        std::string_view("ok: 1\nab\x7f: 2\n")}) {
    const auto refused = parse_yaml(text, "odd.yml");
    ASSERT_FALSE(refused.has_value());
    EXPECT_TRUE(refused.error().to_string().starts_with("odd.yml:2:3: a control character"))
        << refused.error().to_string();
  }
  EXPECT_TRUE(parse_yaml("a:\t1\r\nb: 2\r\n", "tabs.yml").has_value());
}

RC_GTEST_PROP(Yaml, EveryTextIsReadOrRefusedWithAPlaceInIt, (const std::string& text)) {
  const auto root = parse_yaml(text, "any.yml");
  if (!root) RC_ASSERT(!root.error().diagnostics.empty());
}

}  // namespace
}  // namespace daytwo::model
