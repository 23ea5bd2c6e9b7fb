#include "observe/schedule.h"

#include <algorithm>

#include "base/check.h"

namespace daytwo::observe {

void Schedule::add(Duration interval, std::uint64_t hash) {
  CHECK(interval.ms > 0, "an interval must be positive");
  const std::lock_guard lock(mutex_);
  const auto offset = static_cast<std::int64_t>(hash % static_cast<std::uint64_t>(interval.ms));
  items_.push_back({interval, {offset}, kMinTimestamp, false});
}

std::vector<std::size_t> Schedule::take_due(Timestamp now) {
  const std::lock_guard lock(mutex_);
  std::vector<std::size_t> due;
  for (std::size_t i = 0; i < items_.size(); ++i) {
    Item& item = items_[i];
    // A wall clock that went back would leave the next turn far away.
    const bool stepped_back = item.due > now + item.interval * 2;
    if (item.due > now && !stepped_back) continue;
    // The next point of the grid of this item that is at least half an interval away.
    const std::int64_t earliest = now.ms + item.interval.ms / 2;
    const std::int64_t turns =
        (earliest - item.offset.ms + item.interval.ms - 1) / item.interval.ms;
    item.due = {turns * item.interval.ms + item.offset.ms};
    if (item.busy) continue;  // an overrun skips its turn
    item.busy = true;
    due.push_back(i);
  }
  return due;
}

void Schedule::done(std::size_t index) {
  const std::lock_guard lock(mutex_);
  items_.at(index).busy = false;
}

Timestamp Schedule::next_due() const {
  const std::lock_guard lock(mutex_);
  Timestamp next = kMaxTimestamp;
  for (const Item& item : items_) next = std::min(next, item.due);
  return next;
}

}  // namespace daytwo::observe
