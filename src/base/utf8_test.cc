#include "base/utf8.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "base/text.h"

namespace daytwo {
namespace {

std::string written(std::uint32_t code_point) {
  std::string out = "<";
  append_utf8(out, code_point);
  return out;
}

TEST(WrittenUtf8, TakesTheFewestBytesOnBothSidesOfEachBorder) {
  EXPECT_EQ(written(0x7F), "<\x7F");
  EXPECT_EQ(written(0x80), "<\xC2\x80");
  EXPECT_EQ(written(0x7FF), "<\xDF\xBF");
  EXPECT_EQ(written(0x800), "<\xE0\xA0\x80");
  EXPECT_EQ(written(0xFFFF), "<\xEF\xBF\xBF");
  EXPECT_EQ(written(0x10000), "<\xF0\x90\x80\x80");
  EXPECT_EQ(written(0x10FFFF), "<\xF4\x8F\xBF\xBF");
}

TEST(WrittenUtf8, IsWellFormedForEveryCodePointButSurrogates) {
  std::string all;
  for (std::uint32_t point = 0; point <= 0x10FFFF; ++point) {
    if (point < 0xD800 || point > 0xDFFF) append_utf8(all, point);
  }
  EXPECT_TRUE(is_utf8(all));
  EXPECT_FALSE(is_utf8(written(0xD800)));
}

}  // namespace
}  // namespace daytwo
