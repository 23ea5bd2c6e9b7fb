#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <span>
#include <string_view>

#include "chance/distribution.h"
#include "chance/family.h"

namespace daytwo::chance {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

constexpr std::array<FamilyWord, 20> kFamilies = {{{Family::kPoint, "point", 1},
                                                   {Family::kNormal, "normal", 2},
                                                   {Family::kLognormal, "lognormal", 2},
                                                   {Family::kGamma, "gamma", 2},
                                                   {Family::kBeta, "beta", 2},
                                                   {Family::kPert, "pert", 4},
                                                   {Family::kUniform, "uniform", 2},
                                                   {Family::kTriangular, "triangular", 3},
                                                   {Family::kStudent, "student", 3},
                                                   {Family::kLogStudent, "log_student", 3},
                                                   {Family::kPareto, "pareto", 3},
                                                   {Family::kWeibull, "weibull", 2},
                                                   {Family::kMetalog, "metalog", 3},
                                                   {Family::kMetalogAbove, "metalog_above", 4},
                                                   {Family::kMetalogWithin, "metalog_within", 5},
                                                   {Family::kPoisson, "poisson", 1},
                                                   {Family::kNegativeBinomial, "negbin", 2},
                                                   {Family::kBinomial, "binomial", 2},
                                                   {Family::kEmpirical, "empirical", 0},
                                                   {Family::kMixture, "mixture", 0}}};

}  // namespace

std::span<const FamilyWord> family_words() { return kFamilies; }

const FamilyWord& word_of(Family family) { return kFamilies.at(static_cast<std::size_t>(family)); }

bool is_count(Family family) {
  return family == Family::kPoisson || family == Family::kNegativeBinomial ||
         family == Family::kBinomial;
}

double family_end(const Distribution& x) {
  switch (x.family) {
    case Family::kBeta:
      return 1;
    case Family::kPert:
    case Family::kTriangular:
      return x.c;
    case Family::kUniform:
      return x.b;
    case Family::kPareto:
      return x.c < 0 ? x.a - x.b / x.c : kInfinity;
    case Family::kMetalogWithin:
      return x.e;
    case Family::kBinomial:
      return x.a;
    default:
      return kInfinity;
  }
}

std::string_view out_of_bounds(const Distribution& x) {
  const auto unless = [](bool fits, std::string_view why) {
    return fits ? std::string_view() : why;
  };
  switch (x.family) {
    case Family::kPoint:
    case Family::kEmpirical:
    case Family::kMixture:
      return {};
    case Family::kNormal:
    case Family::kLognormal:
      return unless(x.b >= 0, "the spread must not be negative");
    case Family::kGamma:
    case Family::kBeta:
    case Family::kWeibull:
    case Family::kNegativeBinomial:
      return unless(x.a > 0 && x.b > 0, "both parameters must be above 0");
    case Family::kPert:
      return unless(x.a < x.c && x.a <= x.b && x.b <= x.c && x.d > 0,
                    "least, likely and most must rise, and the weight must be above 0");
    case Family::kUniform:
      return unless(x.a < x.b, "lower end must be below upper end");
    case Family::kTriangular:
      return unless(x.a < x.c && x.a <= x.b && x.b <= x.c, "least, likely and most must rise");
    case Family::kStudent:
    case Family::kLogStudent:
      return unless(x.b > 0 && x.c > 0, "scale and degrees of freedom must be above 0");
    case Family::kPareto:
      return unless(x.b > 0, "the scale must be above 0");
    case Family::kMetalogWithin:
      if (x.d >= x.e) return "lower bound must be below upper bound";
      [[fallthrough]];
    case Family::kMetalog:
    case Family::kMetalogAbove:
      return unless(x.b > 0 && std::abs(x.c) <= kMetalogSkew * x.b,
                    "these coefficients make quantiles that fall");
    case Family::kPoisson:
      return unless(x.a >= 0, "the mean must not be negative");
    case Family::kBinomial:
      return unless(x.a >= 0 && x.a == std::floor(x.a) && x.b >= 0 && x.b <= 1,
                    "a whole number of trials and a chance between 0 and 1");
  }
  return {};
}

double family_mean(const Distribution& x) {
  switch (x.family) {
    case Family::kPoint:
    case Family::kNormal:
    case Family::kPoisson:
      return x.a;
    case Family::kLognormal:
      return std::exp(x.a + x.b * x.b / 2);
    case Family::kGamma:
      return x.a / x.b;
    case Family::kBeta:
      return x.a / (x.a + x.b);
    case Family::kPert:
      return (x.a + x.d * x.b + x.c) / (x.d + 2);
    case Family::kUniform:
      return (x.a + x.b) / 2;
    case Family::kTriangular:
      return (x.a + x.b + x.c) / 3;
    case Family::kStudent:
      return x.c > 1 ? x.a : kInfinity;
    case Family::kLogStudent:
      return kInfinity;
    case Family::kPareto:
      return x.c < 1 ? x.a + x.b / (1 - x.c) : kInfinity;
    case Family::kWeibull:
      return x.b * std::tgamma(1 + 1 / x.a);
    case Family::kMetalog:
      return x.a + x.c / 2;
    case Family::kMetalogAbove:  // far out ln X is (b + c/2) times an exponential
      return x.b + x.c / 2 < 1 ? kUnknown : kInfinity;
    case Family::kMetalogWithin:
      return kUnknown;
    case Family::kNegativeBinomial:
    case Family::kBinomial:
      return x.a * x.b;
    case Family::kEmpirical:
      return std::accumulate(x.points.begin(), x.points.end(), 0.0) /
             static_cast<double>(x.points.size());
    case Family::kMixture: {
      double sum = 0;
      for (std::size_t i = 0; i < x.parts.size(); ++i) sum += x.points[i] * x.parts[i].mean();
      return sum;
    }
  }
  return 0;
}

double family_variance(const Distribution& x) {
  const double mean = family_mean(x);
  switch (x.family) {
    case Family::kPoint:
      return 0;
    case Family::kNormal:
      return x.b * x.b;
    case Family::kPoisson:
      return x.a;
    case Family::kLognormal:
      return mean * mean * std::expm1(x.b * x.b);
    case Family::kGamma:
      return x.a / (x.b * x.b);
    case Family::kBeta:
      return mean * (1 - mean) / (x.a + x.b + 1);
    case Family::kPert: {
      const double sum = 2 + x.d;  // of the two shapes of the beta inside
      return (mean - x.a) * (x.c - mean) / (sum + 1);
    }
    case Family::kUniform:
      return (x.b - x.a) * (x.b - x.a) / 12;
    case Family::kTriangular:
      return ((x.c - x.a) * (x.c - x.a) - (x.b - x.a) * (x.c - x.b)) / 18;
    case Family::kStudent:
      return x.c > 2 ? x.b * x.b * x.c / (x.c - 2) : kInfinity;
    case Family::kLogStudent:
      return kInfinity;
    case Family::kPareto:
      return x.c < 0.5 ? x.b * x.b / ((1 - x.c) * (1 - x.c) * (1 - 2 * x.c)) : kInfinity;
    case Family::kWeibull:
      return x.b * x.b * std::tgamma(1 + 2 / x.a) - mean * mean;
    case Family::kMetalogAbove:
      return x.b + x.c / 2 < 0.5 ? kUnknown : kInfinity;
    case Family::kMetalog:
    case Family::kMetalogWithin:
      return kUnknown;
    case Family::kNegativeBinomial:
      return x.a * x.b * (1 + x.b);
    case Family::kBinomial:
      return x.a * x.b * (1 - x.b);
    case Family::kEmpirical: {
      double squares = 0;
      for (const double point : x.points) squares += (point - mean) * (point - mean);
      return squares / static_cast<double>(x.points.size());
    }
    case Family::kMixture: {
      double sum = 0;
      for (std::size_t i = 0; i < x.parts.size(); ++i) {
        const double part = x.parts[i].mean();
        const double deviation = x.parts[i].deviation();
        sum += x.points[i] * (deviation * deviation + (part - mean) * (part - mean));
      }
      return sum;
    }
  }
  return 0;
}

}  // namespace daytwo::chance
