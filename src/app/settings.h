// What needs a restart: the flags of `daytwo serve`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/command.h"
#include "base/time.h"
#include "env/os/log.h"
#include "http/address.h"

namespace daytwo::app {

struct Settings {
  std::string config_file;
  std::string storage_path;
  Duration retention = days(35);  // 0 = for ever
  std::vector<http::ListenAddress> listen;
  std::string external_url;
  std::string route_prefix;
  std::string web_config_file;
  bool enable_lifecycle = false;
  std::string prometheus_url;          // queries go there; empty = the embedded store
  std::string prometheus_access_file;  // who we are there; empty = nobody
  std::string prometheus_tenant;       // sent as X-Scope-OrgID; empty = none
  bool self_observe = true;            // false: the store holds the user's samples alone
  std::vector<std::string> advisories;
  std::vector<std::string> watch;
  Duration query_timeout = minutes(2);
  std::size_t query_max_samples = 50'000'000;
  std::string sync = "ack";  // when a sample counts as stored: ack, 100ms, off
  bool simulated = false;    // every page says so
  env::os::LogOptions log;
};

// The options of `daytwo serve`.
[[nodiscard]] std::vector<Option> serve_options();

// Reads them. Errors: kInvalid, naming the option.
[[nodiscard]] Result<Settings> read_settings(const Arguments& arguments, bool under_systemd);

}  // namespace daytwo::app
