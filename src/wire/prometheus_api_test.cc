#include "wire/prometheus_api.h"

#include <gtest/gtest.h>

#include <limits>

namespace daytwo::wire {
namespace {

using series::Labels;

TEST(PrometheusApi, ReadsBuildInformationOfEachFlavour) {
  const auto prometheus = parse_build_info(
      R"({"status":"success","data":{"version":"2.42.0","revision":"x","goVersion":"go1.19.5"}})");
  ASSERT_TRUE(prometheus.has_value());
  EXPECT_EQ(prometheus->version, "2.42.0");
  EXPECT_EQ(prometheus->go_version, "go1.19.5");
  const auto mimir = parse_build_info(
      R"({"status":"success","data":{"application":"Grafana Mimir","version":"2.9"}})");
  ASSERT_TRUE(mimir.has_value());
  EXPECT_EQ(mimir->application, "Grafana Mimir");
  const auto victoria = parse_build_info(R"({"status":"success","data":{"version":"2.24.0"}})");
  ASSERT_TRUE(victoria.has_value());
  EXPECT_TRUE(victoria->go_version.empty());
  EXPECT_TRUE(parse_build_info(R"({"status":"success","data":{}})").has_value());
}

TEST(PrometheusApi, RefusesBodiesThatAreNoAnswers) {
  for (const char* body : {"", "<html></html>", "[]", "{}", R"({"status":"success"})",
                           R"({"status":"success","data":[]})", R"({"data":{"version":"1"}})"}) {
    const auto refused = parse_build_info(body);
    ASSERT_FALSE(refused.has_value()) << body;
    EXPECT_EQ(refused.error().code, Code::kInvalid) << body;
  }
  EXPECT_FALSE(parse_texts(R"({"status":"success","data":[1]})").has_value());
  EXPECT_FALSE(parse_texts(R"({"status":"success","data":{}})").has_value());
  EXPECT_FALSE(parse_label_sets(R"({"status":"success","data":[{"a":1}]})").has_value());
  EXPECT_FALSE(parse_metadata(R"({"status":"success","data":[]})").has_value());
}

TEST(PrometheusApi, GivesTheErrorsOfThePeerTheirCodes) {
  const auto refused =
      parse_texts(R"({"status":"error","errorType":"bad_data","error":"1:1: parse error"})");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, Code::kInvalid);
  EXPECT_EQ(refused.error().text, "1:1: parse error");
  const auto late = find_api_error(R"({"status":"error","errorType":"timeout","error":"late"})");
  ASSERT_TRUE(late.has_value());
  EXPECT_EQ(late->code, Code::kTimeout);
  EXPECT_FALSE(find_api_error(R"({"status":"success","data":[]})").has_value());
  EXPECT_FALSE(find_api_error("Bad Gateway").has_value());
}

TEST(PrometheusApi, SortsTextsAndTakesNullForAnEmptyList) {
  EXPECT_EQ(parse_texts(R"({"status":"success","data":["b","a","b"]})").value(),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(parse_texts(R"({"status":"success","data":null})").value().empty());
}

TEST(PrometheusApi, ReadsLabelSetsSorted) {
  const auto sets = parse_label_sets(
      R"({"status":"success","data":[{"job":"b","__name__":"up"},{"__name__":"up","job":"a"}]})");
  ASSERT_TRUE(sets.has_value());
  EXPECT_EQ(*sets, (std::vector<Labels>{Labels{{"__name__", "up"}, {"job", "a"}},
                                        Labels{{"__name__", "up"}, {"job", "b"}}}));
}

TEST(PrometheusApi, ReadsTheFirstEntryOfEachFamily) {
  const auto all = parse_metadata(
      R"({"status":"success","data":{"up":[{"type":"gauge","help":"h","unit":""},
          {"type":"counter","help":"other","unit":""}],"a_total":[{"type":"counter"}]}})");
  ASSERT_TRUE(all.has_value());
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[0].family, "a_total");
  EXPECT_EQ((*all)[1].type, "gauge");
  EXPECT_EQ((*all)[1].help, "h");
}

std::optional<double> single(const std::string& type, const std::string& result) {
  auto read = parse_single_number(R"({"status":"success","data":{"resultType":")" + type +
                                  R"(","result":)" + result + "}}");
  EXPECT_TRUE(read.has_value()) << type << result;
  return read ? *read : std::nullopt;
}

TEST(PrometheusApi, TakesANumberOnlyWhenThereIsExactlyOne) {
  EXPECT_EQ(single("scalar", R"([1,"2.5"])"), 2.5);
  EXPECT_EQ(single("vector", R"([{"metric":{},"value":[1,"-3e2"]}])"), -300);
  EXPECT_EQ(single("vector", R"([{"metric":{},"value":[1,"+Inf"]}])"),
            std::numeric_limits<double>::infinity());
  EXPECT_EQ(single("vector", "[]"), std::nullopt);
  EXPECT_EQ(single("vector", R"([{"metric":{},"value":[1,"NaN"]}])"), std::nullopt);
  EXPECT_EQ(single("vector", R"([{"value":[1,"1"]},{"value":[1,"2"]}])"), std::nullopt);
  EXPECT_EQ(single("vector", R"([{"metric":{},"histogram":[1,{"count":"1"}]}])"), std::nullopt);
  EXPECT_EQ(single("string", R"([1,"2"])"), std::nullopt);
  EXPECT_EQ(single("scalar", R"([1,"2x"])"), std::nullopt);
}

}  // namespace
}  // namespace daytwo::wire
