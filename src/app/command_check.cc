// daytwo check config | ready; check rules has a file of its own
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "api/web_config.h"
#include "app/asking.h"
#include "app/client.h"
#include "app/commands.h"
#include "app/declarations.h"
#include "app/terminal.h"
#include "base/text.h"

namespace daytwo::app {
namespace {

// What a start reads besides the configuration itself. Errors: the first that ends the start.
Result<ReadDeclarations> read_rest(World& world, const Settings& settings, const Config& config) {
  TRY_IN("configuration", const auto probes, probes_of(config));
  static_cast<void>(probes);
  if (!settings.web_config_file.empty()) {
    TRY(const auto web, api::load_web_config(world.files, settings.web_config_file));
    static_cast<void>(web);
  }
  return read_declarations(world.files, config, {}, world.clock.wall());
}

// What costs only itself at a start, and is a mistake all the same: one line each.
std::size_t print_problems(World& world, const Config& config, const ReadDeclarations& read) {
  std::size_t count = read.declared.advisory_problems.size();
  for (const std::string& problem : read.declared.advisory_problems) {
    fmt::print(stderr, "advisories: {}\n", problem);
  }
  if (const auto password = read_mail_password(world.files, config); !password) {
    fmt::print(stderr, "{}\n", password.error().to_string());
    ++count;
  }
  const std::string& authority = config.people.mail.ca_file;
  if (!authority.empty() && !world.files.facts(authority)) {
    fmt::print(stderr, "mail: ca_file: {} cannot be read\n", authority);
    ++count;
  }
  return count;
}

void print_notes(World& world, const Config& config, const ReadDeclarations& read) {
  for (const std::string& warning : config.warnings) fmt::print(stderr, "{}\n", warning);
  for (const facts::Record& record : read.sightings) {
    const auto* feed = facts::body_as<facts::FeedSeen>(record);
    if (feed != nullptr && feed->skipped > 0) fmt::print(stderr, "{}\n", record.sentence);
  }
  if (!config.baseline.empty() && !world.files.facts(config.baseline)) {
    fmt::print(stderr, "{}: not there yet: daytwo baseline learn writes it\n", config.baseline);
  }
}

std::string summary_of(const Config& config, const ReadDeclarations& read) {
  std::vector<std::string> parts = {counted(config.catalog.all().size(), "service", "services"),
                                    counted(config.scrapes.size(), "scrape job", "scrape jobs"),
                                    counted(config.watches.size(), "watched URL", "watched URLs"),
                                    counted(config.people.by_name.size(), "contact", "contacts"),
                                    counted(config.stakes.size(), "stake", "stakes"),
                                    counted(config.written.worries.size(), "worry", "worries")};
  if (!config.advisories.empty()) {
    parts.push_back(counted(read.declared.advisories->records(), "advisory", "advisories"));
  }
  for (const model::Baseline& baseline : read.declared.baselines) {
    parts.push_back("a baseline of " + baseline.host);
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

int run_config(World& world, const Arguments& arguments) {
  Settings settings;
  settings.config_file = arguments.positional.at(0);
  settings.storage_path = arguments.get("--storage.path");
  settings.web_config_file = arguments.get("--web.config.file");
  settings.advisories = arguments.all("--advisories");
  const auto config = gather_config(world.files, settings);
  if (!config) return print_error(config.error());
  const auto read = read_rest(world, settings, *config);
  if (!read) return print_error(read.error());
  print_notes(world, *config, *read);
  if (print_problems(world, *config, *read) > 0) return kFailed;
  fmt::print("{}: good: {}\n", config->file, summary_of(*config, *read));
  return kGood;
}

int run_ready(World& world, const Arguments& arguments) {
  const auto body = Client(world, arguments).get("/-/ready");
  if (!body) return print_error(body.error());
  fmt::print("{}\n", trim(*body));
  return kGood;
}

}  // namespace

Command check_config_command() {
  return {{"check", "config"},
          "FILE",
          1,
          1,
          "Check a configuration and every file it names, as a start reads them; all problems, "
          "with line and column. Exit code 2 for a mistake in the configuration, 1 for a file that "
          "cannot be used.",
          {"daytwo check config /etc/daytwo/daytwo.yml", "daytwo check config prometheus.yml",
           "daytwo check config daytwo.yml --storage.path=var --web.config.file=web.yml"},
          {{"--advisories", "PATH", "", "an advisory file or folder, as given to serve", "Options",
            true},
           {"--storage.path", "FOLDER", "",
            "check the baseline and the watched URLs kept there, too", "Options"},
           {"--web.config.file", "FILE", "", "TLS and passwords, as given to serve", "Options"}},
          run_config};
}

Command check_ready_command() {
  return {{"check", "ready"},
          "",
          0,
          0,
          "Ask a running daytwo whether it serves.",
          {"daytwo check ready --server http://127.0.0.1:9420"},
          server_options(),
          run_ready};
}

}  // namespace daytwo::app
