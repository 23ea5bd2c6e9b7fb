// How good the forecasts were: what was said beside what came.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "chance/score.h"
#include "facts/journal.h"

namespace daytwo::learn {

// Chances of one height: said, and how often they came, with a 90 % interval (Jeffreys).
struct CalibrationBin {
  double from = 0;  // included
  double to = 0;    // excluded, but 1 is in the last bin
  std::int64_t count = 0;
  double said = 0;  // mean of what was said
  double came = 0;  // share that came
  double came_low = 0;
  double came_high = 1;
};

struct Summary {
  std::int64_t waiting = 0;  // forecasts whose truth is not in yet
  std::int64_t voided = 0;
  std::int64_t chances = 0;
  chance::Brier brier;               // zero when chances is 0
  std::vector<CalibrationBin> bins;  // five of equal width; empty ones have count 0
  chance::Coverage intervals;        // zero when none was scored
  std::string sentence;
};

// Summary of Lessons (any kind, any order; other records are ignored). A forecast counts as waiting
// when no later score or void stands under its key.
[[nodiscard]] Summary summarize(std::span<const facts::RecordPtr> lessons);

}  // namespace daytwo::learn
