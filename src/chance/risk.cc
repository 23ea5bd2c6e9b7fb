#include "chance/risk.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"

namespace daytwo::chance {
namespace {

constexpr double kOneInAMillion = 1e-6;

Result<void> check_size(const Risk& risk, const Distribution& size) {
  TRY_IN(risk.name, const double mean, finite_mean(size));
  if (!(mean > 0)) {
    return fail(Code::kInvalid, risk.name + ": the mean size must be above 0 and finite");
  }
  if (size.quantile(1e-9) < 0) return fail(Code::kInvalid, risk.name + ": a size below 0");
  return {};
}

Result<void> check_risk(const Risk& risk) {
  const bool once = risk.count == Count::kAtMostOnce;
  if (!(risk.rate >= 0) || !std::isfinite(risk.rate) || (once && risk.rate > 1)) {
    return fail(Code::kInvalid, risk.name + ": a rate of " + format_double(risk.rate));
  }
  if (risk.rate > kMaxRate) {
    return fail(Code::kLimit, risk.name + ": " + format_double(risk.rate) +
                                  " events a year; the limit is " + format_double(kMaxRate));
  }
  if (risk.count == Count::kNegativeBinomial &&
      (!(risk.clustering > 0) || !std::isfinite(risk.clustering))) {
    return fail(Code::kInvalid, risk.name + ": a clustering of " + format_double(risk.clustering));
  }
  if (risk.hits.empty()) return check_size(risk, risk.size);
  for (const Hit& hit : risk.hits) {
    if (!(hit.chance >= 0 && hit.chance <= 1)) {
      return fail(Code::kInvalid, risk.name + ": a chance of " + format_double(hit.chance));
    }
    TRY_VOID(check_size(risk, hit.size));
  }
  return {};
}

}  // namespace

double Risk::event_mean() const {
  if (hits.empty()) return size.mean();
  double sum = 0;
  for (const Hit& hit : hits) sum += hit.chance * hit.size.mean();
  return sum;
}

double Risk::event_variance() const {
  if (hits.empty()) return size.deviation() * size.deviation();
  double sum = 0;
  for (const Hit& hit : hits) {
    const double mean = hit.size.mean();
    const double deviation = hit.size.deviation();
    sum +=
        hit.chance * (deviation * deviation + mean * mean) - hit.chance * hit.chance * mean * mean;
  }
  return sum;
}

double Risk::event_of_nothing() const {
  if (hits.empty()) return size.cdf(0);
  double product = 1;
  for (const Hit& hit : hits) product *= 1 - hit.chance * hit.size.chance_above(0);
  return product;
}

double Risk::event_above(double x) const {
  if (hits.empty()) return size.chance_above(x);
  double sum = 0;
  for (const Hit& hit : hits) {
    sum += hit.chance * hit.size.chance_above(x / static_cast<double>(hits.size()));
  }
  return std::min(sum, 1.0);
}

double Risk::annual_variance() const {
  const double mean = event_mean();
  const double variance = event_variance();
  switch (count) {
    case Count::kPoisson:
      return rate * (variance + mean * mean);
    case Count::kAtMostOnce:
      return rate * variance + rate * (1 - rate) * mean * mean;
    case Count::kNegativeBinomial:
      return rate * variance + rate * (1 + clustering) * mean * mean;
  }
  return 0;
}

double Risk::loss_free() const {
  const double some = 1 - event_of_nothing();
  switch (count) {
    case Count::kPoisson:
      return std::exp(-rate * some);
    case Count::kAtMostOnce:
      return 1 - rate * some;
    case Count::kNegativeBinomial:
      return std::exp(-rate / clustering * std::log1p(clustering * some));
  }
  return 1;
}

Risk uncertain_rate(std::string name, const Distribution& rate, Distribution size) {
  CHECK(rate.family == Family::kGamma && !rate.is_truncated() && !rate.is_clipped(),
        "an uncertain rate is a gamma");
  return {std::move(name), Count::kNegativeBinomial, rate.a / rate.b, std::move(size), 1 / rate.b};
}

Result<void> check_risks(std::span<const Risk> risks) {
  if (risks.empty()) return fail(Code::kInvalid, "no risk to add up");
  if (risks.size() > kMaxRisks) {
    return fail(Code::kLimit,
                std::to_string(risks.size()) + " risks; the limit is " + std::to_string(kMaxRisks));
  }
  std::set<std::string_view> names;
  for (const Risk& risk : risks) {
    TRY_VOID(check_risk(risk));
    if (!names.insert(risk.name).second) {
      return fail(Code::kInvalid, "two risks are called '" + risk.name + "': rename one");
    }
  }
  return {};
}

double top_loss(std::span<const Risk> risks) {
  double mean = 0;
  double variance = 0;
  for (const Risk& risk : risks) {
    mean += risk.annual_mean();
    const double own = risk.annual_variance();
    if (std::isfinite(own)) variance += own;
  }
  const auto events_above = [&](double x) {
    double sum = 0;
    for (const Risk& risk : risks) sum += risk.rate * risk.event_above(x);
    return sum;
  };
  double high = std::max(mean + std::sqrt(variance), 1e-300);
  while (events_above(high) > kOneInAMillion && high < 1e300) high *= 2;
  double low = 0;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (events_above(middle) > kOneInAMillion ? low : high) = middle;
  }
  // The larger of the two: the tail of one event, or of the sum of many.
  return std::max(high + mean, mean + 10 * std::sqrt(variance));
}

}  // namespace daytwo::chance
