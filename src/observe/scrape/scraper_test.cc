#include "observe/scrape/scraper.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "series/value.h"
#include "sim/clock.h"
#include "sim/network.h"
#include "sim/recorded_tree.h"

namespace daytwo::observe {
namespace {

const std::string kUrl = "http://app:8080/metrics";

class Scrape : public ::testing::Test {
 protected:
  Scrape() {
    target_.job = "app";
    target_.url = kUrl;
  }
  void answer(const std::string& body, const std::string& type = "text/plain; version=0.0.4",
              int status = 200) {
    http_.on(kUrl, [=](const env::HttpRequest&) {
      env::HttpResponse response;
      response.status = status;
      response.body = body;
      response.headers = {{"content-type", type}};
      return response;
    });
  }
  // Values by labels, stale ones as "stale".
  std::map<std::string, std::string> scrape() {
    if (!scraper_) scraper_.emplace(std::vector<ScrapeTarget>{target_}, http_, files_, clock_);
    clock_.advance(scraper_->next_due() - clock_.wall());  // the first is due at once
    const auto due = scraper_->take_due(clock_.wall());
    EXPECT_EQ(due.size(), 1U);
    std::map<std::string, std::string> all;
    for (const auto& one : scraper_->run(0, clock_.wall()).batch.series) {
      const series::Sample& sample = one.samples.at(0);
      all[one.labels.to_string()] =
          sample.value.is_stale() ? "stale" : std::to_string(sample.value.number).substr(0, 4);
      times_[one.labels.to_string()] = sample.at;
    }
    return all;
  }

  ScrapeTarget target_;
  sim::HttpScript http_;
  sim::Clock clock_;
  sim::RecordedTree files_;
  std::optional<Scraper> scraper_;
  std::map<std::string, Timestamp> times_;
};

using Values = std::map<std::string, std::string>;

constexpr const char* kUp = R"(up{instance="app:8080", job="app"})";

TEST_F(Scrape, AddsTheTargetsLabelsAndItsOwnSeries) {
  answer("# TYPE hits counter\nhits{code=\"200\"} 5\n");
  target_.labels = {{"team", "shop"}};
  const Values all = scrape();
  EXPECT_EQ(all.at(R"(hits{code="200", instance="app:8080", job="app", team="shop"})"), "5.00");
  EXPECT_EQ(all.at(R"(up{instance="app:8080", job="app", team="shop"})"), "1.00");
  EXPECT_EQ(all.at(R"(scrape_samples_scraped{instance="app:8080", job="app", team="shop"})"),
            "1.00");
  EXPECT_EQ(all.at(R"(scrape_series_added{instance="app:8080", job="app", team="shop"})"), "1.00");
  EXPECT_EQ(all.size(), 6U);
  EXPECT_EQ(http_.requests().at(0).headers.at(2).second, "10");  // the timeout, for the program
}

TEST_F(Scrape, MarksSeriesThatLeave) {
  answer("a 1\nb 2\n");
  scrape();
  answer("a 1\n");
  Values all = scrape();
  EXPECT_EQ(all.at(R"(b{instance="app:8080", job="app"})"), "stale");
  EXPECT_EQ(all.at(R"(scrape_series_added{instance="app:8080", job="app"})"), "0.00");
  all = scrape();
  EXPECT_FALSE(all.contains(R"(b{instance="app:8080", job="app"})"));
}

TEST_F(Scrape, AFailureEndsTheSeriesAndSaysWhy) {
  answer("a 1\n");
  scrape();
  answer("a 1\n", "text/plain", 503);
  Values all = scrape();
  EXPECT_EQ(all.at(R"(a{instance="app:8080", job="app"})"), "stale");
  EXPECT_EQ(all.at(kUp), "0.00");
  EXPECT_EQ(scraper_->state(0).error, "answered with status 503");
  answer("a one\n");
  scrape();
  EXPECT_NE(scraper_->state(0).error.find("expected a number"), std::string::npos);
  answer("<html>", "text/html");
  scrape();
  EXPECT_NE(scraper_->state(0).error.find("text/html"), std::string::npos);
  http_.on(kUrl, [](const env::HttpRequest&) -> Result<env::HttpResponse> {
    return fail(Code::kTimeout, "no answer");
  });
  EXPECT_EQ(scrape().at(kUp), "0.00");
  answer("a 1\n");
  EXPECT_EQ(scrape().at(kUp), "1.00");
}

TEST_F(Scrape, RenamesLabelsThatClashUnlessTheyAreHonoured) {
  answer("a{job=\"theirs\",instance=\"x\",exported_job=\"y\"} 1\n");
  EXPECT_TRUE(scrape().contains(
      R"(a{exported_exported_job="theirs", exported_instance="x", exported_job="y", )"
      R"(instance="app:8080", job="app"})"));
  scraper_.reset();
  target_.honor_labels = true;
  EXPECT_TRUE(scrape().contains(R"(a{exported_job="y", instance="x", job="theirs"})"));
}

TEST_F(Scrape, KeepsTimesOfTheProgramWithoutStaleMarkers) {
  answer("a 1 1000\n");
  const std::string a = R"(a{instance="app:8080", job="app"})";
  EXPECT_EQ(scrape().at(a), "1.00");
  EXPECT_EQ(times_.at(a), Timestamp{1000});
  answer("b 1\n");
  EXPECT_FALSE(scrape().contains(a));
}

TEST_F(Scrape, HoldsItsLimits) {
  answer("a 1\nb 1\n");
  target_.sample_limit = 1;
  EXPECT_EQ(scrape().at(kUp), "0.00");
  scraper_.reset();
  target_.sample_limit = 2;
  target_.label_value_length_limit = 4;
  EXPECT_EQ(scrape().at(kUp), "0.00");  // instance is longer
}

TEST_F(Scrape, EndsEverythingWhenItStops) {
  answer("a 1\n");
  scrape();
  const Observation last = scraper_->stop(clock_.wall());
  EXPECT_EQ(last.batch.series.size(), 6U);
  for (const auto& one : last.batch.series) EXPECT_TRUE(one.samples.at(0).value.is_stale());
}

TEST(InstanceOf, IsHostAndPort) {
  EXPECT_EQ(instance_of("http://a/metrics"), "a:80");
  EXPECT_EQ(instance_of("https://a?x"), "a:443");
  EXPECT_EQ(instance_of("http://u:p@[::1]:9/x"), "[::1]:9");
  EXPECT_EQ(instance_of("http://[::1]/x"), "[::1]:80");
}

}  // namespace
}  // namespace daytwo::observe
