#include "http/response_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

#include "http/date.h"
#include "http/gzip.h"

namespace daytwo::http {
namespace {

// Smaller bodies fit one packet anyway.
constexpr std::size_t kGzipFrom = 1400;
// Fast: most answers are read once, over loopback or a local network.
constexpr int kGzipLevel = 1;

std::string_view reason_of(int status) {
  const auto known = boost::beast::http::int_to_status(static_cast<unsigned>(status));
  const auto reason = boost::beast::http::obsolete_reason(known);
  return {reason.data(), reason.size()};
}

bool is_compressible(std::string_view content_type) {
  return content_type.starts_with("text/") || content_type.starts_with("application/json") ||
         content_type.starts_with("application/yaml") || content_type.starts_with("image/svg");
}

bool may_have_body(const Response& response) {
  return response.status != 204 && response.status != 304;
}

}  // namespace

std::string head_text(const Response& response, const Manner& manner, Timestamp now) {
  std::string out;
  const auto line = [&out](std::string_view name, std::string_view value) {
    fmt::format_to(std::back_inserter(out), "{}: {}\r\n", name, value);
  };
  fmt::format_to(std::back_inserter(out), "HTTP/1.{} {} {}\r\n", manner.http10 ? 0 : 1,
                 response.status, reason_of(response.status));
  line("Date", date_text(now, "GMT"));
  for (const auto& [name, value] : response.headers) {
    const std::size_t begin = out.size() + name.size();
    line(name, value);
    std::replace_if(
        out.begin() + static_cast<std::ptrdiff_t>(begin), out.end() - 2,
        [](char c) { return c == '\r' || c == '\n'; }, ' ');
  }
  if (may_have_body(response)) line("Content-Length", fmt::format_int(response.body.size()).str());
  if (!manner.keep_alive && !manner.http10) line("Connection", "close");
  if (manner.keep_alive && manner.http10) line("Connection", "keep-alive");
  out += "\r\n";
  return out;
}

bool has_body(const Response& response, const Manner& manner) {
  return may_have_body(response) && !manner.head_only && !response.body.empty();
}

void compress(const Request& request, Response& response) {
  if (response.body.size() < kGzipFrom || !response.header("Content-Encoding").empty()) return;
  if (!is_compressible(response.header("Content-Type"))) return;
  response.set("Vary", "Accept-Encoding");
  if (!accepts_gzip(request.header("accept-encoding"))) return;
  response.body = gzip(response.body, kGzipLevel);
  response.set("Content-Encoding", "gzip");
}

Response plain_error(int status, std::string_view text) {
  return make_response(status, "text/plain; charset=utf-8", std::string(text) + "\n");
}

}  // namespace daytwo::http
