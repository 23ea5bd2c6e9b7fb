#include "promql/evaluation.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "promql/aggregate.h"
#include "promql/ast.h"
#include "promql/binary.h"
#include "promql/engine.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "series/labels.h"
#include "series/source.h"

namespace daytwo::promql {
namespace {

// Values an outcome keeps alive, as the budget counts them.
std::size_t live_values(const Outcome& outcome) {
  std::size_t count = outcome.scalars.size();
  for (const Line& line : outcome.lines) count += line.cells.size();
  return count;
}

// Repeats the only step of `outcome` at `count` steps.
void repeat(Outcome& outcome, std::size_t count) {
  if (!outcome.scalars.empty()) outcome.scalars.resize(count, outcome.scalars.front());
  for (Line& line : outcome.lines) {
    line.cells.resize(count, line.cells.front());
    line.numbers.resize(count, line.numbers.front());
    if (!line.histograms.empty()) line.histograms.resize(count, line.histograms.front());
  }
}

}  // namespace

std::string_view metric_name(const series::Labels& labels) { return labels.metric_name(); }

tl::unexpected<Error> execution_error(std::string text) {
  return fail(Code::kConflict, std::move(text));
}

tl::unexpected<Error> too_many_samples() {
  return fail(Code::kLimit,
              "query processing would load too many samples into memory in query execution");
}

Evaluation::Evaluation(const series::Source& source, const EngineOptions& options, const Stop& stop,
                       const Expression& expression, Steps steps, bool is_range)
    : source_(source),
      options_(options),
      stop_(stop),
      annotations_(expression.text),
      is_range_(is_range),
      query_start_(steps.first),
      query_end_(steps.last()),
      steps_(steps) {}

Timestamp Evaluation::reference(const Modifiers& modifiers, std::size_t step) const {
  Timestamp at = steps_.at(step);
  if (modifiers.pin == Pin::kTime) at = modifiers.at;
  if (modifiers.pin == Pin::kStart) at = query_start_;
  if (modifiers.pin == Pin::kEnd) at = query_end_;
  return at - modifiers.offset;
}

Result<void> Evaluation::check_stop() const {
  switch (stop_.asked()) {
    case Stop::Reason::kTimeout:
      return fail(Code::kTimeout, "query timed out in expression evaluation");
    case Stop::Reason::kCanceled:
      return fail(Code::kCanceled, "query was canceled in expression evaluation");
    case Stop::Reason::kNone:
      break;
  }
  return {};
}

Result<void> Evaluation::charge(std::size_t values) {
  live_ += values;
  if (live_ > options_.max_samples) return too_many_samples();
  return {};
}

Result<Outcome> Evaluation::eval(const Node& node) {
  TRY_VOID(check_stop());
  const std::size_t before = live_;
  const std::string_view around = function_;
  if (const auto* call = std::get_if<Call>(&node.kind)) function_ = call->function->name;
  if (const auto* op = std::get_if<Aggregate>(&node.kind)) function_ = name_of(op->op);
  const bool once = node.pinned && steps_.count > 1 && node.type != Type::kString;
  TRY(Outcome outcome, once ? eval_pinned(node) : dispatch(node));
  function_ = around;
  live_ = before;
  TRY_VOID(charge(live_values(outcome)));
  return outcome;
}

// Evaluates at the first step alone, since the value is the same at all of them.
Result<Outcome> Evaluation::eval_pinned(const Node& node) {
  const Steps all = steps_;
  steps_.count = 1;
  auto outcome = dispatch(node);
  steps_ = all;
  if (outcome) repeat(*outcome, all.count);
  return outcome;
}

Result<Outcome> Evaluation::dispatch(const Node& node) {
  struct Visitor {
    Evaluation& self;
    const Node& node;
    Result<Outcome> operator()(const Number& number) const {
      return Outcome(std::vector<double>(self.steps_.count, number.value));
    }
    Result<Outcome> operator()(const Text& text) const {
      Outcome out;
      out.text = text.value;
      return out;
    }
    Result<Outcome> operator()(const Selector& selector) const {
      TRY(Lines lines, self.select(selector, false));
      return Outcome(std::move(lines));
    }
    Result<Outcome> operator()(const Call& call) const {
      return call.function->implementation(self, call);
    }
    Result<Outcome> operator()(const Aggregate& aggregate) const {
      return eval_aggregate(self, aggregate, node.span);
    }
    Result<Outcome> operator()(const Binary& binary) const {
      return eval_binary(self, binary, node.span);
    }
    Result<Outcome> operator()(const Unary& unary) const { return self.negate(unary); }
    Result<Outcome> operator()(const Paren& paren) const { return self.eval(*paren.inner); }
    Result<Outcome> operator()(const RangeSelector& /*range*/) const { return range_vector(); }
    Result<Outcome> operator()(const Subquery& /*subquery*/) const { return range_vector(); }
    static Result<Outcome> range_vector() {
      return fail(Code::kInternal, "a range vector was evaluated outside a function");
    }
  };
  return std::visit(Visitor{*this, node}, node.kind);
}

Result<Outcome> Evaluation::negate(const Unary& unary) {
  TRY(Outcome outcome, eval(*unary.inner));
  if (!unary.negative) return outcome;
  for (double& scalar : outcome.scalars) scalar = -scalar;
  for (Line& line : outcome.lines) {
    line.nameless = true;
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      line.numbers[i] = -line.numbers[i];
      if (line.is_histogram(i)) {
        line.erase(i);
        annotations_.inform("unary minus does not take native histograms yet", unary.inner->span);
      }
    }
  }
  std::erase_if(outcome.lines, [](const Line& line) { return line.empty(); });
  return outcome;
}

}  // namespace daytwo::promql
