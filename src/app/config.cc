#include "app/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

#include "app/catalog_checks.h"
#include "app/paths.h"
#include "app/zone_files.h"
#include "base/diagnostic_order.h"
#include "base/text.h"
#include "base/units.h"
#include "model/stakes.h"
#include "observe/probe/prober.h"

namespace daytwo::app {
namespace {

using model::YamlMap;
using model::YamlNode;

// Keys of prometheus.yml that are understood there and not done here yet.
constexpr std::string_view kLater[] = {
    "rule_files", "rule_file", "remote_write",        "remote_read", "alerting", "storage",
    "tracing",    "otlp",      "scrape_config_files", "runtime",     "floors"};

// Adds what is wrong with the text in `node`, where it stands in the file.
void add_problems(const YamlNode& node, const Error& error, Diagnostics& problems) {
  if (error.diagnostics.empty()) problems.push_back(node.problem(error.text));
  for (Diagnostic& found : node.placed(error.diagnostics)) problems.push_back(std::move(found));
}

void check_url(const YamlNode& node, Diagnostics& problems) {
  const auto probe = observe::make_probe(node.text());
  if (!probe) add_problems(node, probe.error(), problems);
}

// Stakes are read again when they enter the loop; here only for their mistakes.
void check_stake(const YamlNode& node, Diagnostics& problems) {
  const auto text = yaml_text(node, problems);
  if (!text) return;
  const auto stake = model::parse_stake(*text);
  if (!stake) add_problems(node, stake.error(), problems);
}

Watch read_watch(const YamlNode& node, Diagnostics& problems) {
  Watch watch;
  if (node.kind() == model::YamlKind::kScalar) {
    watch.url = node.text();
    check_url(node, problems);
    return watch;
  }
  YamlMap map(node, problems);
  watch.url = map.required_text("url");
  if (const auto url = map.node("url")) check_url(*url, problems);
  watch.interval = map.duration("interval").value_or(watch.interval);
  watch.timeout = map.duration("timeout").value_or(watch.timeout);
  for (const YamlNode& code : map.list("status")) {
    if (const auto number = yaml_integer(code, problems)) watch.status.push_back(*number);
  }
  watch.body = map.text("body").value_or("");
  watch.max_redirects = static_cast<int>(map.integer("max_redirects").value_or(5));
  watch.verify_tls = map.boolean("verify_tls").value_or(true);
  map.finish();
  return watch;
}

// The texts of the files that fit `pattern`; each that cannot be read is a problem, and so is none.
std::vector<std::pair<std::string, std::string>> read_all(const YamlNode& pattern,
                                                          const std::string& folder,
                                                          const env::Files& files,
                                                          Diagnostics& problems) {
  std::vector<std::pair<std::string, std::string>> out;
  const std::vector<std::string> paths = expand(files, below(folder, pattern.text()));
  if (paths.empty()) {
    problems.push_back(
        pattern.problem(fmt::format("no file fits '{}'", to_utf8(below(folder, pattern.text())))));
  }
  for (const std::string& path : paths) {
    auto text = files.read(path, kMaxConfigBytes);
    if (text) {
      out.emplace_back(path, std::move(*text));
    } else {
      const bool large = text.error().code == Code::kLimit;
      problems.push_back(pattern.problem((large ? too_large(path) : text.error()).to_string()));
    }
  }
  return out;
}

// All files of all patterns, read as one register.
void read_worries(YamlMap& top, const std::string& folder, const env::Files& files, Config& config,
                  Diagnostics& problems) {
  std::vector<model::WorrySource> sources;
  std::vector<int> lines;  // of the pattern that named each
  for (const YamlNode& pattern : top.list("worries")) {
    for (auto& [path, text] : read_all(pattern, folder, files, problems)) {
      const bool known = std::ranges::any_of(
          sources, [&](const model::WorrySource& other) { return other.path == path; });
      if (known) continue;
      sources.push_back({std::move(text), path});
      lines.push_back(pattern.line());
    }
  }
  auto read = model::parse_worry_files(sources);
  if (!read && read.error().diagnostics.empty()) {
    problems.push_back(top.whole().problem(read.error().to_string()));
  } else if (!read) {
    const Diagnostics& found = read.error().diagnostics;
    problems.insert(problems.end(), found.begin(), found.end());
  } else {
    for (std::size_t i = 0; i < read->stakes.size(); ++i) {
      const std::string& path = read->stake_files[i];
      const auto at = std::ranges::find(sources, path, &model::WorrySource::path);
      config.stakes.push_back(
          {read->stakes[i].text, path, lines[static_cast<std::size_t>(at - sources.begin())]});
    }
    config.written = *std::move(read);
    config.worry_files = std::move(sources);
  }
}

std::vector<model::CatalogFile> read_services(YamlMap& top, const std::string& folder,
                                              const env::Files& files, Config& config,
                                              Diagnostics& problems) {
  std::vector<model::CatalogFile> texts;
  for (const YamlNode& pattern : top.list("services")) {
    for (auto& [path, text] : read_all(pattern, folder, files, problems)) {
      texts.push_back({path, std::move(text)});
    }
  }
  auto catalog = model::load_catalog(texts);
  if (!catalog) {
    if (catalog.error().diagnostics.empty()) {
      problems.push_back(top.whole().problem(catalog.error().to_string()));
    }
    const Diagnostics& found = catalog.error().diagnostics;
    problems.insert(problems.end(), found.begin(), found.end());
    return texts;
  }
  config.catalog = std::move(*catalog);
  for (const model::Service& service : config.catalog.all()) {
    for (const model::ServiceStake& stake : service.stakes) {
      config.stakes.push_back({stake.text, service.file, stake.line});
    }
  }
  return texts;
}

// A pattern that nothing fits is kept as it is: the feed may come later, and until then the Loop
// names it.
void read_advisory_paths(YamlMap& top, const std::string& folder, const env::Files& files,
                         Config& config) {
  for (const std::string& pattern : top.texts("advisories")) {
    const std::string path = below(folder, pattern);
    std::vector<std::string> found = expand(files, path);
    if (found.empty()) found.push_back(path);
    std::move(found.begin(), found.end(), std::back_inserter(config.advisories));
  }
}

void read_top(YamlMap& top, const std::string& folder, const env::Files& files, Config& config,
              Diagnostics& problems) {
  config.scrapes = read_scrape_jobs(top, folder, config.warnings, problems);
  for (const YamlNode& watch : top.list("watch")) {
    config.watches.push_back(read_watch(watch, problems));
  }
  const auto people = top.node("people");
  const auto notify = top.node("notify");
  config.people = model::read_people(people ? &*people : nullptr, notify ? &*notify : nullptr,
                                     zones_of(files), problems);
  model::MailSettings& mail = config.people.mail;
  for (std::string* path : {&mail.password_file, &mail.ca_file}) {
    if (!path->empty()) *path = below(folder, *path);
  }
  read_advisory_paths(top, folder, files, config);
  if (const auto path = top.text("baseline")) config.baseline = below(folder, *path);
  for (const YamlNode& stake : top.list("stakes")) {
    check_stake(stake, problems);
    config.stakes.push_back({stake.text(), stake.file(), stake.line()});
  }
  read_worries(top, folder, files, config, problems);
  for (const std::string_view key : kLater) {
    if (const auto node = top.node(key)) {
      config.warnings.push_back(
          fmt::format("{}:{}: {} is not honoured yet", node->file(), node->line(), key));
    }
  }
}

}  // namespace

Error too_large(const std::string& path) {
  return make_error(Code::kLimit,
                    fmt::format("{} is larger than {}: split it; what stands in several files is "
                                "read as one",
                                to_utf8(path), to_words(Bytes{kMaxConfigBytes})));
}

Result<Config> load_config(const env::Files& files, const std::string& file) {
  Config config;
  config.file = file;
  if (file.empty()) return config;
  TRY_IN("configuration", const std::string text, files.read(file, kMaxConfigBytes));
  TRY(const YamlNode root, model::parse_yaml(text, file));
  Diagnostics problems;
  YamlMap top(root, problems);
  const std::string folder = folder_of(file);
  const auto catalog_files = read_services(top, folder, files, config, problems);
  read_top(top, folder, files, config, problems);
  check_catalog(catalog_files, config.people, config.warnings, problems);
  top.finish();
  sort_by_place(problems);
  if (!problems.empty()) return fail(std::move(problems));
  return config;
}

}  // namespace daytwo::app
