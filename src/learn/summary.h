// How good the forecasts were: what was said beside what came.
#pragma once

#include <array>
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

// Where truths fell in what was said of them: a share of a tenth of them in each tenth, if the
// ranges are as wide as they should be. More in the outer tenths: too narrow; in the middle: too
// wide; on one side: biased [Gneiting, Balabdaoui, Raftery 2007, J. Royal Statistical Society B
// 69:243].
struct Spread {
  std::array<std::int64_t, 10> tenths{};
  std::int64_t count = 0;
  chance::Uniformity uniformity;  // its largest gap and A squared; zero where count is 0
  double p = 1;                   // of A squared
  std::string wrong;              // "ranges are too narrow"; empty where nothing is known to be
  std::string sentence;           // empty where count is 0
};

// Fewer truths than this say nothing of a shape.
inline constexpr std::int64_t kLeastTruths = 20;

struct Summary {
  std::int64_t waiting = 0;  // forecasts whose truth is not in yet
  std::int64_t voided = 0;
  std::int64_t chances = 0;
  chance::Brier brier;               // zero when chances is 0
  std::vector<CalibrationBin> bins;  // five of equal width; empty ones have count 0
  chance::Coverage intervals;        // zero when none was scored
  Spread spread;                     // of forecasts that say more than two ends
  std::string sentence;
};

// Summary of Lessons (any kind, any order; other records are ignored). A forecast counts as waiting
// when no later score or void stands under its key.
[[nodiscard]] Summary summarize(std::span<const facts::RecordPtr> lessons);

}  // namespace daytwo::learn
