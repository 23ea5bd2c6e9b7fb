#include "orient/trend.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/time.h"
#include "orient/first_passage.h"
#include "series/value.h"

namespace daytwo::orient {
namespace {

// Small c = large effects expected: what fills a disk does so steadily. 0.01 lets six equal
// increments (a minute of samples at 10 s) pass the bar and five not.
constexpr double kPrior = 0.01;
// A hole in the samples; what lies before belongs to another episode.
constexpr Duration kGap = minutes(1);

struct Point {
  Timestamp at;
  double value = 0;
};

// The newest sample of each cell of kTrendStep, oldest first, no gap inside. The cells lie on a
// fixed grid, so that looking again does not try new starts.
std::vector<Point> thin(const series::Column& column, Timestamp now) {
  std::vector<Point> reversed;
  for (std::size_t i = column.size(); i-- > 0;) {
    const Point point{column.times[i], column.numbers[i]};
    if (point.at > now || std::isnan(point.value)) continue;
    if (point.at <= now - kEpisode) break;
    if (!reversed.empty()) {
      const Timestamp newer = reversed.back().at;
      if (newer.ms / kTrendStep.ms == point.at.ms / kTrendStep.ms) continue;
      if (newer - point.at > kGap) break;
    }
    reversed.push_back(point);
  }
  return {reversed.rbegin(), reversed.rend()};
}

// Towards zero, so a fall counts positive.
struct Increment {
  double fall = 0;
  double seconds = 0;
};

std::vector<Increment> increments_of(const std::vector<Point>& points) {
  std::vector<Increment> out;
  for (std::size_t i = 1; i < points.size(); ++i) {
    out.push_back(
        {points[i - 1].value - points[i].value, (points[i].at - points[i - 1].at).seconds()});
  }
  return out;
}

// Increments that are all alike do not say that the next one will be: after n of a kind, one of
// another kind has a chance of about 1 / (n + 1) [Laplace's rule of succession], and is off by
// about the mean. Without that, a steady fall would have a date without an interval.
double least_variance(double mean, double count) { return mean * mean / (count + 1); }

Slope slope_of(std::size_t n, double sum, double squares, double seconds) {
  const double count = static_cast<double>(n);
  const double mean = sum / count;
  const double variance =
      std::max(least_variance(mean, count), (squares - sum * mean) / (count - 1));
  return {mean, variance, n, seconds / count};
}

bool fell_in_the_last_minute(const std::vector<Point>& points) {
  if (points.size() < 2) return false;
  const Point& last = points.back();
  for (const Point& point : points) {
    if (point.at >= last.at - minutes(1)) return last.value < point.value;
  }
  return false;
}

}  // namespace

double log_evidence(std::size_t n, double sum, double squares) {
  if (n == 0 || squares <= 0) return 0;
  const double count = static_cast<double>(n);
  const double weighted = (count + kPrior) * squares;
  const double rest = weighted - sum * sum;  // positive: squares >= sum^2 / n
  return 0.5 * std::log(kPrior / (count + kPrior)) + count / 2 * std::log(weighted / rest);
}

TrendReading read_trend(const series::Column& column, Timestamp now) {
  TrendReading out;
  const std::vector<Point> points = thin(column, now);
  if (points.empty()) return out;
  out.last = points.back().value;
  out.at = points.back().at;
  const std::vector<Increment> increments = increments_of(points);
  out.increments = increments.size();
  out.falling = fell_in_the_last_minute(points);

  const double bar = std::log(static_cast<double>(kStarts) / kFalseAlarm);
  double sum = 0;
  double squares = 0;
  double seconds = 0;
  double best = bar;
  // From the newest increment back: each length n is one start.
  for (std::size_t n = 1; n <= increments.size(); ++n) {
    const Increment& increment = increments[increments.size() - n];
    sum += increment.fall;
    squares += increment.fall * increment.fall;
    seconds += increment.seconds;
    if (n < kMinIncrements || sum <= 0) continue;
    const double evidence = log_evidence(n, sum, squares);
    if (evidence < best) continue;
    best = evidence;
    out.trend = Trend{slope_of(n, sum, squares, seconds), points[points.size() - 1 - n].at,
                      points.back().at, points.back().value, evidence};
  }
  // A trend that has stopped is no trend, however strong its first half was.
  if (!out.falling) out.trend.reset();
  return out;
}

}  // namespace daytwo::orient
