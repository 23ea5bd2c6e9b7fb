#include "promql/script.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "base/time.h"
#include "promql/ast.h"
#include "promql/check.h"
#include "promql/engine.h"
#include "promql/functions.h"
#include "promql/parser.h"
#include "promql/print.h"
#include "promql/script_compare.h"
#include "promql/script_text.h"
#include "promql/series_notation.h"
#include "series/sink.h"
#include "series/source.h"

namespace daytwo::promql {
namespace {

// Pins what is not pinned yet to a time. The inside of a subquery follows the subquery's pin.
// Returns false when the query asks for the time by other means, so that pinning changes it.
bool pin(Node& node, Timestamp at) {
  const auto pin_modifiers = [at](Modifiers& modifiers) {
    if (modifiers.pin == Pin::kNone) {
      modifiers.pin = Pin::kTime;
      modifiers.at = at;
    }
    return modifiers.pin == Pin::kTime;
  };
  struct Visitor {
    decltype(pin_modifiers)& pins;
    Timestamp at;
    bool operator()(Number& /*kind*/) const { return true; }
    bool operator()(Text& /*kind*/) const { return true; }
    bool operator()(Selector& kind) const { return pins(kind.modifiers); }
    bool operator()(RangeSelector& kind) const { return pins(kind.selector.modifiers); }
    bool operator()(Subquery& kind) const { return pins(kind.modifiers); }
    bool operator()(Paren& kind) const { return pin(*kind.inner, at); }
    bool operator()(Unary& kind) const { return pin(*kind.inner, at); }
    bool operator()(Binary& kind) const { return pin(*kind.left, at) && pin(*kind.right, at); }
    bool operator()(Aggregate& kind) const {
      return (kind.parameter == nullptr || pin(*kind.parameter, at)) && pin(*kind.inner, at);
    }
    bool operator()(Call& kind) const {
      if (kind.function->asks_time) return false;
      for (const NodePtr& argument : kind.arguments) {
        if (!pin(*argument, at)) return false;
      }
      return true;
    }
  };
  return std::visit(Visitor{pin_modifiers, at}, node.kind);
}

class Runner {
 public:
  Runner(std::string_view file, const ScriptWorld& world)
      : file_(file), world_(world), engine_(world.source) {}

  ScriptReport run(std::string_view text) {
    const auto commands = parse_script(file_, text);
    if (!commands) {
      report_.failures = commands.error().diagnostics;
      return std::move(report_);
    }
    world_.clear();
    for (const Command& command : *commands) {
      line_ = command.line;
      std::visit([this](const auto& what) { on(what); }, command.what);
    }
    return std::move(report_);
  }

 private:
  void on(const ClearCommand& /*clear*/) { world_.clear(); }

  void on(const LoadCommand& load) {
    series::Batch batch;
    for (const NotedSeries& noted : load.series) {
      series::SeriesSamples samples{noted.labels, {}};
      for (std::size_t i = 0; i < noted.values.size(); ++i) {
        const Timestamp at = Timestamp{} + load.step * static_cast<std::int64_t>(i);
        if (const auto& value = noted.values[i]) samples.samples.push_back({at, *value});
      }
      batch.series.push_back(std::move(samples));
    }
    if (const auto stored = world_.sink.append(batch); !stored) failure(stored.error().text, "");
  }

  void on(const EvalCommand& eval) {
    ++report_.evaluations;
    ++report_.checks;
    const Result<Answer> got = eval.is_range ? engine_.range(eval.query, eval.steps.first,
                                                             eval.steps.last(), eval.steps.step)
                                             : engine_.instant(eval.query, eval.steps.first);
    if (const auto wrong = difference(eval, got)) return failure(*wrong, eval.query);
    if (eval.is_range || eval.expected.failure) return;
    vary(eval);
  }

  // The same query printed and pinned, at other times and inside ranges: all must agree.
  void vary(const EvalCommand& eval) {
    const Timestamp at = eval.steps.first;
    const bool asks_query_times = eval.query.find("start()") != std::string::npos ||
                                  eval.query.find("end()") != std::string::npos;
    if (asks_query_times) return;
    try_range(eval, eval.query, at);
    auto root = Parser(eval.query).run();
    if (!root || !check(**root, eval.query)) return failure("does not parse again", eval.query);
    const std::string printed = print(**root);
    try_instant(eval, printed, at);
    if (!pin(**root, at)) return;
    const std::string pinned = print(**root);
    std::vector<std::int64_t> times = {-10 * at.ms, 0, at.ms / 5, at.ms, 10 * at.ms};
    if (at.ms == 0) times = {-1000, 0, 1000};
    for (const std::int64_t time : times) {
      try_instant(eval, pinned, Timestamp{time});
      try_range(eval, pinned, Timestamp{time});
    }
  }

  void try_instant(const EvalCommand& eval, const std::string& query, Timestamp at) {
    ++report_.checks;
    Result<Answer> got = engine_.instant(query, at);
    if (!got) return failure(got.error().text, query);
    move_to(*got, at, eval.steps.first);
    if (const auto wrong = value_difference(eval, *got)) {
      failure(fmt::format("{} (evaluated at {} s)", *wrong, (at - Timestamp{}).seconds()), query);
    }
  }

  void try_range(const EvalCommand& eval, const std::string& query, Timestamp at) {
    if (eval.expected.ordered || eval.expected.text || eval.expected.samples_at) return;
    ++report_.checks;
    Result<Answer> got = engine_.range(query, at - minutes(1), at + minutes(1), minutes(1));
    if (!got) return failure(got.error().text, query);
    auto& matrix = std::get<MatrixAnswer>(got->value);
    VectorAnswer middle;
    for (const series::SeriesColumn& column : matrix) {
      for (std::size_t i = 0; i < column.column.size(); ++i) {
        if (column.column.times[i] == at) middle.push_back({column.labels, column.column.at(i)});
      }
    }
    if (eval.expected.scalar && middle.size() == 1) {
      got->value = ScalarAnswer{at, middle.front().sample.value.number};
    } else {
      got->value = std::move(middle);
    }
    move_to(*got, at, eval.steps.first);
    if (const auto wrong = value_difference(eval, *got)) {
      failure(fmt::format("{} (as a range, at {} s)", *wrong, (at - Timestamp{}).seconds()), query);
    }
  }

  // Answers carry the evaluation time; the expectation knows only the eval's own.
  static void move_to(Answer& answer, Timestamp from, Timestamp to) {
    auto* vector = std::get_if<VectorAnswer>(&answer.value);
    if (vector == nullptr) return;
    for (VectorElement& element : *vector) {
      if (element.sample.at == from) element.sample.at = to;
    }
  }

  void failure(const std::string& text, std::string_view query) {
    Diagnostic diagnostic;
    diagnostic.file = std::string(file_);
    diagnostic.line = line_;
    diagnostic.text = text;
    diagnostic.source_line = std::string(query);
    report_.failures.push_back(std::move(diagnostic));
  }

  std::string_view file_;
  const ScriptWorld& world_;
  Engine engine_;
  ScriptReport report_;
  int line_ = 0;
};

}  // namespace

ScriptReport run_script(std::string_view file, std::string_view text, const ScriptWorld& world) {
  return Runner(file, world).run(text);
}

}  // namespace daytwo::promql
