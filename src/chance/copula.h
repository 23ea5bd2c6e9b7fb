// Copulas: dependence where a correlation is stated, and only there; common causes (risk.h) are the
// default because people can estimate them [worth.md 6]. Annual losses keep their own distributions
// and are put in another order [Iman, Conover 1982, Communications in Statistics B 11:311]; the t
// copula has tail dependence, the Gaussian has none [Demarta, McNeil 2005, International
// Statistical Review 73:111].
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "chance/risk.h"
#include "chance/seed.h"
#include "chance/simulation.h"

namespace daytwo::chance {

// Rank correlations of a Gaussian copula: Kendall's tau = (2/pi) asin rho, Spearman's = (6/pi)
// asin(rho/2). REQUIRES: -1 <= rho <= 1.
[[nodiscard]] double kendall_tau(double rho);
[[nodiscard]] double spearman_rho(double rho);
// The rho whose Gaussian copula has this Spearman correlation: 2 sin(pi s / 6).
[[nodiscard]] double rho_of_spearman(double spearman);

// P(both in their top `tail`) under a Gaussian copula. REQUIRES: |rho| < 1, 0 < tail < 1.
[[nodiscard]] double joint_tail(double rho, double tail);

// Lower = upper tail dependence of a t copula: 2 t_{nu+1}(-sqrt((nu+1)(1-rho)/(1+rho))).
// REQUIRES: |rho| < 1, freedom > 0.
[[nodiscard]] double tail_dependence(double rho, double freedom);

// A correlation matrix, row by row.
struct Correlation {
  std::size_t size = 0;
  std::vector<double> values;
  [[nodiscard]] double at(std::size_t i, std::size_t j) const { return values[i * size + j]; }
};

// A matrix that can be used, and what was changed to make it so.
struct Repaired {
  Correlation matrix;
  double largest_change = 0;  // 0 when nothing was changed
  std::string warning;        // empty when nothing was changed
};

// The nearest correlation matrix in the Frobenius norm, where the stated one is not positive
// semidefinite [Higham 2002, IMA Journal of Numerical Analysis 22:329]. Errors: kInvalid for a
// matrix that is not square and symmetric, whose diagonal is not 1, or with an entry outside [-1,
// 1]; kLimit above kMaxCorrelated.
[[nodiscard]] Result<Repaired> repaired(const Correlation& stated);

// Things in one correlation matrix.
inline constexpr std::size_t kMaxCorrelated = 200;

// Puts each column in the order of the copula's: same values, new places. `freedom` 0 is the
// Gaussian copula, above 0 the t copula. Same seed, same bits. REQUIRES: columns of equal length,
// one a row of the matrix, which is positive semidefinite (repaired).
void reorder(std::span<std::vector<double>> columns, const Correlation& matrix, double freedom,
             Seed seed);

// Values (risks x years) that a correlated run may hold at once.
inline constexpr double kMaxCorrelatedYears = 5e7;

// The years of a portfolio whose risks' annual losses have this copula: each risk is drawn as
// alone, its years are put in the copula's order, then all are added. Quantiles of each risk stay
// as they are, and so does the mean of the sum. histogram_of reads the result. Errors: as simulate
// and repaired (call that first and show its warning: here the matrix is repaired again, unsaid);
// kInvalid where the matrix has not one row a risk; kLimit above kMaxCorrelatedYears.
[[nodiscard]] Result<std::vector<double>> correlated_years(std::span<const Risk> risks,
                                                           const Correlation& matrix,
                                                           double freedom,
                                                           const SimulationOptions& options);

}  // namespace daytwo::chance
