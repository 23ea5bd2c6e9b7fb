// The Prometheus-compatible routes over samples in memory and a real loopback socket. Expected
// answers follow the HTTP API page of Prometheus's documentation, worked out by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "api/prometheus_params.h"
#include "api/prometheus_reply.h"
#include "api/world_for_tests.h"

namespace daytwo::api {
namespace {

// Two series: up{job="a"} = 1 and up{job="b"} = 0 at 0 s, 60 s, 120 s.
void add_up(World& world) {
  for (const auto& [job, value] : {std::pair("a", 1.0), std::pair("b", 0.0)}) {
    std::vector<series::Sample> samples;
    for (std::int64_t at = 0; at <= 120'000; at += 60'000) {
      samples.push_back({Timestamp{at}, {value, nullptr}});
    }
    ASSERT_TRUE(world.samples.add({{"__name__", "up"}, {"job", job}}, samples));
  }
}

TEST(PrometheusQuery, AnswersTheHealthCheckOfGrafana) {
  World world;
  EXPECT_EQ(world.get("/api/v1/query?query=1%2B1&time=4").body,
            R"({"status":"success","data":{"resultType":"scalar","result":[4,"2"]}})");
  EXPECT_EQ(world.get("/api/v1/status/buildinfo").body.find("features"), std::string::npos);
}

TEST(PrometheusQuery, AnswersVectorsStringsAndMatrices) {
  World world;
  add_up(world);
  EXPECT_EQ(world.get("/api/v1/query?query=up&time=60.5").body,
            R"({"status":"success","data":{"resultType":"vector","result":[)"
            R"({"metric":{"__name__":"up","job":"a"},"value":[60.500,"1"]},)"
            R"({"metric":{"__name__":"up","job":"b"},"value":[60.500,"0"]}]}})");
  EXPECT_EQ(world.get("/api/v1/query?query=%22x%22&time=1").body,
            R"({"status":"success","data":{"resultType":"string","result":[1,"x"]}})");
  EXPECT_EQ(
      world.get("/api/v1/query_range?query=up%7Bjob%3D%22a%22%7D&start=0&end=120&step=1m").body,
      R"({"status":"success","data":{"resultType":"matrix","result":[)"
      R"({"metric":{"__name__":"up","job":"a"},"values":[[0,"1"],[60,"1"],[120,"1"]]}]}})");
}

TEST(PrometheusQuery, TakesFormPostsAndCutsToTheLimit) {
  World world;
  add_up(world);
  const env::HttpResponse posted =
      world.send("POST", "/api/v1/query", {{"Content-Type", "application/x-www-form-urlencoded"}},
                 "query=up&time=1970-01-01T00:01:00Z&limit=1");
  EXPECT_EQ(posted.body, R"({"status":"success","data":{"resultType":"vector","result":[)"
                         R"({"metric":{"__name__":"up","job":"a"},"value":[60,"1"]}]},)"
                         R"("warnings":["results truncated due to limit"]})");
}

TEST(PrometheusQuery, NamesTheParameterThatIsWrong) {
  World world;
  const auto error_of = [&world](const std::string& path) {
    const env::HttpResponse answer = world.get(path);
    return std::to_string(answer.status) + " " + answer.body;
  };
  EXPECT_TRUE(error_of("/api/v1/query?query=up%7B")
                  .starts_with(R"(400 {"status":"error","errorType":"bad_data",)"
                               R"("error":"invalid parameter \"query\": 1:)"));
  EXPECT_EQ(error_of("/api/v1/query?query=up&time=x"),
            R"(400 {"status":"error","errorType":"bad_data","error":)"
            R"("invalid parameter \"time\": cannot parse \"x\" to a valid timestamp"})");
  EXPECT_EQ(error_of("/api/v1/query_range?query=up&start=0&end=60&step=0"),
            R"(400 {"status":"error","errorType":"bad_data","error":"invalid parameter \"step\": )"
            R"(zero or negative query resolution step widths are not accepted. Try a positive )"
            R"(integer"})");
  EXPECT_EQ(error_of("/api/v1/query_range?query=up&start=60&end=0&step=1"),
            R"(400 {"status":"error","errorType":"bad_data","error":"invalid parameter \"end\": )"
            R"(end timestamp must not be before start time"})");
  EXPECT_TRUE(error_of("/api/v1/query_range?query=up&start=0&end=11002&step=1")
                  .find("exceeded maximum resolution of 11,000 points per timeseries") !=
              std::string::npos);
  EXPECT_EQ(world.get("/api/v1/query_range?query=up&start=0&end=11000&step=1").status, 200);
  EXPECT_EQ(error_of("/api/v1/nothing"),
            R"(404 {"status":"error","errorType":"not_found","error":"there is no such route"})");
}

TEST(PrometheusQuery, SortsExecutionErrorsByClass) {
  World world;
  add_up(world);
  const env::HttpResponse answer = world.get("/api/v1/query?query=up%20%2B%20on()%20up&time=60");
  EXPECT_EQ(answer.status, 422) << answer.body;
  EXPECT_NE(answer.body.find("\"errorType\":\"execution\""), std::string::npos);
  ApiOptions options;
  options.queries.timeout = milliseconds(0);
  World hasty(std::move(options));
  add_up(hasty);
  EXPECT_EQ(hasty.get("/api/v1/query?query=sum(up)&time=60").status, 503);
}

TEST(PrometheusSeries, ListsSeriesNamesAndValues) {
  World world;
  add_up(world);
  EXPECT_EQ(world.get("/api/v1/series?match%5B%5D=up&match%5B%5D=up%7Bjob%3D%22a%22%7D").body,
            R"({"status":"success","data":[{"__name__":"up","job":"a"},)"
            R"({"__name__":"up","job":"b"}]})");
  EXPECT_EQ(world.get("/api/v1/series").status, 400);
  EXPECT_EQ(world.get("/api/v1/series?match%5B%5D=up&limit=1").body,
            R"({"status":"success","data":[{"__name__":"up","job":"a"}],)"
            R"("warnings":["results truncated due to limit"]})");
  EXPECT_EQ(world.get("/api/v1/labels").body, R"({"status":"success","data":["__name__","job"]})");
  EXPECT_EQ(world.get("/api/v1/label/job/values?match%5B%5D=up").body,
            R"({"status":"success","data":["a","b"]})");
  EXPECT_EQ(world.get("/api/v1/label/job/values?start=500&end=600").body,
            R"({"status":"success","data":[]})");
}

TEST(PrometheusSeries, ListsMetadataByFamily) {
  World world;
  series::Batch batch;
  batch.metadata = {{"up", "gauge", "Whether it is up.", ""},
                    {"x_seconds", "counter", "", "seconds"}};
  ASSERT_TRUE(world.samples.append(batch));
  EXPECT_EQ(world.get("/api/v1/metadata?metric=up").body,
            R"({"status":"success","data":{"up":[)"
            R"({"type":"gauge","help":"Whether it is up.","unit":""}]}})");
  EXPECT_EQ(world.get("/api/v1/metadata?limit=1").body.find("x_seconds"), std::string::npos);
  EXPECT_EQ(world.get("/api/v1/metadata?limit=-1").status, 400);
}

TEST(PrometheusStatus, AnswersWhatDashboardsAskFor) {
  World world;
  add_up(world);
  EXPECT_EQ(world.get("/api/v1/rules").body, R"({"status":"success","data":{"groups":[]}})");
  EXPECT_EQ(world.get("/api/v1/alerts").body, R"({"status":"success","data":{"alerts":[]}})");
  EXPECT_EQ(world.get("/api/v1/status/flags").body,
            R"({"status":"success","data":{"web.listen-address":"127.0.0.1:9420"}})");
  EXPECT_EQ(world.get("/api/v1/status/config").body,
            R"({"status":"success","data":{"yaml":"global: {}\n"}})");
  EXPECT_NE(world.get("/api/v1/status/tsdb").body.find(R"("numSeries":2,"numLabelPairs":3)"),
            std::string::npos);
  EXPECT_EQ(world.get("/api/v1/targets").body,
            R"({"status":"success","data":{"activeTargets":[],"droppedTargets":[]}})");
  EXPECT_EQ(world.get("/api/v1/query_exemplars?query=up").body,
            R"({"status":"success","data":[]})");
}

TEST(PrometheusQuery, FormatsAndParses) {
  World world;
  EXPECT_EQ(world.get("/api/v1/format_query?query=sum(up)by(job)").body,
            R"x({"status":"success","data":"sum by (job) (up)"})x");
  EXPECT_EQ(world.get("/api/v1/parse_query?query=-up%5B5m%3A%5D").status, 400);
  EXPECT_EQ(world.get("/api/v1/parse_query?query=up%20offset%205m%20%3E%20bool%201").body,
            R"({"status":"success","data":{"type":"binaryExpr","op":">",)"
            R"("lhs":{"type":"vectorSelector","name":"up","matchers":[)"
            R"({"name":"__name__","value":"up","type":"="}],"offset":300000,"timestamp":null,)"
            R"("startOrEnd":null},"rhs":{"type":"numberLiteral","val":"1"},"matching":null,)"
            R"("bool":true}})");
}

TEST(PrometheusValues, PrintAsPrometheusPrintsThem) {
  const auto value = [](double number) {
    std::string out;
    append_value(out, number);
    return out;
  };
  EXPECT_EQ(value(0.1), "\"0.1\"");
  EXPECT_EQ(value(1e20), "\"100000000000000000000\"");
  EXPECT_EQ(value(1e21), "\"1e+21\"");
  EXPECT_EQ(value(1e-6), "\"0.000001\"");
  EXPECT_EQ(value(1e-7), "\"1e-07\"");
  EXPECT_EQ(value(-0.0), "\"-0\"");
  EXPECT_EQ(value(std::nan("")), "\"NaN\"");
  EXPECT_EQ(value(std::numeric_limits<double>::infinity()), "\"+Inf\"");
  EXPECT_EQ(value(-std::numeric_limits<double>::max()).size(), 26U);
  const auto seconds_of = [](std::int64_t ms) {
    std::string out;
    append_time(out, Timestamp{ms});
    return out;
  };
  EXPECT_EQ(seconds_of(0), "0");
  EXPECT_EQ(seconds_of(1001), "1.001");
  EXPECT_EQ(seconds_of(-1500), "-1.500");
  EXPECT_EQ(seconds_of(-20), "-0.020");
}

TEST(PrometheusValues, WriteHistogramsWithTheBoundsOfTheirBuckets) {
  series::FloatHistogram histogram;
  histogram.schema = 0;
  histogram.zero_threshold = 0.5;
  histogram.zero_count = 1;
  histogram.count = 6;
  histogram.sum = 10;
  histogram.positive_spans = {{1, 2}, {1, 1}};  // buckets (1,2], (2,4] and (8,16]
  histogram.positive_counts = {2, 0, 1};
  histogram.negative_spans = {{1, 1}};  // [-2,-1)
  histogram.negative_counts = {2};
  std::string out;
  append_histogram(out, histogram);
  EXPECT_EQ(out, R"({"count":"6","sum":"10","buckets":[[1,"-2","-1","2"],[3,"-0.5","0.5","1"],)"
                 R"([0,"1","2","2"],[0,"8","16","1"]]})");
}

TEST(PrometheusParameters, ReadTimesSpansAndLabelNames) {
  EXPECT_EQ(parse_time_text("1.5")->ms, 1500);
  EXPECT_EQ(parse_time_text("-1")->ms, -1000);
  EXPECT_EQ(parse_time_text("1e3")->ms, 1'000'000);
  EXPECT_EQ(parse_time_text("2015-07-01T20:10:51.781Z")->ms, 1'435'781'451'781);
  for (const char* bad : {"", "x", "NaN", "Inf", "1e300", "0x10"}) {
    EXPECT_FALSE(parse_time_text(bad)) << bad;
  }
  EXPECT_EQ(parse_span_text("0.25")->ms, 250);
  EXPECT_EQ(parse_span_text("1h30m")->ms, 5'400'000);
  EXPECT_FALSE(parse_span_text("5 m"));
  EXPECT_EQ(decode_label_name("job").value(), "job");
  EXPECT_EQ(decode_label_name("U__http_2e_status__code").value(), "http.status_code");
  EXPECT_FALSE(decode_label_name("U__a_zz_"));
  EXPECT_FALSE(decode_label_name("U__a_2e"));
}

}  // namespace
}  // namespace daytwo::api
