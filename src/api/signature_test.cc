#include "api/signature.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "api/world_for_tests.h"
#include "base/text.h"

namespace daytwo::api {
namespace {

constexpr const char* kDraft = R"({"text":"payments may fail"})";

TEST(Signature, TakesTheNamesOfPeople) {
  EXPECT_EQ(parse_signature("ann%40shop-1", {}).value(), "ann@shop-1");
  EXPECT_EQ(parse_signature("J%C3%BCrgen%20M%C3%BCller", {}).value(), "Jürgen Müller");
  EXPECT_EQ(parse_signature("%20%E7%8E%8B%E8%8A%B3%20", {}).value(), "王芳");
  EXPECT_EQ(parse_signature(std::string(kMaxSignatureBytes, 'a'), {}).value().size(),
            kMaxSignatureBytes);
}

TEST(Signature, RefusesNamesThatDeceiveTheReader) {
  const std::vector<std::string> hostile = {
      "",                                        // nobody
      "%20%09",                                  // nobody either
      std::string(kMaxSignatureBytes + 1, 'a'),  // too long
      "ann%0Aevil%20line",                       // a line of its own in a log
      "ann%1B%5B31m",                            // colours of a terminal
      "ann%00",                                  // cut by C
      "ann%7F",                                  // delete
      "ann%C2%85",                               // next line, among the C1 controls
      "nna%E2%80%AEevil",                        // right to left
      "da%E2%80%8Bytwo",                         // "daytwo" with a blank of no width
      "a%E2%80%A8b",                             // separator of lines
      "a%EF%BB%BFb",                             // byte order mark
      "%FF%FE",                                  // no UTF-8
      "%C0%AF",                                  // over-long
      "%ED%A0%80",                               // half a surrogate pair
      "%4",                                      // no encoding
      "%zz",                                     // neither
  };
  for (const std::string& name : hostile) {
    const auto read = parse_signature(name, {});
    ASSERT_FALSE(read) << name;
    EXPECT_EQ(read.error().code, Code::kInvalid) << name;
    EXPECT_EQ(read.error().text.find('\n'), std::string::npos) << name;
  }
}

TEST(Signature, MayNotBeThatOfTheHouseOrOfAUser) {
  const std::vector<std::string> users = {"Ann"};
  EXPECT_EQ(parse_signature("daytwo", users).error().code, Code::kDenied);
  EXPECT_EQ(parse_signature("DayTwo", users).error().code, Code::kDenied);
  EXPECT_EQ(parse_signature("ann", users).error().code, Code::kDenied);
  EXPECT_TRUE(parse_signature("anne", users));
}

TEST(Signature, OfAShellIsMadeToFit) {
  EXPECT_EQ(fit_signature("ann@shop-1"), "ann@shop-1");
  EXPECT_EQ(fit_signature("a\nn\x1B[1mn \xE2\x80\xAE"), "an[1mn");
  EXPECT_EQ(fit_signature("\xFF"), "\xEF\xBF\xBD");
  EXPECT_EQ(fit_signature(" \t"), "");
  // Cut between characters, never inside one.
  std::string longer;
  for (int i = 0; i < 40; ++i) longer += "ü";
  longer.insert(0, "x");
  const std::string cut = fit_signature(longer);
  EXPECT_EQ(cut.size(), kMaxSignatureBytes - 1);
  EXPECT_TRUE(is_utf8(cut));
}

TEST(Signature, StandsUnderWhatWasChangedWithTheToken) {
  World world;
  const std::string token = std::string("Bearer ") + kTestToken;
  const auto add = [&](std::vector<std::pair<std::string, std::string>> headers) {
    return world.send("POST", "/api/daytwo/v1/worries", std::move(headers), kDraft).status;
  };
  EXPECT_EQ(add({{"Authorization", token}}), 200);
  EXPECT_EQ(world.services.calls.back(), "add payments may fail by console");
  EXPECT_EQ(add({{"Authorization", token}, {"Daytwo-As", "ann%40shop-1"}}), 200);
  EXPECT_EQ(world.services.calls.back(), "add payments may fail by ann@shop-1");
  // It opens nothing, and a hostile one changes nothing.
  EXPECT_EQ(add({{"Daytwo-As", "ann"}}), 401);
  EXPECT_EQ(add({{"Authorization", token}, {"Daytwo-As", "ann%0A"}}), 200);  // trimmed
  EXPECT_EQ(add({{"Authorization", token}, {"Daytwo-As", "a%0Ann"}}), 400);
  EXPECT_EQ(add({{"Authorization", token}, {"Daytwo-As", "daytwo"}}), 403);
  EXPECT_EQ(add({{"Authorization", token}, {"Daytwo-As", "ann"}, {"Daytwo-As", "bob"}}), 400);
  EXPECT_EQ(world.services.calls.size(), 3U);
}

TEST(Signature, GivesWayToAUserWithAPassword) {
  env::os::SystemCrypto crypto;
  ApiOptions options;
  options.guard.users = {{"ann", crypto.hash_password("secret").value()}};
  World world(std::move(options));
  const std::string password = "Basic YW5uOnNlY3JldA==";  // ann:secret
  EXPECT_EQ(world
                .send("POST", "/api/daytwo/v1/worries",
                      {{"Authorization", password}, {"Daytwo-As", "bob"}}, kDraft)
                .status,
            200);
  EXPECT_EQ(world.services.calls.back(), "add payments may fail by ann");
  EXPECT_EQ(
      world
          .send("POST", "/api/daytwo/v1/worries",
                {{"Authorization", std::string("Bearer ") + kTestToken}, {"Daytwo-As", "ann"}},
                kDraft)
          .status,
      403);
}

}  // namespace
}  // namespace daytwo::api
