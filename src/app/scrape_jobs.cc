#include "app/scrape_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "app/http_access_file.h"
#include "base/percent.h"
#include "base/text.h"

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

// Why `target` is not HOST or HOST:PORT; empty when it is.
std::string wrong_with_target(std::string_view target) {
  if (target.find("://") != std::string_view::npos) {
    return "a target is HOST:PORT, without a scheme";
  }
  if (target.find('/') != std::string_view::npos) {
    return "a target is HOST:PORT; its path is metrics_path";
  }
  const std::size_t colon = target.rfind(':');
  const bool bare_v6 = target.ends_with(']') && target.starts_with('[');
  if (colon == 0 || target.empty()) return "a target without a host";
  if (colon == std::string_view::npos || bare_v6) return {};
  const std::string_view digits = target.substr(colon + 1);
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  return whole && port >= 1 && port <= 65535 ? "" : "a port lies between 1 and 65535";
}

// Whether the job rewrites its targets: then they may be anything, such as the URLs that a
// blackbox exporter asks for.
bool rewrites_targets(const YamlNode& job) {
  const auto keys = job.entries();
  return std::ranges::any_of(keys, [](const auto& each) {
    return each.first.text() == "relabel_configs" && !each.second.items().empty();
  });
}

ScrapeJob::Group read_group(const YamlNode& node, bool rewritten,
                            std::vector<std::string>& warnings, Diagnostics& problems) {
  ScrapeJob::Group group;
  YamlMap map(node, problems);
  for (const YamlNode& target : map.list("targets")) {
    const auto text = yaml_text(target, problems);
    if (!text) continue;
    const std::string wrong = wrong_with_target(*text);
    if (wrong.empty()) {
      group.targets.push_back(*text);
    } else if (rewritten) {
      warnings.push_back(fmt::format("{}:{}: '{}' is a target only once it is relabelled: left out",
                                     target.file(), target.line(), to_utf8(*text)));
    } else {
      problems.push_back(target.problem(wrong, "localhost:9100"));
    }
  }
  if (const auto labels = map.node("labels")) {
    for (const auto& [key, value] : yaml_entries(*labels, problems)) {
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

// Prometheus refuses a timeout above the interval, and so do we; below 1 ms nothing can be asked.
void check_times(YamlMap& map, const YamlNode& job_node, const ScrapeJob& job,
                 Diagnostics& problems) {
  const YamlNode interval = map.node("scrape_interval").value_or(job_node);
  const YamlNode timeout = map.node("scrape_timeout").value_or(interval);
  if (job.interval.ms <= 0) {
    problems.push_back(interval.problem("scrape_interval must be above 0", "15s or 1m"));
  } else if (job.timeout.ms <= 0) {
    problems.push_back(timeout.problem("scrape_timeout must be above 0", "10s"));
  } else if (job.timeout > job.interval) {
    problems.push_back(timeout.problem("scrape_timeout is longer than scrape_interval",
                                       "at most " + to_words(job.interval)));
  }
}

std::optional<std::string> read_path(YamlMap& map, Diagnostics& problems) {
  const auto node = map.node("metrics_path");
  const auto path = node ? yaml_text(*node, problems) : std::nullopt;
  if (path && !path->starts_with('/')) {
    problems.push_back(node->problem("metrics_path begins with '/'", "/" + *path));
  }
  return path;
}

ScrapeJob read_job(const YamlNode& node, const Global& global, const std::string& folder,
                   std::vector<std::string>& warnings, Diagnostics& problems) {
  ScrapeJob job;
  YamlMap map(node, problems);
  job.job = map.required_text("job_name");
  job.interval = map.duration("scrape_interval").value_or(global.interval);
  job.timeout = map.duration("scrape_timeout").value_or(std::min(global.timeout, job.interval));
  job.path = read_path(map, problems).value_or(job.path);
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
  const bool rewritten = rewrites_targets(node);
  for (const YamlNode& group : map.list("static_configs")) {
    job.groups.push_back(read_group(group, rewritten, warnings, problems));
  }
  check_times(map, node, job, problems);
  leave_for_later(node, job.job, map, warnings);
  map.finish();
  return job;
}

}  // namespace

std::vector<ScrapeJob> read_scrape_jobs(YamlMap& top, const std::string& folder,
                                        std::vector<std::string>& warnings, Diagnostics& problems) {
  std::vector<ScrapeJob> jobs;
  const Global global = read_global(top, warnings, problems);
  for (const YamlNode& node : top.list("scrape_configs")) {
    ScrapeJob job = read_job(node, global, folder, warnings, problems);
    const bool twice = std::ranges::any_of(
        jobs, [&](const ScrapeJob& other) { return !job.job.empty() && other.job == job.job; });
    if (twice) {
      problems.push_back(node.problem(fmt::format("two jobs are called '{}'", job.job),
                                      "a job_name of its own for each job"));
    }
    jobs.push_back(std::move(job));
  }
  return jobs;
}

}  // namespace daytwo::app
