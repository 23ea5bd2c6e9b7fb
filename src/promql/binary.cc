#include "promql/binary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/frame.h"
#include "series/labels.h"

namespace daytwo::promql {
namespace {

// Hands the loop a function for the operator, so that the choice is made once per query.
template <typename Loop>
void with_arithmetic(BinaryOp op, Loop&& loop) {
  switch (op) {
    case BinaryOp::kAdd:
      return loop([](double a, double b) { return a + b; });
    case BinaryOp::kSub:
      return loop([](double a, double b) { return a - b; });
    case BinaryOp::kMul:
      return loop([](double a, double b) { return a * b; });
    case BinaryOp::kDiv:
      return loop([](double a, double b) { return a / b; });
    default:
      return loop([op](double a, double b) { return calculate(op, a, b); });
  }
}

std::vector<double> between_scalars(const Binary& binary, const std::vector<double>& left,
                                    const std::vector<double>& right) {
  std::vector<double> out(left.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = is_comparison(binary.op) ? (compare(binary.op, left[i], right[i]) ? 1.0 : 0.0)
                                      : calculate(binary.op, left[i], right[i]);
  }
  return out;
}

// A vector on one side and a scalar on the other. `scalar_left` tells the sides apart.
class WithScalar {
 public:
  WithScalar(const Binary& binary, const std::vector<double>& scalars, bool scalar_left)
      : binary_(binary), scalars_(scalars), scalar_left_(scalar_left) {}

  // True if a histogram was left out.
  bool apply(Line& line) const {
    const bool dropped = drop_histograms(line);
    if (!is_comparison(binary_.op)) {
      line.nameless = true;
      with_arithmetic(binary_.op, [&](auto&& calculate_one) {
        for (std::size_t i = 0; i < line.numbers.size(); ++i) {
          const double number = line.numbers[i];
          line.numbers[i] = scalar_left_ ? calculate_one(scalars_[i], number)
                                         : calculate_one(number, scalars_[i]);
        }
      });
      return dropped;
    }
    if (binary_.returns_bool) line.nameless = true;
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      if (!line.is_float(i)) continue;
      const double number = line.numbers[i];
      const bool holds = scalar_left_ ? compare(binary_.op, scalars_[i], number)
                                      : compare(binary_.op, number, scalars_[i]);
      if (binary_.returns_bool) {
        line.numbers[i] = holds ? 1 : 0;
      } else if (!holds) {
        line.erase(i);
      }
    }
    return dropped;
  }

 private:
  static bool drop_histograms(Line& line) {
    if (line.histograms.empty()) return false;
    bool dropped = false;
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      if (!line.is_histogram(i)) continue;
      line.erase(i);
      dropped = true;
    }
    return dropped;
  }

  const Binary& binary_;
  const std::vector<double>& scalars_;
  bool scalar_left_;
};

Lines with_scalar(Evaluation& evaluation, const Binary& binary, ByteSpan span, Lines lines,
                  const std::vector<double>& scalars, bool scalar_left) {
  const WithScalar side(binary, scalars, scalar_left);
  bool dropped = false;
  for (Line& line : lines) dropped = side.apply(line) || dropped;
  if (dropped) {
    evaluation.annotations().inform(
        fmt::format("incompatible sample types encountered for binary operator {}: {}",
                    go_quoted(name_of(binary.op)),
                    scalar_left ? fmt::format("float {} histogram", name_of(binary.op))
                                : fmt::format("histogram {} float", name_of(binary.op))),
        span);
  }
  std::erase_if(lines, [](const Line& line) { return line.empty(); });
  return lines;
}

}  // namespace

double calculate(BinaryOp op, double left, double right) {
  switch (op) {
    case BinaryOp::kAdd:
      return left + right;
    case BinaryOp::kSub:
      return left - right;
    case BinaryOp::kMul:
      return left * right;
    case BinaryOp::kDiv:
      return left / right;
    case BinaryOp::kMod:
      return std::fmod(left, right);
    case BinaryOp::kPow:
      return std::pow(left, right);
    default:
      return std::atan2(left, right);
  }
}

bool compare(BinaryOp op, double left, double right) {
  switch (op) {
    case BinaryOp::kEqual:
      return left == right;
    case BinaryOp::kNotEqual:
      return left != right;
    case BinaryOp::kLess:
      return left < right;
    case BinaryOp::kLessEqual:
      return left <= right;
    case BinaryOp::kGreater:
      return left > right;
    default:
      return left >= right;
  }
}

series::Labels keep_labels(const series::Labels& labels, const std::vector<std::string>& names) {
  std::vector<series::Label> kept;
  for (const series::Label& label : labels.all()) {
    if (std::find(names.begin(), names.end(), label.name) != names.end()) kept.push_back(label);
  }
  return series::Labels(std::move(kept));
}

series::Labels drop_labels(const series::Labels& labels, const std::vector<std::string>& names) {
  std::vector<series::Label> kept;
  for (const series::Label& label : labels.all()) {
    if (std::find(names.begin(), names.end(), label.name) == names.end()) kept.push_back(label);
  }
  return series::Labels(std::move(kept));
}

series::Labels Signatures::key(const series::Labels& labels) const {
  if (matching_.on) return keep_labels(labels, matching_.labels);
  return drop_labels(labels, matching_.labels).without(series::kMetricName);
}

std::size_t Signatures::number(const series::Labels& labels) {
  return numbers_.try_emplace(key(labels), numbers_.size()).first->second;
}

Result<Outcome> eval_binary(Evaluation& evaluation, const Binary& binary, ByteSpan span) {
  TRY(Outcome left, evaluation.eval(*binary.left));
  TRY(Outcome right, evaluation.eval(*binary.right));
  const bool left_scalar = binary.left->type == Type::kScalar;
  const bool right_scalar = binary.right->type == Type::kScalar;
  if (left_scalar && right_scalar) {
    return Outcome(between_scalars(binary, left.scalars, right.scalars));
  }
  if (left_scalar) {
    return Outcome(
        with_scalar(evaluation, binary, span, std::move(right.lines), left.scalars, true));
  }
  if (right_scalar) {
    return Outcome(
        with_scalar(evaluation, binary, span, std::move(left.lines), right.scalars, false));
  }
  if (is_set_operator(binary.op)) {
    return Outcome(combine_sets(binary, evaluation.steps().count, std::move(left.lines),
                                std::move(right.lines)));
  }
  TRY(Lines joined, join(evaluation, binary, span, left.lines, right.lines));
  return Outcome(std::move(joined));
}

}  // namespace daytwo::promql
