#include "http/address.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace daytwo::http {
namespace {

TEST(ListenAddress, ReadsEveryFormAndPrintsItBack) {
  for (const char* text : {"127.0.0.1:9420", "[::1]:9420", ":9420", "localhost:0", "0.0.0.0:80"}) {
    const auto address = parse_listen_address(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->to_string(), text);
  }
}

TEST(ListenAddress, RefusesWhatDoesNotSayWhere) {
  for (const char* text : {"", "9420", "host", "a:b", "a:70000", "a:-1", "::1:9420", "[::1]9420",
                           "[::1:9420", "a/b:1", "a:1 "}) {
    EXPECT_FALSE(parse_listen_address(text)) << text;
  }
}

TEST(Loopback, KnowsThisHostAlone) {
  for (const char* host : {"localhost", "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"}) {
    EXPECT_TRUE(is_loopback_host(host)) << host;
  }
  for (const char* host : {"", "0.0.0.0", "::", "127.0.0.1.evil.example", "127.evil", "10.0.0.1",
                           "localhost.evil.example", "::ffff:10.0.0.1", "128.0.0.1"}) {
    EXPECT_FALSE(is_loopback_host(host)) << host;
  }
}

TEST(Exposure, RefusesEveryAddressBeyondLoopbackWithoutCredentials) {
  for (const char* text : {":9420", "0.0.0.0:9420", "[::]:9420", "10.1.2.3:9420", "myhost:9420"}) {
    const std::vector<ListenAddress> addresses = {parse_listen_address("127.0.0.1:1").value(),
                                                  parse_listen_address(text).value()};
    const auto checked = check_exposure(addresses, false);
    ASSERT_FALSE(checked) << text;
    EXPECT_EQ(checked.error().code, Code::kDenied);
    EXPECT_NE(checked.error().text.find("--web.config.file"), std::string::npos);
    EXPECT_TRUE(check_exposure(addresses, true));
  }
  const std::vector<ListenAddress> local = {parse_listen_address("127.0.0.1:9420").value(),
                                            parse_listen_address("[::1]:9420").value(),
                                            parse_listen_address("localhost:9420").value()};
  EXPECT_TRUE(check_exposure(local, false));
}

TEST(HostHeader, ComesInOneForm) {
  EXPECT_EQ(parse_host_header("LocalHost:9420")->host, "localhost");
  EXPECT_EQ(parse_host_header("localhost.")->host, "localhost");
  EXPECT_EQ(parse_host_header("[::1]:9420")->host, "::1");
  EXPECT_EQ(parse_host_header("a.example")->port, 0);
  for (const char* bad : {"", ":80", "a b", "a/b", "user@host", "a:1:2", "a:x", "[::1"}) {
    EXPECT_FALSE(parse_host_header(bad)) << bad;
  }
}

}  // namespace
}  // namespace daytwo::http
