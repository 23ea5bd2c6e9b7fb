// Marks: the vector code of the event engine. One Philox call of 128 bits makes one event: words 0
// and 1 its size, word 2 its year, word 3 a coin. Highway picks the instruction set as the program
// runs; uniforms, years and coins are the same bits on all of them, sizes agree to 1e-12
// [worth.md 4.2, 16]. Inner header of the room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "chance/counts.h"

namespace daytwo::chance {

// Marks are made in batches; buffers hold kMarkBatch values, a multiple of every vector's lanes.
inline constexpr std::size_t kMarkBatch = 1024;

// Which marks: events first .. first + count - 1 of draw number `draw` at `place`.
struct MarkRequest {
  Place place;
  std::uint32_t draw = 0;
  std::uint32_t first = 0;
  std::size_t count = 0;    // at most kMarkBatch
  std::uint32_t years = 0;  // of the block: year = word 2 * years / 2^32
};

// Where they go. REQUIRES: kMarkBatch long each; values past `count` are overwritten with others.
struct MarkBuffers {
  double* sizes = nullptr;
  std::uint32_t* years = nullptr;
  std::uint32_t* coins = nullptr;
};

// Size = clamp(exp(mu + s z), floor, cap) with z the normal score of the uniform by Acklam's
// rational form, |error| below 4e-9.
struct LognormalShape {
  double mu = 0;
  double s = 0;
  double floor = 0;
  double cap = 0;
};
void lognormal_marks(const MarkRequest& request, const LognormalShape& shape,
                     const MarkBuffers& out);

// Size = clamp(cubic of its cell, floor, cap), from the cells of a Sampler.
struct TableShape {
  const double* cells = nullptr;
  double floor = 0;
  double cap = 0;
};
void table_marks(const MarkRequest& request, const TableShape& shape, const MarkBuffers& out);

// Size = the uniform itself, for what is inverted one by one.
void uniform_marks(const MarkRequest& request, const MarkBuffers& out);

// The instruction set that runs: "AVX3", "AVX2", "SSE4", ...
[[nodiscard]] std::string mark_target();

// For tests and for replays that name a target: at most the instruction set called `name`;
// empty lifts the limit. Returns false, with the limit lifted, where this machine has no such set.
// Not while marks are made on another thread.
bool limit_mark_target(const std::string& name);

}  // namespace daytwo::chance
