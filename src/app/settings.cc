#include "app/settings.h"

#include <fmt/format.h>

#include <charconv>

namespace daytwo::app {
namespace {

Result<bool> read_switch(const Arguments& arguments, const std::string& name) {
  const std::string text = arguments.get(name);
  if (text == "true" || text == "false") return text == "true";
  return fail(Code::kInvalid, fmt::format("{} is true or false, not '{}'", name, text));
}

Result<void> read_log(const Arguments& arguments, Settings& settings) {
  const std::string level = arguments.get("--log.level");
  constexpr std::array<std::string_view, 4> kLevels = {"debug", "info", "warn", "error"};
  bool known = false;
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    if (level != kLevels.at(i)) continue;
    settings.log.level = static_cast<env::LogLevel>(i);
    known = true;
  }
  if (!known) {
    return fail(Code::kInvalid,
                fmt::format("--log.level is debug, info, warn or error, not '{}'", level));
  }
  const std::string format = arguments.get("--log.format");
  if (format != "logfmt" && format != "json") {
    return fail(Code::kInvalid, fmt::format("--log.format is logfmt or json, not '{}'", format));
  }
  settings.log.format = format == "json" ? env::os::LogFormat::kJson : env::os::LogFormat::kLogfmt;
  return {};
}

Result<void> read_storage(const Arguments& arguments, Settings& settings) {
  settings.storage_path = arguments.get("--storage.path");
  TRY(settings.retention, arguments.duration("--storage.retention.time"));
  settings.sync = arguments.get("--storage.sync");
  if (settings.sync != "ack" && settings.sync != "100ms" && settings.sync != "off") {
    return fail(Code::kInvalid,
                fmt::format("--storage.sync is ack, 100ms or off, not '{}'", settings.sync));
  }
  return {};
}

Result<void> read_attachment(const Arguments& arguments, Settings& settings) {
  settings.prometheus_url = arguments.get("--prometheus");
  settings.prometheus_access_file = arguments.get("--prometheus.http.config.file");
  settings.prometheus_tenant = arguments.get("--prometheus.tenant");
  for (const char* name : {"--prometheus.http.config.file", "--prometheus.tenant"}) {
    if (settings.prometheus_url.empty() && !arguments.get(name).empty()) {
      return fail(Code::kInvalid, fmt::format("{} needs --prometheus URL", name));
    }
  }
  return {};
}

Result<void> read_query(const Arguments& arguments, Settings& settings) {
  TRY(settings.query_timeout, arguments.duration("--query.timeout"));
  const std::string samples = arguments.get("--query.max-samples");
  const auto read =
      std::from_chars(samples.data(), samples.data() + samples.size(), settings.query_max_samples);
  if (read.ec != std::errc() || read.ptr != samples.data() + samples.size()) {
    return fail(Code::kInvalid, fmt::format("--query.max-samples is a count, not '{}'", samples));
  }
  return {};
}

}  // namespace

std::vector<Option> serve_options() {
  return {
      {"--config.file", "FILE", "", "daytwo.yml or a prometheus.yml; none is fine", "What to do"},
      {"--watch", "URL", "", "a URL to probe, besides those of the file", "What to do", true},
      {"--advisories", "PATH", "", "an advisory file or folder: OSV, KEV, EPSS", "What to do",
       true},
      {"--prometheus", "URL", "",
       "the Prometheus, Mimir or VictoriaMetrics you have: queries go there", "What to do"},
      {"--prometheus.http.config.file", "FILE", "",
       "who daytwo is there: basic_auth, authorization, tls_config, as in promtool", "What to do"},
      {"--prometheus.tenant", "NAME", "", "the tenant of a Mimir, sent as X-Scope-OrgID",
       "What to do"},
      {"--self.observe", "BOOL", "true",
       "watch this host and daytwo itself; false leaves the store to your samples alone",
       "What to do"},
      {"--storage.path", "FOLDER", "var", "where everything is kept", "Storage"},
      {"--storage.retention.time", "SPAN", "35d", "how long samples are kept; 0 for ever",
       "Storage"},
      {"--storage.sync", "WHEN", "ack",
       "when a sample counts as stored: ack (survives power loss), 100ms, off", "Storage"},
      {"--web.listen-address", "ADDRESS", "127.0.0.1:9420",
       "where to listen; beyond loopback only with --web.config.file", "Web", true},
      {"--web.external-url", "URL", "", "how people reach it, for links", "Web"},
      {"--web.route-prefix", "PATH", "", "the prefix of all routes", "Web"},
      {"--web.config.file", "FILE", "", "TLS and passwords, in Prometheus's format", "Web"},
      {"--web.enable-lifecycle", "", "", "allow POST /-/reload and /-/quit", "Web"},
      {"--query.timeout", "SPAN", "2m", "longest query", "Query"},
      {"--query.max-samples", "COUNT", "50000000", "most samples one query holds", "Query"},
      {"--log.level", "LEVEL", "info", "debug, info, warn or error", "Log"},
      {"--log.format", "FORMAT", "logfmt", "logfmt or json", "Log"},
  };
}

Result<Settings> read_settings(const Arguments& arguments, bool under_systemd) {
  Settings settings;
  settings.config_file = arguments.get("--config.file");
  settings.watch = arguments.all("--watch");
  settings.advisories = arguments.all("--advisories");
  TRY_VOID(read_attachment(arguments, settings));
  TRY(settings.self_observe, read_switch(arguments, "--self.observe"));
  TRY_VOID(read_storage(arguments, settings));
  for (const std::string& address : arguments.all("--web.listen-address")) {
    TRY_IN("--web.listen-address", const http::ListenAddress read,
           http::parse_listen_address(address));
    settings.listen.push_back(read);
  }
  settings.external_url = arguments.get("--web.external-url");
  settings.route_prefix = arguments.get("--web.route-prefix");
  settings.web_config_file = arguments.get("--web.config.file");
  settings.enable_lifecycle = arguments.has("--web.enable-lifecycle");
  TRY_VOID(read_query(arguments, settings));
  TRY_VOID(read_log(arguments, settings));
  settings.log.systemd = under_systemd;
  return settings;
}

}  // namespace daytwo::app
