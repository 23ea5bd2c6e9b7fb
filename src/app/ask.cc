#include "app/ask.h"

#include <cmath>

#include "promql/engine.h"

namespace daytwo::app {

std::optional<double> ask(const series::Source& source, const std::string& query, Timestamp now) {
  const auto answer = promql::Engine(source).instant(query, now);
  if (!answer) return std::nullopt;
  std::optional<double> value;
  if (const auto* scalar = std::get_if<promql::ScalarAnswer>(&answer->value)) {
    value = scalar->value;
  }
  const auto* vector = std::get_if<promql::VectorAnswer>(&answer->value);
  if (vector != nullptr && vector->size() == 1 && !vector->front().sample.value.is_histogram()) {
    value = vector->front().sample.value.number;
  }
  if (value && std::isnan(*value)) return std::nullopt;
  return value;
}

}  // namespace daytwo::app
