#include "wire/inflate.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace daytwo::wire {
namespace {

using namespace std::string_literals;

constexpr std::string_view kPlain = "hello hello hello\n";
// kPlain as `gzip -9n` 1.12 and `zstd` 1.5.4 pack it.
const std::string kGzip =
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xcb\x48\xcd\xc9\xc9\x57\xc8\x40\x90\x5c\x00\x3b\x7c"
    "\x8a\xdf\x12\x00\x00\x00"s;
const std::string kZstd =
    "\x28\xb5\x2f\xfd\x04\x58\x6d\x00\x00\x38\x68\x65\x6c\x6c\x6f\x20\x0a\x01\x00\x31\x4a\x11\xa3"
    "\xaa\x74\xce"s;

TEST(Inflate, UnpacksWhatTheToolsPack) {
  EXPECT_EQ(*inflate(kGzip, 100), kPlain);
  EXPECT_EQ(*inflate(kZstd, 100), kPlain);
  EXPECT_EQ(*inflate("plain", 5), "plain");
}

TEST(Inflate, JoinsMembersAndFrames) {
  EXPECT_EQ(*inflate(kGzip + kGzip, 100), std::string(kPlain) + std::string(kPlain));
  EXPECT_EQ(*inflate(kZstd + kZstd, 100), std::string(kPlain) + std::string(kPlain));
}

TEST(Inflate, RefusesEveryCut) {
  for (const std::string& packed : {kGzip, kZstd}) {
    for (std::size_t length = 4; length < packed.size(); ++length) {
      EXPECT_EQ(inflate(packed.substr(0, length), 100).error().code, Code::kInvalid) << length;
    }
  }
}

// A member of nothing is 20 bytes; room made anew for each would be terabytes to clear.
TEST(Inflate, TakesABodyOfManyEmptyMembers) {
  const std::string empty =
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x03\x00"s + std::string(8, '\0');
  std::string body;
  for (int i = 0; i < 200'000; ++i) body += empty;
  EXPECT_EQ(*inflate(body, 64U << 20U), "");
  EXPECT_EQ(*inflate(body + kGzip, 64U << 20U), kPlain);
}

TEST(Inflate, StopsAtItsBound) {
  for (const std::string& packed : {kGzip, kZstd}) {
    EXPECT_EQ(inflate(packed, 17).error().code, Code::kLimit);
    EXPECT_TRUE(inflate(packed, 18).has_value());
  }
  EXPECT_EQ(inflate("plain", 4).error().code, Code::kLimit);
}

}  // namespace
}  // namespace daytwo::wire
