#include "decide/life.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "base/check.h"

namespace daytwo::decide {
namespace {

constexpr double kLeastReturn = -0.99;
constexpr double kMostReturn = 1000;
constexpr int kHalvings = 80;

}  // namespace

std::vector<LifeYear> years_of(const Life& life) {
  CHECK(life.years > 0 && life.years <= 100, "a life of some years");
  CHECK(life.discount > -1 && life.growth > -1 && life.decay > -1, "shares a year above -1");
  const auto count = static_cast<std::size_t>(std::ceil(life.years));
  std::vector<LifeYear> out(count + kLateLanding.size() - 1);
  for (std::size_t year = 0; year < out.size(); ++year) {
    const auto begin = static_cast<double>(year);
    const double length = year < count ? std::min(1.0, life.years - begin) : 0;
    out[year].at = begin + (length > 0 ? length : 1) / 2;
    out[year].steady = length;
    out[year].loss =
        length * std::pow(1 + life.growth, begin) * std::pow(1 - std::min(life.decay, 1.0), begin);
    for (std::size_t after = 0; after < kLateLanding.size() && year >= after; ++after) {
      out[year].late += kLateLanding.at(after) * out[year - after].loss;
    }
  }
  return out;
}

PresentValue present_value(const Life& life) {
  PresentValue out;
  for (const LifeYear& year : years_of(life)) {
    const double today = std::pow(1 + life.discount, -year.at);
    out.loss += year.loss * today;
    out.late += year.late * today;
    out.steady += year.steady * today;
  }
  return out;
}

double net_present_value(const std::vector<Flow>& flows, double discount) {
  double out = 0;
  for (const Flow& flow : flows) out += flow.amount * std::pow(1 + discount, -flow.at);
  return out;
}

std::optional<double> internal_return(const std::vector<Flow>& flows) {
  double low = kLeastReturn;
  double high = kMostReturn;
  const bool rises = net_present_value(flows, high) > 0;
  if ((net_present_value(flows, low) > 0) == rises) return std::nullopt;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    ((net_present_value(flows, middle) > 0) == rises ? high : low) = middle;
  }
  return (low + high) / 2;
}

std::optional<double> payback(const std::vector<Flow>& flows, double discount) {
  double sum = 0;
  for (const Flow& flow : flows) {
    sum += flow.amount * std::pow(1 + discount, -flow.at);
    if (sum >= 0) return flow.at;
  }
  return std::nullopt;
}

}  // namespace daytwo::decide
