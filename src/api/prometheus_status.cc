#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "api/prometheus_params.h"
#include "api/prometheus_reply.h"
#include "api/prometheus_routes.h"
#include "base/time.h"
#include "daytwo_build.h"
#include "model/json.h"

namespace daytwo::api {
namespace {

using model::JsonWriter;

// The Prometheus whose API we speak: Grafana chooses what it asks by this.
constexpr std::string_view kPrometheusVersion = "3.5.0";
// Entries of a status list, and the most one may ask for.
constexpr std::size_t kTopCount = 10;
constexpr std::size_t kMaxTopCount = 10'000;

void write_text(JsonWriter& writer, std::string_view name, std::string_view text) {
  writer.key(name);
  writer.string(text);
}

// Without `features`: any entry makes Grafana take us for Mimir and expect its ruler API.
http::Response build_info_of(const Context&) {
  const BuildFacts build = build_facts();
  std::string data;
  JsonWriter writer(data);
  writer.begin_object();
  write_text(writer, "version", kPrometheusVersion);
  write_text(writer, "revision", build.revision);
  write_text(writer, "branch", fmt::format("daytwo {}", build.version));
  write_text(writer, "buildUser", "");
  write_text(writer, "buildDate", "");
  write_text(writer, "goVersion", "");
  writer.end_object();
  return reply_prometheus(data);
}

http::Response runtime_info(ProcessService& process, env::Clock& clock) {
  std::string data;
  JsonWriter writer(data);
  writer.begin_object();
  write_text(writer, "startTime", to_rfc3339(process.started()));
  write_text(writer, "serverTime", to_rfc3339(clock.wall()));
  write_text(writer, "storageRetention", process.storage_retention());
  writer.end_object();
  return reply_prometheus(data);
}

http::Response flags_of(ProcessService& process) {
  std::string data;
  JsonWriter writer(data);
  writer.begin_object();
  for (const Flag& flag : process.flags()) write_text(writer, flag.name, flag.value);
  writer.end_object();
  return reply_prometheus(data);
}

http::Response configuration_of(ProcessService& process) {
  std::string data;
  JsonWriter writer(data);
  writer.begin_object();
  write_text(writer, "yaml", process.configuration());
  writer.end_object();
  return reply_prometheus(data);
}

// The largest entries of a count, as [{"name":..,"value":..}].
void write_top(JsonWriter& writer, std::string_view name,
               const std::map<std::string, std::size_t>& counts, std::size_t limit) {
  std::vector<std::pair<std::string, std::size_t>> top(counts.begin(), counts.end());
  std::stable_sort(top.begin(), top.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (top.size() > limit) top.resize(limit);
  writer.key(name);
  writer.begin_array();
  for (const auto& [entry, count] : top) {
    writer.begin_object();
    write_text(writer, "name", entry);
    writer.key("value");
    writer.unsigned_integer(count);
    writer.end_object();
  }
  writer.end_array();
}

http::Response tsdb_of(const series::Source& source, const Context& context) {
  const auto asked = limit_parameter(context.params);
  if (!asked) return reply_prometheus_error(asked.error());
  if (*asked > kMaxTopCount) {
    return reply_prometheus_error("bad_data", "limit must not exceed 10000");
  }
  const std::size_t limit = *asked == 0 ? kTopCount : *asked;
  const auto all = source.series({}, {}, 0);
  if (!all) return reply_prometheus_error(all.error());
  std::map<std::string, std::size_t> by_metric;
  std::map<std::string, std::size_t> by_pair;
  std::map<std::string, std::map<std::string, std::size_t>> values;
  for (const series::Labels& labels : *all) {
    for (const series::Label& label : labels.all()) {
      if (label.name == series::kMetricName) ++by_metric[label.value];
      ++by_pair[label.name + "=" + label.value];
      ++values[label.name][label.value];
    }
  }
  std::map<std::string, std::size_t> values_by_name;
  for (const auto& [name, held] : values) values_by_name[name] = held.size();
  std::string data;
  JsonWriter writer(data);
  writer.begin_object();
  writer.key("headStats");
  writer.begin_object();
  writer.key("numSeries");
  writer.unsigned_integer(all->size());
  writer.key("numLabelPairs");
  writer.unsigned_integer(by_pair.size());
  writer.end_object();
  write_top(writer, "seriesCountByMetricName", by_metric, limit);
  write_top(writer, "labelValueCountByLabelName", values_by_name, limit);
  write_top(writer, "seriesCountByLabelValuePair", by_pair, limit);
  writer.end_object();
  return reply_prometheus(data);
}

void write_target(JsonWriter& writer, const ScrapeTarget& target) {
  writer.begin_object();
  std::string labels;
  append_labels(labels, target.labels);
  writer.key("discoveredLabels");
  writer.raw(labels);
  writer.key("labels");
  writer.raw(labels);
  write_text(writer, "scrapePool", target.pool);
  write_text(writer, "scrapeUrl", target.url);
  write_text(writer, "globalUrl", target.url);
  write_text(writer, "lastError", target.last_error);
  write_text(writer, "lastScrape", to_rfc3339(target.last_scrape));
  writer.key("lastScrapeDuration");
  writer.number(target.last_duration.seconds());
  write_text(writer, "health", target.health);
  write_text(writer, "scrapeInterval", to_string(target.interval));
  write_text(writer, "scrapeTimeout", to_string(target.timeout));
  writer.end_object();
}

http::Response targets_of(ScrapeService& scrapes, const Context& context) {
  const std::string state = context.params.find("state").value_or("any");
  const std::string pool = context.params.get("scrapePool");
  std::string data = "{\"activeTargets\":";
  JsonWriter writer(data);
  writer.begin_array();
  if (state != "dropped") {
    for (const ScrapeTarget& target : scrapes.targets()) {
      if (pool.empty() || pool == target.pool) write_target(writer, target);
    }
  }
  writer.end_array();
  data += ",\"droppedTargets\":[]}";
  return reply_prometheus(data);
}

void add_get(RouteTable& table, std::string path, std::string summary, RouteHandler handler) {
  Route route;
  route.method = "GET";
  route.path = std::move(path);
  route.summary = std::move(summary);
  route.handler = std::move(handler);
  table.add(std::move(route));
}

}  // namespace

void add_status_routes(RouteTable& table, const Services& services, env::Clock& clock) {
  ProcessService& process = services.process;
  ScrapeService& scrapes = services.scrapes;
  const series::Source& source = services.source;
  add_get(table, "/api/v1/status/buildinfo", "The Prometheus that is emulated", build_info_of);
  add_get(table, "/api/v1/status/runtimeinfo", "Start and server time",
          [&process, &clock](const Context&) { return runtime_info(process, clock); });
  add_get(table, "/api/v1/status/flags", "Flags of the command line",
          [&process](const Context&) { return flags_of(process); });
  add_get(table, "/api/v1/status/config", "The configuration, without secrets",
          [&process](const Context&) { return configuration_of(process); });
  add_get(table, "/api/v1/status/tsdb", "Counts of series and labels",
          [&source](const Context& context) { return tsdb_of(source, context); });
  add_get(table, "/api/v1/targets", "What is scraped",
          [&scrapes](const Context& context) { return targets_of(scrapes, context); });
  // Rules of Prometheus are not evaluated here: what fires is a worry, at /api/daytwo/v1/worries.
  add_get(table, "/api/v1/rules", "Prometheus rules: none are evaluated",
          [](const Context&) { return reply_prometheus("{\"groups\":[]}"); });
  add_get(table, "/api/v1/alerts", "Alerts of Prometheus rules: none are evaluated",
          [](const Context&) { return reply_prometheus("{\"alerts\":[]}"); });
}

}  // namespace daytwo::api
