#include "base/percent.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo {
namespace {

TEST(Percent, EveryByteSurvivesARoundTrip) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
  EXPECT_EQ(percent_encode("aZ09-._~ /%\xff"), "aZ09-._~%20%2F%25%FF");
}

TEST(Percent, ABrokenEscapeIsNothing) {
  for (const char* text : {"%", "%4", "a%zz", "%4g", "%%41"}) {
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
  }
  EXPECT_EQ(percent_decode("%4a%4A+"), "JJ+");
}

}  // namespace
}  // namespace daytwo
