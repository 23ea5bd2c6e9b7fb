#include "http/gzip.h"

#include <gtest/gtest.h>

#include <string>

namespace daytwo::http {
namespace {

TEST(Gzip, GivesBackWhatItTook) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * i);
  for (const int level : {1, 9}) {
    const std::string packed = gzip(text, level);
    EXPECT_LT(packed.size(), text.size());
    EXPECT_EQ(gunzip(packed, text.size()).value(), text);
  }
  EXPECT_EQ(gunzip(gzip("", 1), 0).value(), "");
}

TEST(Gunzip, BoundsWhatABombCanMakeAndRefusesBrokenBodies) {
  const std::string bomb = gzip(std::string(8'000'000, 'a'), 9);
  const auto opened = gunzip(bomb, 1000);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Code::kLimit);
  EXPECT_FALSE(gunzip(bomb.substr(0, bomb.size() / 2), 1U << 30U));
  EXPECT_FALSE(gunzip("no gzip", 100));
  EXPECT_FALSE(gunzip(gzip("a", 1) + "x", 100));
}

TEST(AcceptsGzip, ReadsNamesAndWeights) {
  for (const char* yes :
       {"gzip", "br, gzip", "GZIP;q=0.5", "*", "gzip; q=1.0", "deflate,gzip;q=1"}) {
    EXPECT_TRUE(accepts_gzip(yes)) << yes;
  }
  for (const char* no : {"", "br", "gzip;q=0", "gzip;q=0.000", "identity", "x-gzipped"}) {
    EXPECT_FALSE(accepts_gzip(no)) << no;
  }
}

}  // namespace
}  // namespace daytwo::http
