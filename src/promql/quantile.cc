#include "promql/quantile.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "base/text.h"
#include "promql/annotations.h"
#include "promql/ast.h"

namespace daytwo::promql {

double quantile(double q, std::vector<double>& values) {
  if (values.empty() || std::isnan(q)) return std::numeric_limits<double>::quiet_NaN();
  if (q < 0) return -std::numeric_limits<double>::infinity();
  if (q > 1) return std::numeric_limits<double>::infinity();
  std::sort(values.begin(), values.end(), [](double a, double b) {
    if (std::isnan(a) || std::isnan(b)) return std::isnan(a) && !std::isnan(b);
    return a < b;
  });
  const auto last = static_cast<double>(values.size() - 1);
  const double rank = q * last;
  const double lower = std::max(0.0, std::floor(rank));
  const double upper = std::min(last, lower + 1);
  const double weight = rank - std::floor(rank);
  return values[static_cast<std::size_t>(lower)] * (1 - weight) +
         values[static_cast<std::size_t>(upper)] * weight;
}

void warn_of_quantiles(Annotations& annotations, const std::vector<double>& q, ByteSpan span) {
  double last_warned = 0;
  for (const double value : q) {
    if ((value >= 0 && value <= 1) || value == last_warned) continue;
    annotations.warn("quantile value should be between 0 and 1, got " + go_number(value), span);
    last_warned = value;
  }
}

}  // namespace daytwo::promql
