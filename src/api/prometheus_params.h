// Parameters of the Prometheus-compatible routes, with Prometheus's error texts.
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "http/target.h"
#include "series/matcher.h"
#include "series/source.h"

namespace daytwo::api {

// Points of one series that a range query may have, as in Prometheus.
inline constexpr std::int64_t kMaxPoints = 11'000;

// Float seconds (rounded to ms) or RFC 3339. Errors: kInvalid.
[[nodiscard]] Result<Timestamp> parse_time_text(std::string_view text);
// Float seconds or "5m". Errors: kInvalid.
[[nodiscard]] Result<Duration> parse_span_text(std::string_view text);

// The parameter `name`, or `otherwise` when it is absent. Errors: kInvalid, 'invalid parameter
// "time": ..'.
[[nodiscard]] Result<Timestamp> time_parameter(const http::Params& params, std::string_view name,
                                               Timestamp otherwise);
[[nodiscard]] Result<Duration> span_parameter(const http::Params& params, std::string_view name,
                                              Duration otherwise);
// A number of results; 0 = all. Errors: kInvalid when it is no whole number or negative.
[[nodiscard]] Result<std::size_t> limit_parameter(const http::Params& params,
                                                  std::string_view name = "limit");
// start and end; without them all of time. Errors: kInvalid.
[[nodiscard]] Result<series::TimeRange> range_parameters(const http::Params& params);
// Each match[] as the matchers of a selector. Errors: kInvalid.
[[nodiscard]] Result<std::vector<std::vector<series::Matcher>>> matcher_parameters(
    const http::Params& params);

// The three of query_range, checked: step above 0, end not before start, at most kMaxPoints.
struct RangeWindow {
  Timestamp from;
  Timestamp to;
  Duration step;
};
// Errors: kInvalid.
[[nodiscard]] Result<RangeWindow> window_parameters(const http::Params& params);

// An error that names the parameter it came from.
[[nodiscard]] tl::unexpected<Error> bad_parameter(std::string_view name, std::string_view problem);

// The label name of a path: "U__a_2e_b" is "a.b" [Prometheus, UTF-8 in metric and label names].
[[nodiscard]] Result<std::string> decode_label_name(std::string_view text);

}  // namespace daytwo::api
