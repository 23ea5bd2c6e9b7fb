#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "api/prometheus_params.h"
#include "api/prometheus_reply.h"
#include "api/prometheus_routes.h"
#include "model/json.h"

namespace daytwo::api {
namespace {

constexpr std::string_view kTruncated = "results truncated due to limit";

// What the three routes share.
struct Selection {
  std::vector<std::vector<series::Matcher>> matchers;
  series::TimeRange range;
  std::size_t limit = 0;
};

Result<Selection> read_selection(const http::Params& params) {
  Selection selection;
  TRY(selection.matchers, matcher_parameters(params));
  TRY(selection.range, range_parameters(params));
  TRY(selection.limit, limit_parameter(params));
  return selection;
}

// Sorts, drops doubles, cuts to the limit; says so in the remarks.
template <class T>
Remarks settle(std::vector<T>& list, std::size_t limit) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  Remarks remarks;
  if (limit > 0 && list.size() > limit) {
    list.resize(limit);
    remarks.warnings.emplace_back(kTruncated);
  }
  return remarks;
}

http::Response find_series(const series::Source& source, const Context& context) {
  const auto selection = read_selection(context.params);
  if (!selection) return reply_prometheus_error(selection.error());
  if (selection->matchers.empty()) {
    return reply_prometheus_error("bad_data", "no match[] parameter provided");
  }
  // One more than the limit tells whether something was cut.
  const std::size_t wanted = selection->limit == 0 ? 0 : selection->limit + 1;
  std::vector<series::Labels> all;
  for (const auto& matchers : selection->matchers) {
    auto found = source.series(matchers, selection->range, wanted);
    if (!found) return reply_prometheus_error(found.error());
    std::move(found->begin(), found->end(), std::back_inserter(all));
  }
  const Remarks remarks = settle(all, selection->limit);
  std::string data = "[";
  for (const series::Labels& labels : all) {
    if (data.size() > 1) data += ',';
    append_labels(data, labels);
  }
  data += ']';
  return reply_prometheus(data, remarks);
}

// Names or values over each set of matchers; no matchers = all series.
template <class Read>
http::Response list_texts(const Context& context, Read read) {
  auto selection = read_selection(context.params);
  if (!selection) return reply_prometheus_error(selection.error());
  if (selection->matchers.empty()) selection->matchers.emplace_back();
  std::vector<std::string> all;
  for (const auto& matchers : selection->matchers) {
    auto found = read(matchers, selection->range);
    if (!found) return reply_prometheus_error(found.error());
    std::move(found->begin(), found->end(), std::back_inserter(all));
  }
  const Remarks remarks = settle(all, selection->limit);
  return reply_prometheus(to_json_list(all), remarks);
}

http::Response list_names(const series::Source& source, const Context& context) {
  return list_texts(context, [&source](const auto& matchers, series::TimeRange range) {
    return source.label_names(matchers, range);
  });
}

http::Response list_values(const series::Source& source, const Context& context) {
  const auto name = decode_label_name(context.path[0]);
  if (!name) return reply_prometheus_error(name.error());
  return list_texts(context, [&](const auto& matchers, series::TimeRange range) {
    return source.label_values(*name, matchers, range);
  });
}

http::Response list_metadata(const series::Source& source, const Context& context) {
  const auto limit = limit_parameter(context.params);
  if (!limit) return reply_prometheus_error(limit.error());
  const auto per_metric = limit_parameter(context.params, "limit_per_metric");
  if (!per_metric) return reply_prometheus_error(per_metric.error());
  const auto all = source.metadata(context.params.get("metric"));
  if (!all) return reply_prometheus_error(all.error());
  std::map<std::string, std::vector<const series::Metadata*>> families;
  for (const series::Metadata& one : *all) {
    if (*limit > 0 && families.size() >= *limit && !families.contains(one.family)) continue;
    auto& list = families[one.family];
    if (*per_metric == 0 || list.size() < *per_metric) list.push_back(&one);
  }
  std::string data;
  model::JsonWriter writer(data);
  writer.begin_object();
  for (const auto& [family, list] : families) {
    writer.key(family);
    writer.begin_array();
    for (const series::Metadata* one : list) {
      writer.begin_object();
      writer.key("type");
      writer.string(one->type);
      writer.key("help");
      writer.string(one->help);
      writer.key("unit");
      writer.string(one->unit);
      writer.end_object();
    }
    writer.end_array();
  }
  writer.end_object();
  return reply_prometheus(data);
}

}  // namespace

void add_series_routes(RouteTable& table, const series::Source& source) {
  const std::vector<Parameter> range = {{"match[]", "a selector; may stand more than once", false},
                                        {"start", "seconds or RFC 3339", false},
                                        {"end", "seconds or RFC 3339", false},
                                        {"limit", "how many to return; 0 = all", false}};
  add_read_route(table, "/api/v1/series", "Label sets of series", range,
                 [&source](const Context& context) { return find_series(source, context); });
  add_read_route(table, "/api/v1/labels", "Label names", range,
                 [&source](const Context& context) { return list_names(source, context); });
  Route values;
  values.method = "GET";
  values.path = "/api/v1/label/{name}/values";
  values.summary = "Values of a label";
  values.parameters = range;
  values.handler = [&source](const Context& context) { return list_values(source, context); };
  table.add(std::move(values));
  Route metadata;
  metadata.method = "GET";
  metadata.path = "/api/v1/metadata";
  metadata.summary = "Type, help and unit of metrics";
  metadata.parameters = {{"metric", "one family; default all", false},
                         {"limit", "families to return", false},
                         {"limit_per_metric", "entries of one family to return", false}};
  metadata.handler = [&source](const Context& context) { return list_metadata(source, context); };
  table.add(std::move(metadata));
}

}  // namespace daytwo::api
