// The whole API, wired: the route table over the services, the guard, the console, the router.
// Thread rule: made once; handler() is called from many workers at once.
#pragma once

#include <memory>
#include <string>

#include "api/console.h"
#include "api/guard.h"
#include "api/link.h"
#include "api/prometheus_routes.h"
#include "api/route.h"
#include "api/router.h"
#include "api/services.h"
#include "base/metrics.h"
#include "env/clock.h"
#include "env/crypto.h"
#include "env/log.h"

namespace daytwo::api {

// What the flags say.
struct ApiOptions {
  GuardOptions guard;
  QueryLimits queries;
  std::string route_prefix;  // "" or "/daytwo"
  bool enable_lifecycle = false;
};

// What the API borrows; all of it outlives the Api.
struct ApiParts {
  Services services;
  UsedLinks& used_links;
  env::Clock& clock;
  env::Crypto& crypto;
  env::Log& log;
  Registry& registry;
  QueryForward forward = nullptr;  // another engine for queries, if there is one
};

// Owns table, guard, console and router.
class Api {
 public:
  Api(const ApiOptions& options, const ApiParts& parts);
  Api(const Api&) = delete;
  Api& operator=(const Api&) = delete;

  // What http::Server calls.
  [[nodiscard]] http::Handler& handler() { return router_; }
  // Makes the links that go out with pages.
  [[nodiscard]] const LinkSigner& links() const { return links_; }
  [[nodiscard]] const RouteTable& table() const { return table_; }

 private:
  RouteTable table_;
  Guard guard_;
  LinkSigner links_;
  Console console_;
  Router router_;
};

// All routes over the services, in the order of the documents.
void add_all_routes(RouteTable& table, const ApiOptions& options, const ApiParts& parts,
                    const LinkSigner& links);

}  // namespace daytwo::api
