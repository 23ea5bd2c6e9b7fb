#include "api/route.h"

#include <algorithm>

#include "base/check.h"

namespace daytwo::api {

Route& RouteTable::add(Route route) {
  for (const Route& other : routes_) {
    CHECK(other.method != route.method || other.path != route.path, "a route stands once");
  }
  for (std::size_t open = route.path.find('{'); open != std::string::npos;
       open = route.path.find('{', open + 1)) {
    const std::size_t close = route.path.find('}', open);
    CHECK(close != std::string::npos, "braces come in pairs");
    route.parameters.push_back({route.path.substr(open, close - open + 1), "", true});
  }
  return routes_.emplace_back(std::move(route));
}

Found find_route(const RouteTable& table, std::string_view method, std::string_view path) {
  const std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
  Found found;
  std::vector<std::string> values;
  for (const Route& route : table.routes()) {
    if (!http::match_path(route.path, path, values)) continue;
    found.allowed.push_back(route.method);
    if (route.method == "GET") found.allowed.emplace_back("HEAD");
    if (route.method != wanted || found.route != nullptr) continue;
    found.route = &route;
    found.path = values;
  }
  std::sort(found.allowed.begin(), found.allowed.end());
  found.allowed.erase(std::unique(found.allowed.begin(), found.allowed.end()), found.allowed.end());
  return found;
}

}  // namespace daytwo::api
