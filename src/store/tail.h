// Memory for the newest samples of each series: slots of 4, 8, 16 or 32 samples, 12 bytes each,
// taken from large chunks and given back when a series outgrows them, so that a million series of a
// few samples stay small.
// Thread rule: the head locks.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/check.h"

namespace daytwo::store {

// Samples a tail holds before it is sealed into a frame.
inline constexpr std::size_t kTailSamples = 32;

// The open end of one series, in time order.
struct Tail {
  double* values = nullptr;  // `capacity` values, then as many offsets
  std::int64_t base_ms = 0;  // time of the first sample
  std::uint8_t count = 0;
  std::uint8_t capacity = 0;

  [[nodiscard]] std::uint32_t* offsets() const {
    // The slot is one array of bytes with room for both; alignment of 8 also serves 4.
    return reinterpret_cast<std::uint32_t*>(values + capacity);
  }
  [[nodiscard]] std::int64_t time_ms(std::size_t index) const {
    return base_ms + static_cast<std::int64_t>(offsets()[index]);
  }
};

// Gives tails their room, from chunks that live as long as the pool.
class TailPool {
 public:
  // Makes room for one more sample. REQUIRES: tail.count < kTailSamples.
  void grow(Tail& tail);
  [[nodiscard]] std::size_t memory_bytes() const { return chunks_.size() * kChunkBytes; }

 private:
  static constexpr std::size_t kChunkBytes = 256U << 10U;
  static constexpr std::size_t kClasses = 4;

  [[nodiscard]] double* take(std::size_t size_class);

  std::array<std::vector<double*>, kClasses> free_;
  std::vector<std::unique_ptr<double[]>> chunks_;
  double* at_ = nullptr;
  std::size_t left_ = 0;  // doubles
};

}  // namespace daytwo::store
