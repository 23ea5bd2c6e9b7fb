#include "api/web_config.h"

#include <gtest/gtest.h>

#include <string>

#include "env/os/crypto.h"
#include "env/os/files.h"

namespace daytwo::api {
namespace {

class WebConfigTest : public testing::Test {
 protected:
  WebConfigTest()
      : directory_(testing::TempDir() + "daytwo-web-" + std::to_string(entropy_.number())) {
    EXPECT_TRUE(files_.make_directories(directory_));
    EXPECT_TRUE(files_.write_atomic(directory_ + "/server.crt", "certificate", 0644));
    EXPECT_TRUE(files_.write_atomic(directory_ + "/server.key", "key", 0644));
  }
  ~WebConfigTest() override { EXPECT_TRUE(files_.remove_tree(directory_)); }
  Result<WebConfig> load(const std::string& text) {
    EXPECT_TRUE(files_.write_atomic(directory_ + "/web.yml", text, 0644));
    return load_web_config(files_, directory_ + "/web.yml");
  }

  env::os::SystemFiles files_;
  env::os::SystemEntropy entropy_;
  std::string directory_;
};

TEST_F(WebConfigTest, ReadsTlsAndUsersAsPrometheusWritesThem) {
  const auto config = load(
      "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n  min_version: TLS13\n"
      "basic_auth_users:\n  ann: $2y$10$abcdefghijklmnopqrstuuzzz\n  bob: '$argon2id$v=19$x'\n"
      "http_server_config:\n  http2: true\n");
  ASSERT_TRUE(config) << config.error().to_string();
  ASSERT_TRUE(config->tls);
  EXPECT_EQ(config->tls->certificate_pem, "certificate");
  EXPECT_EQ(config->tls->key_pem, "key");
  EXPECT_TRUE(config->tls->only_tls13);
  ASSERT_EQ(config->users.size(), 2U);
  EXPECT_EQ(config->users[0].name, "ann");
}

TEST_F(WebConfigTest, NamesEveryProblemWithItsLine) {
  const auto config = load(
      "tls_server_config:\n  cert_file: absent.crt\n  key_file: server.key\n"
      "  client_auth_type: RequireAndVerifyClientCert\n"
      "basic_auth_users:\n  ann: secret\nbasic_auth_user: {}\n");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().diagnostics.size(), 4U) << config.error().to_string();
  const std::string text = config.error().to_string();
  EXPECT_NE(text.find("absent.crt"), std::string::npos);
  EXPECT_NE(text.find("web.yml:6:"), std::string::npos) << text;
  EXPECT_NE(text.find("basic_auth_users"), std::string::npos);
}

TEST_F(WebConfigTest, SaysThatTheFileIsMissing) {
  EXPECT_EQ(load_web_config(files_, directory_ + "/none.yml").error().code, Code::kNotFound);
}

TEST(Passwords, FitTheirBcryptAndArgon2idHashes) {
  const env::os::SystemCrypto crypto;
  // bcrypt of "U*U" with cost 5, from the test vectors of crypt_blowfish.
  const std::string bcrypt = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
  EXPECT_TRUE(crypto.verify_password("U*U", bcrypt));
  EXPECT_FALSE(crypto.verify_password("U*V", bcrypt));
  const std::string argon = crypto.hash_password("secret").value();
  EXPECT_TRUE(argon.starts_with("$argon2id$"));
  EXPECT_TRUE(crypto.verify_password("secret", argon));
  EXPECT_FALSE(crypto.verify_password("secrets", argon));
  EXPECT_FALSE(crypto.verify_password("x", "plain"));
}

}  // namespace
}  // namespace daytwo::api
