// Whom to scrape: `global` and `scrape_configs` as they stand in a prometheus.yml.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/time.h"
#include "env/http_access.h"
#include "model/yaml.h"

namespace daytwo::app {

// One job of scrape_configs with fixed targets. 0 = no limit.
struct ScrapeJob {
  std::string job;
  std::string scheme = "http";
  std::string path = "/metrics";
  std::string query;  // of `params`, encoded, without "?"
  Duration interval = minutes(1);
  Duration timeout = seconds(10);
  bool honor_labels = false;
  bool honor_timestamps = true;
  bool follow_redirects = true;
  std::size_t sample_limit = 0;
  std::size_t label_limit = 0;
  std::size_t label_name_length_limit = 0;
  std::size_t label_value_length_limit = 0;
  env::HttpAccess access;
  struct Group {
    std::vector<std::string> targets;  // host:port
    std::map<std::string, std::string> labels;
  };
  std::vector<Group> groups;
};

// The jobs of a configuration in `folder`. What Prometheus reads there and we do not honour yet is
// named in `warnings`, what is wrong in `problems`.
[[nodiscard]] std::vector<ScrapeJob> read_scrape_jobs(model::YamlMap& top,
                                                      const std::string& folder,
                                                      std::vector<std::string>& warnings,
                                                      Diagnostics& problems);

}  // namespace daytwo::app
