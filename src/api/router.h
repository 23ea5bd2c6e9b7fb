// The router: from a request to its route through the guard, and back with the headers that every
// answer carries.
// Thread rule: handle from many workers at once.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "api/console.h"
#include "api/guard.h"
#include "api/route.h"
#include "api/services.h"
#include "base/metrics.h"
#include "env/clock.h"
#include "env/log.h"
#include "http/message.h"

namespace daytwo::api {

// The Handler that app/ gives to http::Server. Borrows all it is made from.
class Router final : public http::Handler {
 public:
  struct Parts {
    const RouteTable& table;
    Guard& guard;
    const Console& console;
    ProcessService& process;
    env::Clock& clock;
    env::Log& log;
    Registry& registry;
    std::string prefix;  // --web.route-prefix without a slash at the end, "" or "/daytwo"
  };
  explicit Router(Parts parts) : parts_(std::move(parts)) {}

  [[nodiscard]] http::Response handle(const http::Request& request) override;
  [[nodiscard]] std::size_t body_limit(std::string_view method,
                                       std::string_view path) const override;
  [[nodiscard]] bool is_bulk(std::string_view method, std::string_view path) const override;

 private:
  [[nodiscard]] http::Response dispatch(const http::Request& request, std::string_view path,
                                        std::string_view& route_name);
  [[nodiscard]] http::Response run(const Route& route, const http::Request& request,
                                   std::vector<std::string> values);
  // The path without the prefix; nothing when it is not below it.
  [[nodiscard]] std::optional<std::string_view> below_prefix(std::string_view path) const;
  void count(std::string_view route_name, int status, Duration spent);

  const Parts parts_;
};

// The error in the form that clients of `path` expect: Prometheus's envelope below /api/v1, ours
// elsewhere.
[[nodiscard]] http::Response reply_error_for(std::string_view path, const Error& error);

}  // namespace daytwo::api
