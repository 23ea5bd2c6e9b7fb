// The engine: a query, a source and a time to an answer. Exact, over any series::Source.
// Model: Prometheus 3 semantics. Windows are open on the left, (end - range, end]; metric names
// are dropped when the query ends. No I/O but the source, no clock, no environment.
// Thread rule: an engine is immutable; any thread may ask it at once.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "base/time.h"
#include "promql/ast.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::promql {

// What holds for every query.
struct EngineOptions {
  Duration lookback = minutes(5);       // how far back an instant vector selector looks
  Duration subquery_step = minutes(1);  // of `[range:]`: the default evaluation interval
  std::size_t max_samples = kMaxQuerySamples;
};

// Asks a running query to give up. The caller knows the clock and the client; the engine asks
// between nodes and between series.
class Stop {
 public:
  enum class Reason { kNone, kTimeout, kCanceled };
  virtual ~Stop() = default;
  // Must be cheap: it is asked up to millions of times a query.
  [[nodiscard]] virtual Reason asked() const = 0;
};

// A stop that never asks.
[[nodiscard]] const Stop& never_stop();

// A number at the evaluation time.
struct ScalarAnswer {
  Timestamp at;
  double value = 0;
};

// A string at the evaluation time.
struct TextAnswer {
  Timestamp at;
  std::string value;
};

// One element of an instant vector.
struct VectorElement {
  series::Labels labels;
  series::Sample sample;
};

// In Prometheus's order: sorted by labels, but as sort, sort_desc, topk and bottomk left it.
using VectorAnswer = std::vector<VectorElement>;
// Sorted by labels.
using MatrixAnswer = std::vector<series::SeriesColumn>;

// What a query came to.
struct Answer {
  std::variant<ScalarAnswer, TextAnswer, VectorAnswer, MatrixAnswer> value;
  std::vector<std::string> warnings;  // "PromQL warning: TEXT (1:5)"
  std::vector<std::string> infos;     // "PromQL info: TEXT (1:5)"
  std::size_t samples_read = 0;       // from the source
};

class Engine {
 public:
  // The source must outlive the engine.
  explicit Engine(const series::Source& source, EngineOptions options = {})
      : source_(source), options_(options) {}

  // The value at one instant: a scalar, a string, a vector, or a matrix for a range vector.
  // Errors: kInvalid when the text does not parse; else as error_class() sorts them.
  [[nodiscard]] Result<Answer> instant(const Expression& query, Timestamp at,
                                       const Stop& stop = never_stop()) const;
  [[nodiscard]] Result<Answer> instant(std::string_view query, Timestamp at,
                                       const Stop& stop = never_stop()) const;

  // The values at from, from + step, ... up to and including `to`: always a matrix.
  // Errors: as instant(); kInvalid for a string or range vector, a step that is not positive, or
  // `to` before `from`.
  [[nodiscard]] Result<Answer> range(const Expression& query, Timestamp from, Timestamp to,
                                     Duration step, const Stop& stop = never_stop()) const;
  [[nodiscard]] Result<Answer> range(std::string_view query, Timestamp from, Timestamp to,
                                     Duration step, const Stop& stop = never_stop()) const;

 private:
  const series::Source& source_;
  EngineOptions options_;
};

// Prometheus's class of an error of parse() or Engine: "bad_data" (kInvalid), "execution"
// (kConflict: the data does not allow the answer; kLimit: too many samples), "timeout", "canceled",
// else "internal" (the source failed).
[[nodiscard]] std::string_view error_class(const Error& error);

}  // namespace daytwo::promql
