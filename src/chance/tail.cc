#include "chance/tail.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "chance/moments.h"
#include "chance/risk.h"
#include "chance/search.h"

namespace daytwo::chance {
namespace {

// Half the 95 % quantile of chi squared with one degree of freedom.
constexpr double kProfileDrop = 1.920729410347062;
constexpr double kLeastShape = -0.5;
constexpr double kMostShape = 5;

// Minus the log-likelihood of excesses under a generalised Pareto; infinite outside its support.
double cost(std::span<const double> excesses, double scale, double shape) {
  double sum = static_cast<double>(excesses.size()) * std::log(scale);
  for (const double y : excesses) {
    const double t = 1 + shape * y / scale;
    if (!(t > 0)) return INFINITY;
    sum += std::abs(shape) < 1e-9 ? y / scale : (1 + 1 / shape) * std::log(t);
  }
  return sum;
}

// ln of the best scale for a shape.
double best_scale(std::span<const double> excesses, double shape) {
  double mean = 0;
  double most = 0;
  for (const double y : excesses) {
    mean += y / static_cast<double>(excesses.size());
    most = std::max(most, y);
  }
  const double least = shape < 0 ? std::log(-shape * most * (1 + 1e-12)) : std::log(mean) - 12;
  return lowest(least, std::max(least, std::log(mean)) + 6,
                [&](double ln) { return cost(excesses, std::exp(ln), shape); });
}

double profile(std::span<const double> excesses, double shape) {
  return cost(excesses, std::exp(best_scale(excesses, shape)), shape);
}

// Where the profile has risen by kProfileDrop, towards `end`; `end` itself if it never does.
double profile_end(std::span<const double> excesses, double best, double end, double least) {
  double inside = best;
  double outside = end;
  if (profile(excesses, end) - least < kProfileDrop) return end;
  for (int step = 0; step < 60; ++step) {
    const double middle = (inside + outside) / 2;
    (profile(excesses, middle) - least < kProfileDrop ? inside : outside) = middle;
  }
  return (inside + outside) / 2;
}

// Standard errors from the second differences of the cost.
void add_errors(std::span<const double> excesses, TailFit& fit) {
  const double hs = 1e-4 * fit.scale;
  const double hx = 1e-4;
  const auto at = [&](double s, double x) {
    return cost(excesses, fit.scale + s * hs, fit.shape + x * hx);
  };
  const double middle = at(0, 0);
  const double ss = (at(1, 0) - 2 * middle + at(-1, 0)) / (hs * hs);
  const double xx = (at(0, 1) - 2 * middle + at(0, -1)) / (hx * hx);
  const double sx = (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * hs * hx);
  const double determinant = ss * xx - sx * sx;
  fit.scale_error = determinant > 0 ? std::sqrt(xx / determinant) : INFINITY;
  fit.shape_error = determinant > 0 ? std::sqrt(ss / determinant) : INFINITY;
}

}  // namespace

TailMeasure tail_of(std::span<const Atom> atoms, double p) {
  CHECK(p > 0 && p < 1, "a tail is asked for a probability inside (0, 1)");
  std::vector<Atom> sorted(atoms.begin(), atoms.end());
  std::sort(sorted.begin(), sorted.end(),
            [](const Atom& a, const Atom& b) { return a.loss > b.loss; });
  double total = 0;
  for (const Atom& atom : sorted) {
    CHECK(atom.chance >= 0, "a chance is not negative");
    total += atom.chance;
  }
  CHECK(std::abs(total - 1) < 1e-9, "chances add to 1");
  TailMeasure out;
  double left = 1 - p;
  double sum = 0;
  for (const Atom& atom : sorted) {
    out.at_risk = atom.loss;
    const double taken = std::min(left, atom.chance);
    sum += taken * atom.loss;
    left -= taken;
    // F(at_risk) >= p holds from the atom on that spans 1 - p; rounding must not skip it.
    if (left < 1e-12) {
      if (atom.chance - taken > 1e-12 || &atom == &sorted.back()) break;
      const auto next = static_cast<std::size_t>(&atom - sorted.data()) + 1;
      out.at_risk = sorted[next].loss;
      break;
    }
  }
  out.tail = sum / (1 - p);
  return out;
}

TailMeasure tail_of(const Distribution& loss, double p) {
  const double at_risk = loss.quantile(p);
  const double mean = loss.mean();
  if (std::isinf(mean)) return {at_risk, mean};
  // E (X - VaR)+ = E X - E min(X, VaR).
  return {at_risk, at_risk + (mean - capped(loss, at_risk).mean()) / (1 - p)};
}

double layer_mean(const Distribution& loss, double attachment, double width) {
  CHECK(attachment >= 0 && width > 0, "a layer lies above 0 and has a width");
  const double top = std::isinf(width) ? loss.mean() : capped(loss, attachment + width).mean();
  return top - capped(loss, attachment).mean();
}

double certainty_equivalent(std::span<const double> draws, double aversion) {
  CHECK(!draws.empty() && aversion > 0, "an aversion to some losses");
  const double most = *std::max_element(draws.begin(), draws.end());
  double sum = 0;
  for (const double x : draws) sum += std::exp(aversion * (x - most));
  return most + std::log(sum / static_cast<double>(draws.size())) / aversion;
}

Result<double> certainty_equivalent(const Risk& risk, double aversion) {
  CHECK(aversion > 0, "an aversion");
  std::vector<Hit> hits = risk.hits;
  if (hits.empty()) hits.push_back({1, risk.size});
  double event = 1;  // E e^(a X) of one event
  for (const Hit& hit : hits) {
    const double one = exponential_mean(hit.size, aversion);
    if (!std::isfinite(one)) {
      return fail(Code::kInvalid, risk.name + ": with this aversion no price is high enough for " +
                                      hit.size.to_string() + ": state a limit ('never above ...')");
    }
    event *= 1 - hit.chance + hit.chance * one;
  }
  switch (risk.count) {
    case Count::kPoisson:
      return risk.rate * (event - 1) / aversion;
    case Count::kAtMostOnce:
      return std::log1p(risk.rate * (event - 1)) / aversion;
    case Count::kNegativeBinomial: {
      const double left = 1 - risk.clustering * (event - 1);
      if (left > 0) return -risk.rate / risk.clustering * std::log(left) / aversion;
      return fail(Code::kInvalid, risk.name + ": with this aversion no price is high enough");
    }
  }
  return 0.0;
}

double TailFit::chance_above(double x) const {
  CHECK(x >= threshold, "the tail begins at its threshold");
  return static_cast<double>(above) / static_cast<double>(count) *
         pareto(threshold, scale, shape).chance_above(x);
}

double TailFit::value_at_risk(double p) const {
  const double share = (1 - p) * static_cast<double>(count) / static_cast<double>(above);
  CHECK(p < 1 && share <= 1 + 1e-12, "the tail begins at its threshold");
  if (std::abs(shape) < 1e-12) return threshold - scale * std::log(share);
  return threshold + scale / shape * std::expm1(-shape * std::log(share));
}

Result<double> TailFit::shortfall(double p) const {
  if (shape >= 1) {
    return fail(Code::kInvalid, "a tail of shape " + format_double(shape) +
                                    " has no mean: state a limit ('never above ...')");
  }
  return (value_at_risk(p) + scale - shape * threshold) / (1 - shape);
}

Result<TailFit> fit_tail(std::span<const double> losses, double threshold) {
  std::vector<double> excesses;
  for (const double loss : losses) {
    if (!std::isfinite(loss)) return fail(Code::kInvalid, "a loss is not a number");
    if (loss > threshold) excesses.push_back(loss - threshold);
  }
  if (excesses.size() < kLeastTail) {
    return fail(Code::kInvalid, std::to_string(excesses.size()) + " losses above " +
                                    format_double(threshold) + ", " + std::to_string(kLeastTail) +
                                    " are needed: keep the stated lognormal");
  }
  TailFit out;
  out.threshold = threshold;
  out.count = losses.size();
  out.above = excesses.size();
  out.shape =
      lowest(kLeastShape, kMostShape, [&](double shape) { return profile(excesses, shape); });
  if (out.shape < kLeastShape + 1e-6 || out.shape > kMostShape - 1e-6) {
    return fail(Code::kInvalid, "no tail fits these losses: try another threshold");
  }
  out.scale = std::exp(best_scale(excesses, out.shape));
  out.minus_log_likelihood = cost(excesses, out.scale, out.shape);
  out.shape_low = profile_end(excesses, out.shape, kLeastShape, out.minus_log_likelihood);
  out.shape_high = profile_end(excesses, out.shape, kMostShape, out.minus_log_likelihood);
  add_errors(excesses, out);
  return out;
}

Result<Distribution> spliced(const Distribution& body, const TailFit& tail) {
  const double share = static_cast<double>(tail.above) / static_cast<double>(tail.count);
  Distribution end = pareto(tail.threshold, tail.scale, tail.shape);
  if (share >= 1) return end;
  TRY(Distribution middle, truncated(body, -INFINITY, tail.threshold));
  return mixture(std::array{std::move(middle), end}, std::array{1 - share, share});
}

std::vector<ExcessPoint> mean_excess(std::span<const double> losses) {
  CHECK(losses.size() >= 2, "an excess needs a larger loss");
  std::vector<double> sorted(losses.begin(), losses.end());
  std::sort(sorted.begin(), sorted.end());
  std::vector<ExcessPoint> out(sorted.size() - 1);
  double sum = 0;
  for (std::size_t i = sorted.size() - 1; i > 0; --i) {
    sum += sorted[i];
    out[i - 1] = {sorted[i - 1], sum / static_cast<double>(sorted.size() - i) - sorted[i - 1]};
  }
  return out;
}

double hill(std::span<const double> losses, std::size_t largest) {
  CHECK(largest > 0 && largest < losses.size(), "some of the losses");
  std::vector<double> sorted(losses.begin(), losses.end());
  std::sort(sorted.begin(), sorted.end(), [](double a, double b) { return a > b; });
  CHECK(sorted.back() > 0, "losses above 0");
  double sum = 0;
  for (std::size_t i = 0; i < largest; ++i) sum += std::log(sorted[i]);
  return sum / static_cast<double>(largest) - std::log(sorted[largest]);
}

}  // namespace daytwo::chance
