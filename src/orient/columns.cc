#include "orient/columns.h"

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "facts/sighting.h"
#include "orient/detector.h"
#include "series/labels.h"
#include "series/matcher.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::orient {

Result<std::vector<series::SeriesColumn>> recent(const View& view, std::string_view metric,
                                                 Duration back,
                                                 std::span<const series::Matcher> matchers) {
  std::vector<series::Matcher> all;
  all.push_back(series::Matcher::equal(std::string(series::kMetricName), std::string(metric)));
  all.insert(all.end(), matchers.begin(), matchers.end());
  return view.source.select(all, {view.now - back, view.now}, {});
}

std::optional<double> newest(const series::Column& column) {
  for (std::size_t i = column.size(); i-- > 0;) {
    if (series::is_stale_marker(column.numbers[i])) return std::nullopt;
    if (!std::isnan(column.numbers[i])) return column.numbers[i];
  }
  return std::nullopt;
}

std::string host_of(const series::Labels& labels, const View& view) {
  for (const std::string_view name : {"host", "instance"}) {
    if (const auto value = labels.get(name); !value.empty()) return std::string(value);
  }
  const auto hosts = seen<facts::HostSeen>(view.snapshot);
  return hosts.size() == 1 ? hosts.front().what->host : "this host";
}

Increase increase_of(const series::Column& column, Timestamp from, Timestamp to) {
  Increase out;
  std::optional<double> last;
  for (std::size_t i = 0; i < column.size(); ++i) {
    const Timestamp at = column.times[i];
    const double value = column.numbers[i];
    if (at > to) break;
    if (std::isnan(value)) continue;
    if (last && at > from) {
      const bool reset = value < *last;
      out.value += reset ? value : value - *last;
      out.resets += reset ? 1 : 0;
      ++out.increments;
    } else {
      out.first = at;
    }
    last = value;
    out.last = at;
  }
  return out;
}

}  // namespace daytwo::orient
