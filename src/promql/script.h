// Scripts: data, queries and what they should answer, in plain text; for our own tests and for
// users'.
//   clear                                forget all data
//   load 30s                             then lines `series values`, one value per 30 s from t = 0
//   eval instant at 5m EXPR              then what is expected
//   eval range from 0 to 10m step 1m EXPR
// Expected: `expect fail|warn|info|no_warn|no_info|ordered [msg: text | regex: re]`,
// `expect string "x"`, `expect range vector from A to B step S`, a bare number, or lines
// `series values`. Lines are trimmed; `#` begins a comment line.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "promql/engine.h"
#include "series/sink.h"
#include "series/source.h"

namespace daytwo::promql {

// What a script is run on. `clear` empties the data behind both borders.
struct ScriptWorld {
  const series::Source& source;
  series::Sink& sink;
  std::function<void()> clear;
};

// How a script went.
struct ScriptReport {
  std::size_t evaluations = 0;  // eval commands
  std::size_t checks = 0;       // queries run for them, variations included
  Diagnostics failures;         // file, line and what differed
};

// Runs a script. Each instant eval is also tried with `@` pinned to other evaluation times and as
// the middle of a range query; all must agree. `file` names the script in failures.
// The engine's defaults apply: lookback 5 m, subquery step 1 m.
[[nodiscard]] ScriptReport run_script(std::string_view file, std::string_view text,
                                      const ScriptWorld& world);

}  // namespace daytwo::promql
