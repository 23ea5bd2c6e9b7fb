#include "api/prometheus_params.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "promql/parse.h"

namespace daytwo::api {
namespace {

// The whole text as a finite double.
std::optional<double> parse_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || done.ec != std::errc() || done.ptr != text.data() + text.size() ||
      !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

bool fits_milliseconds(double seconds) {
  return std::abs(seconds) < static_cast<double>(kMaxTimestamp.ms) / 1000;
}

}  // namespace

tl::unexpected<Error> bad_parameter(std::string_view name, std::string_view problem) {
  return fail(Code::kInvalid, fmt::format("invalid parameter \"{}\": {}", name, problem));
}

Result<Timestamp> parse_time_text(std::string_view text) {
  if (const auto number = parse_number(text); number && fits_milliseconds(*number)) {
    return Timestamp{static_cast<std::int64_t>(std::llround(*number * 1000))};
  }
  if (auto at = parse_rfc3339(text)) return at;
  return fail(Code::kInvalid, fmt::format("cannot parse \"{}\" to a valid timestamp", text));
}

Result<Duration> parse_span_text(std::string_view text) {
  if (const auto number = parse_number(text)) {
    if (!fits_milliseconds(*number)) {
      return fail(Code::kInvalid, fmt::format("cannot parse \"{}\" to a valid duration. It "
                                              "overflows int64",
                                              text));
    }
    return Duration{static_cast<std::int64_t>(std::llround(*number * 1000))};
  }
  if (auto span = parse_duration(text)) return span;
  return fail(Code::kInvalid, fmt::format("cannot parse \"{}\" to a valid duration", text));
}

Result<Timestamp> time_parameter(const http::Params& params, std::string_view name,
                                 Timestamp otherwise) {
  const std::string text = params.get(name);
  if (text.empty()) return otherwise;
  const auto at = parse_time_text(text);
  if (!at) return bad_parameter(name, at.error().text);
  return *at;
}

Result<Duration> span_parameter(const http::Params& params, std::string_view name,
                                Duration otherwise) {
  const std::string text = params.get(name);
  if (text.empty()) return otherwise;
  const auto span = parse_span_text(text);
  if (!span) return bad_parameter(name, span.error().text);
  return *span;
}

Result<std::size_t> limit_parameter(const http::Params& params, std::string_view name) {
  const std::string text = params.get(name);
  if (text.empty()) return std::size_t{0};
  std::int64_t limit = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (done.ec != std::errc() || done.ptr != text.data() + text.size()) {
    return bad_parameter(name, fmt::format("cannot parse \"{}\" to a whole number", text));
  }
  if (limit < 0) return bad_parameter(name, "limit must be non-negative");
  return static_cast<std::size_t>(limit);
}

Result<series::TimeRange> range_parameters(const http::Params& params) {
  series::TimeRange range;
  TRY(range.from, time_parameter(params, "start", kMinTimestamp));
  TRY(range.to, time_parameter(params, "end", kMaxTimestamp));
  if (range.to < range.from) {
    return bad_parameter("end", "end timestamp must not be before start time");
  }
  return range;
}

Result<std::vector<std::vector<series::Matcher>>> matcher_parameters(const http::Params& params) {
  std::vector<std::vector<series::Matcher>> out;
  for (const std::string& text : params.get_all("match[]")) {
    auto matchers = promql::parse_selector(text);
    if (!matchers) return bad_parameter("match[]", matchers.error().text);
    out.push_back(std::move(*matchers));
  }
  return out;
}

Result<RangeWindow> window_parameters(const http::Params& params) {
  RangeWindow window;
  for (const auto& [name, at] : {std::pair("start", &window.from), std::pair("end", &window.to)}) {
    const auto parsed = parse_time_text(params.get(name));
    if (!parsed) return bad_parameter(name, parsed.error().text);
    *at = *parsed;
  }
  if (window.to < window.from) {
    return bad_parameter("end", "end timestamp must not be before start time");
  }
  const auto step = parse_span_text(params.get("step"));
  if (!step) return bad_parameter("step", step.error().text);
  window.step = *step;
  if (window.step.ms <= 0) {
    return bad_parameter("step",
                         "zero or negative query resolution step widths are not accepted. Try a "
                         "positive integer");
  }
  if ((window.to - window.from).ms / window.step.ms > kMaxPoints) {
    return fail(Code::kInvalid,
                "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the "
                "query resolution (?step=XX)");
  }
  return window;
}

Result<std::string> decode_label_name(std::string_view text) {
  const auto invalid = [text] {
    return fail(Code::kInvalid, fmt::format("invalid label name: \"{}\"", text));
  };
  if (text.empty() || !is_utf8(text)) return invalid();
  if (!text.starts_with("U__")) return std::string(text);
  std::string out;
  for (std::size_t i = 3; i < text.size(); ++i) {
    if (text[i] != '_') {
      out += text[i];
      continue;
    }
    if (text.substr(i + 1).starts_with('_')) {
      out += '_';
      ++i;
      continue;
    }
    const std::size_t end = text.find('_', i + 1);
    std::uint32_t point = 0;
    if (end == std::string_view::npos || end - i > 7) return invalid();
    const auto done = std::from_chars(text.data() + i + 1, text.data() + end, point, 16);
    if (done.ec != std::errc() || done.ptr != text.data() + end || point > 0x10FFFF) {
      return invalid();
    }
    append_utf8(out, point);
    i = end;
  }
  if (out.empty() || !is_utf8(out)) return invalid();
  return out;
}

}  // namespace daytwo::api
