#include "wire/exposition.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "series/value.h"

namespace daytwo::wire {
namespace {

using enum ExpositionFormat;

std::string shown(const ExposedSample& sample) { return series::Labels(sample.labels).to_string(); }

// Each label is compared with those before it: without a bound, a line of a million labels would
// hold the scraper for hours.
TEST(Exposition, RefusesALineOfAMillionLabelsAtOnce) {
  std::string labels;
  for (int i = 0; i < 1'000'000; ++i) labels += "l" + std::to_string(i) + "=\"\",";
  const ExpositionLimits some{.samples = 0, .labels = 30};
  for (const ExpositionLimits& limits : {ExpositionLimits{}, some}) {
    const auto series = parse_exposition("m{" + labels + "} 1\n", kText, "t", limits);
    ASSERT_FALSE(series.has_value());
    EXPECT_EQ(series.error().code, Code::kLimit);
    const auto exemplar =
        parse_exposition("m 1 # {" + labels + "} 1\n# EOF\n", kOpenMetrics, "t", limits);
    ASSERT_FALSE(exemplar.has_value());
    EXPECT_EQ(exemplar.error().code, Code::kLimit);
  }
}

TEST(Exposition, TakesAsManyLabelsAsAreAllowed) {
  const ExpositionLimits two{.samples = 0, .labels = 2};
  EXPECT_TRUE(parse_exposition("m{a=\"1\",b=\"2\",} 1\n", kText, "t", two).has_value());
  EXPECT_TRUE(parse_exposition("{\"m\",a=\"1\",b=\"2\"} 1\n", kText, "t", two).has_value());
  EXPECT_EQ(parse_exposition("m{a=\"1\",b=\"2\",c=\"3\"} 1\n", kText, "t", two).error().code,
            Code::kLimit);
}

TEST(Exposition, ReadsTheTextFormat) {
  const auto got = parse_exposition(
      "# HELP http_requests_total Requests\\nserved \\\\ \"x\"\n"
      "# TYPE http_requests_total counter\n"
      "# a remark\n"
      "\n"
      "http_requests_total{method=\"post\",code=\"200\",} 1027 1395066363000\n"
      "http_requests_total { method = \"a\\\\b\\\"c\\nd\\e\" } 3e2\n"
      "\tplain\t-Inf\n"
      "nan_value NaN\n"
      "big +inf",
      kText, "t");
  ASSERT_TRUE(got.has_value()) << got.error().to_string();
  ASSERT_EQ(got->samples.size(), 5U);
  EXPECT_EQ(shown(got->samples[0]), R"(http_requests_total{code="200", method="post"})");
  EXPECT_EQ(got->samples[0].value, 1027);
  EXPECT_EQ(got->samples[0].at, Timestamp{1395066363000});
  EXPECT_EQ(got->samples[1].labels[1].value, "a\\b\"c\nd\\e");
  EXPECT_EQ(got->samples[1].value, 300);
  EXPECT_FALSE(got->samples[1].at.has_value());
  EXPECT_EQ(got->samples[2].value, -std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(got->samples[3].value));
  EXPECT_FALSE(series::is_stale_marker(got->samples[3].value));
  EXPECT_EQ(got->samples[4].value, std::numeric_limits<double>::infinity());
  ASSERT_EQ(got->metadata.size(), 1U);
  EXPECT_EQ(got->metadata[0].type, "counter");
  EXPECT_EQ(got->metadata[0].help, "Requests\nserved \\ \"x\"");
}

TEST(Exposition, NormalisesBucketsAndQuantiles) {
  const auto got = parse_exposition(
      "# TYPE h histogram\nh_bucket{le=\"1\"} 2\nh_bucket{le=\"+Inf\"} 3\nh_bucket{le=\".25\"} 1\n"
      "h_count{le=\"1\"} 3\n# TYPE s summary\ns{quantile=\"1\"} 2\n# TYPE g gauge\ng{le=\"1\"} 4\n",
      kText, "t");
  ASSERT_TRUE(got.has_value());
  std::vector<std::string> bounds;
  for (const auto& sample : got->samples) bounds.push_back(sample.labels[1].value);
  EXPECT_EQ(bounds, (std::vector<std::string>{"1.0", "+Inf", "0.25", "1", "1.0", "1"}));
}

TEST(Exposition, ReadsUtf8NamesInQuotes) {
  const auto got = parse_exposition(
      "{\"my.name\",\"la.bel\"=\"v\",b=\"w\"} 1\nplain{\"q\"=\"x\"} 2\n", kText, "t");
  ASSERT_TRUE(got.has_value()) << got.error().to_string();
  EXPECT_EQ(got->samples[0].labels[0], (series::Label{"__name__", "my.name"}));
  EXPECT_EQ(got->samples[0].labels[1], (series::Label{"la.bel", "v"}));
  EXPECT_EQ(got->samples[1].labels[1], (series::Label{"q", "x"}));
}

TEST(Exposition, ReadsOpenMetrics) {
  const auto got = parse_exposition(
      "# TYPE foo_seconds histogram\n# UNIT foo_seconds seconds\n# HELP foo_seconds a \\\"b\\\"\n"
      "foo_seconds_bucket{le=\"1\"} 3 1520879607.789 # {trace_id=\"x\"} 0.67 1520879606\n"
      "foo_seconds_created 1520430000.123\n# EOF\n",
      kOpenMetrics, "t");
  ASSERT_TRUE(got.has_value()) << got.error().to_string();
  ASSERT_EQ(got->samples.size(), 2U);
  EXPECT_EQ(got->samples[0].at, Timestamp{1520879607789});
  EXPECT_EQ(got->samples[0].labels[1].value, "1.0");
  EXPECT_EQ(got->metadata[0].unit, "seconds");
  EXPECT_EQ(got->metadata[0].help, "a \"b\"");
}

struct Wrong {
  std::string text;
  ExpositionFormat format;
  int line;
  int column;
};

TEST(Exposition, NamesTheLineAndColumnOfWhatIsWrong) {
  const std::vector<Wrong> cases = {
      {"a 1\nb{ 2\n", kText, 2, 4},
      {"a{x=\"1\",x=\"2\"} 1\n", kText, 1, 14},
      {"a{x=\"1\n", kText, 1, 7},
      {"a{x=1} 1\n", kText, 1, 5},
      {"a one\n", kText, 1, 6},
      {"a 1 2 3\n", kText, 1, 7},
      {"a 0x10\n", kText, 1, 7},
      {"a nan(7)\n", kText, 1, 9},  // strtod's, not the format's
      {"a 1_000\n", kText, 1, 8},
      {"a 1 2.5\n", kText, 1, 8},
      {"a 1\r\n", kText, 1, 5},
      {"9a 1\n", kText, 1, 1},
      {"{} 1\n", kText, 1, 3},
      {"a{b=\"\xFF\"} 1\n", kText, 1, 8},
      {"# TYPE a nonsense\n", kText, 1, 10},
      {"a 1 # {t=\"x\"} 1\n", kText, 1, 5},
      {"a 1\n", kOpenMetrics, 1, 4},  // no # EOF
      {"a 1\n\n# EOF\n", kOpenMetrics, 2, 1},
      {"# remark\n# EOF\n", kOpenMetrics, 1, 9},
      {"# EOF\na 1\n", kOpenMetrics, 2, 1},
      {"# UNIT a seconds\n# EOF\n", kOpenMetrics, 1, 10},
      {"a 1 NaN\n# EOF\n", kOpenMetrics, 1, 8},
  };
  for (const Wrong& one : cases) {
    const auto got = parse_exposition(one.text, one.format, "http://x/metrics");
    ASSERT_FALSE(got.has_value()) << one.text;
    EXPECT_EQ(got.error().code, Code::kInvalid);
    ASSERT_EQ(got.error().diagnostics.size(), 1U) << one.text;
    EXPECT_EQ(got.error().diagnostics[0].line, one.line) << one.text;
    EXPECT_EQ(got.error().diagnostics[0].column, one.column) << one.text;
    EXPECT_EQ(got.error().diagnostics[0].file, "http://x/metrics");
  }
}

TEST(Exposition, IsBounded) {
  EXPECT_EQ(parse_exposition("a 1\nb 2\n", kText, "t", {1, 0}).error().code, Code::kLimit);
  EXPECT_EQ(parse_exposition("a{b=\"1\",c=\"2\"} 1\n", kText, "t", {0, 1}).error().code,
            Code::kLimit);
  EXPECT_TRUE(parse_exposition("a{b=\"1\"} 1\n", kText, "t", {1, 1}).has_value());
}

TEST(Exposition, KnowsContentTypes) {
  EXPECT_EQ(exposition_format("text/plain; version=0.0.4; charset=utf-8"), kText);
  EXPECT_EQ(exposition_format("application/openmetrics-text;version=1.0.0"), kOpenMetrics);
  EXPECT_FALSE(exposition_format("text/html").has_value());
}

}  // namespace
}  // namespace daytwo::wire
