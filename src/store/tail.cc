#include "store/tail.h"

#include <bit>
#include <cstring>

namespace daytwo::store {
namespace {

// 4, 8, 16, 32 samples are class 0 to 3.
std::size_t class_of(std::size_t capacity) {
  return static_cast<std::size_t>(std::countr_zero(capacity)) - 2;
}

}  // namespace

double* TailPool::take(std::size_t size_class) {
  std::vector<double*>& free = free_[size_class];
  if (!free.empty()) {
    double* const out = free.back();
    free.pop_back();
    return out;
  }
  const std::size_t doubles = (std::size_t{4} << size_class) * 3 / 2;  // 12 bytes a sample
  if (left_ < doubles) {
    left_ = kChunkBytes / sizeof(double);
    chunks_.push_back(std::make_unique_for_overwrite<double[]>(left_));
    at_ = chunks_.back().get();
  }
  double* const out = at_;
  at_ += doubles;
  left_ -= doubles;
  return out;
}

void TailPool::grow(Tail& tail) {
  if (tail.count < tail.capacity) return;
  CHECK(tail.capacity < kTailSamples, "a full tail is sealed before it grows");
  Tail wider = tail;
  wider.capacity = static_cast<std::uint8_t>(tail.capacity == 0 ? 4 : tail.capacity * 2);
  wider.values = take(class_of(wider.capacity));
  if (tail.capacity > 0) {
    std::memcpy(wider.values, tail.values, tail.count * sizeof(double));
    std::memcpy(wider.offsets(), tail.offsets(), tail.count * sizeof(std::uint32_t));
    free_[class_of(tail.capacity)].push_back(tail.values);
  }
  tail = wider;
}

}  // namespace daytwo::store
