#include "api/prometheus_reply.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

#include "model/json.h"

namespace daytwo::api {
namespace {

// As many remarks as Prometheus passes on.
constexpr std::size_t kMaxRemarks = 10;

void append_number(std::string& out, std::int64_t number) {
  std::array<char, 24> buffer{};
  const auto done = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  out.append(buffer.data(), done.ptr);
}

// Room for a time with sign, digits and three decimals.
constexpr std::size_t kTimeBytes = 32;
// The longest 'f' form below 1e21 has 22 digits and a sign, above 1e-6 some 25; quotes besides.
constexpr std::size_t kValueBytes = 64;
// Whole numbers up to here are exact doubles, and print faster as integers.
constexpr double kExact = 9e15;

// Writes the time at `to`, which has kTimeBytes; returns its end.
char* write_time(char* to, Timestamp at) {
  std::int64_t ms = at.ms;
  if (ms < 0) {
    *to++ = '-';
    ms = -ms;
  }
  to = std::to_chars(to, to + kTimeBytes - 8, ms / 1000).ptr;
  const std::int64_t rest = ms % 1000;
  if (rest == 0) return to;
  *to++ = '.';
  *to++ = static_cast<char>('0' + rest / 100);
  *to++ = static_cast<char>('0' + rest / 10 % 10);
  *to++ = static_cast<char>('0' + rest % 10);
  return to;
}

// Writes the value in quotes at `to`, which has kValueBytes; returns its end.
char* write_value(char* to, double value) {
  const auto text = [&to](std::string_view word) { to = std::copy(word.begin(), word.end(), to); };
  const double magnitude = std::abs(value);
  *to++ = '"';
  if (std::isnan(value)) {
    text("NaN");
  } else if (std::isinf(value)) {
    text(value > 0 ? "+Inf" : "-Inf");
  } else if (magnitude < kExact && magnitude >= 1 && std::trunc(value) == value) {
    to = std::to_chars(to, to + kValueBytes - 2, static_cast<std::int64_t>(value)).ptr;
  } else {
    const bool exponent = magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21);
    to = std::to_chars(to, to + kValueBytes - 2, value,
                       exponent ? std::chars_format::scientific : std::chars_format::fixed)
             .ptr;
  }
  *to++ = '"';
  return to;
}

void append_remarks(std::string& out, std::string_view name, std::string_view kind,
                    const std::vector<std::string>& remarks) {
  if (remarks.empty()) return;
  out += fmt::format(",\"{}\":[", name);
  for (std::size_t i = 0; i < remarks.size() && i < kMaxRemarks; ++i) {
    if (i > 0) out += ',';
    model::append_json_string(out, remarks[i]);
  }
  if (remarks.size() > kMaxRemarks) {
    out += fmt::format(",\"{} more {} annotations omitted\"", remarks.size() - kMaxRemarks, kind);
  }
  out += ']';
}

struct ClassFacts {
  std::string_view name;
  int status;
};

int status_of(std::string_view error_class) {
  constexpr std::array<ClassFacts, 9> kClasses = {{{"bad_data", 400},
                                                   {"execution", 422},
                                                   {"canceled", 499},
                                                   {"timeout", 503},
                                                   {"not_found", 404},
                                                   {"not_acceptable", 406},
                                                   {"unauthorized", 401},
                                                   {"forbidden", 403},
                                                   {"unavailable", 503}}};
  for (const ClassFacts& facts : kClasses) {
    if (facts.name == error_class) return facts.status;
  }
  return 500;
}

std::string_view class_of(Code code) {
  switch (code) {
    case Code::kInvalid:
      return "bad_data";
    case Code::kNotFound:
      return "not_found";
    case Code::kUnauthenticated:
      return "unauthorized";
    case Code::kDenied:
      return "forbidden";
    case Code::kLimit:
      return "execution";
    case Code::kTimeout:
      return "timeout";
    case Code::kCanceled:
      return "canceled";
    case Code::kUnavailable:
      return "unavailable";
    default:
      return "internal";
  }
}

// Which ends of a bucket are part of it, as Prometheus numbers the four cases.
enum class Rule : int { kOpenLeft = 0, kOpenRight = 1, kOpenBoth = 2, kClosedBoth = 3 };

// One bucket; empty ones are left out.
void append_bucket(std::string& out, Rule rule, double left, double right, double count) {
  if (count == 0) return;
  out += out.back() == '[' ? "[" : ",[";
  append_number(out, static_cast<int>(rule));
  out += ',';
  append_value(out, left);
  out += ',';
  append_value(out, right);
  out += ',';
  append_value(out, count);
  out += ']';
}

// Upper bound of the bucket `index`: 2^(index / 2^schema); a custom bound for schema -53.
double upper_bound(const series::FloatHistogram& histogram, std::int64_t index) {
  if (histogram.schema == -53) {
    const auto& bounds = histogram.custom_values;
    if (index < 0) return -std::numeric_limits<double>::infinity();
    return index < static_cast<std::int64_t>(bounds.size())
               ? bounds[static_cast<std::size_t>(index)]
               : std::numeric_limits<double>::infinity();
  }
  return std::exp2(std::ldexp(static_cast<double>(index), -histogram.schema));
}

// Filled buckets of one side as (index, count), in rising order of index.
std::vector<std::pair<std::int64_t, double>> filled(const std::vector<series::Span>& spans,
                                                    const std::vector<double>& counts) {
  std::vector<std::pair<std::int64_t, double>> out;
  std::int64_t index = 0;
  std::size_t next = 0;
  for (const series::Span& span : spans) {
    index += span.offset;
    for (std::uint32_t i = 0; i < span.length && next < counts.size(); ++i) {
      out.emplace_back(index++, counts[next++]);
    }
  }
  return out;
}

}  // namespace

http::Response reply_prometheus(std::string_view data, const Remarks& remarks) {
  std::string body;
  body.reserve(data.size() + 64);
  body += "{\"status\":\"success\",\"data\":";
  body += data;
  append_remarks(body, "warnings", "warning", remarks.warnings);
  append_remarks(body, "infos", "info", remarks.infos);
  body += '}';
  return http::make_response(200, "application/json", std::move(body));
}

http::Response reply_prometheus_error(std::string_view error_class, std::string_view text) {
  std::string body = "{\"status\":\"error\",\"errorType\":\"";
  body += error_class;
  body += "\",\"error\":";
  model::append_json_string(body, text);
  body += '}';
  return http::make_response(status_of(error_class), "application/json", std::move(body));
}

http::Response reply_prometheus_error(const Error& error) {
  return reply_prometheus_error(class_of(error.code), error.text);
}

void append_time(std::string& out, Timestamp at) {
  std::array<char, kTimeBytes> buffer{};
  out.append(buffer.data(), write_time(buffer.data(), at));
}

void append_value(std::string& out, double value) {
  std::array<char, kValueBytes> buffer{};
  out.append(buffer.data(), write_value(buffer.data(), value));
}

void append_labels(std::string& out, const series::Labels& labels) {
  out += '{';
  bool first = true;
  for (const series::Label& label : labels.all()) {
    if (!first) out += ',';
    first = false;
    model::append_json_string(out, label.name);
    out += ':';
    model::append_json_string(out, label.value);
  }
  out += '}';
}

std::string to_json_list(const std::vector<std::string>& texts) { return model::to_json(texts); }

void append_histogram(std::string& out, const series::FloatHistogram& histogram) {
  out += "{\"count\":";
  append_value(out, histogram.count);
  out += ",\"sum\":";
  append_value(out, histogram.sum);
  out += ",\"buckets\":[";
  const auto negative = filled(histogram.negative_spans, histogram.negative_counts);
  for (auto bucket = negative.rbegin(); bucket != negative.rend(); ++bucket) {
    append_bucket(out, Rule::kOpenRight, -upper_bound(histogram, bucket->first),
                  -upper_bound(histogram, bucket->first - 1), bucket->second);
  }
  append_bucket(out, Rule::kClosedBoth, -histogram.zero_threshold, histogram.zero_threshold,
                histogram.zero_count);
  for (const auto& [index, count] : filled(histogram.positive_spans, histogram.positive_counts)) {
    append_bucket(out, Rule::kOpenLeft, upper_bound(histogram, index - 1),
                  upper_bound(histogram, index), count);
  }
  out += "]}";
}

void append_column(std::string& out, const series::Labels& labels, const series::Column& column) {
  out += "{\"metric\":";
  append_labels(out, labels);
  const auto append_points = [&](std::string_view name, bool histograms) {
    bool first = true;
    for (std::size_t i = 0; i < column.size(); ++i) {
      const auto* histogram = column.histograms.empty() ? nullptr : column.histograms[i].get();
      if ((histogram != nullptr) != histograms) continue;
      out += first ? name : std::string_view(",[");
      first = false;
      std::array<char, kTimeBytes + kValueBytes> point{};
      char* end = write_time(point.data(), column.times[i]);
      *end++ = ',';
      if (histogram == nullptr) end = write_value(end, column.numbers[i]);
      out.append(point.data(), end);
      if (histogram != nullptr) append_histogram(out, *histogram);
      out += ']';
    }
    if (!first) out += ']';
  };
  append_points(",\"values\":[[", false);
  if (!column.histograms.empty()) append_points(",\"histograms\":[[", true);
  out += '}';
}

}  // namespace daytwo::api
