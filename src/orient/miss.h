// Miss: the chance that an objective is missed by the end of its window.
// Model: what stays in the window is known; the share that fails of what is to come is Beta, from
// what stays, from what leaves cut to 1/u events (u = 1 - target), and from half a bad event in
// 1/2u (targets are usually set near what is kept); so what is to come is Beta-binomial. Where
// failures come in clusters days are drawn again instead: a moving-block bootstrap with Bayesian
// weights [Kunsch 1989, Annals of Statistics 17:1217; Rubin 1981, Annals of Statistics 9:130].
// Thread rule: pure functions over plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"
#include "chance/seed.h"
#include "model/objective.h"
#include "orient/event_rings.h"

namespace daytwo::orient {

// What is known before the rest of a window comes.
struct MissQuestion {
  std::int64_t target_ppb = 0;
  model::EventSums kept;   // measured, in the window until its end
  model::EventSums past;   // measured before that; nothing where total is 0
  double kept_unseen = 0;  // events expected in the time of `kept` that was not measured
  double rest_events = 0;  // expected until the end
  Duration rest;           // until the end
  std::vector<model::EventSums>
      buckets;  // of `past` and `kept`, one kMissBucket each, oldest first
};

// The resolution in which clusters of failures are seen.
inline constexpr Duration kMissBucket = hours(2);

// The chance of a miss by `at`.
struct MissOutlook {
  Timestamp at;
  double chance = 0;
  bool clustered = false;  // drawn by days; else Beta-binomial
};

// Whether failures come together: the lag-1 correlation of the buckets' residuals is above 0.1, or
// they scatter more than three deviations above Poisson's [Fisher's index, whose variance is 2 +
// 1/mean a bucket]. Buckets that were measured for less than half count as none.
[[nodiscard]] bool comes_in_clusters(std::span<const model::EventSums> buckets);

// P(bad in the window at its end > u * all in it). Same question and seed: same answer.
// REQUIRES: kept.total + past.total > 0; rest_events, rest > 0.
[[nodiscard]] MissOutlook miss_of(const MissQuestion& question, chance::Seed seed);

// The same for a sliding window, at the instant when it first is full, but at least a quarter of a
// window ahead. Nothing before three days are measured, or without an event.
[[nodiscard]] std::optional<MissOutlook> miss_outlook(const model::Objective& objective,
                                                      const EventRings& rings, Timestamp now);

// "12 % chance that it is missed by 2026-12-01 00:00 UTC", and how that was found; or why it is not
// known.
[[nodiscard]] std::string miss_words(const std::optional<MissOutlook>& outlook);

}  // namespace daytwo::orient
