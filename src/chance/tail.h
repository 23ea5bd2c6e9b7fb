// Tails: what the worst costs on average, layers of a loss, a bound on heavy tails from data, and
// what someone averse to risk would pay to be rid of it [worth.md 5, 10].
// Sources: McNeil 1997, ASTIN Bulletin 27:117; McNeil, Frey, Embrechts, "Quantitative Risk
// Management", 2nd ed., 2015, ch. 5; Klugman, Panjer, Willmot, "Loss Models", 4th ed.
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/result.h"
#include "chance/distribution.h"
#include "chance/risk.h"

namespace daytwo::chance {

// A loss with its probability.
struct Atom {
  double loss = 0;
  double chance = 0;
};

// VaR_p (the smallest x with F(x) >= p) and the mean of the worst 1 - p of probability, an atom
// split if need be [Rockafellar, Uryasev 2000, J. Risk 2(3):21].
struct TailMeasure {
  double at_risk = 0;
  double tail = 0;
};
// REQUIRES: 0 < p < 1; chances not negative that add to 1 within 1e-9.
[[nodiscard]] TailMeasure tail_of(std::span<const Atom> atoms, double p);
// Of one distribution; the tail is infinite where the mean is. REQUIRES: 0 < p < 1.
[[nodiscard]] TailMeasure tail_of(const Distribution& loss, double p);

// Expected part of one loss that falls into the layer of `width` above `attachment`: E min(X,
// attachment + width) - E min(X, attachment). REQUIRES: attachment >= 0, width > 0 (may be
// infinite).
[[nodiscard]] double layer_mean(const Distribution& loss, double attachment, double width);

// What is paid for certain instead of a random loss by someone with exponential utility and this
// aversion per unit of loss: (1/a) ln E e^(a S). REQUIRES: aversion > 0; draws not empty.
[[nodiscard]] double certainty_equivalent(std::span<const double> draws, double aversion);
// Of a year of one risk, in closed form over its counts. Errors: kInvalid where E e^(aX) is
// infinite (a lognormal without a limit, an exponential too wide): the text asks for a limit.
[[nodiscard]] Result<double> certainty_equivalent(const Risk& risk, double aversion);

// A generalised Pareto tail above a threshold, fitted by maximum likelihood.
struct TailFit {
  double threshold = 0;
  double scale = 0;
  double shape = 0;        // from 1 on the mean is infinite
  double scale_error = 0;  // standard errors, from the observed information
  double shape_error = 0;
  double shape_low = 0;  // 95 % by profile likelihood
  double shape_high = 0;
  double minus_log_likelihood = 0;
  std::size_t count = 0;  // losses
  std::size_t above = 0;  // of which above the threshold

  // P(X > x) = (above / count) (1 + shape (x - threshold) / scale)^(-1/shape). REQUIRES: x >=
  // threshold.
  [[nodiscard]] double chance_above(double x) const;
  // u + (scale/shape) [((count/above)(1 - p))^-shape - 1]. REQUIRES: 1 - above/count <= p < 1.
  [[nodiscard]] double value_at_risk(double p) const;
  // VaR/(1 - shape) + (scale - shape u)/(1 - shape). Errors: kInvalid for shape >= 1, which has no
  // mean; the text asks for a limit.
  [[nodiscard]] Result<double> shortfall(double p) const;
};

// Fewer losses above the threshold fit no tail.
inline constexpr std::size_t kLeastTail = 25;

// Errors: kInvalid for fewer than kLeastTail losses above the threshold ("keep the stated
// lognormal"), a loss that is not finite, or no maximum inside (-1/2, 5).
[[nodiscard]] Result<TailFit> fit_tail(std::span<const double> losses, double threshold);

// `body` up to the tail's threshold, the fitted tail above it, with the share above that was seen:
// a loss whose middle is believed and whose end is measured [McNeil 1997]. Errors: kInvalid where
// the body has nothing below the threshold, or lies above it altogether.
[[nodiscard]] Result<Distribution> spliced(const Distribution& body, const TailFit& tail);

// The mean of X - u over the losses above u, for each u: straight and rising for a heavy tail.
// u are the losses themselves but the largest, in order. REQUIRES: at least two losses.
struct ExcessPoint {
  double threshold = 0;
  double excess = 0;
};
[[nodiscard]] std::vector<ExcessPoint> mean_excess(std::span<const double> losses);

// Hill's estimate of the shape from the `largest` losses: mean of ln X_i - ln X_(k+1) [Hill 1975,
// Annals of Statistics 3:1163]. REQUIRES: 0 < largest < losses.size(); all losses above 0.
[[nodiscard]] double hill(std::span<const double> losses, std::size_t largest);

}  // namespace daytwo::chance
