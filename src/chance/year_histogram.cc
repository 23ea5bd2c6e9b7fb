#include "chance/year_histogram.h"

#include <algorithm>
#include <bit>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "base/check.h"
#include "base/hash.h"

namespace daytwo::chance {
namespace {

// Of a 95 % interval, in standard errors.
constexpr double kNinetyFive = 1.959963984540054;

// Clopper and Pearson's interval for `hits` of `count`.
Banded share(std::uint64_t hits, std::uint64_t count) {
  const auto k = static_cast<double>(hits);
  const auto n = static_cast<double>(count);
  using Law = boost::math::beta_distribution<double>;
  return {k / n, hits == 0 ? 0 : boost::math::quantile(Law(k, n - k + 1), .025),
          hits == count ? 1 : boost::math::quantile(Law(k + 1, n - k), .975)};
}

}  // namespace

Ranks quantile_ranks(std::uint64_t n, double p) {
  CHECK(n > 0 && p > 0 && p < 1, "a quantile of some years");
  namespace policies = boost::math::policies;
  using Law = boost::math::binomial_distribution<
      double, policies::policy<policies::discrete_quantile<policies::integer_round_up>>>;
  const Law law(static_cast<double>(n), p);
  const double low = std::max(1.0, boost::math::quantile(law, .025));
  const double high = std::min(static_cast<double>(n), boost::math::quantile(law, .975) + 1);
  const double below = low - 1 < 0 ? 0 : boost::math::cdf(law, low - 1);
  return {static_cast<std::uint64_t>(low), static_cast<std::uint64_t>(high),
          boost::math::cdf(law, high - 1) - below};
}

YearHistogram::YearHistogram(double top, double origin)
    : base_(0), origin_(origin), counts_(kBuckets + 2), sums_(kBuckets + 2) {
  CHECK(top > 0 && std::isfinite(top), "losses have a top");
  // Never into the denormals, whose bits are not logarithmic.
  const double least = std::max(top * 0x1p-18, std::numeric_limits<double>::min());
  base_ = std::bit_cast<std::uint64_t>(least) >> kShift;
}

double YearHistogram::bucket_left(std::size_t bucket) const {
  return std::bit_cast<double>((base_ + bucket) << kShift);
}

void YearHistogram::add(std::span<const double> years) {
  double sum = 0;
  double squares = 0;
  std::uint64_t zeros = 0;
  const std::uint64_t base = base_ - 1;
  std::uint64_t* counts = counts_.data();
  double* sums = sums_.data();
  for (const double loss : years) {
    sum += loss;
    squares += (loss - origin_) * (loss - origin_);
    // Doubles above 0 are ordered as their bits are; underflow wraps to a large number or is 0.
    const std::uint64_t bits = std::bit_cast<std::uint64_t>(loss) >> kShift;
    const std::uint64_t at = bits <= base ? 0 : std::min<std::uint64_t>(bits - base, kBuckets + 1);
    const bool some = loss > 0;
    zeros += some ? 0 : 1;
    counts[at] += some ? 1 : 0;
    sums[at] += loss;
  }
  sum_ += sum;
  squares_ += squares;
  zeros_ += zeros;
  years_ += years.size();
}

void YearHistogram::merge(const YearHistogram& other) {
  CHECK(base_ == other.base_ && origin_ == other.origin_, "histograms of the same borders");
  years_ += other.years_;
  zeros_ += other.zeros_;
  sum_ += other.sum_;
  squares_ += other.squares_;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    counts_[i] += other.counts_[i];
    sums_[i] += other.sums_[i];
  }
}

double YearHistogram::mean() const {
  CHECK(years_ > 0, "a mean needs a year");
  return sum_ / static_cast<double>(years_);
}

double YearHistogram::standard_error() const {
  const auto n = static_cast<double>(years_);
  const double gap = mean() - origin_;
  return std::sqrt(std::max(0.0, squares_ / n - gap * gap) / n);
}

Banded YearHistogram::mean_banded() const {
  const double reach = kNinetyFive * standard_error();
  return {mean(), mean() - reach, mean() + reach};
}

// Years with S > x; inside a bucket by a straight line.
std::uint64_t YearHistogram::above(double x) const {
  if (x < 0) return years_;
  std::uint64_t sum = 0;
  for (std::size_t i = counts_.size(); i > 0; --i) {
    const std::size_t bucket = i - 1;
    const double left = bucket == 0 ? 0 : bucket_left(bucket - 1);
    if (x < left) {
      sum += counts_[bucket];
      continue;
    }
    // The overflow bucket has no right end: its own mean bounds the line.
    const auto count = static_cast<double>(counts_[bucket]);
    if (count == 0) return sum;
    const double right = bucket == counts_.size() - 1
                             ? std::max(left, 2 * sums_[bucket] / count - left)
                             : bucket_left(bucket);
    const double share_above =
        right > left ? std::clamp((right - x) / (right - left), 0.0, 1.0) : 0;
    return sum + static_cast<std::uint64_t>(std::llround(count * share_above));
  }
  return sum;
}

Banded YearHistogram::chance_of_loss() const { return share(years_ - zeros_, years_); }

Banded YearHistogram::chance_above(double x) const { return share(above(x), years_); }

// The loss of the rank-th smallest year, rank from 1.
double YearHistogram::at_rank(double rank) const {
  double before = static_cast<double>(zeros_);
  if (rank <= before) return 0;
  for (std::size_t bucket = 0; bucket < counts_.size(); ++bucket) {
    const auto count = static_cast<double>(counts_[bucket]);
    if (count > 0 && rank <= before + count) {
      const double left = bucket == 0 ? 0 : bucket_left(bucket - 1);
      const double right = bucket == counts_.size() - 1
                               ? std::max(left, 2 * sums_[bucket] / count - left)
                               : bucket_left(bucket);
      return left + (right - left) * (rank - before - 0.5) / count;
    }
    before += count;
  }
  return 0;
}

Banded YearHistogram::value_at_risk(double p) const {
  CHECK(p > 0 && p < 1, "a quantile is asked for a probability inside (0, 1)");
  const Ranks ranks = quantile_ranks(years_, p);
  return {at_rank(std::max(1.0, std::ceil(p * static_cast<double>(years_)))),
          at_rank(static_cast<double>(ranks.low)), at_rank(static_cast<double>(ranks.high))};
}

Banded YearHistogram::tail_value_at_risk(double p) const {
  CHECK(p > 0 && p < 1, "a tail is asked for a probability inside (0, 1)");
  const double wanted = (1 - p) * static_cast<double>(years_);
  const double at_risk = at_rank(std::max(1.0, std::ceil(p * static_cast<double>(years_))));
  double left = wanted;
  double sum = 0;
  double squares = 0;
  for (std::size_t bucket = counts_.size(); bucket > 0 && left > 0; --bucket) {
    const auto count = static_cast<double>(counts_[bucket - 1]);
    if (count == 0) continue;
    const double taken = std::min(left, count);
    // Of the last bucket its upper part: from the quantile to its right end.
    const double right = bucket == counts_.size() ? at_risk : bucket_left(bucket - 1);
    const double mean =
        taken < count && right > at_risk ? (at_risk + right) / 2 : sums_[bucket - 1] / count;
    sum += taken * mean;
    squares += taken * mean * mean;
    left -= taken;
  }
  const double tail = sum / wanted;  // what is left are years without loss
  const double variance = std::max(0.0, squares / wanted - tail * tail);
  const double reach =
      kNinetyFive * std::sqrt((variance + p * (tail - at_risk) * (tail - at_risk)) / wanted);
  return {tail, tail - reach, tail + reach};
}

std::uint64_t YearHistogram::hash() const {
  const auto bytes = [](const auto& values) {
    return std::string_view(reinterpret_cast<const char*>(values.data()),
                            values.size() * sizeof(values[0]));
  };
  std::uint64_t out = hash64(bytes(counts_), years_ ^ zeros_);
  out = hash64(bytes(sums_), out);
  return hash64(bytes(std::array{sum_, squares_}), out);
}

}  // namespace daytwo::chance
