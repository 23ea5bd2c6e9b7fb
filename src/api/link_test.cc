#include "api/link.h"

#include <gtest/gtest.h>

#include <string>

#include "api/world_for_tests.h"

namespace daytwo::api {
namespace {

constexpr Timestamp kNow{1'795'377'600'000};

TEST(LinkSigner, OpensWhatItSignedForADay) {
  const env::os::SystemCrypto crypto;
  env::os::SystemEntropy entropy;
  const LinkSigner signer("key", crypto);
  const std::string token = signer.sign("page-7", "ack", "ann", kNow, entropy);
  const auto link = signer.open(token, kNow + hours(24) - milliseconds(1));
  ASSERT_TRUE(link);
  EXPECT_EQ(link->subject, "page-7");
  EXPECT_EQ(link->action, "ack");
  EXPECT_EQ(link->person, "ann");
  EXPECT_EQ(signer.open(token, kNow + hours(24)).error().code, Code::kDenied);
  EXPECT_NE(token, signer.sign("page-7", "ack", "ann", kNow, entropy));
}

TEST(LinkSigner, RefusesEveryChangedByteAndOtherKeys) {
  const env::os::SystemCrypto crypto;
  env::os::SystemEntropy entropy;
  const LinkSigner signer("key", crypto);
  const std::string token = signer.sign("page-7", "ack", "ann", kNow, entropy);
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    // The last digit of a part holds bits that are not used: the seal must refuse or mean the same.
    const auto opened = signer.open(changed, kNow);
    EXPECT_TRUE(!opened || opened->subject == "page-7") << i;
    if (i + 1 < token.size()) {
      EXPECT_FALSE(opened) << i;
    }
  }
  EXPECT_FALSE(LinkSigner("other", crypto).open(token, kNow));
  for (const char* bad : {"", ".", "a.b", "..", "x"}) EXPECT_FALSE(signer.open(bad, kNow)) << bad;
  EXPECT_FALSE(signer.open(std::string(100'000, 'A'), kNow));
}

TEST(Links, ShowOnGetActOncePostAndSurviveARestart) {
  World world;
  const std::string token =
      world.api->links().sign("page-7", "ack", "<ann>", world.clock.wall(), world.entropy);
  const std::string path = "/api/daytwo/v1/links/" + token;
  for (int i = 0; i < 2; ++i) {
    const env::HttpResponse shown = world.get(path);
    EXPECT_EQ(shown.status, 200);
    EXPECT_NE(shown.body.find("<form method=\"post\">"), std::string::npos);
    EXPECT_NE(shown.body.find("&#60;ann&#62;"), std::string::npos);
  }
  EXPECT_TRUE(world.services.calls.empty());
  const env::HttpHeaders same = {{"Origin", world.base()}};
  EXPECT_EQ(world.send("POST", path, {{"Origin", "http://evil.example"}}).status, 403);
  EXPECT_EQ(world.send("POST", path, same).status, 200);
  EXPECT_EQ(world.send("POST", path, same).status, 409);
  EXPECT_EQ(world.get(path).status, 409);
  ASSERT_EQ(world.services.calls.size(), 1U);
  EXPECT_EQ(world.services.calls[0], "ack page-7 by <ann>");
  const auto link = world.api->links().open(token, world.clock.wall());
  const auto again = UsedLinks::open(world.files, world.directory() + "/links", world.clock.wall());
  ASSERT_TRUE(again);
  EXPECT_TRUE((*again)->is_used(*link));
  EXPECT_EQ((*again)->use(*link).error().code, Code::kConflict);
  const auto later =
      UsedLinks::open(world.files, world.directory() + "/links", world.clock.wall() + hours(25));
  EXPECT_FALSE((*later)->is_used(*link));
}

TEST(Links, EachActionDoesItsOwn) {
  World world;
  for (const char* action : {"snooze", "useful", "noise", "not_mine", "no_power"}) {
    const std::string token =
        world.api->links().sign("p", action, "ann", world.clock.wall(), world.entropy);
    EXPECT_EQ(world.send("POST", "/api/daytwo/v1/links/" + token).status, 200) << action;
  }
  EXPECT_EQ(world.services.calls,
            (std::vector<std::string>{"snooze p 1h", "feedback p useful", "feedback p noise",
                                      "feedback p not_mine", "feedback p no_power"}));
  const std::string unknown =
      world.api->links().sign("p", "format", "ann", world.clock.wall(), world.entropy);
  EXPECT_EQ(world.send("POST", "/api/daytwo/v1/links/" + unknown).status, 400);
}

}  // namespace
}  // namespace daytwo::api
