// Compensated summation [Neumaier 1974, "Rundungsfehleranalyse einiger Verfahren zur Summation
// endlicher Summen"], which Prometheus 3 uses for sums and averages.
#pragma once

#include <cmath>
#include <cstddef>

namespace daytwo::promql {

// A running sum with the digits that plain addition would lose.
class KahanSum {
 public:
  KahanSum() = default;
  KahanSum(double sum, double lost) : sum_(sum), lost_(lost) {}

  void add(double value) {
    const double total = sum_ + value;
    // What rounding took from the larger of the two, without asking which it is [Knuth, TAOCP 2,
    // 4.2.2, theorem B]: the same bits as Neumaier's branches give.
    const double taken = total - sum_;
    const double error = (sum_ - (total - taken)) + (value - taken);
    lost_ = std::isinf(total) ? 0 : lost_ + error;
    sum_ = total;
  }
  [[nodiscard]] double value() const { return sum_ + lost_; }
  [[nodiscard]] double sum() const { return sum_; }
  [[nodiscard]] double lost() const { return lost_; }

 private:
  double sum_ = 0;
  double lost_ = 0;
};

// A mean that survives sums beyond the range of a double: it sums as long as that stays finite and
// then goes on with a running mean.
class KahanMean {
 public:
  void add(double value) {
    ++count_;
    if (!incremental_) {
      KahanSum next = sum_;
      next.add(value);
      if (count_ == 1 || !std::isinf(next.sum())) {
        sum_ = next;
        return;
      }
      incremental_ = true;
      const double before = count_ - 1;
      sum_ = {sum_.sum() / before, sum_.lost() / before};
    }
    add_incrementally(value);
  }
  // The mean of what was added. REQUIRES: something was added.
  [[nodiscard]] double value() const {
    return incremental_ ? sum_.value() : sum_.sum() / count_ + sum_.lost() / count_;
  }

 private:
  void add_incrementally(double value) {
    const double mean = sum_.sum();
    if (std::isinf(mean)) {
      // Infinity minus infinity would turn a mean that is infinite into NaN.
      if (std::isinf(value) && (mean > 0) == (value > 0)) return;
      if (std::isfinite(value)) return;
    }
    const double kept = (count_ - 1) / count_;
    KahanSum next(kept * mean, kept * sum_.lost());
    next.add(value / count_);
    sum_ = next;
  }

  KahanSum sum_;
  double count_ = 0;
  bool incremental_ = false;
};

// Variance about the mean, one pass [Welford 1962].
class Welford {
 public:
  void add(double value) {
    ++count_;
    const double delta = value - mean_;
    mean_ += delta / count_;
    squares_ += delta * (value - mean_);
  }
  // The population variance. REQUIRES: something was added.
  [[nodiscard]] double variance() const { return squares_ / count_; }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

}  // namespace daytwo::promql
