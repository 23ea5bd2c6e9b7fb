#include "app/scrape_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "app/http_access_file.h"
#include "base/percent.h"

namespace daytwo::app {
namespace {

using model::YamlMap;
using model::YamlNode;

// Defaults of `global`.
struct Global {
  Duration interval = minutes(1);
  Duration timeout = seconds(10);
};

Global read_global(YamlMap& top, std::vector<std::string>& warnings, Diagnostics& problems) {
  Global global;
  const auto node = top.node("global");
  if (!node) return global;
  YamlMap map(*node, problems);
  global.interval = map.duration("scrape_interval").value_or(global.interval);
  global.timeout = map.duration("scrape_timeout").value_or(global.timeout);
  for (const std::string_view key : {"evaluation_interval", "rule_query_offset", "query_log_file",
                                     "scrape_protocols", "scrape_failure_log_file"}) {
    map.ignore(key);
  }
  if (map.node("external_labels")) {
    warnings.emplace_back(
        "global.external_labels is kept for remote writes, which are not sent yet");
  }
  map.finish();
  return global;
}

ScrapeJob::Group read_group(const YamlNode& node, Diagnostics& problems) {
  ScrapeJob::Group group;
  YamlMap map(node, problems);
  for (const YamlNode& target : map.list("targets")) {
    const auto text = yaml_text(target, problems);
    if (text && text->find("://") != std::string::npos) {
      problems.push_back(
          target.problem("a target is HOST:PORT, without a scheme", "localhost:9100"));
    } else if (text) {
      group.targets.push_back(*text);
    }
  }
  if (const auto labels = map.node("labels")) {
    for (const auto& [key, value] : labels->entries()) {
      group.labels[key.text()] = yaml_text(value, problems).value_or("");
    }
  }
  map.finish();
  return group;
}

// `params` as a query: each name with each of its values.
std::string read_query(YamlMap& map, Diagnostics& problems) {
  std::string query;
  const auto node = map.node("params");
  if (!node) return query;
  YamlMap params(*node, problems);
  for (const auto& [name, values] : node->entries()) {
    for (const std::string& value : params.texts(name.text())) {
      query += fmt::format("{}{}={}", query.empty() ? "" : "&", percent_encode(name.text()),
                           percent_encode(value));
    }
  }
  return query;
}

std::size_t read_limit(YamlMap& map, const char* key, Diagnostics& problems) {
  const auto node = map.node(key);
  const auto limit = node ? yaml_integer(*node, problems) : std::nullopt;
  if (limit && *limit < 0) problems.push_back(node->problem("a limit is 0 (none) or more"));
  return static_cast<std::size_t>(std::max<std::int64_t>(0, limit.value_or(0)));
}

void read_limits(YamlMap& map, ScrapeJob& job, Diagnostics& problems) {
  job.sample_limit = read_limit(map, "sample_limit", problems);
  job.label_limit = read_limit(map, "label_limit", problems);
  job.label_name_length_limit = read_limit(map, "label_name_length_limit", problems);
  job.label_value_length_limit = read_limit(map, "label_value_length_limit", problems);
}

// Service discovery, relabelling and the like: Prometheus reads them, we do not yet; said, never
// silent.
void leave_for_later(const YamlNode& node, const std::string& job, YamlMap& map,
                     std::vector<std::string>& warnings) {
  for (const auto& [key, value] : node.entries()) {
    const std::string& name = key.text();
    const bool later = name.ends_with("_sd_configs") || name.ends_with("relabel_configs") ||
                       name == "body_size_limit" || name == "target_limit" ||
                       name == "keep_dropped_targets" || name == "scrape_protocols" ||
                       name == "track_timestamps_staleness";
    if (!later) continue;
    map.ignore(name);
    warnings.push_back(fmt::format("{}:{}: {} of job {} is not honoured yet", value.file(),
                                   key.line(), name, job));
  }
}

ScrapeJob read_job(const YamlNode& node, const Global& global, const std::string& folder,
                   std::vector<std::string>& warnings, Diagnostics& problems) {
  ScrapeJob job;
  YamlMap map(node, problems);
  job.job = map.required_text("job_name");
  job.interval = map.duration("scrape_interval").value_or(global.interval);
  job.timeout = map.duration("scrape_timeout").value_or(std::min(global.timeout, job.interval));
  job.path = map.text("metrics_path").value_or(job.path);
  job.query = read_query(map, problems);
  job.honor_labels = map.boolean("honor_labels").value_or(false);
  job.honor_timestamps = map.boolean("honor_timestamps").value_or(true);
  job.follow_redirects = map.boolean("follow_redirects").value_or(true);
  read_limits(map, job, problems);
  job.access = read_http_access(map, folder, warnings, problems);
  if (const auto scheme = map.node("scheme")) {
    job.scheme = yaml_text(*scheme, problems).value_or("http");
    if (job.scheme != "http" && job.scheme != "https") {
      problems.push_back(scheme->problem("the scheme is http or https"));
    }
  }
  for (const YamlNode& group : map.list("static_configs")) {
    job.groups.push_back(read_group(group, problems));
  }
  if (job.timeout > job.interval) {
    problems.push_back(node.problem("scrape_timeout is longer than scrape_interval"));
  }
  leave_for_later(node, job.job, map, warnings);
  map.finish();
  return job;
}

}  // namespace

std::vector<ScrapeJob> read_scrape_jobs(YamlMap& top, const std::string& folder,
                                        std::vector<std::string>& warnings, Diagnostics& problems) {
  std::vector<ScrapeJob> jobs;
  const Global global = read_global(top, warnings, problems);
  for (const YamlNode& job : top.list("scrape_configs")) {
    jobs.push_back(read_job(job, global, folder, warnings, problems));
  }
  return jobs;
}

}  // namespace daytwo::app
