#include "api/router.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include "api/prometheus_reply.h"
#include "api/reply.h"

namespace daytwo::api {
namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";

// Rules of console.md 4: nothing from elsewhere, nobody frames us, no type is guessed. Referrers
// stay on this site (links carry tokens), and forms post to it alone.
void add_security_headers(http::Response& response) {
  response.set("Content-Security-Policy",
               "default-src 'self'; base-uri 'self'; frame-ancestors 'self'; form-action 'self'");
  response.set("X-Content-Type-Options", "nosniff");
  response.set("X-Frame-Options", "SAMEORIGIN");
  response.set("Referrer-Policy", "same-origin");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
}

http::Response not_allowed(std::string_view path, const std::vector<std::string>& allowed) {
  std::string list;
  for (const std::string& method : allowed) {
    if (!list.empty()) list += ", ";
    list += method;
  }
  http::Response response =
      reply_error_for(path, make_error(Code::kInvalid, "only " + list + " is answered here"));
  response.status = 405;
  response.set("Allow", list);
  return response;
}

http::Response not_ready(std::string_view path, const Readiness& state) {
  if (path.starts_with("/api/v")) {
    // Prometheus's own form: plain text, so that its clients retry.
    http::Response response =
        http::make_response(503, "text/plain; charset=utf-8", "Service Unavailable\n");
    response.set("Retry-After", "1");
    return response;
  }
  return reply_error(
      make_error(Code::kUnavailable,
                 fmt::format("not ready yet: {} ({:.0f} %)", state.reason, state.progress * 100)));
}

}  // namespace

http::Response reply_error_for(std::string_view path, const Error& error) {
  return path.starts_with("/api/v1/") ? reply_prometheus_error(error) : reply_error(error);
}

std::optional<std::string_view> Router::below_prefix(std::string_view path) const {
  if (!path.starts_with(parts_.prefix)) return std::nullopt;
  path.remove_prefix(parts_.prefix.size());
  if (path.empty()) return "/";
  if (!path.starts_with('/')) return std::nullopt;
  return path;
}

std::size_t Router::body_limit(std::string_view method, std::string_view path) const {
  // A body for no route is read, up to this, so that the answer can say what is wrong.
  const auto below = below_prefix(path);
  if (!below) return kSmallBody;
  const Found found = find_route(parts_.table, method, *below);
  return found.route == nullptr ? kSmallBody : found.route->body_limit;
}

bool Router::is_bulk(std::string_view method, std::string_view path) const {
  const auto below = below_prefix(path);
  if (!below) return false;
  const Found found = find_route(parts_.table, method, *below);
  return found.route != nullptr && found.route->bulk;
}

http::Response Router::run(const Route& route, const http::Request& request,
                           std::vector<std::string> values) {
  auto caller = parts_.guard.admit(request, route.access);
  if (!caller) {
    http::Response response = reply_error_for(route.path, caller.error());
    if (response.status == 401) {
      response.set("WWW-Authenticate",
                   parts_.guard.has_users() ? "Basic realm=\"daytwo\"" : "Bearer realm=\"daytwo\"");
    }
    return response;
  }
  if (!route.before_ready) {
    const Readiness state = parts_.process.readiness();
    if (!state.ready) return not_ready(route.path, state);
  }
  Context context{request, {}, std::move(values), std::move(*caller)};
  auto read = http::parse_params(request.query, context.params);
  // Prometheus's routes alone take forms: ours read JSON, whatever type curl -d claims for it.
  const bool takes_form = route.path.starts_with("/api/v1/");
  if (read && takes_form && request.header("content-type").starts_with(kForm)) {
    read = http::parse_params(request.body, context.params);
  }
  if (!read) return reply_error_for(route.path, read.error());
  return route.handler(context);
}

http::Response Router::dispatch(const http::Request& request, std::string_view path,
                                std::string_view& route_name) {
  if (const auto checked = parts_.guard.check_origin(request); !checked) {
    return reply_error_for(path, checked.error());
  }
  Found found = find_route(parts_.table, request.method, path);
  if (found.route != nullptr) {
    route_name = found.route->path;
    return run(*found.route, request, std::move(found.path));
  }
  if (!found.allowed.empty()) return not_allowed(path, found.allowed);
  if (path.starts_with("/api/") || path.starts_with("/-/")) {
    return reply_error_for(path, make_error(Code::kNotFound, "there is no such route"));
  }
  route_name = "console";
  if (parts_.guard.has_users()) {
    const auto caller = parts_.guard.admit(request, Access::kRead);
    if (!caller) {
      http::Response response =
          http::make_response(401, "text/plain; charset=utf-8", caller.error().text + "\n");
      response.set("WWW-Authenticate", "Basic realm=\"daytwo\"");
      return response;
    }
  }
  return parts_.console.serve(request, path, parts_.guard.may_carry_token(request));
}

void Router::count(std::string_view route_name, int status, Duration spent) {
  const MetricLabels labels = {{"code", fmt::format("{}xx", status / 100)},
                               {"route", std::string(route_name)}};
  parts_.registry.counter("daytwo_http_requests_total", "Requests answered", labels).add();
  parts_.registry
      .counter("daytwo_http_request_seconds_total", "Time spent in handlers",
               {{"route", std::string(route_name)}})
      .add(spent.seconds());
}

http::Response Router::handle(const http::Request& request) {
  const Duration start = parts_.clock.mono();
  std::string_view route_name = "other";
  http::Response response;
  if (const auto path = below_prefix(request.path)) {
    response = dispatch(request, *path, route_name);
  } else if (request.path == "/") {
    response.status = 302;
    response.set("Location", parts_.prefix + "/");
  } else {
    response = http::make_response(404, "text/plain; charset=utf-8", "there is no such page\n");
  }
  add_security_headers(response);
  const Duration spent = parts_.clock.mono() - start;
  // What a page shows of how long its answer took. [Server Timing, W3C]
  if (request.path.starts_with(parts_.prefix + "/api/")) {
    response.set("Server-Timing", fmt::format("handler;dur={}", spent.ms));
  }
  count(route_name, response.status, spent);
  if (response.status >= 500 && response.status != 503) {
    parts_.log.warn("api", "request failed", {{"route", route_name}, {"status", response.status}});
  }
  return response;
}

}  // namespace daytwo::api
