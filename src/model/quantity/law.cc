#include "model/quantity/law.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "chance/sampler.h"

namespace daytwo::model::quantity {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The largest double below x: X >= x is X > before(x).
double before(double x) { return std::nextafter(x, -kInfinity); }

}  // namespace

double Law::mean() const {
  const double base = year_ ? year_->mean() : base_.mean();
  return shift_ + scale_ * base;
}

double Law::deviation() const {
  if (year_) return std::abs(scale_) * std::sqrt(year_->variance());
  return std::isinf(base_.mean()) ? kInfinity : std::abs(scale_) * base_.deviation();
}

double Law::quantile(double p) const {
  // Weights of atoms add with rounding: a quantile at their very edge belongs to the lower one.
  const double edge = base_.family == chance::Family::kMixture ? 1e-13 : 0;
  const double at = (scale_ > 0 ? p : 1 - p) - edge;
  const double inner = std::clamp(at, 1e-300, 1 - 0x1p-53);
  if (!year_) return shift_ + scale_ * base_.quantile(inner);
  // Within the mass at nothing the quantile is 0, not the middle of the first cell.
  const double base = inner <= year_->chance_of_none() ? 0 : year_->exact().value_at_risk(inner);
  return shift_ + scale_ * base;
}

double Law::chance_above(double x) const {
  const double at = (x - shift_) / scale_;
  if (year_) {
    const double above = at < 0    ? 1
                         : at == 0 ? 1 - year_->chance_of_none()
                                   : year_->chance_above(at);
    return scale_ > 0 ? above : 1 - above;
  }
  // -X > x is X < -x.
  return scale_ > 0 ? base_.chance_above(at) : base_.cdf(before(at));
}

std::optional<double> Law::mean_above_zero() const {
  if (!std::isfinite(mean())) return std::nullopt;
  if (year_) {
    if (scale_ > 0 && shift_ >= 0) return mean();
    return std::nullopt;
  }
  const auto above = at_least(0);
  return above ? std::optional(above->mean()) : std::nullopt;
}

// E[X; X > q] + q (1 - p - P(X > q)), over 1 - p, with E[X; X > q] = E max(X, q) - q P(X <= q).
std::optional<double> Law::tail_mean(double p) const {
  if (!std::isfinite(mean())) return std::nullopt;
  if (year_) {
    if (scale_ > 0) return shift_ + scale_ * year_->exact().tail_value_at_risk(p);
    return std::nullopt;
  }
  const double q = quantile(p);
  const auto above = at_least(q);
  if (!above) return std::nullopt;
  return q + (above->mean() - q) / (1 - p);
}

Law Law::times(double factor) const {
  CHECK(factor != 0, "a law times 0 is no law: it is the number 0");
  Law out = *this;
  out.scale_ *= factor;
  out.shift_ *= factor;
  out.settle();
  return out;
}

Law Law::plus(double amount) const {
  Law out = *this;
  out.shift_ += amount;
  out.settle();
  return out;
}

void Law::settle() {
  if (year_) return;
  if (base_.family == chance::Family::kNormal && !base_.is_truncated() && !base_.is_clipped()) {
    base_ = chance::normal(shift_ + scale_ * base_.a, std::abs(scale_) * base_.b);
    scale_ = 1;
    shift_ = 0;
  } else if (shift_ == 0 && scale_ > 0 && scale_ != 1 && chance::scalable(base_)) {
    base_ = chance::scaled(base_, scale_);
    scale_ = 1;
  }
}

std::optional<Law> Law::at_most(double limit) const {
  if (year_) return std::nullopt;
  Law out = *this;
  const double at = (limit - shift_) / scale_;
  out.base_ = scale_ > 0 ? chance::capped(base_, at) : chance::floored(base_, at);
  return out;
}

std::optional<Law> Law::at_least(double limit) const {
  if (year_) return std::nullopt;
  Law out = *this;
  const double at = (limit - shift_) / scale_;
  out.base_ = scale_ > 0 ? chance::floored(base_, at) : chance::capped(base_, at);
  return out;
}

Result<Law> Law::inside(double low, double high) const {
  if (year_) return fail(Code::kInvalid, "a year's loss is not truncated: use min() or max()");
  double from = (low - shift_) / scale_;
  double to = (high - shift_) / scale_;
  if (scale_ < 0) std::swap(from, to);
  Law out = *this;
  TRY(out.base_, chance::truncated(base_, from, to));
  return out;
}

std::optional<std::pair<double, double>> Law::as_normal() const {
  const bool fits = plain() && base_.family == chance::Family::kNormal && !base_.is_truncated() &&
                    !base_.is_clipped();
  return fits ? std::optional(std::pair(base_.a, base_.b)) : std::nullopt;
}

std::optional<std::pair<double, double>> Law::as_lognormal() const {
  const bool fits = plain() && base_.family == chance::Family::kLognormal &&
                    !base_.is_truncated() && !base_.is_clipped();
  return fits ? std::optional(std::pair(base_.a, base_.b)) : std::nullopt;
}

std::optional<chance::Distribution> Law::as_distribution() const {
  if (!plain()) return std::nullopt;
  return base_;
}

std::string Law::to_string() const {
  std::string out = year_ ? "a year's loss" : base_.to_string();
  if (scale_ != 1) out = format_double(scale_) + " * " + out;
  return shift_ == 0 ? out : format_double(shift_) + " + " + out;
}

Law::Inverter::Inverter(const Law& law) : law_(law) {
  if (!law.year_) sampler_.emplace(law.base_);
}

double Law::Inverter::at(double u) const {
  if (!sampler_) return law_.quantile(u);
  const double at = law_.scale_ > 0 ? u : std::clamp(1 - u, 0x1p-53, 1 - 0x1p-53);
  return law_.shift_ + law_.scale_ * sampler_->at(at);
}

}  // namespace daytwo::model::quantity
