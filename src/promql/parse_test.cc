#include "promql/parse.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <variant>

#include "promql/print.h"

namespace daytwo::promql {
namespace {

std::string error_of(std::string_view text) {
  const auto parsed = parse(text);
  return parsed ? "parses" : parsed.error().text;
}

// The canonical spelling, or the error.
std::string respelled(std::string_view text) {
  const auto parsed = parse(text);
  return parsed ? print(*parsed->root) : parsed.error().text;
}

struct Spelling {
  std::string_view written;
  std::string_view printed;
};

TEST(Parse, TakesTheWholeLanguageAndPrintsItInOneSpelling) {
  for (const auto& [written, printed] : {
           Spelling{"1", "1"},
           {"1e6", "1e+06"},
           {"0x1F", "31"},
           {"0755", "493"},
           {"1_000.5", "1000.5"},
           {".5e-3", "0.0005"},
           {"inf", "Inf"},
           {"Inf ^ 2", "Inf ^ 2"},
           {"-Inf", "-Inf"},
           {"nAn", "NaN"},
           {"1h30m", "5400"},
           {"'a\"b\\n'", "\"a\\\"b\\n\""},
           {"`raw\\n`", "\"raw\\\\n\""},
           {"\"\\x41\\101\\u00e9\\U0001F600\"", "\"AA\u00e9\U0001F600\""},
           {"1+2*3^4", "1 + 2 * 3 ^ 4"},
           {"- 1 ^ 2", "-1 ^ 2"},
           {"-a", "-a"},
           {"+a", "+a"},
           {"a and b or c unless d", "a and b or c unless d"},
           {"a{}", "a"},
           {"{__name__=\"a\"}", "{__name__=\"a\"}"},
           {"a { b = 'c' , d != \"e\" , f=~\"g\", h!~\"i\", }",
            "a{b=\"c\",d!=\"e\",f=~\"g\",h!~\"i\"}"},
           {"{\"my.name\", \"l.x\"='v'}", "{\"my.name\",\"l.x\"=\"v\"}"},
           {"{'plain'}", "plain"},
           {"a:b:c", "a:b:c"},
           {"sum{a='b'}", "sum{a=\"b\"}"},
           {"by + offset", "by + offset"},
           {"a[5m]", "a[5m]"},
           {"a[300]", "a[5m]"},
           {"a[1h30m] offset -5m @ 1.5", "a[1h30m] @ 1.500 offset -5m"},
           {"a @ end() offset 1w", "a @ end() offset 1w"},
           {"a @ -1", "a @ -1.000"},
           {"rate(a[5m])[1h:] @ start()", "rate(a[5m])[1h:] @ start()"},
           {"a[1h:5m] offset 1d", "a[1h:5m] offset 1d"},
           {"SUM (a) BY (b, c)", "sum by (b, c) (a)"},
           {"sum by(on,'x.y') (a)", "sum by (on, \"x.y\") (a)"},
           {"avg without () (a)", "avg without () (a)"},
           {"sum by () (a)", "sum(a)"},
           {"topk by(x)(5,a)", "topk by (x) (5, a)"},
           {"count_values('v', a)", "count_values(\"v\", a)"},
           {"a == bool 1", "a == bool 1"},
           {"a + on() b", "a + on () b"},
           {"a / on(x,y) group_left(z) b", "a / on (x, y) group_left (z) b"},
           {"a / ignoring(x) group_right b", "a / ignoring (x) group_right () b"},
           {"a # comment\n + # another\n b", "a + b"},
           {"time()", "time()"},
           {"round(a, 5)", "round(a, 5)"},
           {"label_join(a, 'b', '', 'c', 'd')", "label_join(a, \"b\", \"\", \"c\", \"d\")"},
           {"((a))", "((a))"},
           {"a atan2 b", "a atan2 b"},
           {"hour()", "hour()"},
       }) {
    EXPECT_EQ(respelled(written), printed) << written;
    EXPECT_EQ(respelled(printed), printed) << written;
  }
}

// Texts as metrics.md 5.3 and the positions of Prometheus's parser have them.
TEST(Parse, SaysWhatIsWrongWherePrometheusDoes) {
  for (
      const auto& [written, message] : {
          Spelling{"", "1:1: parse error: no expression found in input"},
          {"1 +", "1:4: parse error: unexpected end of input"},
          {"1 + *", "1:5: parse error: unexpected <op:*>"},
          {"foo bar", "1:5: parse error: unexpected identifier \"bar\""},
          {"1 1", "1:3: parse error: unexpected number \"1\""},
          {"(1", "1:3: parse error: unclosed left parenthesis"},
          {"1)", "1:2: parse error: unexpected right parenthesis ')'"},
          {"a\n  + )", "2:5: parse error: unexpected right parenthesis ')'"},
          {"a{", "1:3: parse error: unexpected end of input inside braces"},
          {"a{b}",
           "1:4: parse error: unexpected \"}\" in label matching, expected label "
           "matching operator"},
          {"a{b=c}",
           "1:5: parse error: unexpected identifier \"c\" in label matching, expected "
           "string"},
          {"a{b='c' d='e'}",
           "1:9: parse error: unexpected identifier \"d\" in label matching, "
           "expected \",\" or \"}\""},
          {"a{1}", "1:3: parse error: unexpected character inside braces: '1'"},
          {"{}", "1:1: parse error: vector selector must contain at least one non-empty matcher"},
          {"{a=~'.*'}",
           "1:1: parse error: vector selector must contain at least one non-empty matcher"},
          {"a{'b'}", "1:3: parse error: metric name must not be set twice: \"a\" or \"b\""},
          {"a{__name__='b'}",
           "1:1: parse error: metric name must not be set twice: \"a\" or \"b\""},
          {"'open", "1:1: parse error: unterminated quoted string"},
          {"`open", "1:1: parse error: unterminated raw string"},
          {"1x", "1:1: parse error: bad number or duration syntax: \"1x\""},
          {"1m1h", "1:1: parse error: bad number or duration syntax: \"1m1h\""},
          {"a ! b", "1:3: parse error: unexpected character after '!': ' '"},
          {"a $ b", "1:3: parse error: unexpected character: '$'"},
          {"nofunction(1)", "1:1: parse error: unknown function with name \"nofunction\""},
          {"rate(a)",
           "1:6: parse error: expected type range vector in call to function \"rate\", "
           "got instant vector"},
          {"abs(a[5m])",
           "1:5: parse error: expected type instant vector in call to function \"abs\", got range "
           "vector"},
          {"rate()", "1:1: parse error: expected 1 argument(s) in call to \"rate\", got 0"},
          {"round(a, 1, 2)",
           "1:1: parse error: expected at most 2 argument(s) in call to \"round\", got 3"},
          {"label_join(a, 'b')",
           "1:1: parse error: expected at least 3 argument(s) in call to \"label_join\", got 2"},
          {"abs(a,)", "1:6: parse error: trailing commas not allowed in function call args"},
          {"1 > 2", "1:3: parse error: comparisons between scalars must use BOOL modifier"},
          {"1 + bool 2",
           "1:3: parse error: bool modifier can only be used on comparison operators"},
          {"a and 1",
           "1:1: parse error: set operator \"and\" not allowed in binary scalar expression"},
          {"1 + on(x) a", "1:1: parse error: vector matching only allowed between instant vectors"},
          {"a and on(x) group_left b",
           "1:1: parse error: no grouping allowed for \"and\" operation"},
          {"a + on(x) group_left(x) b",
           "1:1: parse error: label \"x\" must not occur in ON and GROUP clause at once"},
          {"a[5m] + 1",
           "1:1: parse error: binary expression must contain only scalar and instant vector types"},
          {"-a[5m]",
           "1:1: parse error: unary expression only allowed on expressions of type "
           "scalar or instant vector, got \"range vector\""},
          {"sum(1)",
           "1:5: parse error: expected type instant vector in aggregation expression, "
           "got scalar"},
          {"topk('x', a)",
           "1:6: parse error: expected type scalar in aggregation parameter, got string"},
          {"topk(a)",
           "1:1: parse error: wrong number of arguments for aggregate expression "
           "provided, expected 2, got 1"},
          {"sum()", "1:1: parse error: no arguments for aggregate expression provided"},
          {"sum by (1) (a)",
           "1:9: parse error: unexpected number \"1\" in grouping opts, expected label"},
          {"(a + b)[5m]", "1:1: parse error: ranges only allowed for vector selectors"},
          {"a offset 5m [5m]", "1:1: parse error: no offset modifiers allowed before range"},
          {"a @ 5 [5m]", "1:1: parse error: no @ modifiers allowed before range"},
          {"a offset 1m offset 1m", "1:1: parse error: offset may not be set multiple times"},
          {"a @ 1 @ 2", "1:1: parse error: @ <timestamp> may not be set multiple times"},
          {"1 offset 1m",
           "1:1: parse error: offset modifier must be preceded by an instant vector selector or "
           "range vector selector or a subquery"},
          {"a[0s]", "1:3: parse error: duration must be greater than 0"},
          {"1[5m:]",
           "1:1: parse error: subquery is only allowed on instant vector, got scalar "
           "instead"},
          {"on{}", "1:1: parse error: unexpected <on>"},
      }) {
    EXPECT_EQ(error_of(written), message) << written;
  }
}

TEST(Parse, BoundsNesting) {
  EXPECT_EQ(error_of(std::string(150, '(') + "1" + std::string(150, ')')), "parses");
  EXPECT_NE(error_of(std::string(100'000, '(')).find("nested too deeply"), std::string::npos);
  EXPECT_NE(error_of(std::string(100'000, '-') + "1").find("nested too deeply"), std::string::npos);
  std::string chain = "1";
  for (int i = 0; i < 900; ++i) chain += " + 1";
  EXPECT_EQ(error_of(chain), "parses");
  for (int i = 0; i < 100; ++i) chain.insert(0, "(").append(") + 1");
  EXPECT_NE(error_of(chain).find("too long or nested too deeply"), std::string::npos);
}

TEST(Parse, KnowsTheBytesOfEachNode) {
  const auto parsed = parse("sum by (a) (rate(b[5m] offset 1m)) / c");
  ASSERT_TRUE(parsed);
  const auto& binary = std::get<Binary>(parsed->root->kind);
  EXPECT_EQ(parsed->root->span, (ByteSpan{0, 38}));
  EXPECT_EQ(binary.left->span, (ByteSpan{0, 34}));
  EXPECT_EQ(binary.operator_span, (ByteSpan{35, 36}));
  const auto& sum = std::get<Aggregate>(binary.left->kind);
  EXPECT_EQ(sum.inner->span, (ByteSpan{12, 33}));
  EXPECT_EQ(std::get<Call>(sum.inner->kind).arguments[0]->span, (ByteSpan{17, 32}));
}

TEST(Parse, MarksWhatIsTheSameAtEveryStep) {
  const auto pinned = [](std::string_view text) { return parse(text)->root->pinned; };
  EXPECT_TRUE(pinned("a @ 5"));
  EXPECT_TRUE(pinned("sum(rate(a[5m] @ end())) + 1"));
  EXPECT_TRUE(pinned("timestamp(a @ 5)"));
  EXPECT_FALSE(pinned("timestamp(abs(a @ 5))"));
  EXPECT_FALSE(pinned("a @ 5 + b"));
  EXPECT_FALSE(pinned("a @ 5 + time()"));
  EXPECT_FALSE(pinned("predict_linear(a[5m] @ 5, 1)"));
}

TEST(ParseSelector, TakesPlainSelectorsAlone) {
  const auto matchers = parse_selector("up{job=\"a\"}");
  ASSERT_TRUE(matchers);
  EXPECT_EQ(matchers->size(), 2U);
  EXPECT_FALSE(parse_selector("up offset 5m"));
  EXPECT_FALSE(parse_selector("up + 1"));
  EXPECT_FALSE(parse_selector("up[5m]"));
}

TEST(Format, BreaksLongQueriesIntoLines) {
  const auto parsed = parse(
      "sum by (job) (rate(http_requests_total{code=~\"5..\",job=\"checkout\"}[5m])) / on (job) "
      "sum by (job) (rate(http_requests_total{job=\"checkout\"}[5m]))");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(format(*parsed->root),
            "  sum by (job) (rate(http_requests_total{code=~\"5..\",job=\"checkout\"}[5m]))\n"
            "/ on (job)\n"
            "  sum by (job) (rate(http_requests_total{job=\"checkout\"}[5m]))");
  EXPECT_EQ(format(*parse("a+b")->root), "a + b");
}

}  // namespace
}  // namespace daytwo::promql
