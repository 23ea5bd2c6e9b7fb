// Helpers for functions of instant vectors.
#pragma once

#include <cstddef>
#include <utility>

#include "base/result.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/frame.h"

namespace daytwo::promql {

// Removes lines without a value.
inline void drop_empty(Lines& lines) {
  std::erase_if(lines, [](const Line& line) { return line.empty(); });
}

// `argument` with each float replaced by function(number, step); histograms are dropped, names go.
template <typename F>
[[nodiscard]] Result<Outcome> map_floats(Evaluation& evaluation, const Node& argument,
                                         F&& function) {
  TRY(Outcome out, evaluation.eval(argument));
  for (Line& line : out.lines) {
    line.nameless = true;
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      if (line.is_float(i)) {
        line.numbers[i] = function(line.numbers[i], i);
      } else {
        line.cells[i] = Cell::kAbsent;
      }
    }
    line.histograms.clear();
  }
  drop_empty(out.lines);
  return out;
}

}  // namespace daytwo::promql
