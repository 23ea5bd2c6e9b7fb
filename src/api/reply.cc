#include "api/reply.h"

#include <fmt/format.h>

#include <utility>

#include "api/view_base.h"
#include "base/hash.h"
#include "base/text.h"

namespace daytwo::api {
namespace {

// The part of a page that says something new: all after its first field, as_of.
std::string_view without_age(std::string_view json) {
  constexpr std::string_view kAge = "{\"as_of\":";
  if (!json.starts_with(kAge)) return json;
  const std::size_t comma = json.find(',');
  return comma == std::string_view::npos ? json : json.substr(comma);
}

}  // namespace

http::Response reply_text(int status, std::string json) {
  http::Response response = http::make_response(status, "application/json", std::move(json));
  response.set("Cache-Control", "no-cache");
  return response;
}

http::Response reply_error(const Error& error) {
  http::Response response =
      reply_text(facts_of(error.code).http_status, model::to_json(to_view(error)));
  if (error.code == Code::kUnavailable || error.code == Code::kLimit) {
    response.set("Retry-After", "1");
  }
  return response;
}

http::Response reply_tagged(const http::Request& request, std::string json) {
  const std::string etag = fmt::format("W/\"{:016x}\"", hash64(without_age(json)));
  http::Response response;
  if (matches_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
  } else {
    response = reply_text(200, std::move(json));
  }
  response.set("ETag", etag);
  return response;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  const auto opaque = [](std::string_view tag) {
    tag = trim(tag);
    return tag.starts_with("W/") ? tag.substr(2) : tag;
  };
  for (const std::string_view part : split(if_none_match, ',')) {
    if (opaque(part) == "*" || (!opaque(part).empty() && opaque(part) == opaque(etag))) return true;
  }
  return false;
}

}  // namespace daytwo::api
