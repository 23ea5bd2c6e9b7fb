#include "promql/windows.h"

#include "base/text.h"
#include "promql/ast.h"
#include "promql/evaluation.h"

namespace daytwo::promql {

void note_ignored_histograms(Evaluation& evaluation, const Window& window, const Node& argument) {
  evaluation.annotations().inform(
      "ignored histograms in a range containing both floats and histograms for metric name " +
          go_quoted(metric_name(window.series->labels)),
      without_parens(argument).span);
}

}  // namespace daytwo::promql
