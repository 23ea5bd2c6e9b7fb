// Law: the distribution of a quantity where it is known in closed form (or to an exact grid): shift
// + scale * X. Arithmetic keeps a law as long as it can; what has none is drawn.
// Thread rule: immutable after construction; any thread may read.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/result.h"
#include "chance/distribution.h"
#include "chance/sampler.h"
#include "model/quantity/year.h"

namespace daytwo::model::quantity {

// What is known of a quantity's whole distribution.
class Law {
 public:
  explicit Law(chance::Distribution base) : base_(std::move(base)) {}
  // A year's loss.
  explicit Law(std::shared_ptr<const Year> year) : year_(std::move(year)) {}

  // The mean may be infinite, then so is the deviation.
  [[nodiscard]] double mean() const;
  [[nodiscard]] double deviation() const;
  // The smallest x with P(X <= x) >= p. REQUIRES: 0 < p < 1.
  [[nodiscard]] double quantile(double p) const;
  // P(X > x).
  [[nodiscard]] double chance_above(double x) const;
  // E max(X, 0), finite when the mean is.
  [[nodiscard]] std::optional<double> mean_above_zero() const;
  // The mean of the worst 1 - p of probability, an atom split if need be; nothing when infinite.
  // REQUIRES: 0 < p < 1.
  [[nodiscard]] std::optional<double> tail_mean(double p) const;

  [[nodiscard]] Law times(double factor) const;
  [[nodiscard]] Law plus(double amount) const;
  // min(X, limit) and max(X, limit); nothing for a year's loss.
  [[nodiscard]] std::optional<Law> at_most(double limit) const;
  [[nodiscard]] std::optional<Law> at_least(double limit) const;
  // X given low < X <= high. Errors: kInvalid when nothing is left, or for a year's loss.
  [[nodiscard]] Result<Law> inside(double low, double high) const;

  // Mean and deviation when X is normal; mu and s when it is lognormal; else nothing.
  [[nodiscard]] std::optional<std::pair<double, double>> as_normal() const;
  [[nodiscard]] std::optional<std::pair<double, double>> as_lognormal() const;
  // The distribution itself when it is no shifted or stretched one that the family cannot hold.
  [[nodiscard]] std::optional<chance::Distribution> as_distribution() const;
  // True for a year's loss, stretched or not.
  [[nodiscard]] bool is_year() const { return year_ != nullptr; }
  // The year when the law is that and nothing else; or null.
  [[nodiscard]] const Year* as_year() const {
    return scale_ == 1 && shift_ == 0 ? year_.get() : nullptr;
  }
  // "lognormal(12.66, 0.69)", "5 - gamma(2, 4)", "a year's loss".
  [[nodiscard]] std::string to_string() const;

  // Draws by inversion.
  class Inverter {
   public:
    explicit Inverter(const Law& law);
    // REQUIRES: 0 < u < 1.
    [[nodiscard]] double at(double u) const;

   private:
    const Law& law_;
    std::optional<chance::Sampler> sampler_;
  };

 private:
  [[nodiscard]] bool plain() const { return scale_ == 1 && shift_ == 0 && year_ == nullptr; }
  // Sets the scale and shift into the base where the family can hold them.
  void settle();

  chance::Distribution base_;
  std::shared_ptr<const Year> year_;
  double scale_ = 1;
  double shift_ = 0;
};

}  // namespace daytwo::model::quantity
