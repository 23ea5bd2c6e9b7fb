// The Prometheus-compatible routes under /api/v1, over any Source and Sink.
// [prometheus.io/docs/prometheus/latest/querying/api; house.md 14 for what Grafana asks]
// Thread rule: called once, at start; handlers run on many workers at once.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "api/route.h"
#include "api/services.h"
#include "base/limits.h"
#include "base/metrics.h"
#include "base/time.h"
#include "env/clock.h"
#include "series/sink.h"
#include "series/source.h"

namespace daytwo::api {

// Bounds of queries: the flags --query.*.
struct QueryLimits {
  Duration timeout = minutes(2);
  Duration lookback = minutes(5);
  std::size_t max_samples = kMaxQuerySamples;
};

// Answers query and query_range in place of our engine; nothing when ours shall.
using QueryForward = std::function<std::optional<http::Response>(const Context&)>;

// What queries borrow.
struct QueryParts {
  const series::Source& source;
  env::Clock& clock;
  Registry& registry;
  QueryLimits limits;
  QueryForward forward = nullptr;  // nullptr = our engine answers everything
};

// query, query_range, query_exemplars, format_query, parse_query.
void add_query_routes(RouteTable& table, const QueryParts& parts);

// series, labels, label/NAME/values, metadata.
void add_series_routes(RouteTable& table, const series::Source& source);

// status/*, rules, alerts, targets.
void add_status_routes(RouteTable& table, const Services& services, env::Clock& clock);

// Remote write, versions 1.0 and 2.0.
void add_write_route(RouteTable& table, series::Sink& sink, Registry& registry);

// Adds `handler` for GET and for a form POST of the same parameters.
void add_read_route(RouteTable& table, std::string path, std::string summary,
                    std::vector<Parameter> parameters, RouteHandler handler);

}  // namespace daytwo::api
