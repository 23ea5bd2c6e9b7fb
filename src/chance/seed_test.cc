#include "chance/seed.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdint>

#include "chance/counts.h"
#include "chance/marks.h"

namespace daytwo::chance {
namespace {

using Words = std::array<std::uint32_t, 4>;

// The known answers of Philox4x32-10 that its authors publish with their library (kat_vectors;
// Salmon, Moraes, Dror, Shaw 2011): zeros, ones, digits of pi.
TEST(Philox, GivesTheKnownAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
  EXPECT_EQ(philox({~0U, ~0U, ~0U, ~0U}, {~0U, ~0U}),
            (Words{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}));
  EXPECT_EQ(
      philox({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}),
      (Words{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

// Every lane of every instruction set makes the words that the plain code makes.
TEST(Philox, LanesMatchThePlainCode) {
  std::array<double, kMarkBatch> uniforms{};
  std::array<std::uint32_t, kMarkBatch> years{};
  std::array<std::uint32_t, kMarkBatch> coins{};
  const MarkRequest request{{{7, 9}, 3, 0xdeadbeefU}, 2, 0xfffffff0U, 100, 30'000};
  for (const char* target : {"", "SSE2", "SSSE3", "SSE4", "AVX2", "AVX3", "AVX3_DL"}) {
    if (!limit_mark_target(target)) continue;
    uniform_marks(request, {uniforms.data(), years.data(), coins.data()});
    for (std::uint32_t i = 0; i < 100; ++i) {
      const Words words = philox({request.first + i, 3, 0xdeadbeefU, 2}, {7, 9});
      EXPECT_EQ(uniforms.at(i), uniform_of(words[0], words[1])) << target;
      EXPECT_EQ(years.at(i), static_cast<std::uint64_t>(words[2]) * 30'000 >> 32U) << target;
      EXPECT_EQ(coins.at(i), words[3]) << target;
    }
  }
  limit_mark_target("");
}

// Acklam's form against the exact score, as ln of the size with mu = 0 and s = 1.
TEST(Marks, NormalScoresAreWithinFourBillionths) {
  std::array<double, kMarkBatch> sizes{};
  std::array<double, kMarkBatch> uniforms{};
  const MarkRequest request{{{1, 2}, 3, 4}, 0, 0, kMarkBatch, 1};
  uniform_marks(request, {uniforms.data(), nullptr, nullptr});
  lognormal_marks(request, {0, 1, -INFINITY, INFINITY}, {sizes.data(), nullptr, nullptr});
  for (std::size_t i = 0; i < kMarkBatch; ++i) {
    EXPECT_NEAR(std::log(sizes.at(i)), normal_quantile(uniforms.at(i)), 4e-9) << uniforms.at(i);
  }
}

TEST(Stream, PurposesAndIndicesShareNoDraws) {
  Stream one(derive(Seed{1}, "a"), 0);
  Stream other(derive(Seed{1}, "b"), 0);
  Stream next(derive(Seed{1}, "a"), 1);
  const std::uint64_t bits = one.bits();
  EXPECT_NE(bits, other.bits());
  EXPECT_NE(bits, next.bits());
  EXPECT_EQ(bits, Stream(derive(Seed{1}, "a"), 0).bits());
}

}  // namespace
}  // namespace daytwo::chance
