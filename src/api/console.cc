#include "api/console.h"

#include <fmt/format.h>

#include <utility>

#include "api/reply.h"
#include "base/check.h"
#include "base/hash.h"
#include "console/assets.h"
#include "http/gzip.h"

namespace daytwo::api {
namespace {

// Far above any file of the console.
constexpr std::size_t kMaxAsset = 64U << 20U;
constexpr int kSmallest = 9;

const console::Asset* find_asset(std::string_view path) {
  for (const console::Asset& asset : console::assets()) {
    if (asset.path == path) return &asset;
  }
  return nullptr;
}

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
}

// Prefixes come from a flag: what could end the attribute is written as an entity.
std::string attribute(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '"' || c == '<' || c == '>' || c == '&') {
      out += fmt::format("&#{};", static_cast<int>(c));
    } else {
      out += c;
    }
  }
  return out;
}

http::Response reply_asset(const http::Request& request, std::string_view content_type,
                           std::string_view etag, std::string_view packed, std::string caching) {
  http::Response response;
  response.set("ETag", std::string(etag));
  response.set("Cache-Control", std::move(caching));
  response.set("Vary", "Accept-Encoding");
  if (matches_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", std::string(content_type));
  if (http::accepts_gzip(request.header("accept-encoding"))) {
    response.set("Content-Encoding", "gzip");
    response.body = packed;
    return response;
  }
  auto plain = http::gunzip(packed, kMaxAsset);
  CHECK(plain.has_value(), "the embedded files are whole");
  response.body = std::move(*plain);
  return response;
}

// A page of the console has no dot in its last part; a file has one.
bool is_page(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return path.find('.', slash == std::string_view::npos ? 0 : slash) == std::string_view::npos;
}

}  // namespace

Console::Index Console::make_index(const std::string& prefix, const std::string& token) {
  const console::Asset* asset = find_asset("/index.html");
  CHECK(asset != nullptr, "every build embeds an index");
  auto page = http::gunzip(asset->gzip, kMaxAsset);
  CHECK(page.has_value(), "the embedded index is whole");
  replace(*page, "<base href=\"/\"", fmt::format("<base href=\"{}\"", attribute(prefix)));
  replace(*page, "name=\"daytwo-token\" content=\"\"",
          fmt::format("name=\"daytwo-token\" content=\"{}\"", attribute(token)));
  return {http::gzip(*page, kSmallest), fmt::format("\"{:016x}\"", hash64(*page))};
}

Console::Console(const std::string& prefix, const std::string& token)
    : open_(make_index(prefix, "")), with_token_(make_index(prefix, token)) {}

http::Response Console::serve(const http::Request& request, std::string_view path,
                              bool with_token) const {
  if (request.method != "GET" && request.method != "HEAD") {
    http::Response response = http::make_response(405, "text/plain; charset=utf-8",
                                                  "only GET and HEAD are answered here\n");
    response.set("Allow", "GET, HEAD");
    return response;
  }
  const console::Asset* asset = find_asset(path);
  if (asset != nullptr && path != "/index.html") {
    return reply_asset(request, asset->content_type, asset->etag, asset->gzip,
                       asset->immutable ? "public, max-age=31536000, immutable" : "no-cache");
  }
  const bool index = path == "/" || path == "/index.html" ||
                     (is_page(path) && !path.starts_with("/api/") && !path.starts_with("/-/"));
  if (!index) {
    return http::make_response(404, "text/plain; charset=utf-8", "there is no such page\n");
  }
  const Index& page = with_token ? with_token_ : open_;
  return reply_asset(request, "text/html; charset=utf-8", page.etag, page.gzip,
                     "private, no-cache");
}

}  // namespace daytwo::api
