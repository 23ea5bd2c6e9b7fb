// Routes under /api/daytwo/v1: pages, changes, ingest, links.
// Thread rule: called once, at start.
#pragma once

#include "api/link.h"
#include "api/route.h"
#include "api/services.h"
#include "env/clock.h"

namespace daytwo::api {

// Adds pages and changes.
void add_page_routes(RouteTable& table, const Services& services);

// Adds what senders use: counting, alerts, sightings, imports.
void add_intake_routes(RouteTable& table, const Services& services, env::Clock& clock);

// What the link routes borrow.
struct LinkParts {
  const LinkSigner& signer;
  UsedLinks& used;
  PagerService& pager;
  env::Clock& clock;
};

// Adds GET (shows) and POST (acts) of signed links.
void add_link_routes(RouteTable& table, LinkParts parts);

}  // namespace daytwo::api
