#include "orient/event_rings.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "model/objective.h"

namespace daytwo::orient {
namespace {

constexpr Duration kFine = minutes(1);
constexpr Duration kMiddle = minutes(10);
constexpr Duration kCoarse = hours(2);
// One bucket more than the window has: the open one.
constexpr std::size_t kFineBuckets = 361;
constexpr std::size_t kMiddleBuckets = 433;

// Rounds towards minus infinity: samples of before 1970 are allowed.
std::int64_t floor_index(Timestamp at, Duration width) {
  const std::int64_t quotient = at.ms / width.ms;
  return at.ms % width.ms < 0 ? quotient - 1 : quotient;
}

std::size_t slot_of(std::int64_t index, std::size_t size) {
  const auto count = static_cast<std::int64_t>(size);
  return static_cast<std::size_t>(((index % count) + count) % count);
}

}  // namespace

EventRings::EventRings(Duration window) {
  CHECK(window.ms > 0, "an objective's window is above 0");
  const auto coarse = static_cast<std::size_t>(window.ms / kCoarse.ms + 2);
  rings_[0] = {kFine, std::vector<Bucket>(kFineBuckets)};
  rings_[1] = {kMiddle, std::vector<Bucket>(kMiddleBuckets)};
  rings_[2] = {kCoarse, std::vector<Bucket>(coarse)};
}

template <typename Add>
void EventRings::spread(Timestamp from, Timestamp to, Add add) {
  CHECK(from < to, "events take time");
  newest_ = std::max(newest_, to);
  const double whole = (to - from).seconds();
  for (Ring& ring : rings_) {
    const Timestamp oldest = newest_ - ring.span();
    Timestamp at = std::max(from, oldest);
    while (at < to) {
      const std::int64_t index = floor_index(at, ring.width);
      const Timestamp end = std::min(to, Timestamp{(index + 1) * ring.width.ms});
      Bucket& bucket = ring.buckets[slot_of(index, ring.buckets.size())];
      // An older lap is overwritten; a part older than this lap is dropped.
      if (bucket.index < index) bucket = Bucket{index, 0, 0, 0};
      if (bucket.index == index) add(bucket, (end - at).seconds() / whole, (end - at).seconds());
      at = end;
    }
  }
}

void EventRings::add_events(Timestamp from, Timestamp to, double bad, double total) {
  spread(from, to, [&](Bucket& bucket, double share, double /*seconds*/) {
    bucket.bad += bad * share;
    bucket.total += total * share;
  });
}

void EventRings::add_known(Timestamp from, Timestamp to) {
  began_ = std::min(began_, from);
  spread(from, to,
         [](Bucket& bucket, double /*share*/, double seconds) { bucket.known_seconds += seconds; });
}

model::EventSums EventRings::sum(Duration window, Timestamp now) const {
  CHECK(window.ms > 0, "a window is above 0");
  const Ring* ring = &rings_[2];
  if (window + kFine <= rings_[0].span()) {
    ring = &rings_[0];
  } else if (window + kMiddle <= rings_[1].span()) {
    ring = &rings_[1];
  }
  const Timestamp start = now - window;
  model::EventSums out;
  double known_seconds = 0;
  const std::int64_t first = floor_index(start, ring->width);
  const std::int64_t last = floor_index(now, ring->width);
  for (std::int64_t index = first; index <= last; ++index) {
    const Bucket& bucket = ring->buckets[slot_of(index, ring->buckets.size())];
    if (bucket.index != index) continue;
    // The oldest bucket counts by the part of it inside the window.
    const Timestamp from{index * ring->width.ms};
    const double outside = std::max((start - from).seconds(), 0.0) / ring->width.seconds();
    const double share = 1 - std::min(outside, 1.0);
    out.bad += bucket.bad * share;
    out.total += bucket.total * share;
    known_seconds += bucket.known_seconds * share;
  }
  out.bad = std::max(out.bad, 0.0);
  out.known_share = std::min(known_seconds / window.seconds(), 1.0);
  return out;
}

std::vector<model::EventSums> EventRings::buckets(Duration window, Timestamp now) const {
  const Ring& ring = rings_[2];
  std::vector<model::EventSums> out;
  const std::int64_t last = floor_index(now, ring.width);
  for (std::int64_t index = floor_index(now - window, ring.width) + 1; index < last; ++index) {
    const Bucket& bucket = ring.buckets[slot_of(index, ring.buckets.size())];
    if (bucket.index != index) {
      out.emplace_back();
      continue;
    }
    out.push_back({std::max(bucket.bad, 0.0), bucket.total,
                   std::min(bucket.known_seconds / ring.width.seconds(), 1.0)});
  }
  return out;
}

}  // namespace daytwo::orient
