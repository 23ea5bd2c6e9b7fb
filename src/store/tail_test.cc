#include "store/tail.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace daytwo::store {
namespace {

TEST(Tail, GivesBackWhatItTookAcrossSlots) {
  TailPool pool;
  Tail tail;
  for (std::int64_t i = 0; i < 32; ++i) {
    ASSERT_TRUE(TailPool::has_room(tail, {1000 + i * 10}));
    pool.push(tail, {1000 + i * 10}, 0.5 * static_cast<double>(i));
  }
  EXPECT_FALSE(TailPool::has_room(tail, {2000}));
  for (std::size_t i = 0; i < 32; ++i) {
    EXPECT_EQ(pool.time(tail, i), (Timestamp{1000 + static_cast<std::int64_t>(i) * 10}));
    EXPECT_EQ(pool.value(tail, i), 0.5 * static_cast<double>(i));
  }
}

TEST(Tail, HasNoRoomForATimeTooFarFromItsFirst) {
  TailPool pool;
  Tail tail;
  pool.push(tail, {-5}, 1);
  EXPECT_TRUE(TailPool::has_room(tail, {-5 + std::int64_t{UINT32_MAX}}));
  EXPECT_FALSE(TailPool::has_room(tail, {-4 + std::int64_t{UINT32_MAX}}));
}

TEST(Tail, SlotsOfSealedTailsServeOthers) {
  TailPool pool;
  std::vector<Tail> tails(1000);
  std::size_t after_first = 0;
  for (int round = 0; round < 5; ++round) {
    for (std::int64_t i = 0; i < 32; ++i) {
      for (Tail& tail : tails) pool.push(tail, {i}, static_cast<double>(round));
    }
    for (const Tail& tail : tails) {
      for (std::size_t i = 0; i < 32; ++i) ASSERT_EQ(pool.value(tail, i), round);
    }
    if (round == 0) after_first = pool.memory_bytes();
    for (Tail& tail : tails) pool.clear(tail);
  }
  EXPECT_EQ(pool.memory_bytes(), after_first);
  EXPECT_LT(after_first, 1000U * 4 * 96 + (256U << 10U));
}

}  // namespace
}  // namespace daytwo::store
