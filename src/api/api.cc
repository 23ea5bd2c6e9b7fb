#include "api/api.h"

#include "api/own_routes.h"
#include "api/system_routes.h"
#include "api/view_base.h"

namespace daytwo::api {

void add_all_routes(RouteTable& table, const ApiOptions& options, const ApiParts& parts,
                    const LinkSigner& links) {
  // Named by no route, but by every client.
  table.schema().add<ErrorBody>();
  table.schema().add<Base>();
  add_page_routes(table, parts.services);
  add_intake_routes(table, parts.services, parts.clock);
  add_link_routes(table, {links, parts.used_links, parts.services.pager, parts.clock});
  add_query_routes(
      table, {parts.services.source, parts.clock, parts.registry, options.queries, parts.forward});
  add_series_routes(table, parts.services.source);
  add_status_routes(table, parts.services, parts.clock);
  add_write_route(table, parts.services.sink, parts.registry);
  add_system_routes(table, parts.services.process, parts.registry, options.enable_lifecycle);
}

Api::Api(const ApiOptions& options, const ApiParts& parts)
    : guard_(options.guard, parts.crypto),
      links_(options.guard.token, parts.crypto),
      console_(options.route_prefix + "/", options.guard.token),
      router_({table_, guard_, console_, parts.services.process, parts.clock, parts.log,
               parts.registry, options.route_prefix}) {
  add_all_routes(table_, options, parts, links_);
}

}  // namespace daytwo::api
