// Aggregation operators: many series of a vector into few.
#pragma once

#include "base/result.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/frame.h"

namespace daytwo::promql {

// `aggregate` at every step; `span` is where it stands. Errors: kConflict for parameters that do
// not fit, and those of its inside.
[[nodiscard]] Result<Outcome> eval_aggregate(Evaluation& evaluation, const Aggregate& aggregate,
                                             ByteSpan span);

// The lines of one output group, in the order of the input.
struct LineGroup {
  series::Labels labels;
  bool nameless = false;
  std::vector<Line*> members;
};

// Splits lines by the labels of `aggregate`; groups in the order of their first line.
[[nodiscard]] std::vector<LineGroup> group_lines(const Aggregate& aggregate, Lines& lines);

// topk and bottomk: the k greatest or least of each group, with their own labels
// (aggregate_rank.cc). Errors: kConflict when k is NaN or no integer.
[[nodiscard]] Result<Lines> eval_topk(Evaluation& evaluation, const Aggregate& aggregate,
                                      ByteSpan span, Lines lines, const std::vector<double>& k);

// count_values: one element per group and value (aggregate_rank.cc). Errors: kConflict for a label
// name that cannot be.
[[nodiscard]] Result<Lines> eval_count_values(Evaluation& evaluation, const Aggregate& aggregate,
                                              Lines lines, const std::string& label);

}  // namespace daytwo::promql
