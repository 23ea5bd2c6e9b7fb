#include "chance/knowing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <numeric>
#include <span>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "chance/regression.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

double mean_of(std::span<const double> draws) {
  CHECK(!draws.empty(), "a mean needs a draw");
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

double density(double z) { return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi); }

// E max(intercept + slope theta, 0): a limited mean, since (theta - t)+ = theta - min(theta, t).
double expected_positive(const Distribution& theta, double intercept, double slope) {
  if (slope == 0) return std::max(intercept, 0.0);
  const double turn = -intercept / slope;
  const double limited = capped(theta, turn).mean();
  return slope > 0 ? slope * (theta.mean() - limited) : -slope * (turn - limited);
}

}  // namespace

double knowing_normal(double mean, double deviation) {
  CHECK(deviation >= 0, "a deviation is not negative");
  if (deviation == 0) return 0;
  const double z = std::abs(mean) / deviation;
  return deviation * density(z) - std::abs(mean) * normal_cdf(-z);
}

double preposterior_deviation(double prior_deviation, double reading_deviation, double readings) {
  CHECK(prior_deviation > 0 && reading_deviation > 0 && readings > 0, "a study has some noise");
  const double noise = reading_deviation * reading_deviation / readings;
  return prior_deviation * prior_deviation / std::sqrt(prior_deviation * prior_deviation + noise);
}

double posterior_deviation(double prior_deviation, double reading_deviation, double readings) {
  CHECK(prior_deviation > 0 && reading_deviation > 0 && readings > 0, "a study has some noise");
  const double noise = reading_deviation * reading_deviation / readings;
  return prior_deviation * std::sqrt(noise / (prior_deviation * prior_deviation + noise));
}

double knowing_all(std::span<const double> net) {
  double positive = 0;
  for (const double x : net) positive += std::max(x, 0.0);
  const double value = positive / static_cast<double>(net.size()) - std::max(mean_of(net), 0.0);
  return std::max(value, 0.0);
}

Study knowing_share(std::span<const double> net, double share, double delay_loss) {
  CHECK(share >= 0 && share <= 1, "a study explains a share of what we do not know");
  const double mean = mean_of(net);
  const double reach = std::sqrt(share);
  double after = 0;
  double flips = 0;
  for (const double x : net) {
    const double posterior = mean + reach * (x - mean) - delay_loss;
    after += std::max(posterior, 0.0);
    if ((posterior > 0) != (mean > 0)) flips += 1;
  }
  const auto count = static_cast<double>(net.size());
  return {after / count - std::max(mean, 0.0), flips / count};
}

double knowing_one(std::span<const double> net, std::span<const double> parameter) {
  CHECK(net.size() == parameter.size(), "one parameter value a draw");
  const std::array<std::vector<double>, 2> nets = {std::vector<double>(net.size()),
                                                   std::vector<double>(net.begin(), net.end())};
  const std::array<std::vector<double>, 1> about = {
      std::vector<double>(parameter.begin(), parameter.end())};
  return knowing_about(nets, about).value;
}

Knowing knowing_best(std::span<const std::vector<double>> nets) {
  CHECK(!nets.empty(), "a choice needs options");
  const auto best = std::max_element(nets.begin(), nets.end(), [](const auto& a, const auto& b) {
    return mean_of(a) < mean_of(b);
  });
  const std::size_t count = best->size();
  double sum = 0;
  double squares = 0;
  for (std::size_t i = 0; i < count; ++i) {
    double most = (*best)[i];
    for (const auto& net : nets) most = std::max(most, net[i]);
    const double gain = most - (*best)[i];
    sum += gain;
    squares += gain * gain;
  }
  const auto n = static_cast<double>(count);
  const double mean = sum / n;
  return {mean, std::sqrt(std::max(0.0, squares / n - mean * mean) / n)};
}

Knowing knowing_about(std::span<const std::vector<double>> nets,
                      std::span<const std::vector<double>> parameters) {
  CHECK(!nets.empty(), "a choice needs options");
  const Regression regression(parameters);
  if (regression.is_constant()) return {};
  std::vector<std::vector<double>> fitted;
  for (const auto& net : nets) fitted.push_back(regression.fitted(net));
  // Fitted values have the means of what they fit, so the best option is the same.
  Knowing out = knowing_best(fitted);
  out.value = std::min(out.value, knowing_best(nets).value);
  return out;
}

Result<TestStudy> knowing_by_test(double fix_cost, double chance, double loss, double sensitivity,
                                  double specificity) {
  const auto share = [](double p) { return p >= 0 && p <= 1; };
  if (!share(chance) || !share(sensitivity) || !share(specificity)) {
    return fail(Code::kInvalid, "a probability lies between 0 and 100 %");
  }
  if (!(fix_cost >= 0) || !(loss >= 0)) return fail(Code::kInvalid, "a cost is not below 0");
  TestStudy out;
  out.cost_now = std::min(fix_cost, chance * loss);
  out.perfect = out.cost_now - chance * std::min(fix_cost, loss);
  out.positive = chance * sensitivity + (1 - chance) * (1 - specificity);
  const double hit = chance * sensitivity;
  const double missed = chance * (1 - sensitivity);
  if (out.positive > 0) out.present_after_positive = hit / out.positive;
  if (out.positive < 1) out.present_after_negative = missed / (1 - out.positive);
  const double after = std::min(out.positive * fix_cost, hit * loss) +
                       std::min((1 - out.positive) * fix_cost, missed * loss);
  out.value = std::max(out.cost_now - after, 0.0);
  return out;
}

CountStudy knowing_by_trials(double alpha, double beta_shape, std::int64_t trials, double intercept,
                             double slope) {
  CHECK(alpha > 0 && beta_shape > 0 && trials >= 1, "a prior and at least one trial");
  const double now = std::max(intercept + slope * alpha / (alpha + beta_shape), 0.0);
  const auto n = static_cast<double>(trials);
  const auto ln_beta = [](double a, double b) {
    return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  };
  double after = 0;
  for (std::int64_t k = 0; k <= trials; ++k) {
    const auto hits = static_cast<double>(k);
    const double ln_chance =
        std::lgamma(n + 1) - std::lgamma(hits + 1) - std::lgamma(n - hits + 1) +
        ln_beta(alpha + hits, beta_shape + n - hits) - ln_beta(alpha, beta_shape);
    const double posterior = (alpha + hits) / (alpha + beta_shape + n);
    after += std::exp(ln_chance) * std::max(intercept + slope * posterior, 0.0);
  }
  const double perfect = expected_positive(beta(alpha, beta_shape), intercept, slope);
  return {std::max(after - now, 0.0), std::max(perfect - now, 0.0)};
}

CountStudy knowing_by_years(double shape, double rate, double years, double intercept,
                            double slope) {
  CHECK(shape > 0 && rate > 0 && years > 0, "a prior and some time");
  const double now = std::max(intercept + slope * shape / rate, 0.0);
  // The count to come is negative binomial; summed until what is left cannot matter.
  double after = 0;
  double seen = 0;
  for (int k = 0; k < 1'000'000 && seen < 1 - 1e-14; ++k) {
    const double ln_chance = std::lgamma(shape + k) - std::lgamma(shape) - std::lgamma(k + 1.0) +
                             shape * std::log(rate / (rate + years)) +
                             k * std::log(years / (rate + years));
    const double chance = std::exp(ln_chance);
    seen += chance;
    after += chance * std::max(intercept + slope * (shape + k) / (rate + years), 0.0);
    if (k > 10 && chance < 1e-16 && k > shape / rate * years) break;
  }
  const double perfect = expected_positive(gamma(shape, rate), intercept, slope);
  return {std::max(after - now, 0.0), std::max(perfect - now, 0.0)};
}

}  // namespace daytwo::chance
