#include "tests/sim/run_out_families.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

#include "chance/seed.h"

namespace daytwo::sim {
namespace {

constexpr std::size_t kAll = kHistory + kFuture;

// What the families are made of, drawn for one path.
class Path {
 public:
  Path(std::size_t family, chance::Seed seed) : family_(family), stream_(seed, family) {
    rate_ = std::exp(between(std::log(0.1), std::log(1.0)));
    left_ = between(5, 150);
    noise_ = rate_ * between(0.5, 3);
    wave_ = rate_ * between(1, 5);
    turn_ = static_cast<double>(kHistory) - between(20, 80);
    factor_ = between(0.3, 3);
    period_ = between(15, 40);
    step_ = rate_ * between(1, 5);
    half_ = between(60, 200);
    flat_ = between(50, 85);
    since_ = between(0, period_);
  }

  std::vector<double> run() {
    std::vector<double> out(kAll);
    for (std::size_t i = 0; i < kAll; ++i) out[i] = value_at(static_cast<double>(i));
    if (family_ == kFlat) return out;
    // The last day shown is as far from the limit as the rate needs for the days left.
    const double shift = kLimit - rate_ * left_ - out[kHistory - 1];
    for (double& each : out) each += shift;
    return out;
  }

 private:
  double between(double low, double high) { return low + (high - low) * stream_.uniform(); }
  double white() { return noise_ * stream_.normal(); }
  static double turns(double days, double period) {
    return std::sin(2 * std::numbers::pi * days / period);
  }

  double value_at(double t) {
    switch (family_) {
      case 0:
        return rate_ * t + white();
      case 1:
        return level_ += rate_ + step_ * stream_.normal();
      case 2:
        memory_ = 0.8 * memory_ + 0.6 * 2 * rate_ * stream_.normal();
        return rate_ * t + wave_ * turns(t, 7) + memory_;
      case 3:
        return saw();
      case 4:
        return rate_ * (t < turn_ ? factor_ : 1) * (t - turn_) + white();
      case 5:
        level_ += 0.3 * rate_;
        if (stream_.uniform() < 0.1) level_ -= 7 * rate_ * std::log(stream_.uniform());
        return level_ + 0.3 * white();
      case kFlat:
        memory_ = 0.9 * memory_ + 0.43 * 0.1 * (kLimit - flat_) * stream_.normal();
        return flat_ + memory_;
      case 7: {
        const double bent = std::max(0.0, t - static_cast<double>(kHistory) + 61);
        return rate_ * (t + bent * bent / 120) + white();
      }
      case 8: {
        const double ago = t - static_cast<double>(kHistory);
        return 1.5 * rate_ * half_ * (1 - std::exp(-ago / half_)) + white();
      }
      default:
        return rate_ * t + 2 * wave_ * turns(t, 30.44) + white();
    }
  }

  // Rises three times as fast as it comes to, and falls back at each clean-up.
  double saw() {
    since_ += 1;
    level_ += 3 * rate_;
    if (since_ >= period_) {
      level_ -= 2 * rate_ * period_ * between(0.8, 1.2);
      since_ = 0;
    }
    return level_ + 0.3 * white();
  }

  std::size_t family_;
  chance::Stream stream_;
  double rate_ = 0;
  double left_ = 0;
  double noise_ = 0;
  double wave_ = 0;
  double turn_ = 0;
  double factor_ = 0;
  double period_ = 0;
  double step_ = 0;
  double half_ = 0;
  double flat_ = 0;
  double since_ = 0;
  double level_ = 0;
  double memory_ = 0;
};

}  // namespace

std::vector<double> draw_path(std::size_t family, chance::Seed seed) {
  return Path(family, seed).run();
}

double truth_of(const std::vector<double>& path, double most) {
  for (std::size_t day = 1; day <= kFuture && static_cast<double>(day) < most; ++day) {
    if (path[kHistory - 1 + day] >= kLimit) return static_cast<double>(day);
  }
  return most;
}

}  // namespace daytwo::sim
