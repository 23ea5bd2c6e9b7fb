#include "base/hash.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>

namespace daytwo {
namespace {

std::string bytes_from(int first, int step) {
  std::string out;
  for (int i = 0; i < 32; ++i) out += static_cast<char>(first + step * i);
  return out;
}

// RFC 3720, appendix B.4. The RFC lists the bytes of each CRC in wire order, least significant
// first.
TEST(Hash, Crc32cGivesTheVectorsOfTheIscsiStandard) {
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);
  EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
  EXPECT_EQ(crc32c(bytes_from(0, 1)), 0x46DD794EU);
  EXPECT_EQ(crc32c(bytes_from(31, -1)), 0x113FDB5CU);
}

// The check value of CRC-32C in the catalogue of parametrised CRC algorithms.
TEST(Hash, Crc32cGivesTheCheckValueOfItsCatalogue) { EXPECT_EQ(crc32c("123456789"), 0xE3069283U); }

TEST(Hash, Crc32cOfPartsIsThatOfTheWhole) {
  EXPECT_TRUE(rc::check([](const std::string& head, const std::string& tail) {
    RC_ASSERT(crc32c(tail, crc32c(head)) == crc32c(head + tail));
  }));
}

TEST(Hash, Crc32cSeesEverySingleBit) {
  const std::string text = "an acknowledged sample";
  for (std::size_t bit = 0; bit < text.size() * 8; ++bit) {
    std::string flipped = text;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_NE(crc32c(flipped), crc32c(text)) << "bit " << bit;
  }
}

// XXH3's own sanity table gives 0x2D06800538D394C2 for the empty input and seed 0.
TEST(Hash, OfNothingIsXxh3sAndTheSeedMatters) {
  EXPECT_EQ(hash64(""), 0x2D06800538D394C2ULL);
  EXPECT_NE(hash64("a", 1), hash64("a", 2));
}

TEST(Hash, HexKeepsLeadingZeros) {
  EXPECT_EQ(to_hex(std::string("\x00\x0f\xf0", 3)), "000ff0");
  EXPECT_EQ(to_hex(""), "");
}

TEST(Hash, ShortIdsAreTwelveStableDigits) {
  EXPECT_EQ(short_id(""), "2d06800538d3");
  EXPECT_EQ(short_id("checkout").size(), 12U);
}

}  // namespace
}  // namespace daytwo
