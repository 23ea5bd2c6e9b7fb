#include "chance/regression.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "base/check.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

constexpr Eigen::Index kTerms = 10;  // of the spline
constexpr int kDegree = 4;           // of the products
// Smoothing parameters that cross-validation chooses from: 10^-4 .. 10^6 of the mean weight.
constexpr int kSmoothings = 21;

// The four cubic B-splines that are not 0 at t in [0, 1) of a cell.
std::array<double, 4> cubic(double t) {
  const double s = 1 - t;
  return {s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6,
          t * t * t / 6};
}

// All exponents of `count` scores whose sum is at most kDegree.
std::vector<std::array<int, 4>> products(std::size_t count) {
  std::vector<std::array<int, 4>> out;
  for (int code = 0; code < 625; ++code) {
    const std::array<int, 4> power = {code % 5, code / 5 % 5, code / 25 % 5, code / 125};
    if (power[0] + power[1] + power[2] + power[3] > kDegree) continue;
    bool fits = true;
    for (std::size_t i = count; i < 4; ++i) fits = fits && power.at(i) == 0;
    if (fits) out.push_back(power);
  }
  return out;
}

}  // namespace

// Normal equations of either kind: every row has at most `width` terms from its first one on.
struct Regression::Design {
  std::size_t draws = 0;
  bool constant = false;
  bool spline = false;
  // Of the spline: the first term and four weights of each draw.
  std::vector<Eigen::Index> first;
  std::vector<std::array<double, 4>> weight;
  // Of the products: the whole matrix.
  Eigen::MatrixXd matrix;
  Eigen::MatrixXd gram;

  void make_spline(std::span<const double> parameter) {
    const std::vector<double> z = normal_scores(parameter);
    const auto [least, most] = std::minmax_element(z.begin(), z.end());
    const double cells = static_cast<double>(kTerms - 3);
    const double scale = cells / (*most - *least) * (1 - 1e-12);
    gram = Eigen::MatrixXd::Zero(kTerms, kTerms);
    for (const double score : z) {
      const double place = (score - *least) * scale;
      const double cell = std::floor(place);
      first.push_back(static_cast<Eigen::Index>(cell));
      weight.push_back(cubic(place - cell));
      for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = 0; j < 4; ++j) {
          gram(first.back() + static_cast<Eigen::Index>(i),
               first.back() + static_cast<Eigen::Index>(j)) +=
              weight.back().at(i) * weight.back().at(j);
        }
      }
    }
  }

  void make_products(std::span<const std::vector<double>> parameters) {
    std::vector<std::vector<double>> scores;
    for (const auto& parameter : parameters) scores.push_back(normal_scores(parameter));
    const auto powers = products(parameters.size());
    matrix.resize(static_cast<Eigen::Index>(draws), static_cast<Eigen::Index>(powers.size()));
    for (std::size_t row = 0; row < draws; ++row) {
      for (std::size_t term = 0; term < powers.size(); ++term) {
        double value = 1;
        for (std::size_t i = 0; i < scores.size(); ++i) {
          for (int k = 0; k < powers[term].at(i); ++k) value *= scores[i][row];
        }
        matrix(static_cast<Eigen::Index>(row), static_cast<Eigen::Index>(term)) = value;
      }
    }
    gram = matrix.transpose() * matrix;
    gram.diagonal().array() += 1e-10 * gram.diagonal().mean();
  }

  // B' y.
  [[nodiscard]] Eigen::VectorXd project(std::span<const double> y, double mean) const {
    Eigen::VectorXd out = Eigen::VectorXd::Zero(gram.rows());
    if (!spline) {
      const Eigen::Map<const Eigen::VectorXd> target(y.data(), static_cast<Eigen::Index>(draws));
      return matrix.transpose() * (target.array() - mean).matrix();
    }
    for (std::size_t row = 0; row < draws; ++row) {
      for (std::size_t i = 0; i < 4; ++i) {
        out(first[row] + static_cast<Eigen::Index>(i)) += weight[row].at(i) * (y[row] - mean);
      }
    }
    return out;
  }

  // The coefficients whose generalised cross-validation score is least.
  [[nodiscard]] Eigen::VectorXd solve(const Eigen::VectorXd& right, double squares) const {
    if (!spline) return gram.ldlt().solve(right);
    Eigen::MatrixXd second = Eigen::MatrixXd::Zero(kTerms - 2, kTerms);
    for (Eigen::Index i = 0; i < kTerms - 2; ++i) {
      second(i, i) = 1;
      second(i, i + 1) = -2;
      second(i, i + 2) = 1;
    }
    const Eigen::MatrixXd bend = second.transpose() * second;
    const double unit = gram.diagonal().mean();
    const auto n = static_cast<double>(draws);
    Eigen::VectorXd best;
    double least = std::numeric_limits<double>::infinity();
    for (int i = 0; i < kSmoothings; ++i) {
      const double smoothing = unit * std::pow(10.0, -4 + 0.5 * i);
      Eigen::MatrixXd whole = gram + smoothing * bend;
      whole.diagonal().array() += 1e-12 * unit;
      const Eigen::LDLT<Eigen::MatrixXd> factored(whole);
      const Eigen::VectorXd found = factored.solve(right);
      const double freedom = factored.solve(gram).trace();
      const double residual = squares - 2 * found.dot(right) + found.dot(gram * found);
      const double score = std::max(residual, 0.0) / ((n - freedom) * (n - freedom));
      if (score >= least) continue;
      least = score;
      best = found;
    }
    return best;
  }
};

std::vector<double> normal_scores(std::span<const double> draws) {
  std::vector<std::size_t> order(draws.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return draws[i] != draws[j] ? draws[i] < draws[j] : i < j;
  });
  std::vector<double> out(draws.size());
  const auto count = static_cast<double>(draws.size());
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from + 1;
    while (to < order.size() && draws[order[to]] == draws[order[from]]) ++to;
    const double score = normal_quantile(static_cast<double>(from + to) / 2 / count);
    for (; from < to; ++from) out[order[from]] = score;
  }
  return out;
}

Regression::Regression(std::span<const std::vector<double>> parameters) {
  CHECK(!parameters.empty() && parameters.size() <= 4, "one to four parameters");
  auto design = std::make_unique<Design>();
  design->draws = parameters.front().size();
  CHECK(design->draws >= 100, "a regression needs draws");
  design->constant = true;
  for (const auto& parameter : parameters) {
    CHECK(parameter.size() == design->draws, "one value of each parameter a draw");
    const auto [least, most] = std::minmax_element(parameter.begin(), parameter.end());
    design->constant = design->constant && !(*least < *most);
  }
  design->spline = parameters.size() == 1;
  if (!design->constant) {
    design->spline ? design->make_spline(parameters.front()) : design->make_products(parameters);
  }
  design_ = std::move(design);
}

Regression::~Regression() = default;

bool Regression::is_constant() const { return design_->constant; }

std::vector<double> Regression::fitted(std::span<const double> y) const {
  CHECK(y.size() == design_->draws, "one value a draw");
  const double mean = std::accumulate(y.begin(), y.end(), 0.0) / static_cast<double>(y.size());
  std::vector<double> out(y.size(), mean);
  if (design_->constant) return out;
  double squares = 0;
  for (const double value : y) squares += (value - mean) * (value - mean);
  const Eigen::VectorXd found = design_->solve(design_->project(y, mean), squares);
  if (!design_->spline) {
    const Eigen::VectorXd all = design_->matrix * found;
    for (std::size_t row = 0; row < out.size(); ++row)
      out[row] += all(static_cast<Eigen::Index>(row));
    return out;
  }
  for (std::size_t row = 0; row < out.size(); ++row) {
    for (std::size_t i = 0; i < 4; ++i) {
      out[row] +=
          design_->weight[row].at(i) * found(design_->first[row] + static_cast<Eigen::Index>(i));
    }
  }
  return out;
}

}  // namespace daytwo::chance
