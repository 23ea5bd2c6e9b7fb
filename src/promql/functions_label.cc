// Functions that write labels: label_replace and label_join.
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/families.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "series/labels.h"
#include "series/pattern.h"

namespace daytwo::promql {
namespace {

bool is_label_name(const std::string& name) { return !name.empty() && is_utf8(name); }

// Gives each line the labels that relabel(labels) makes. Lines that become equal are merged.
// Errors: kConflict when they have a value at the same step.
template <typename Relabel>
Result<Outcome> relabelled(Evaluation& evaluation, const Node& argument,
                           const std::string& destination, Relabel&& relabel) {
  TRY(const Outcome in, evaluation.eval(argument));
  const std::size_t steps = evaluation.steps().count;
  const bool names = destination == series::kMetricName;
  LineIndex out(steps);
  for (const Line& line : in.lines) {
    const series::Labels labels = relabel(line.labels);
    // A name that was just written is to stay.
    const bool written = names && labels.metric_name() != line.labels.metric_name();
    Line& to = out.line(labels, line.nameless && !written);
    for (std::size_t i = 0; i < steps; ++i) {
      if (!line.present(i)) continue;
      if (to.present(i)) {
        return execution_error("vector cannot contain metrics with the same labelset");
      }
      to.copy(i, line);
    }
  }
  return Outcome(out.take());
}

// Strings of the call's arguments from `first` on.
Result<std::vector<std::string>> texts(Evaluation& evaluation, const Call& call,
                                       std::size_t first) {
  std::vector<std::string> out;
  for (std::size_t i = first; i < call.arguments.size(); ++i) {
    TRY(Outcome text, evaluation.eval(*call.arguments[i]));
    out.push_back(std::move(text.text));
  }
  return out;
}

Result<Outcome> label_replace(Evaluation& evaluation, const Call& call) {
  TRY(const std::vector<std::string> given, texts(evaluation, call, 1));
  const std::string& destination = given[0];
  const std::string& replacement = given[1];
  const std::string& source = given[2];
  const auto pattern = series::Pattern::make(given[3]);
  if (!pattern) {
    return execution_error("invalid regular expression in label_replace(): " + given[3]);
  }
  if (!is_label_name(destination)) {
    return execution_error("invalid destination label name in label_replace(): " + destination);
  }
  return relabelled(evaluation, *call.arguments[0], destination, [&](const series::Labels& labels) {
    const auto value = pattern->expand(labels.get(source), replacement);
    return value ? labels.with(destination, *value) : labels;
  });
}

Result<Outcome> label_join(Evaluation& evaluation, const Call& call) {
  TRY(const std::vector<std::string> given, texts(evaluation, call, 1));
  const std::string& destination = given[0];
  const std::string& separator = given[1];
  for (std::size_t i = 2; i < given.size(); ++i) {
    if (!is_label_name(given[i])) {
      return execution_error("invalid source label name in label_join(): " + given[i]);
    }
  }
  if (!is_label_name(destination)) {
    return execution_error("invalid destination label name in label_join(): " + destination);
  }
  return relabelled(evaluation, *call.arguments[0], destination, [&](const series::Labels& labels) {
    std::string joined;
    for (std::size_t i = 2; i < given.size(); ++i) {
      if (i > 2) joined += separator;
      joined += labels.get(given[i]);
    }
    return labels.with(destination, joined);
  });
}

constexpr std::array<Function, 2> kRows = {{
    {"label_join",
     takes({Type::kVector, Type::kString, Type::kString, Type::kString}, Arity::kLastRepeated),
     Type::kVector, false,
     "sets the label (2nd) to the values of the source labels (4th on), joined by the 3rd",
     label_join},
    {"label_replace",
     takes({Type::kVector, Type::kString, Type::kString, Type::kString, Type::kString}),
     Type::kVector, false,
     "sets the label (2nd) to the 3rd, with $1 from matching the source label (4th) with a regex",
     label_replace},
}};

}  // namespace

std::span<const Function> label_functions() { return kRows; }

}  // namespace daytwo::promql
