// The route table: one entry a route, from which requests are answered and the documents written.
// Thread rule: built by one thread, then immutable; handlers run on many workers at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/reply.h"
#include "api/schema.h"
#include "base/result.h"
#include "http/message.h"
#include "http/target.h"
#include "model/json.h"

namespace daytwo::api {

// Who may use a route; guard.h has the rules.
enum class Access : std::uint8_t {
  kPublic,  // anybody who reaches the port: health
  kRead,    // pages and queries
  kIngest,  // senders: open on loopback, else with credentials
  kChange,  // needs the token or a user's password
  kLink,    // carries a signed link of its own
};

// Whoever the guard admitted.
struct Caller {
  std::string name = "console";  // shown in the journal: who decided, who acknowledged
  bool authenticated = false;
  bool by_password = false;  // then `name` is proved; else it is what the caller says
};

// One request on its way to a handler.
struct Context {
  const http::Request& request;
  http::Params params;            // of the query, then of a form body
  std::vector<std::string> path;  // the parts in braces, in order
  Caller caller;
};

// Answers one request; called on many workers at once.
using RouteHandler = std::function<http::Response(const Context&)>;

// A parameter, for the documents.
struct Parameter {
  std::string name;
  std::string description;
  bool required = false;
};

// Bodies of our own JSON routes are sentences and small forms.
inline constexpr std::size_t kSmallBody = 1U << 20U;

// One route.
struct Route {
  std::string method;
  std::string path;  // "/api/daytwo/v1/worries/{id}"
  Access access = Access::kRead;
  std::string summary;
  std::vector<Parameter> parameters;
  std::optional<SchemaType> body;
  std::optional<SchemaType> answer;
  std::string media = "application/json";  // of the answer
  bool before_ready = false;               // answers while the store still replays
  bool bulk = false;                       // may take minutes: a worker is kept free of these
  std::size_t body_limit = kSmallBody;
  RouteHandler handler;
};

// All routes with the types that they name.
class RouteTable {
 public:
  // Adds a route as it is. REQUIRES: no other has its method and path.
  Route& add(Route route);

  // GET of one of our pages: `call` gives a Result<Out>.
  template <class Out, class Call>
  Route& page(std::string path, std::string summary, Call call) {
    Route route;
    route.method = "GET";
    route.path = std::move(path);
    route.summary = std::move(summary);
    route.answer = schema_.add<Out>();
    route.handler = [call = std::move(call)](const Context& context) {
      return reply_page<Out>(context.request, call(context));
    };
    return add(std::move(route));
  }

  // POST of a JSON body that changes something: `call` takes the context and an In, gives a
  // Result<Out>.
  template <class In, class Out, class Call>
  Route& change(std::string path, std::string summary, Call call) {
    Route route;
    route.method = "POST";
    route.path = std::move(path);
    route.access = Access::kChange;
    route.summary = std::move(summary);
    route.body = schema_.add<In>();
    route.answer = schema_.add<Out>();
    route.handler = [call = std::move(call)](const Context& context) {
      auto body = model::from_json<In>(context.request.body);
      if (!body) return reply_error(body.error());
      return reply_json<Out>(call(context, *body));
    };
    return add(std::move(route));
  }

  // POST of a JSON body that asks and changes nothing: who may read may ask.
  template <class In, class Out, class Call>
  Route& ask(std::string path, std::string summary, Call call) {
    Route& route = change<In, Out>(std::move(path), std::move(summary), std::move(call));
    route.access = Access::kRead;
    return route;
  }

  // POST without a body that changes something: `call` gives a Result<Out>.
  template <class Out, class Call>
  Route& act(std::string path, std::string summary, Call call) {
    Route route;
    route.method = "POST";
    route.path = std::move(path);
    route.access = Access::kChange;
    route.summary = std::move(summary);
    route.answer = schema_.add<Out>();
    route.handler = [call = std::move(call)](const Context& context) {
      return reply_json<Out>(call(context));
    };
    return add(std::move(route));
  }

  [[nodiscard]] const std::vector<Route>& routes() const { return routes_; }
  [[nodiscard]] const Schema& schema() const { return schema_; }
  [[nodiscard]] Schema& schema() { return schema_; }

 private:
  std::vector<Route> routes_;
  Schema schema_;
};

// What a method and a path lead to.
struct Found {
  const Route* route = nullptr;      // null: no such path, or not by this method
  std::vector<std::string> path;     // the parts in braces
  std::vector<std::string> allowed;  // methods that the path takes; empty = no such path
};

// Finds the route of a request. HEAD is answered by GET's.
[[nodiscard]] Found find_route(const RouteTable& table, std::string_view method,
                               std::string_view path);

}  // namespace daytwo::api
