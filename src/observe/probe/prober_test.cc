#include "observe/probe/prober.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "sim/clock.h"
#include "sim/network.h"

namespace daytwo::observe {
namespace {

const std::string kUrl = "https://shop.example/health";

env::Certificate certificate(Timestamp until) {
  env::Certificate one;
  one.subject = "CN=shop.example";
  one.not_after = until;
  return one;
}

class Probe : public ::testing::Test {
 protected:
  ProbeResult look(const ProbeTarget& target) {
    Prober prober({}, http_, sockets_, clock_);
    return prober.look(target, clock_.wall());
  }
  ProbeResult look(const std::string& url) { return look(*make_probe(url)); }

  sim::HttpScript http_;
  sim::SocketScript sockets_;
  sim::Clock clock_;
};

TEST_F(Probe, JudgesStatusAndBody) {
  http_.on(kUrl, 200, "all\ngood here");
  EXPECT_TRUE(look(kUrl).up);
  ProbeTarget target = *make_probe(kUrl);
  target.body_match = "go+d";
  EXPECT_TRUE(look(target).up);
  target.body_match = "bad";
  EXPECT_EQ(look(target).reason, "the body does not contain bad");
  EXPECT_TRUE(look(target).body_refused);
  target.body_match.clear();
  target.body_refuse = "good";
  EXPECT_EQ(look(target).reason, "the body contains good");
  http_.on(kUrl, 503, "");
  EXPECT_EQ(look(kUrl).reason, "status 503, expected 200 to 299");
  target = *make_probe(kUrl);
  target.statuses = {503};
  EXPECT_TRUE(look(target).up);
}

TEST_F(Probe, SaysWhyThereIsNoAnswer) {
  EXPECT_FALSE(look("http://nobody.example").up);
  EXPECT_FALSE(look("http://nobody.example").reason.empty());
  http_.on(kUrl, [](const env::HttpRequest&) -> Result<env::HttpResponse> {
    return fail(Code::kTimeout, "late");
  });
  EXPECT_EQ(look(kUrl).reason, "no answer within 10s");
}

TEST_F(Probe, NamesAnExpiredCertificate) {
  http_.on(kUrl, [](const env::HttpRequest&) -> Result<env::HttpResponse> {
    return fail(Code::kUnavailable, "TLS handshake failed");
  });
  env::Connected shown;
  shown.chain = {certificate(clock_.wall() - days(3))};
  sockets_.port("shop.example", 443, shown);
  const ProbeResult result = look(kUrl);
  EXPECT_FALSE(result.up);
  EXPECT_EQ(result.reason, "the certificate expired 3d ago");
  EXPECT_EQ(earliest_expiry(result.chain), clock_.wall() - days(3));
}

TEST_F(Probe, ConnectsAndResolves) {
  env::Connected shown;
  shown.address = "192.0.2.1:5432";
  sockets_.port("db.example", 5432, shown);
  EXPECT_TRUE(look("tcp://db.example:5432").up);
  EXPECT_FALSE(look("tcp://db.example:5433").up);
  sockets_.name("db.example", {"192.0.2.1", "2001:db8::1"});
  const ProbeResult named = look("dns://db.example");
  EXPECT_TRUE(named.up);
  EXPECT_TRUE(named.reason.starts_with("192.0.2.1 and 2001:db8::1 in "));
  EXPECT_FALSE(look("dns://gone.example").up);
}

TEST_F(Probe, WritesASightingOnlyWhenTheAnswerChanges) {
  ProbeTarget target = *make_probe(kUrl);
  target.service = "shop";
  Prober prober({target}, http_, sockets_, clock_);
  const auto run = [&] {
    clock_.advance(prober.next_due() - clock_.wall());
    EXPECT_EQ(prober.take_due(clock_.wall()).size(), 1U);
    return prober.run(0, clock_.wall());
  };
  http_.on(kUrl, 200, "");
  Observation first = run();
  ASSERT_EQ(first.records.size(), 1U);
  EXPECT_EQ(first.records[0].key.value, "probe/" + kUrl);
  EXPECT_EQ(first.records[0].subject, "shop");
  EXPECT_TRUE(run().records.empty());
  http_.on(kUrl, 500, "");
  const Observation down = run();
  ASSERT_EQ(down.records.size(), 1U);
  EXPECT_EQ(down.records[0].state, facts::State::kChanged);
  EXPECT_EQ(down.records[0].sentence, kUrl + " is down: status 500, expected 200 to 299");
  EXPECT_TRUE(run().records.empty());
  EXPECT_FALSE(prober.last(0)->up);
}

TEST_F(Probe, WritesBlackboxSeries) {
  http_.on(kUrl, [&](const env::HttpRequest&) {
    env::HttpResponse response;
    response.status = 204;
    response.redirects = 2;
    response.phases.connect = milliseconds(20);
    response.chain = {certificate({2'000'000'000'000}), certificate({1'900'000'000'000})};
    return response;
  });
  ProbeTarget target = *make_probe(kUrl);
  target.service = "shop";
  Prober prober({target}, http_, sockets_, clock_);
  std::map<std::string, double> all;
  for (const auto& one : prober.run(0, clock_.wall()).batch.series) {
    EXPECT_EQ(one.labels.get("job"), "watch");
    EXPECT_EQ(one.labels.get("instance"), kUrl);
    EXPECT_EQ(one.labels.get("service"), "shop");
    all[std::string(one.labels.metric_name()) + std::string(one.labels.get("phase"))] =
        one.samples.at(0).value.number;
  }
  EXPECT_EQ(all.at("probe_success"), 1);
  EXPECT_EQ(all.at("probe_http_status_code"), 204);
  EXPECT_EQ(all.at("probe_http_redirects"), 2);
  EXPECT_EQ(all.at("probe_http_duration_secondsconnect"), .02);
  EXPECT_EQ(all.at("probe_ssl_earliest_cert_expiry"), 1'900'000'000);
}

TEST(MakeProbe, RefusesWhatIsNoUrlAndSaysWhatIs) {
  for (const char* url :
       {"shop.example", "ftp://x", "tcp://x", "tcp://x:0", "tcp://x:70000", "http://", "dns://a/b",
        "https://user:secret@x/", "http://a b/", "tls://[::1", "tcp://x:1/path"}) {
    const auto got = make_probe(url);
    ASSERT_FALSE(got.has_value()) << url;
    EXPECT_EQ(got.error().code, Code::kInvalid);
    ASSERT_EQ(got.error().diagnostics.size(), 1U);
    EXPECT_FALSE(got.error().diagnostics[0].expected.empty()) << url;
  }
  EXPECT_EQ(make_probe("tcp://[::1]:80")->host, "::1");
  EXPECT_EQ(make_probe("https://x")->port, 443);
}

}  // namespace
}  // namespace daytwo::observe
