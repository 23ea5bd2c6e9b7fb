#include "chance/pool.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"

namespace daytwo::chance {
namespace {

constexpr std::array<double, 4> kExpected = {.05, .45, .45, .05};

std::vector<double> or_equal(std::span<const double> weights, std::size_t count) {
  if (weights.empty()) return std::vector<double>(count, 1.0 / static_cast<double>(count));
  return {weights.begin(), weights.end()};
}

double calibration(std::span<const ScoredAnswer> answers) {
  std::array<double, 4> seen{};
  for (const ScoredAnswer& x : answers) {
    CHECK(x.p05 < x.p50 && x.p50 < x.p95, "an expert's quantiles rise");
    const std::size_t bin = x.truth <= x.p05 ? 0 : x.truth <= x.p50 ? 1 : x.truth <= x.p95 ? 2 : 3;
    seen.at(bin) += 1;
  }
  const auto n = static_cast<double>(answers.size());
  double divergence = 0;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const double share = seen.at(i) / n;
    if (share > 0) divergence += share * std::log(share / kExpected.at(i));
  }
  const boost::math::chi_squared_distribution<double> law(3);
  return boost::math::cdf(boost::math::complement(law, std::max(0.0, 2 * n * divergence)));
}

// The range of one question over all experts and the truth, widened by 10 % on each side.
std::array<double, 2> range_of(std::span<const std::vector<ScoredAnswer>> experts,
                               std::size_t question) {
  double low = experts.front()[question].truth;
  double high = low;
  for (const auto& answers : experts) {
    low = std::min(low, answers[question].p05);
    high = std::max(high, answers[question].p95);
  }
  const double margin = (high - low) / 10;
  return {low - margin, high + margin};
}

double information(const ScoredAnswer& x, std::array<double, 2> range) {
  const std::array<double, 5> edges = {range[0], x.p05, x.p50, x.p95, range[1]};
  double sum = std::log(range[1] - range[0]);
  for (std::size_t i = 0; i < kExpected.size(); ++i) {
    sum += kExpected.at(i) * std::log(kExpected.at(i) / (edges.at(i + 1) - edges.at(i)));
  }
  return sum;
}

}  // namespace

Result<Distribution> linear_pool(std::span<const Distribution> experts,
                                 std::span<const double> weights) {
  return mixture(experts, or_equal(weights, experts.size()));
}

Result<Distribution> log_pool(std::span<const Distribution> experts,
                              std::span<const double> weights) {
  // The mixture's checks of numbers and weights are the same.
  TRY(const Distribution checked, linear_pool(experts, weights));
  const Family family = experts.front().family;
  if (family != Family::kLognormal && family != Family::kNormal) {
    return fail(Code::kInvalid, "a logarithmic pool takes lognormal or normal ranges");
  }
  double precision = 0;
  double centre = 0;
  for (std::size_t i = 0; i < experts.size(); ++i) {
    const Distribution& x = experts[i];
    if (x.family != family || x.is_truncated() || x.is_clipped() || !(x.b > 0)) {
      return fail(Code::kInvalid,
                  "a logarithmic pool takes ranges of one family, without limits: " +
                      x.to_string() + " is not");
    }
    const double own = checked.points[i] / (x.b * x.b);
    precision += own;
    centre += own * x.a;
  }
  const double mean = centre / precision;
  const double spread = std::sqrt(1 / precision);
  return family == Family::kLognormal ? lognormal(mean, spread) : normal(mean, spread);
}

std::vector<Skill> skills(std::span<const std::vector<ScoredAnswer>> experts) {
  CHECK(!experts.empty() && !experts.front().empty(), "an expert answers a question");
  std::vector<Skill> out;
  const std::size_t questions = experts.front().size();
  for (const auto& answers : experts) {
    CHECK(answers.size() == questions, "all experts answer the same questions");
    double sum = 0;
    for (std::size_t i = 0; i < questions; ++i) {
      sum += information(answers[i], range_of(experts, i));
    }
    out.push_back({calibration(answers), sum / static_cast<double>(questions), questions});
  }
  return out;
}

std::vector<double> performance_weights(std::span<const Skill> skills, double least_calibration) {
  CHECK(!skills.empty(), "weights of somebody");
  std::vector<double> out;
  bool enough = true;
  for (const Skill& skill : skills) {
    enough = enough && skill.answers >= kLeastAnswers;
    out.push_back(skill.calibration >= least_calibration
                      ? skill.calibration * std::max(skill.information, 0.0)
                      : 0);
  }
  const double sum = std::accumulate(out.begin(), out.end(), 0.0);
  for (double& weight : out) {
    weight = enough && sum > 0 ? weight / sum : 1.0 / static_cast<double>(skills.size());
  }
  return out;
}

}  // namespace daytwo::chance
