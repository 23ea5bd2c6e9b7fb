#include "store/tail.h"

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/check.h"
#include "base/time.h"

namespace daytwo::store {

std::uint32_t TailPool::take() {
  if (first_free_ != 0) {
    const std::uint32_t number = first_free_ - 1;
    first_free_ = slot(number).offsets[0];
    return number;
  }
  if (used_ == chunks_.size() * kChunkSlots) {
    chunks_.push_back(std::make_unique_for_overwrite<Slot[]>(kChunkSlots));
  }
  return used_++;
}

void TailPool::push(Tail& tail, Timestamp at, double value) {
  DCHECK(has_room(tail, at), "a full tail is sealed before it grows");
  const std::size_t place = tail.count % kSlotSamples;
  std::uint32_t& number = tail.slots[tail.count / kSlotSamples];
  if (place == 0) number = take();
  if (tail.count == 0) tail.base_ms = at.ms;
  Slot& to = slot(number);
  to.values[place] = value;
  to.offsets[place] = static_cast<std::uint32_t>(at.ms - tail.base_ms);
  ++tail.count;
}

void TailPool::clear(Tail& tail) {
  for (std::size_t i = 0; i * kSlotSamples < tail.count; ++i) {
    slot(tail.slots[i]).offsets[0] = first_free_;
    first_free_ = tail.slots[i] + 1;
  }
  tail.count = 0;
}

}  // namespace daytwo::store
