// Regression of draws on draws: E[Y | parameters], which the value of knowing needs [Strong,
// Oakley, Brennan 2014, Medical Decision Making 34:311]. One parameter: a cubic P-spline of ten
// terms on its normal scores, smoothed by generalised cross-validation [Eilers, Marx 1996,
// Statistical Science 11:89; Craven, Wahba 1979, Numerische Mathematik 31:377]. Two to four: all
// products of their normal scores up to the fourth degree, by least squares. Inner header of the
// room.
#pragma once

#include <memory>
#include <span>
#include <vector>

namespace daytwo::chance {

// The design of one set of parameters, made once and used for each Y.
class Regression {
 public:
  // REQUIRES: 1 to 4 parameters, equally long, at least 100 draws.
  explicit Regression(std::span<const std::vector<double>> parameters);
  ~Regression();
  Regression(const Regression&) = delete;
  Regression& operator=(const Regression&) = delete;

  // Fitted values of `y`, in its order. REQUIRES: y is as long as the parameters.
  [[nodiscard]] std::vector<double> fitted(std::span<const double> y) const;
  // True when no parameter takes two values: then nothing is explained.
  [[nodiscard]] bool is_constant() const;

 private:
  struct Design;
  std::unique_ptr<const Design> design_;  // Eigen stays out of this header
};

// Normal scores of the ranks, ties sharing their middle rank.
[[nodiscard]] std::vector<double> normal_scores(std::span<const double> draws);

}  // namespace daytwo::chance
