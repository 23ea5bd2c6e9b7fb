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

}  // namespace
}  // namespace daytwo::app
