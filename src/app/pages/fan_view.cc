#include "app/pages/fan_view.h"

#include <algorithm>
#include <cmath>

#include "base/time.h"
#include "facts/judgement.h"
#include "orient/runout.h"

namespace daytwo::app {
namespace {

// Instants at which the bands are told.
constexpr int kInstants = 16;
// The bands end here: so many times the median way to the limit.
constexpr double kReach = 3;

api::FanBand band_at(const orient::Path& path, double t_seconds) {
  const auto left = [&](double p) { return std::max(0.0, path.forecast.left(t_seconds, p)); };
  api::FanBand out;
  out.at = path.at + milliseconds(std::llround(t_seconds * 1000));
  out.low95 = left(.025);
  out.low80 = left(.1);
  out.low50 = left(.25);
  out.high50 = left(.75);
  out.high80 = left(.9);
  out.high95 = left(.975);
  return out;
}

}  // namespace

std::optional<api::Fan> fan_of(const facts::Record& record) {
  const auto* finding = facts::body_as<facts::Finding>(record);
  if (finding == nullptr || finding->evidence.empty()) return std::nullopt;
  const std::optional<orient::Path> path = orient::path_of(record);
  if (!path) return std::nullopt;
  const double ends = std::min(kReach * path->forecast.quantile(.5), path->forecast.quantile(.95));
  api::Fan out;
  out.query = finding->evidence.front().query;
  out.unit = std::string(record.find_input("unit"));
  out.made = record.ts;
  for (int i = 0; i <= kInstants; ++i) {
    out.bands.push_back(band_at(*path, ends * i / kInstants));
  }
  return out;
}

}  // namespace daytwo::app
