#include "chance/search.h"

#include <cmath>
#include <functional>

namespace daytwo::chance {

double lowest(double low, double high, const std::function<double(double)>& f) {
  constexpr double kGolden = 0.6180339887498949;
  double a = high - kGolden * (high - low);
  double b = low + kGolden * (high - low);
  double at_a = f(a);
  double at_b = f(b);
  for (int step = 0; step < 120 && high - low > 1e-12 * (1 + std::abs(low)); ++step) {
    if (at_a < at_b) {
      high = b;
      b = a;
      at_b = at_a;
      a = high - kGolden * (high - low);
      at_a = f(a);
    } else {
      low = a;
      a = b;
      at_a = at_b;
      b = low + kGolden * (high - low);
      at_b = f(b);
    }
  }
  return (low + high) / 2;
}

}  // namespace daytwo::chance
