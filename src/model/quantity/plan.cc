#include "model/quantity/plan.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "chance/copula.h"
#include "chance/seed.h"
#include "model/quantity/law.h"

namespace daytwo::model::quantity {
namespace {

double apply(Op op, double a, double b) {
  switch (op) {
    case Op::kAdd:
      return a + b;
    case Op::kSubtract:
      return a - b;
    case Op::kMultiply:
      return a * b;
    case Op::kDivide:
      return a / b;
    case Op::kPower:
      return std::pow(a, b);
    case Op::kLeast:
      return std::min(a, b);
    case Op::kMost:
      return std::max(a, b);
    case Op::kExponential:
      return std::exp(a);
    case Op::kLogarithm:
      return std::log(a);
    case Op::kRoot:
      return std::sqrt(a);
    case Op::kAbsolute:
      return std::abs(a);
    case Op::kConstant:
    case Op::kVariable:
      break;
  }
  return a;
}

// Why an operation left the numbers.
std::string broken(Op op) {
  switch (op) {
    case Op::kDivide:
      return "the divisor can be 0, or so near that the quotient has no end";
    case Op::kLogarithm:
      return "the logarithm of what can be 0 or below";
    case Op::kRoot:
      return "the root of what can be below 0";
    case Op::kPower:
      return "a power that is no number: the base can be below 0, or it grows too large";
    default:
      return "a number too large to mean anything";
  }
}

// The share that repaired correlations are taken towards 0 by, so that their matrix has a root.
constexpr double kTowardsIndependence = 1e-6;

// The lower triangle L with L L' = matrix (rows of length n), or nothing when the matrix is not
// positive definite [Golub, Van Loan, "Matrix Computations", 4th ed., 4.2].
std::optional<std::vector<double>> cholesky(const std::vector<double>& matrix, std::size_t n) {
  std::vector<double> out(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= out[i * n + k] * out[j * n + k];
      if (i == j) {
        if (!(sum > 1e-12)) return std::nullopt;
        out[i * n + i] = std::sqrt(sum);
      } else {
        out[i * n + j] = sum / out[j * n + j];
      }
    }
  }
  return out;
}

}  // namespace

std::size_t Plan::constant(double value) {
  Step step;
  step.value = value;
  steps_.push_back(std::move(step));
  return steps_.size() - 1;
}

std::size_t Plan::variable(const Law& law, std::size_t node) {
  Step step;
  step.op = Op::kVariable;
  step.a = variables_.size();
  step.node = node;
  steps_.push_back(std::move(step));
  variables_.push_back({law, steps_.size() - 1, variables_from_, next_index_++});
  return variables_.size() - 1;
}

std::size_t Plan::step(Op op, std::size_t a, std::size_t b, std::size_t node) {
  CHECK(a < steps_.size() && b < steps_.size(), "a step reads earlier ones");
  Step step;
  step.op = op;
  step.a = a;
  step.b = b;
  step.node = node;
  steps_.push_back(std::move(step));
  return steps_.size() - 1;
}

double Plan::correlation(std::size_t one, std::size_t other) const {
  if (one == other) return 1;
  for (const Tie& tie : ties_) {
    if ((tie.one == one && tie.other == other) || (tie.one == other && tie.other == one)) {
      return tie.correlation;
    }
  }
  return 0;
}

std::vector<std::size_t> Plan::group_of(std::size_t variable) const {
  std::vector<std::size_t> group = {variable};
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (const Tie& tie : ties_) {
      const bool first = tie.one == group[i];
      if (!first && tie.other != group[i]) continue;
      const std::size_t next = first ? tie.other : tie.one;
      if (std::find(group.begin(), group.end(), next) == group.end()) group.push_back(next);
    }
  }
  std::sort(group.begin(), group.end());
  return group;
}

bool Plan::independent(std::span<const std::size_t> one, std::span<const std::size_t> other) const {
  for (const std::size_t a : one) {
    for (const std::size_t b : other) {
      if (a == b || (!ties_.empty() && correlation(a, b) != 0)) return false;
    }
  }
  return true;
}

std::vector<double> Plan::matrix_of(std::span<const std::size_t> group) const {
  std::vector<double> matrix;
  for (const std::size_t i : group) {
    for (const std::size_t j : group) matrix.push_back(correlation(i, j));
  }
  return matrix;
}

void Plan::tie(std::size_t one, std::size_t other, double correlation) {
  std::erase_if(ties_, [&](const Tie& tie) {
    return (tie.one == one && tie.other == other) || (tie.one == other && tie.other == one);
  });
  ties_.push_back({one, other, correlation});
}

void Plan::correlate(std::size_t one, std::size_t other, double correlation) {
  tie(one, other, correlation);
}

Result<Plan::Change> Plan::repair(std::span<const std::size_t> group) {
  const chance::Correlation stated{group.size(), matrix_of(group)};
  TRY(const chance::Repaired usable, chance::repaired(stated));
  Change largest;
  for (std::size_t i = 0; i < group.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double to = usable.matrix.at(i, j) * (1 - kTowardsIndependence);
      tie(group[j], group[i], to);
      if (std::abs(to - stated.at(i, j)) >= std::abs(largest.to - largest.from)) {
        largest = {group[j], group[i], stated.at(i, j), to};
      }
    }
  }
  return largest;
}

Result<std::vector<Plan::Change>> Plan::settle() {
  std::vector<std::vector<std::size_t>> groups;
  for (const Tie& each : ties_) {
    std::vector<std::size_t> group = group_of(each.one);
    if (std::ranges::find(groups, group) == groups.end()) groups.push_back(std::move(group));
  }
  std::vector<Change> out;
  for (const std::vector<std::size_t>& group : groups) {
    if (cholesky(matrix_of(group), group.size())) continue;
    TRY(const Change change, repair(group));
    out.push_back(change);
  }
  return out;
}

std::vector<double> Plan::uniforms(const Variable& variable) const {
  chance::Stream stream(variable.seed, variable.index);
  std::vector<double> out(samples_);
  if (drawing_ == Drawing::kFree) {
    for (double& u : out) u = stream.uniform();
    return out;
  }
  std::vector<std::size_t> slice(samples_);
  std::iota(slice.begin(), slice.end(), std::size_t{0});
  for (std::size_t i = samples_ - 1; i > 0; --i) {
    const double place = stream.uniform() * static_cast<double>(i + 1);
    std::swap(slice[i], slice[static_cast<std::size_t>(place)]);
  }
  for (std::size_t i = 0; i < samples_; ++i) {
    const double u =
        (static_cast<double>(slice[i]) + stream.uniform()) / static_cast<double>(samples_);
    out[i] = std::clamp(u, 0x1p-53, 1 - 0x1p-53);
  }
  return out;
}

// One uniform a draw from the variable's stream. A correlated one mixes the normal scores of its
// group.
Result<void> Plan::draw_variable(Step& step) {
  const Law::Inverter inverter(variables_[step.a].law);
  const std::vector<std::size_t> group = group_of(step.a);
  if (group.size() == 1) {
    step.drawn = uniforms(variables_[step.a]);
    for (double& x : step.drawn) x = inverter.at(x);
    return {};
  }
  const std::size_t n = group.size();
  const auto root = cholesky(matrix_of(group), n);
  CHECK(root.has_value(), "correlations were settled before the first draw");
  const auto own =
      static_cast<std::size_t>(std::find(group.begin(), group.end(), step.a) - group.begin());
  std::vector<double> scores(samples_, 0.0);
  for (std::size_t j = 0; j <= own; ++j) {
    const std::vector<double> u = uniforms(variables_[group[j]]);
    const double weight = (*root)[own * n + j];
    for (std::size_t i = 0; i < samples_; ++i) scores[i] += weight * chance::normal_quantile(u[i]);
  }
  step.drawn.resize(samples_);
  for (std::size_t i = 0; i < samples_; ++i) {
    step.drawn[i] = inverter.at(std::clamp(chance::normal_cdf(scores[i]), 0x1p-53, 1 - 0x1p-53));
  }
  return {};
}

Result<void> Plan::draw(Step& step) {
  if (step.op == Op::kConstant) {
    step.drawn.assign(samples_, step.value);
    return {};
  }
  if (step.op == Op::kVariable) {
    TRY_VOID(draw_variable(step));
  } else {
    const std::vector<double>& a = steps_[step.a].drawn;
    const std::vector<double>& b = steps_[step.b].drawn;
    step.drawn.resize(samples_);
    bool below = false;
    bool above = false;
    for (std::size_t i = 0; i < samples_; ++i) {
      step.drawn[i] = apply(step.op, a[i], b[i]);
      below = below || b[i] <= 0;
      above = above || b[i] >= 0;
    }
    if (step.op == Op::kDivide && below && above) {
      failed_node_ = step.node;
      return fail(Code::kInvalid, broken(Op::kDivide));
    }
  }
  for (const double x : step.drawn) {
    if (std::isfinite(x)) continue;
    failed_node_ = step.node;
    return fail(Code::kInvalid, broken(step.op));
  }
  return {};
}

Result<std::span<const double>> Plan::draws(std::size_t at) {
  // What is needed and not there yet; steps read earlier steps alone.
  std::vector<bool> needed(at + 1, false);
  needed[at] = true;
  std::size_t held = 0;
  for (std::size_t i = at + 1; i-- > 0;) {
    if (needed[i] && steps_[i].drawn.empty() && steps_[i].op != Op::kConstant &&
        steps_[i].op != Op::kVariable) {
      needed[steps_[i].a] = true;
      needed[steps_[i].b] = true;
    }
  }
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (!steps_[i].drawn.empty() || (i <= at && needed[i])) held += samples_;
  }
  if (held > kMaxDraws) {
    return fail(Code::kLimit, "this needs " + std::to_string(held) + " draws; " +
                                  std::to_string(kMaxDraws) + " are allowed: ask fewer samples");
  }
  for (std::size_t i = 0; i <= at; ++i) {
    if (needed[i] && steps_[i].drawn.empty()) TRY_VOID(draw(steps_[i]));
  }
  return std::span<const double>(steps_[at].drawn);
}

}  // namespace daytwo::model::quantity
