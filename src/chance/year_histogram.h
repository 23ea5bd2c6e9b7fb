// YearHistogram: annual losses of many years in 2,304 buckets over 18 octaves (5.4 decades), 128 to
// an octave, each with its count and sum; years without loss, below and above the buckets apart.
// A bucket is found from the bits of the double (exponent and first seven bits of the mantissa), so
// it is the same on every machine; it is 0.5 to 0.8 % wide and read by a straight line inside.
// Quantiles: VaR_p is the smallest x with F(x) >= p; P(S > x) is strict [worth.md 1].
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace daytwo::chance {

// A figure with its 95 % Monte Carlo interval: what other seeds would give, not what we do not
// know.
struct Banded {
  double value = 0;
  double low = 0;
  double high = 0;
  bool operator==(const Banded&) const = default;
};

// Ranks of the order statistics that hold a quantile with 95 %: low = binomial quantile at 2.5 %,
// high = binomial quantile at 97.5 % plus 1, both from 1 to n [David, Nagaraja, "Order Statistics",
// 3rd ed., 7.1]. REQUIRES: n > 0, 0 < p < 1.
struct Ranks {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  double coverage = 0;  // P(low-th <= quantile < high-th)
};
[[nodiscard]] Ranks quantile_ranks(std::uint64_t n, double p);

class YearHistogram {
 public:
  // Buckets from `top` / 2^18 up to `top`, rounded to bucket borders. `origin` keeps the sum of
  // squares well conditioned: the expected mean. REQUIRES: top > 0 and finite.
  YearHistogram(double top, double origin);

  // Counts the years of one block, in order. REQUIRES: no NaN, nothing below 0.
  void add(std::span<const double> years);
  // Adds another histogram of the same borders and origin. Sums depend on the order of calls.
  void merge(const YearHistogram& other);

  [[nodiscard]] std::uint64_t years() const { return years_; }
  [[nodiscard]] double mean() const;
  // Of the mean.
  [[nodiscard]] double standard_error() const;
  [[nodiscard]] Banded mean_banded() const;

  // P(S > 0), P(S > x): binomial, with the Clopper-Pearson interval.
  [[nodiscard]] Banded chance_of_loss() const;
  [[nodiscard]] Banded chance_above(double x) const;
  // With order statistics as ends (quantile_ranks). REQUIRES: 0 < p < 1.
  [[nodiscard]] Banded value_at_risk(double p) const;
  // Mean of the worst 1 - p of years, an atom split; interval by its asymptotic variance (Var(S | S
  // > VaR) + p (TVaR - VaR)^2) / (n (1 - p)) [Manistre, Hancock 2005, North American Actuarial
  // Journal 9(2):129]: runs of few blocks have no batches to compare. REQUIRES: 0 < p < 1.
  [[nodiscard]] Banded tail_value_at_risk(double p) const;

  // Of all counts and sums: equal runs have equal hashes.
  [[nodiscard]] std::uint64_t hash() const;

 private:
  [[nodiscard]] std::uint64_t above(double x) const;
  [[nodiscard]] double at_rank(double rank) const;
  [[nodiscard]] double bucket_left(std::size_t bucket) const;

  static constexpr unsigned kShift = 52 - 7;
  static constexpr std::size_t kBuckets = std::size_t{18} * 128;
  std::uint64_t base_;  // bits of the left border of bucket 0, shifted
  double origin_;
  std::uint64_t years_ = 0;
  std::uint64_t zeros_ = 0;
  double sum_ = 0;
  double squares_ = 0;  // about origin_
  // Bucket 0 is underflow (above 0), then kBuckets, the last is overflow.
  std::vector<std::uint64_t> counts_;
  std::vector<double> sums_;
};

}  // namespace daytwo::chance
