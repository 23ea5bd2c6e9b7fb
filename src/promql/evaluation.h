// One query being evaluated: the choke point every construct goes through.
// Model: each node is evaluated once for all steps, bottom up; a selector is read from the source
// once per query. Live values are counted against the budget and the stop is asked at every node.
// Thread rule: belongs to one thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "promql/annotations.h"
#include "promql/ast.h"
#include "promql/engine.h"
#include "promql/frame.h"
#include "series/source.h"

namespace daytwo::promql {

// The metric name as annotations quote it.
[[nodiscard]] std::string_view metric_name(const series::Labels& labels);

// An error of the evaluation, not of the query's text (kConflict, see error_class()).
[[nodiscard]] tl::unexpected<Error> execution_error(std::string text);

// The error of a query that is over EngineOptions::max_samples (kLimit).
[[nodiscard]] tl::unexpected<Error> too_many_samples();

// One query on its way through its tree.
class Evaluation {
 public:
  // The references must outlive the evaluation.
  Evaluation(const series::Source& source, const EngineOptions& options, const Stop& stop,
             const Expression& expression, Steps steps, bool is_range);

  // The value of a scalar, string or instant vector at every step.
  [[nodiscard]] Result<Outcome> eval(const Node& node);
  // The samples of a range vector (range selector or subquery, in any parentheses).
  [[nodiscard]] Result<Ranges> ranges(const Node& node);
  // A vector selector, and when `sample_times` is given the time of each sample found.
  [[nodiscard]] Result<Lines> select(const Selector& selector, bool sample_times);

  [[nodiscard]] const Steps& steps() const { return steps_; }
  // Whether this is a range query, also inside a subquery or a pinned expression.
  [[nodiscard]] bool is_range() const { return is_range_; }
  [[nodiscard]] Annotations& annotations() { return annotations_; }
  [[nodiscard]] std::size_t samples_read() const { return samples_read_; }
  // The instant that a selector with these modifiers looks at in a step.
  [[nodiscard]] Timestamp reference(const Modifiers& modifiers, std::size_t step) const;
  // Errors: kTimeout, kCanceled. Long loops ask between series.
  [[nodiscard]] Result<void> check_stop() const;
  // Counts values that are alive besides the results of eval(). Errors: kLimit.
  [[nodiscard]] Result<void> charge(std::size_t values);

 private:
  [[nodiscard]] Result<Outcome> dispatch(const Node& node);
  [[nodiscard]] Result<Outcome> eval_pinned(const Node& node);
  [[nodiscard]] Result<Outcome> negate(const Unary& unary);
  [[nodiscard]] Result<Ranges> select_range(const RangeSelector& range);
  [[nodiscard]] Result<Ranges> eval_subquery(const Subquery& subquery);
  [[nodiscard]] Result<std::vector<series::SeriesColumn>> read(const Selector& selector,
                                                               Duration window);

  const series::Source& source_;
  const EngineOptions& options_;
  const Stop& stop_;
  Annotations annotations_;
  bool is_range_;
  Timestamp query_start_;
  Timestamp query_end_;
  Steps steps_;
  std::string_view function_;  // the nearest function or aggregator around: a hint for the source
  std::size_t live_ = 0;
  std::size_t samples_read_ = 0;
};

}  // namespace daytwo::promql
