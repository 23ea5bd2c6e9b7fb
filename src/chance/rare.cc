#include "chance/rare.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "chance/distribution.h"
#include "chance/risk.h"
#include "chance/sampler.h"
#include "chance/seed.h"

namespace daytwo::chance {
namespace {

// Mean and standard error of draws that come one by one.
class Running {
 public:
  void add(double x) {
    count_ += 1;
    const double gap = x - mean_;
    mean_ += gap / count_;
    squares_ += gap * (x - mean_);
  }
  [[nodiscard]] Sampled result() const {
    return {mean_, std::sqrt(squares_ / std::max(count_ - 1, 1.0) / count_)};
  }

 private:
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

}  // namespace

Sampled normal_tail(double z, std::size_t draws, Seed seed) {
  CHECK(draws > 0, "a figure needs a draw");
  Stream stream(derive(seed, "normal tail"), 0);
  Running out;
  for (std::size_t i = 0; i < draws; ++i) {
    const double x = z + stream.normal();
    out.add(x > z ? std::exp(z * z / 2 - z * x) : 0);
  }
  return out.result();
}

Result<Sampled> rare_annual_loss(std::span<const Risk> risks, double x, std::size_t draws,
                                 Seed seed) {
  CHECK(draws > 0 && x > 0, "a loss above 0 and a draw");
  TRY_VOID(check_risks(risks));
  std::vector<Distribution> sizes;
  std::vector<double> rates;
  double rate = 0;
  for (const Risk& risk : risks) {
    if (risk.count != Count::kPoisson || !risk.hits.empty()) {
      return fail(Code::kInvalid, risk.name + ": rare losses are of Poisson risks of one size");
    }
    if (risk.rate <= 0) continue;
    sizes.push_back(risk.size);
    rates.push_back(risk.rate);
    rate += risk.rate;
  }
  if (sizes.empty()) return Sampled{};
  // Poisson risks together are one Poisson risk whose size is their mixture.
  TRY(const Distribution event, mixture(sizes, rates));
  const Sampler sampler(event);
  const Sampler counts(poisson(rate));
  const double alone = event.chance_above(x);
  Stream stream(derive(seed, "rare annual loss"), 0);
  Running out;
  for (std::size_t i = 0; i < draws; ++i) {
    const double count = counts.at(stream.uniform());
    double largest = 0;
    double sum = 0;
    for (double k = 1; k < count; k += 1) {
      const double size = sampler.at(stream.uniform());
      largest = std::max(largest, size);
      sum += size;
    }
    const double needed = std::max(largest, x - sum);
    const double chance = count > 0 ? count * event.chance_above(needed) : 0;
    out.add(chance - (count - rate) * alone);
  }
  return out.result();
}

Sampled controlled_mean(std::span<const double> values, std::span<const double> control,
                        double known) {
  CHECK(values.size() == control.size() && values.size() >= 2, "a control for each value");
  const auto n = static_cast<double>(values.size());
  double mean = 0;
  double centre = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    mean += values[i] / n;
    centre += control[i] / n;
  }
  double together = 0;
  double spread = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    together += (values[i] - mean) * (control[i] - centre);
    spread += (control[i] - centre) * (control[i] - centre);
  }
  const double beta = spread > 0 ? together / spread : 0;
  Running out;
  for (std::size_t i = 0; i < values.size(); ++i) out.add(values[i] - beta * (control[i] - known));
  return out.result();
}

}  // namespace daytwo::chance
