// The commands of a script, parsed.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "promql/frame.h"
#include "promql/series_notation.h"

namespace daytwo::promql {

// A text that must be equal or a pattern that must be found; neither = anything.
struct ExpectedText {
  std::optional<std::string> message;
  std::optional<std::string> pattern;
};

// What an eval must come to.
struct Expected {
  std::optional<ExpectedText> failure;
  std::vector<ExpectedText> warnings;
  std::vector<ExpectedText> infos;
  bool no_warnings = false;
  bool no_infos = false;
  bool ordered = false;
  std::optional<std::string> text;
  std::optional<double> scalar;
  std::optional<Steps> samples_at;  // of a range vector: where its samples stand
  std::vector<NotedSeries> series;
};

// `load STEP`: series with a sample every step from time 0.
struct LoadCommand {
  Duration step;
  std::vector<NotedSeries> series;
};

// `clear`: forgets all series.
struct ClearCommand {};

// `steps.count` is 1 and `is_range` false for an instant eval.
struct EvalCommand {
  std::string query;
  Steps steps;
  bool is_range = false;
  Expected expected;
};

// One block and the line it begins at (from 1).
struct Command {
  int line = 0;
  std::variant<LoadCommand, ClearCommand, EvalCommand> what;
};

// All commands of a script. Errors: kInvalid with line and reason, the first problem only.
[[nodiscard]] Result<std::vector<Command>> parse_script(std::string_view file,
                                                        std::string_view text);

}  // namespace daytwo::promql
