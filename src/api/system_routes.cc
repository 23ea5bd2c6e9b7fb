#include "api/system_routes.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "api/openapi.h"
#include "api/view_learn.h"
#include "daytwo_build.h"

namespace daytwo::api {
namespace {

constexpr std::string_view kPlain = "text/plain; charset=utf-8";

Route get(std::string path, std::string summary, Access access, RouteHandler handler) {
  Route route;
  route.method = "GET";
  route.path = std::move(path);
  route.access = access;
  route.summary = std::move(summary);
  route.media = "text/plain";
  route.before_ready = true;
  route.handler = std::move(handler);
  return route;
}

http::Response ready(ProcessService& process) {
  const Readiness state = process.readiness();
  if (state.ready) return http::make_response(200, kPlain, "daytwo is ready.\n");
  http::Response response = http::make_response(
      503, kPlain, fmt::format("not ready: {}, {:.0f} %\n", state.reason, state.progress * 100));
  response.set("Retry-After", "1");
  return response;
}

http::Response version() {
  const BuildFacts build = build_facts();
  VersionFacts info;
  info.version = build.version;
  info.revision = build.revision;
  info.built = fmt::format("{}, {}", build.kind, build.compiler);
  return reply_json<VersionFacts>(info);
}

http::Response reload(ProcessService& process) {
  const auto loaded = process.reload();
  return loaded ? http::make_response(200, kPlain, "") : reply_error(loaded.error());
}

http::Response quit(ProcessService& process) {
  process.quit();
  return http::make_response(200, kPlain, "Requesting termination... Goodbye!\n");
}

// Adds POST and PUT of a lifecycle route, refused unless the flag is given.
void add_lifecycle(RouteTable& table, const std::string& path, const std::string& summary,
                   bool lifecycle, const RouteHandler& handler) {
  for (const char* method : {"POST", "PUT"}) {
    Route route;
    route.method = method;
    route.path = path;
    route.access = Access::kChange;
    route.summary = summary;
    route.media = "text/plain";
    route.before_ready = true;
    route.handler = [lifecycle, handler](const Context& context) {
      if (lifecycle) return handler(context);
      return http::make_response(403, kPlain, "Lifecycle API is not enabled.\n");
    };
    table.add(std::move(route));
  }
}

}  // namespace

void add_system_routes(RouteTable& table, ProcessService& process, const Registry& registry,
                       bool lifecycle) {
  table.add(
      get("/-/healthy", "Always 200 while the process answers", Access::kPublic,
          [](const Context&) { return http::make_response(200, kPlain, "daytwo is healthy.\n"); }));
  table.add(get("/-/ready", "200 when the store has replayed; else 503 with reason and progress",
                Access::kPublic, [&process](const Context&) { return ready(process); }));
  table.add(get("/metrics", "Own metrics", Access::kRead, [&registry](const Context&) {
    return http::make_response(200, "text/plain; version=0.0.4; charset=utf-8", registry.to_text());
  }));
  for (const char* path : {"/version", "/api/daytwo/v1/version"}) {
    Route route = get(path, "Version of this server", Access::kRead,
                      [](const Context&) { return version(); });
    route.media = "application/json";
    route.answer = table.schema().add<VersionFacts>();
    table.add(std::move(route));
  }
  Route description = get(
      "/api/daytwo/v1/openapi.yaml", "This description", Access::kRead, [&table](const Context&) {
        return http::make_response(200, "application/yaml; charset=utf-8", to_openapi(table));
      });
  description.media = "application/yaml";
  table.add(std::move(description));
  add_lifecycle(table, "/-/reload", "Read the configuration again", lifecycle,
                [&process](const Context&) { return reload(process); });
  add_lifecycle(table, "/-/quit", "Stop in an orderly way", lifecycle,
                [&process](const Context&) { return quit(process); });
}

}  // namespace daytwo::api
