#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "api/prometheus_routes.h"
#include "base/limits.h"
#include "base/text.h"
#include "wire/remote_write.h"

namespace daytwo::api {
namespace {

http::Response plain(int status, std::string text) {
  return http::make_response(status, "text/plain; charset=utf-8", std::move(text) + "\n");
}

// True for what carries a prometheus.WriteRequest: protobuf without or with that name. Version 2.0
// is answered 415, upon which senders fall back to 1.0 [remote write 2.0, content negotiation].
bool is_write_request(std::string_view content_type) {
  if (trim(content_type).empty()) return true;
  const auto parts = split(content_type, ';');
  if (to_lower(trim(parts[0])) != "application/x-protobuf") return false;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string_view part = trim(parts[i]);
    if (part.starts_with("proto=") && part != "proto=prometheus.WriteRequest") return false;
  }
  return true;
}

// Whether the body is in snappy's block format; an error for every other encoding.
Result<bool> is_snappy(std::string_view encoding) {
  const std::string name = to_lower(trim(encoding));
  if (name == "snappy") return true;
  if (name.empty() || name == "identity") return false;
  return fail(Code::kInvalid, fmt::format("Content-Encoding {} is not supported, snappy is", name));
}

// 400 tells the sender never to repeat it, 429 and 503 to come again.
http::Response reply_failure(const Error& error) {
  switch (error.code) {
    case Code::kInvalid:
    case Code::kConflict:
      return plain(400, error.text);
    case Code::kLimit: {
      http::Response response = plain(429, error.text);
      response.set("Retry-After", "10");
      return response;
    }
    case Code::kUnavailable: {
      http::Response response = plain(503, error.text);
      response.set("Retry-After", "10");
      return response;
    }
    default:
      return plain(500, error.text);
  }
}

http::Response write(series::Sink& sink, Registry& registry, const Context& context) {
  const http::Request& request = context.request;
  if (!is_write_request(request.header("content-type"))) {
    return plain(415, "only application/x-protobuf;proto=prometheus.WriteRequest is read here");
  }
  const auto snappy = is_snappy(request.header("content-encoding"));
  if (!snappy) return plain(415, snappy.error().text);
  const auto decoded = wire::decode_write_request(request.body, *snappy);
  if (!decoded) return plain(400, decoded.error().to_string());
  registry
      .counter("daytwo_remote_write_skipped_series_total",
               "Series of remote write left out because of bad labels")
      .add(static_cast<double>(decoded->skipped_series));
  const auto appended = sink.append(decoded->batch);
  if (!appended) return reply_failure(appended.error());
  registry.counter("daytwo_remote_write_samples_total", "Samples stored by remote write")
      .add(static_cast<double>(appended->samples + appended->histograms));
  http::Response response;
  response.status = 204;
  return response;
}

}  // namespace

void add_write_route(RouteTable& table, series::Sink& sink, Registry& registry) {
  Route route;
  route.method = "POST";
  route.path = "/api/v1/write";
  route.access = Access::kIngest;
  route.summary = "Remote write 1.0";
  route.media = "text/plain";
  route.body_limit = kMaxBodyBytes;
  route.handler = [&sink, &registry](const Context& context) {
    return write(sink, registry, context);
  };
  table.add(std::move(route));
}

}  // namespace daytwo::api
