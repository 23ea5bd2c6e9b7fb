#include "app/declarations.h"

#include <memory>
#include <utility>

#include "app/watch_list.h"
#include "observe/feeds/feed_reader.h"

namespace daytwo::app {
namespace {

// Bound on a password file.
constexpr std::size_t kMaxSecretBytes = 4096;

}  // namespace

Result<Config> gather_config(const env::Files& files, const Settings& settings) {
  TRY(Config config, load_config(files, settings.config_file));
  if (!settings.storage_path.empty()) {
    TRY(std::vector<Watch> list, read_watch_list(files, settings.storage_path + "/watch.yml"));
    for (Watch& watch : list) config.watches.push_back(std::move(watch));
    if (config.baseline.empty()) config.baseline = settings.storage_path + "/baseline.yml";
  }
  for (const std::string& url : settings.watch) {
    Watch watch;
    watch.url = url;
    config.watches.push_back(std::move(watch));
  }
  for (const std::string& file : settings.advisories) config.advisories.push_back(file);
  return config;
}

Result<ReadDeclarations> read_declarations(const env::Files& files, const Config& config,
                                           std::span<const facts::RecordPtr> known, Timestamp now) {
  ReadDeclarations out;
  out.declared.catalog = config.catalog;
  if (!config.advisories.empty()) {
    observe::FeedReader reader(files, config.advisories);
    reader.restore(known);
    observe::LoadedFeeds loaded = reader.load(now);
    out.declared.advisory_problems = std::move(loaded.problems);
    out.declared.advisories = std::make_shared<const model::AdvisoryIndex>(std::move(loaded.feeds));
    out.sightings = std::move(loaded.records);
  }
  if (config.baseline.empty()) return out;
  const auto text = files.read(config.baseline, kMaxConfigBytes);
  if (text) {
    TRY_IN("baseline", model::Baseline baseline, model::parse_baseline(*text, config.baseline));
    out.declared.baselines.push_back(std::move(baseline));
  } else if (text.error().code != Code::kNotFound) {
    return fail_in("baseline", text.error());
  }
  return out;
}

Result<std::string> read_mail_password(const env::Files& files, const Config& config) {
  const std::string& file = config.people.mail.password_file;
  if (file.empty()) return std::string();
  TRY_IN("mail password", std::string secret, files.read(file, kMaxSecretBytes));
  while (secret.ends_with('\n')) secret.pop_back();
  return secret;
}

}  // namespace daytwo::app
