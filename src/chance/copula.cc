#include "chance/copula.h"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/quadrature/gauss.hpp>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "chance/risk.h"
#include "chance/sampler.h"
#include "chance/seed.h"
#include "chance/simulation.h"

namespace daytwo::chance {
namespace {

// Eigenvalues below this count as negative.
constexpr double kSlack = 1e-10;

Eigen::MatrixXd matrix_of(const Correlation& x) {
  const auto n = static_cast<Eigen::Index>(x.size);
  Eigen::MatrixXd out(n, n);
  for (std::size_t i = 0; i < x.size; ++i) {
    for (std::size_t j = 0; j < x.size; ++j) {
      out(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = x.at(i, j);
    }
  }
  return out;
}

// The nearest positive semidefinite matrix.
Eigen::MatrixXd without_negatives(const Eigen::MatrixXd& x) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(x);
  return parts.eigenvectors() * parts.eigenvalues().cwiseMax(0).asDiagonal() *
         parts.eigenvectors().transpose();
}

// Alternating projections with Dykstra's correction: onto positive semidefinite, onto diagonal 1.
Eigen::MatrixXd nearest_correlation(const Eigen::MatrixXd& stated) {
  Eigen::MatrixXd y = stated;
  Eigen::MatrixXd correction = Eigen::MatrixXd::Zero(stated.rows(), stated.cols());
  for (int step = 0; step < 500; ++step) {
    const Eigen::MatrixXd r = y - correction;
    const Eigen::MatrixXd x = without_negatives(r);
    correction = x - r;
    const Eigen::MatrixXd before = y;
    y = x;
    y.diagonal().setOnes();
    if ((y - before).cwiseAbs().maxCoeff() < 1e-12) break;
  }
  // What is left below 0 is rounding: clip it and scale the diagonal back to 1.
  y = without_negatives(y);
  const Eigen::VectorXd scale = y.diagonal().cwiseSqrt().cwiseInverse();
  return scale.asDiagonal() * y * scale.asDiagonal();
}

Result<void> check_stated(const Correlation& x) {
  if (x.size == 0 || x.values.size() != x.size * x.size) {
    return fail(Code::kInvalid, "a correlation matrix has as many rows as columns");
  }
  if (x.size > kMaxCorrelated) {
    return fail(Code::kLimit, std::to_string(x.size) + " correlated things; the limit is " +
                                  std::to_string(kMaxCorrelated));
  }
  for (std::size_t i = 0; i < x.size; ++i) {
    if (x.at(i, i) != 1) return fail(Code::kInvalid, "the diagonal of a correlation matrix is 1");
    for (std::size_t j = 0; j < i; ++j) {
      if (!(std::abs(x.at(i, j)) <= 1) || x.at(i, j) != x.at(j, i)) {
        return fail(Code::kInvalid, "correlations are symmetric and lie between -1 and 1");
      }
    }
  }
  return {};
}

std::vector<std::size_t> order_of(std::span<const double> values) {
  std::vector<std::size_t> out(values.size());
  std::iota(out.begin(), out.end(), 0U);
  std::sort(out.begin(), out.end(), [&](std::size_t i, std::size_t j) {
    return values[i] != values[j] ? values[i] < values[j] : i < j;
  });
  return out;
}

}  // namespace

double kendall_tau(double rho) { return 2 / std::numbers::pi * std::asin(rho); }

double spearman_rho(double rho) { return 6 / std::numbers::pi * std::asin(rho / 2); }

double rho_of_spearman(double spearman) { return 2 * std::sin(std::numbers::pi * spearman / 6); }

// Integral over x from z of phi(x) P(Y > z | x).
double joint_tail(double rho, double tail) {
  CHECK(std::abs(rho) < 1 && tail > 0 && tail < 1, "a correlation and a tail");
  const double z = -normal_quantile(tail);
  const double rest = std::sqrt(1 - rho * rho);
  double sum = 0;
  for (double left = z; left < std::max(z, 0.0) + 9; left += 0.25) {
    sum += boost::math::quadrature::gauss<double, 15>::integrate(
        [&](double x) {
          return std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi) *
                 normal_cdf((rho * x - z) / rest);
        },
        left, left + 0.25);
  }
  return sum;
}

double tail_dependence(double rho, double freedom) {
  CHECK(std::abs(rho) < 1 && freedom > 0, "a correlation and degrees of freedom");
  const boost::math::students_t_distribution<double> t(freedom + 1);
  return 2 * boost::math::cdf(t, -std::sqrt((freedom + 1) * (1 - rho) / (1 + rho)));
}

Result<Repaired> repaired(const Correlation& stated) {
  TRY_VOID(check_stated(stated));
  const Eigen::MatrixXd before = matrix_of(stated);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(before, Eigen::EigenvaluesOnly);
  Repaired out{stated, 0, {}};
  if (parts.eigenvalues().minCoeff() >= -kSlack) return out;
  const Eigen::MatrixXd after = nearest_correlation(before);
  Eigen::Index row = 0;
  Eigen::Index column = 0;
  out.largest_change = (after - before).cwiseAbs().maxCoeff(&row, &column);
  for (std::size_t i = 0; i < stated.size; ++i) {
    for (std::size_t j = 0; j < stated.size; ++j) {
      const auto a = static_cast<Eigen::Index>(i);
      const auto b = static_cast<Eigen::Index>(j);
      // Rounding leaves the two halves a bit apart.
      const double value = i == j ? 1 : (after(a, b) + after(b, a)) / 2;
      out.matrix.values[i * stated.size + j] = std::clamp(value, -1.0, 1.0);
    }
  }
  out.warning = "these correlations cannot hold together: the nearest that can change the one of " +
                std::to_string(row + 1) + " and " + std::to_string(column + 1) + " from " +
                format_double(before(row, column)) + " to " +
                format_double(std::round(after(row, column) * 1000) / 1000);
  return out;
}

void reorder(std::span<std::vector<double>> columns, const Correlation& matrix, double freedom,
             Seed seed) {
  CHECK(columns.size() == matrix.size && !columns.empty(), "a column for each row of the matrix");
  const std::size_t rows = columns.front().size();
  // A square root that also exists where an eigenvalue is 0.
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> parts(matrix_of(matrix));
  const Eigen::MatrixXd root =
      parts.eigenvectors() * parts.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal();
  std::vector<std::vector<double>> normals;
  for (std::size_t j = 0; j < columns.size(); ++j) {
    CHECK(columns[j].size() == rows, "columns of equal length");
    normals.emplace_back(rows);
    Stream stream(derive(seed, "copula"), j);
    for (double& z : normals.back()) z = stream.normal();
  }
  std::vector<double> shrink(rows, 1.0);
  if (freedom > 0) {  // chi squared over its degrees of freedom
    Sampler(gamma(freedom / 2, freedom / 2)).fill(shrink, derive(seed, "copula scale"));
  }
  std::vector<double> scores(rows);
  for (std::size_t j = 0; j < columns.size(); ++j) {
    for (std::size_t i = 0; i < rows; ++i) {
      double score = 0;
      for (std::size_t k = 0; k < columns.size(); ++k) {
        score += root(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(k)) * normals[k][i];
      }
      scores[i] = score / std::sqrt(shrink[i]);
    }
    std::vector<double> sorted = columns[j];
    std::sort(sorted.begin(), sorted.end());
    const std::vector<std::size_t> order = order_of(scores);
    for (std::size_t rank = 0; rank < rows; ++rank) columns[j][order[rank]] = sorted[rank];
  }
}

Result<std::vector<double>> correlated_years(std::span<const Risk> risks, const Correlation& matrix,
                                             double freedom, const SimulationOptions& options) {
  TRY_VOID(check_risks(risks));
  TRY(const Repaired usable, repaired(matrix));
  if (matrix.size != risks.size()) {
    return fail(Code::kInvalid, "a correlation matrix has one row for each risk");
  }
  const double values = static_cast<double>(risks.size()) * static_cast<double>(options.years);
  if (values > kMaxCorrelatedYears) {
    return fail(Code::kLimit, format_double(values) + " correlated years; the limit is " +
                                  format_double(kMaxCorrelatedYears));
  }
  SimulationOptions keeping = options;
  keeping.keep_years = true;
  std::vector<std::vector<double>> columns;
  for (const Risk& risk : risks) {
    TRY(Simulation run, simulate({&risk, 1}, keeping));
    columns.push_back(std::move(run.years));
  }
  reorder(columns, usable.matrix, freedom, options.seed);
  std::vector<double> out = std::move(columns.front());
  for (std::size_t j = 1; j < columns.size(); ++j) {
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += columns[j][i];
  }
  return out;
}

}  // namespace daytwo::chance
