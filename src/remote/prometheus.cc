#include "remote/prometheus.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/percent.h"
#include "wire/prometheus_api.h"
#include "wire/remote_read.h"

namespace daytwo::remote {
namespace {

// Bytes of an unpacked answer seldom pack to less than a quarter.
constexpr std::size_t kMaxPackedBytes = wire::kMaxReadBytes / 4;
constexpr Duration kNumberTimeout = seconds(3);
constexpr std::string_view kEverything = "{__name__=~\".+\"}";

// Seconds with milliseconds, as the API takes them.
std::string to_seconds(Timestamp at) {
  const std::int64_t rest = at.ms % 1000;
  const std::string_view sign = at.ms < 0 ? "-" : "";
  return fmt::format("{}{}.{:03}", sign, std::abs(at.ms / 1000), std::abs(rest));
}

void add_parameter(std::string& out, std::string_view name, std::string_view value) {
  if (!out.empty()) out += '&';
  out += percent_encode(name);
  out += '=';
  out += percent_encode(value);
}

// `{a="b",c=~"d"}`; label names beyond the classic alphabet are quoted.
std::string selector_of(std::span<const series::Matcher> matchers) {
  std::string out = "{";
  for (const series::Matcher& matcher : matchers) {
    if (out.size() > 1) out += ',';
    const bool classic = std::all_of(matcher.name().begin(), matcher.name().end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    const std::string text = matcher.to_string();
    out += classic ? text : '"' + matcher.name() + '"' + text.substr(matcher.name().size());
  }
  return out + '}';
}

// match[], start and end. An open start is the epoch, since VictoriaMetrics takes none for today's
// midnight; an open end is left to the peer, which takes now or later.
std::string selection(std::span<const series::Matcher> matchers, series::TimeRange range) {
  std::string out;
  if (!matchers.empty()) add_parameter(out, "match[]", selector_of(matchers));
  add_parameter(out, "start", to_seconds(std::max(range.from, Timestamp{})));
  if (range.to < kMaxTimestamp) add_parameter(out, "end", to_seconds(range.to));
  return out;
}

// What an answer other than a success means.
Error error_of(const std::string& url, const std::string& path, const env::HttpResponse& answer) {
  std::optional<Error> said = wire::find_api_error(answer.body);
  Error error = said ? std::move(*said)
                     : make_error(answer.status >= 500 ? Code::kUnavailable : Code::kInvalid,
                                  fmt::format("{} answers HTTP {}", path, answer.status));
  if (answer.status == 401) error.code = Code::kUnauthenticated;
  if (answer.status == 403) error.code = Code::kDenied;
  if (answer.status == 429) error.code = Code::kLimit;
  error.context.push_back(url);
  return error;
}

}  // namespace

Prometheus::Prometheus(Options options, const PeerParts& parts)
    : peer_(std::move(options), parts) {}

Result<Passed> Prometheus::forward(std::string_view path, std::string encoded) {
  Request request;
  request.method = "POST";
  request.path = path;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = std::move(encoded);
  TRY(env::HttpResponse answer, peer_.send(request));
  if (answer.status >= 500 && !wire::find_api_error(answer.body)) {
    return fail(error_of(url(), request.path, answer));
  }
  return Passed{answer.status, answer.header("content-type"), std::move(answer.body)};
}

Result<std::optional<double>> Prometheus::number(std::string_view query, Timestamp at) {
  Request request;
  request.path = "/api/v1/query";
  add_parameter(request.query, "query", query);
  add_parameter(request.query, "time", to_seconds(at));
  request.timeout = kNumberTimeout;
  TRY(const env::HttpResponse answer, peer_.send(request));
  if (answer.status != 200) return fail(error_of(url(), request.path, answer));
  TRY_IN(url(), const std::optional<double> number, wire::parse_single_number(answer.body));
  return number;
}

Result<bool> Prometheus::has_remote_read() const {
  TRY(const Identity identity, peer_.identify());
  return identity.flavour != Flavour::kVictoriaMetrics;
}

Result<std::vector<series::SeriesColumn>> Prometheus::select(
    std::span<const series::Matcher> matchers, series::TimeRange range,
    const series::Hints& hints) const {
  TRY(const bool readable, has_remote_read());
  if (!readable) {
    return fail(
        Code::kUnavailable,
        fmt::format("{} is VictoriaMetrics, which has no remote read: its raw samples cannot "
                    "be had with stale markers",
                    url()));
  }
  Request request;
  request.method = "POST";
  request.path = "/api/v1/read";
  request.headers = {{"Content-Type", std::string(wire::kRemoteReadType)},
                     {"Content-Encoding", std::string(wire::kRemoteReadEncoding)},
                     {"Accept-Encoding", std::string(wire::kRemoteReadEncoding)},
                     {"X-Prometheus-Remote-Read-Version", std::string(wire::kRemoteReadVersion)}};
  request.body = wire::encode_read_request(matchers, range, hints);
  request.max_body_bytes = kMaxPackedBytes;
  TRY(const env::HttpResponse answer, peer_.send(request));
  if (answer.status == 404 || answer.status == 405) {
    return fail(Code::kUnavailable,
                fmt::format("{} has no remote read (HTTP {})", url(), answer.status));
  }
  if (answer.status != 200) {
    // The peer says why as plain text: "exceeded sample limit (50000000)".
    Error error = error_of(url(), request.path, answer);
    if (answer.body.find("exceeded sample limit") != std::string::npos) {
      error.code = Code::kLimit;
      error.text = "the peer holds back: it reads no more samples at a time";
    }
    return fail(std::move(error));
  }
  auto columns = wire::decode_read_response(answer.body, hints.max_samples);
  if (columns) return columns;
  // What a peer sends wrongly is no fault of whoever asked.
  Error error = std::move(columns).error();
  if (error.code == Code::kInvalid) error.code = Code::kUnavailable;
  return fail_in(url(), std::move(error));
}

Result<std::string> Prometheus::get(std::string path, std::string query) const {
  Request request;
  request.path = std::move(path);
  request.query = std::move(query);
  TRY(env::HttpResponse answer, peer_.send(request));
  if (answer.status != 200) return fail(error_of(url(), request.path, answer));
  return std::move(answer.body);
}

Result<std::vector<series::Labels>> Prometheus::series(std::span<const series::Matcher> matchers,
                                                       series::TimeRange range,
                                                       std::size_t limit) const {
  std::string query = selection(matchers, range);
  if (matchers.empty()) add_parameter(query, "match[]", kEverything);
  if (limit > 0) add_parameter(query, "limit", std::to_string(limit));
  TRY(const std::string body, get("/api/v1/series", std::move(query)));
  TRY_IN(url(), std::vector<series::Labels> found, wire::parse_label_sets(body));
  // Servers before Prometheus 3 do not know the limit.
  if (limit > 0 && found.size() > limit) found.resize(limit);
  return found;
}

Result<std::vector<std::string>> Prometheus::label_names(std::span<const series::Matcher> matchers,
                                                         series::TimeRange range) const {
  TRY(const std::string body, get("/api/v1/labels", selection(matchers, range)));
  TRY_IN(url(), std::vector<std::string> found, wire::parse_texts(body));
  return found;
}

Result<std::vector<std::string>> Prometheus::label_values(const std::string& name,
                                                          std::span<const series::Matcher> matchers,
                                                          series::TimeRange range) const {
  TRY(const std::string body, get(fmt::format("/api/v1/label/{}/values", percent_encode(name)),
                                  selection(matchers, range)));
  TRY_IN(url(), std::vector<std::string> found, wire::parse_texts(body));
  return found;
}

Result<std::vector<series::Metadata>> Prometheus::metadata(const std::string& family) const {
  std::string query;
  if (!family.empty()) add_parameter(query, "metric", family);
  TRY(const std::string body, get("/api/v1/metadata", std::move(query)));
  TRY_IN(url(), std::vector<series::Metadata> found, wire::parse_metadata(body));
  return found;
}

}  // namespace daytwo::remote
