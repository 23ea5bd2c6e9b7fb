// Memory for the newest samples of each series: a tail is up to four slots of eight samples, 96
// bytes each, taken one by one and given back together when the tail becomes a frame. So a series
// of a few samples stays small, and no memory is left behind by growing.
//
//   Tail    base time, count, slot 0, slot 1, slot 2, slot 3
//   slot    8 values, 8 offsets in ms from the base time
//
// Thread rule: the head locks.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/time.h"

namespace daytwo::store {

// Samples a tail holds before it is sealed into a frame.
inline constexpr std::size_t kTailSamples = 32;
// Samples of one slot.
inline constexpr std::size_t kSlotSamples = 8;

// The open end of one series, in time order.
struct Tail {
  std::int64_t base_ms = 0;                                        // time of the first sample
  std::array<std::uint32_t, kTailSamples / kSlotSamples> slots{};  // as many as `count` needs
  std::uint8_t count = 0;
};

// Gives tails their room, from chunks that live as long as the pool.
class TailPool {
 public:
  // Whether push() takes a sample of this time after those that are there.
  [[nodiscard]] static bool has_room(const Tail& tail, Timestamp at) {
    return tail.count == 0 ||
           (tail.count < kTailSamples && at.ms - tail.base_ms <= std::int64_t{UINT32_MAX});
  }
  // REQUIRES: has_room(), and `at` is after the last sample.
  void push(Tail& tail, Timestamp at, double value);
  // Empties the tail.
  void clear(Tail& tail);

  // REQUIRES: index < tail.count.
  [[nodiscard]] Timestamp time(const Tail& tail, std::size_t index) const {
    const Slot& from = slot(tail.slots[index / kSlotSamples]);
    return {tail.base_ms + std::int64_t{from.offsets[index % kSlotSamples]}};
  }
  [[nodiscard]] double value(const Tail& tail, std::size_t index) const {
    return slot(tail.slots[index / kSlotSamples]).values[index % kSlotSamples];
  }
  [[nodiscard]] std::size_t memory_bytes() const {
    return chunks_.size() * kChunkSlots * sizeof(Slot);
  }

 private:
  struct Slot {
    std::array<double, kSlotSamples> values;
    std::array<std::uint32_t, kSlotSamples> offsets;  // [0] of a free slot: the next free one + 1
  };
  static constexpr std::size_t kChunkSlots = 2048;  // 192 KiB

  [[nodiscard]] const Slot& slot(std::uint32_t number) const {
    return chunks_[number / kChunkSlots][number % kChunkSlots];
  }
  [[nodiscard]] Slot& slot(std::uint32_t number) {
    return chunks_[number / kChunkSlots][number % kChunkSlots];
  }
  [[nodiscard]] std::uint32_t take();

  std::vector<std::unique_ptr<Slot[]>> chunks_;
  std::uint32_t used_ = 0;        // slots ever taken
  std::uint32_t first_free_ = 0;  // + 1; 0 = none was given back
};

}  // namespace daytwo::store
