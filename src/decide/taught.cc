#include "decide/taught.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "model/teaching.h"

namespace daytwo::decide {
namespace {

using How = model::Teaching::How;

double mean_of(std::span<const double> draws) {
  return std::accumulate(draws.begin(), draws.end(), 0.0) / static_cast<double>(draws.size());
}

double variance_of(std::span<const double> draws) {
  const double mean = mean_of(draws);
  double sum = 0;
  for (const double x : draws) sum += (x - mean) * (x - mean);
  return sum / static_cast<double>(draws.size());
}

// The variance of what is expected after the test.
double variance_after(const model::Teaching& test, std::span<const double> draws) {
  const double mean = mean_of(draws);
  double out = 0;
  for (const bool says_above : {false, true}) {
    double chance = 0;
    double sum = 0;
    for (const double x : draws) {
      const double above = x > mean ? test.sensitivity : 1 - test.specificity;
      const double weight = says_above ? above : 1 - above;
      chance += weight;
      sum += weight * (x - mean);
    }
    if (chance > 0) out += sum / chance * sum;
  }
  return out / static_cast<double>(draws.size());
}

}  // namespace

Result<double> explained(const model::Teaching& teaching, const Unknown& unknown) {
  CHECK(!unknown.draws.empty(), "something to learn about");
  const double variance = variance_of(unknown.draws);
  switch (teaching.how) {
    case How::kNarrower:
      return 1 - (1 - teaching.share) * (1 - teaching.share);
    case How::kReading:
      if (!unknown.unit.empty() && unknown.unit != teaching.unit) {
        return fail(Code::kInvalid,
                    fmt::format("'{}': expected the standard error of a reading of {}, in {}",
                                teaching.text, unknown.name, unknown.unit));
      }
      return variance / (variance + teaching.error * teaching.error);
    case How::kTest:
      return variance > 0 ? std::min(1.0, variance_after(teaching, unknown.draws) / variance) : 0;
    case How::kYears:
      break;
  }
  if (unknown.observed_years <= 0) {
    return fail(Code::kInvalid,
                fmt::format("'{}': expected more years of logs about a rate that was said as a "
                            "range, not about {}",
                            teaching.text, unknown.name));
  }
  return teaching.years / (teaching.years + unknown.observed_years);
}

}  // namespace daytwo::decide
