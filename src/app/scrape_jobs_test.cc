#include "app/scrape_jobs.h"

#include <gtest/gtest.h>

#include "app/config.h"
#include "sim/recorded_tree.h"

namespace daytwo::app {
namespace {

Result<Config> load(const std::string& text) {
  sim::RecordedTree host;
  host.put("/etc/daytwo/daytwo.yml", text);
  return load_config(host, "/etc/daytwo/daytwo.yml");
}

std::string why(const std::string& text) {
  const auto config = load(text);
  return config ? "it was taken" : config.error().to_string();
}

TEST(ScrapeJobs, ReadWhoWeAreAsPrometheusWritesIt) {
  const auto config = load(R"(
scrape_configs:
  - job_name: shop
    scheme: https
    params: {module: [http_2xx], "match[]": ["up", "a b"]}
    sample_limit: 5000
    honor_timestamps: false
    follow_redirects: false
    authorization: {credentials_file: token}
    tls_config: {ca_file: ca.pem, cert_file: /etc/ssl/us.pem, key_file: us.key}
    http_headers: {X-Scope-OrgID: {values: [shop]}}
    static_configs: [{targets: ["shop:443"]}]
  - job_name: old
    basic_auth: {username: ann, password: secret}
    tls_config: {insecure_skip_verify: true}
)");
  ASSERT_TRUE(config) << config.error().to_string();
  EXPECT_TRUE(config->warnings.empty());
  const ScrapeJob& shop = config->scrapes.at(0);
  EXPECT_EQ(shop.query, "module=http_2xx&match%5B%5D=up&match%5B%5D=a%20b");
  EXPECT_EQ(shop.sample_limit, 5000U);
  EXPECT_FALSE(shop.honor_timestamps);
  EXPECT_FALSE(shop.follow_redirects);
  EXPECT_EQ(shop.access.credentials_file, "/etc/daytwo/token");
  EXPECT_EQ(shop.access.ca_file, "/etc/daytwo/ca.pem");
  EXPECT_EQ(shop.access.cert_file, "/etc/ssl/us.pem");
  EXPECT_EQ(shop.access.key_file, "/etc/daytwo/us.key");
  EXPECT_TRUE(shop.access.verify_tls);
  EXPECT_EQ(shop.access.headers, (env::HttpHeaders{{"X-Scope-OrgID", "shop"}}));
  const ScrapeJob& old = config->scrapes.at(1);
  EXPECT_EQ(old.access.user, "ann");
  EXPECT_EQ(old.access.password, "secret");
  EXPECT_FALSE(old.access.verify_tls);
}

TEST(ScrapeJobs, NameWhatTheyDoNotHonour) {
  const auto config = load(R"(
scrape_configs:
  - job_name: shop
    dns_sd_configs: []
    oauth2: {client_id: us}
    tls_config: {server_name: shop}
)");
  ASSERT_TRUE(config) << config.error().to_string();
  EXPECT_EQ(config->warnings,
            (std::vector<std::string>{
                "/etc/daytwo/daytwo.yml:6: server_name is not honoured yet",
                "/etc/daytwo/daytwo.yml:5: oauth2 is not honoured yet",
                "/etc/daytwo/daytwo.yml:4: dns_sd_configs of job shop is not honoured yet"}));
}

TEST(ScrapeJobs, RefuseTwoAnswersToOneQuestion) {
  const auto job = [](const std::string& keys) {
    return why("scrape_configs:\n  - job_name: shop\n    " + keys + "\n");
  };
  EXPECT_NE(job("authorization: {credentials: a, credentials_file: b}")
                .find("credentials and credentials_file: state one of them"),
            std::string::npos);
  EXPECT_NE(job("authorization: {type: Bearer}").find("no credentials are stated"),
            std::string::npos);
  EXPECT_NE(job("authorization: {type: Basic, credentials: a}").find("written as basic_auth"),
            std::string::npos);
  EXPECT_NE(job("basic_auth: {username: ann}\n    authorization: {credentials: a}")
                .find("basic_auth stands beside it"),
            std::string::npos);
  EXPECT_NE(job("tls_config: {cert_file: us.pem}").find("cert_file and key_file go together"),
            std::string::npos);
  EXPECT_NE(job("basic_auth: {user: ann}").find("username"), std::string::npos);
  EXPECT_NE(job("sample_limit: -1").find("0 (none) or more"), std::string::npos);
}

// The usual file of a blackbox exporter: it loads, and nothing is scraped that is no address.
TEST(ScrapeJobs, LeaveOutTargetsThatMeanSomethingOnlyAfterRelabelling) {
  const auto config = load(R"(
scrape_configs:
  - job_name: blackbox
    metrics_path: /probe
    static_configs: [{targets: ["https://shop.example/", "127.0.0.1:9115"]}]
    relabel_configs: [{source_labels: [__address__], target_label: __param_target}]
)");
  ASSERT_TRUE(config) << config.error().to_string();
  EXPECT_EQ(config->scrapes.at(0).groups.at(0).targets,
            std::vector<std::string>({"127.0.0.1:9115"}));
  ASSERT_EQ(config->warnings.size(), 2U);
  EXPECT_EQ(config->warnings[0],
            "/etc/daytwo/daytwo.yml:5: 'https://shop.example/' is a target only once it is "
            "relabelled: left out");
}

TEST(ScrapeJobs, RefuseWhatCanNotBeScraped) {
  for (const auto& [keys, answer] : std::vector<std::pair<std::string, std::string>>{
           {"scrape_interval: 0s", "3:22: scrape_interval must be above 0"},
           {"scrape_timeout: 2h", "3:21: scrape_timeout is longer than scrape_interval"},
           {"metrics_path: metrics", "expected /metrics"},
           {"static_configs: [{targets: [\"a:1\", \"b:99999\"]}]", "a port lies between 1"},
           {"static_configs: [{targets: [\":80\"]}]", "a target without a host"},
           {"static_configs: [{targets: [\"a:80/metrics\"]}]", "its path is metrics_path"},
           {"static_configs: [{targets: [\"http://a:80\"]}]", "without a scheme"},
           {"static_configs: [{labels: [a]}]", "found a list"}}) {
    const std::string told = why("scrape_configs:\n  - job_name: shop\n    " + keys + "\n");
    EXPECT_NE(told.find(answer), std::string::npos) << told;
  }
  EXPECT_NE(why("scrape_configs: [{job_name: a}, {job_name: a}]\n").find("two jobs are called 'a'"),
            std::string::npos);
  EXPECT_EQ(why("scrape_configs:\n  - job_name: shop\n    static_configs: [{targets: [\"a\", "
                "\"b:1\", \"[::1]:9\", \"[::1]\"]}]\n"),
            "it was taken");
}

TEST(Config, SaysAllProblemsInTheOrderOfTheFileAndNoneTwice) {
  const std::string told =
      why("people: {me: {webhok: \"http://x\"}, you: {mail: nobody}}\n"
          "notify: {fallback: yuo}\n"
          "stakes: {a: b}\n"
          "worries: 5\n");
  std::size_t at = 0;
  for (const char* place :
       {":1:15: unknown key 'webhok'", "did you mean 'webhook'?", ":1:48: this is no mail address",
        ":2:20: nobody under people is called 'yuo'", "expected one of me and you",
        "did you mean 'you'?", ":3:9: found a map", ":4:10: opening"}) {
    at = told.find(place, at);
    ASSERT_NE(at, std::string::npos) << place << '\n' << told;
  }
  EXPECT_EQ(told.find("nobody can be told"), std::string::npos) << told;
  EXPECT_NE(why("people: [ann]\n").find(":1:9: found a list"), std::string::npos);
}

TEST(Config, ChecksWhatTheCatalogSaysInOtherLanguages) {
  sim::RecordedTree host;
  host.put("/etc/daytwo/daytwo.yml",
           "services: [shop.yml]\npeople: {ann: {webhook: \"http://x\"}}\n");
  const auto load_with = [&](const std::string& service) {
    host.put("/etc/daytwo/shop.yml", service);
    return load_config(host, "/etc/daytwo/daytwo.yml");
  };
  const auto wrong = load_with(
      "service: shop\n"
      "probes: [\"127.0.0.1/health\"]\n"
      "slos: [{name: a, bad: 'sum(', total: up, target: 99.9}]\n");
  ASSERT_FALSE(wrong);
  const std::string told = wrong.error().to_string();
  EXPECT_NE(told.find("shop.yml:2:11: this is no URL"), std::string::npos) << told;
  EXPECT_NE(told.find("shop.yml:3:28: parse error"), std::string::npos) << told;
  const auto right = load_with(
      "service: shop\nowner: {team: t, page: anne}\n"
      "stakes: [an hour of shop down costs $2k]\n");
  ASSERT_TRUE(right) << right.error().to_string();
  ASSERT_EQ(right->warnings.size(), 1U);
  EXPECT_NE(right->warnings[0].find("shop.yml:2: nobody under people is called 'anne'"),
            std::string::npos)
      << right->warnings[0];
  EXPECT_NE(right->warnings[0].find("did you mean 'ann'?"), std::string::npos);
  ASSERT_EQ(right->stakes.size(), 1U);
  EXPECT_EQ(right->stakes[0].file, "/etc/daytwo/shop.yml");
  EXPECT_EQ(right->stakes[0].line, 3);
}

}  // namespace
}  // namespace daytwo::app
