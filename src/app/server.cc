#include "app/server.h"

#include <fmt/format.h>

#include <utility>

#include "api/token.h"
#include "app/ask.h"
#include "app/backup.h"
#include "app/declarations.h"
#include "app/filed.h"
#include "app/pages/loop_stages.h"
#include "app/pages/objective_view.h"
#include "app/watch_list.h"
#include "base/hash.h"
#include "base/text.h"
#include "daytwo_build.h"
#include "facts/written.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kHttpWorkers = 8;

Result<store::SyncMode> sync_mode(const std::string& text) {
  if (text == "ack") return store::SyncMode::kAck;
  if (text == "100ms") return store::SyncMode::kInterval;
  if (text == "off") return store::SyncMode::kOff;
  return fail(Code::kInvalid, fmt::format("sync is ack, 100ms or off, not '{}'", text));
}

std::string slashless(std::string text) {
  while (text.ends_with('/')) text.pop_back();
  return text;
}

}  // namespace

Server::Server(World& world, env::Log& log, Settings settings)
    : world_(world), log_(log), settings_(std::move(settings)), started_(world.clock.wall()) {
  const BuildFacts build = build_facts();
  metrics_
      .gauge("daytwo_build_info", "Always 1; the labels say which build runs.",
             {{"version", std::string(build.version)}, {"revision", std::string(build.revision)}})
      .set(1);
}

Server::~Server() {
  stop(seconds(5));
  http_.reset();
  taking_.reset();
  loop_.reset();
}

Result<std::unique_ptr<Server>> Server::start(World& world, env::Log& log, Settings settings) {
  TRY_VOID(http::check_exposure(settings.listen, !settings.web_config_file.empty()));
  std::unique_ptr<Server> server(new Server(world, log, std::move(settings)));
  TRY_VOID(server->open_state());
  TRY_VOID(server->open_web());
  TRY_VOID(server->open_store());
  server->loop_->start();
  server->taking_ =
      std::make_unique<Periodic>(world.threads, "intake", seconds(5), [&server = *server] {
        if (const auto done = server.intake_->step(); !done) {
          server.log_.failed("app", "intake", done.error(), "what was acknowledged before");
        }
      });
  server->set_readiness(true, "serving", 1);
  return server;
}

Result<void> Server::open_state() {
  const std::string& path = settings_.storage_path;
  TRY_VOID(world_.files.make_directories(path));
  TRY(lock_, world_.files.lock(path + "/lock"));
  TRY(Config config, gather_config(world_.files, settings_));
  for (const std::string& warning : config.warnings) {
    log_.warn("app", "configuration", {{"note", warning}});
  }
  TRY(journal_, facts::LedgerJournal::open(path + "/ledger.db"));
  for (const std::string& problem : journal_->problems()) {
    log_.warn("facts", "record left out", {{"problem", problem}});
  }
  take_stakes(config);
  config_ = std::make_shared<const Config>(std::move(config));
  return {};
}

void Server::take_stakes(const Config& config) {
  std::vector<facts::Record> records;
  const facts::Snapshot snapshot = journal_->snapshot();
  for (const WrittenText& written : config.stakes) {
    auto record = facts::stated_stake(written.text, config.file, started_);
    if (!record) {
      log_.warn("app", "stake not understood",
                {{"file", written.file}, {"line", written.line}, {"error", record.error().text}});
      continue;
    }
    const facts::RecordPtr known = snapshot.find("stake", record->key);
    if (known == nullptr || known->sentence != record->sentence) {
      records.push_back(std::move(*record));
    }
  }
  const Timestamp now = world_.clock.wall();
  const double deploys = deploys_a_year(*journal_, now);
  auto filed = filed_records(config, snapshot,
                             deploys > 0 ? std::optional<double>(deploys) : std::nullopt, now);
  if (filed) {
    std::move(filed->begin(), filed->end(), std::back_inserter(records));
  } else {
    log_.failed("app", "worries of files not taken", filed.error(), "those of before");
  }
  if (records.empty()) return;
  if (const auto stored = journal_->append(std::move(records)); !stored) {
    log_.failed("app", "stakes and worries not stored", stored.error(), "those of before");
  }
}

Result<void> Server::open_web() {
  api::WebConfig web;
  if (!settings_.web_config_file.empty()) {
    TRY(web, api::load_web_config(world_.files, settings_.web_config_file));
  }
  const std::string& path = settings_.storage_path;
  TRY(const std::string token, api::load_or_make_token(world_.files, world_.entropy, path));
  TRY(used_links_, api::UsedLinks::open(world_.files, path + "/used-links", started_));
  set_readiness(false, "opening the store", 0);
  if (!settings_.prometheus_url.empty()) {
    TRY(attached_, Attachment::start(settings_, {world_.http, world_.files, world_.clock,
                                                 world_.threads, log_, metrics_, late_store_}));
  }
  make_pages();
  const api::Services services{*worries_,   *stakes_, *catalog_,      *host_,     *answers_,
                               *decisions_, *paper_,  *pager_,        *learn_,    *intake_,
                               *scraping_,  *this,    query_source(), late_store_};
  api_ = std::make_unique<api::Api>(
      api_options(web, token), api::ApiParts{services, *used_links_, world_.clock, world_.crypto,
                                             log_, metrics_, forward()});
  http::ServerOptions options;
  options.listen = settings_.listen;
  options.tls = web.tls;
  options.workers = kHttpWorkers;
  TRY(http_, http::Server::start(std::move(options), api_->handler(), world_.threads, world_.clock,
                                 log_, metrics_));
  return {};
}

api::ApiOptions Server::api_options(const api::WebConfig& web, const std::string& token) const {
  api::ApiOptions options;
  for (const http::ListenAddress& address : settings_.listen) {
    if (!address.host.empty()) options.guard.hosts.push_back(to_lower(address.host));
  }
  options.guard.external_url = settings_.external_url;
  options.guard.token = token;
  options.guard.users = web.users;
  options.queries.timeout = settings_.query_timeout;
  options.queries.max_samples = settings_.query_max_samples;
  options.route_prefix = slashless(settings_.route_prefix);
  options.enable_lifecycle = settings_.enable_lifecycle;
  return options;
}

void Server::make_pages() {
  LoopOptions options;
  options.self_observe = settings_.self_observe;
  options.host = world_.system.host_name();
  options.external_url = settings_.external_url;
  options.link = [this](const act::Page& page, std::string_view action) {
    const std::string base =
        slashless(settings_.external_url.empty() ? url() : settings_.external_url);
    if (action == "show") return fmt::format("{}/worries/{}", base, short_id(page.worry.value));
    return fmt::format("{}/api/daytwo/v1/links/{}", base,
                       api_->links().sign(page.id, std::string(action), page.to,
                                          world_.clock.wall(), world_.entropy));
  };
  loop_ = std::make_unique<Loop>(
      std::move(options), LoopParts{world_, log_, metrics_, *journal_, late_store_, late_store_});
  const PageContext context{.clock = world_.clock,
                            .journal = *journal_,
                            .source = late_store_,
                            .host = world_.system.host_name(),
                            .simulated = settings_.simulated,
                            .config = [this] { return config(); },
                            .ask = [this](const std::string& query) { return ask_number(query); },
                            .node = [this] { return loop_->node(); },
                            .wake = [this] { loop_->wake(); },
                            .seed = verdict_seed(world_.system.host_name())};
  worries_ = std::make_unique<WorryPages>(context);
  stakes_ = std::make_unique<StakesPages>(context);
  host_ = std::make_unique<HostPages>(
      context, [this] { return loop_->learn_baseline(); },
      [this](const std::string& what, const std::string& why, bool dry_run) {
        return loop_->accept_baseline(what, why, dry_run);
      });
  answers_ = std::make_unique<AnswerPages>(
      context, AnswerSources{.objectives = [this] { return loop_->objectives(); },
                             .advisories = [this] { return loop_->advisories(); }});
  decisions_ = std::make_unique<DecisionPages>(context, [this] { return loop_->objectives(); });
  paper_ = std::make_unique<PaperPages>(context);
  pager_ = std::make_unique<PagerPages>(context, [this] { return loop_->pager(); });
  learn_ = std::make_unique<LearnPages>(context);
  catalog_ = std::make_unique<CatalogPages>(
      context, CatalogSources{.objectives = [this] { return objective_rows(loop_->objectives()); },
                              .flows = [context] { return flow_rows(context); },
                              .watch = [this](const Watch& watch) { return add_watch(watch); },
                              .watched = [this] { return loop_->asking().watched(); }});
  intake_ = std::make_unique<IntakePages>(context, late_store_);
  scraping_ = std::make_unique<ScrapePages>([this] { return loop_->asking().targets(); });
}

std::optional<double> Server::ask_number(const std::string& query) const {
  const Timestamp now = world_.clock.wall();
  return attached_ == nullptr ? ask(late_store_, query, now) : attached_->source().ask(query, now);
}

const series::Source& Server::query_source() const {
  if (attached_ == nullptr) return late_store_;
  return attached_->source();
}

api::QueryForward Server::forward() const {
  if (attached_ == nullptr) return nullptr;
  return [this](const api::Context& context) { return attached_->source().forward(context); };
}

Result<void> Server::open_store() {
  store::Options options;
  options.path = settings_.storage_path + "/store";
  TRY(options.sync, sync_mode(settings_.sync));
  options.retention_time = settings_.retention;
  options.progress = [this](store::Progress progress) {
    const double share = progress.total_bytes == 0 ? 1
                                                   : static_cast<double>(progress.done_bytes) /
                                                         static_cast<double>(progress.total_bytes);
    set_readiness(false, "replaying the log", share);
  };
  TRY(store_, store::Store::open(std::move(options), {.files = world_.files,
                                                      .clock = world_.clock,
                                                      .threads = &world_.threads,
                                                      .log = &log_,
                                                      .metrics = &metrics_}));
  for (const store::Damage& damage : store_->damages()) {
    log_.warn("store", "damage found", {{"file", damage.file}, {"what", damage.what}});
  }
  late_store_.open_with(*store_, *store_);
  TRY_VOID(intake_->load());
  return loop_->configure(config());
}

Result<void> Server::add_watch(const Watch& watch) {
  TRY_VOID(observe::make_probe(watch.url));
  const std::string path = settings_.storage_path + "/watch.yml";
  const std::lock_guard lock(reload_mutex_);
  TRY(std::vector<Watch> list, read_watch_list(world_.files, path));
  std::erase_if(list, [&](const Watch& known) { return known.url == watch.url; });
  list.push_back(watch);
  TRY_VOID(write_watch_list(world_.files, path, list));
  auto changed = std::make_shared<Config>(*config());
  std::erase_if(changed->watches, [&](const Watch& known) { return known.url == watch.url; });
  changed->watches.push_back(watch);
  return take_config(std::move(changed));
}

Result<void> Server::take_config(std::shared_ptr<const Config> changed) {
  TRY_VOID(loop_->configure(changed));
  const std::lock_guard lock(mutex_);
  config_ = std::move(changed);
  return {};
}

std::string Server::url() const {
  const http::ListenAddress address =
      http_ == nullptr ? settings_.listen.front() : http_->addresses().front();
  const bool tls = !settings_.web_config_file.empty();
  return fmt::format("{}://{}{}", tls ? "https" : "http", address.to_string(),
                     slashless(settings_.route_prefix));
}

void Server::stop(Duration grace) {
  set_readiness(false, "stopping", 0);
  if (http_ != nullptr) http_->stop(grace);
}

std::shared_ptr<const Config> Server::config() const {
  const std::lock_guard lock(mutex_);
  return config_;
}

void Server::set_readiness(bool ready, std::string reason, double progress) {
  const std::lock_guard lock(mutex_);
  readiness_ = {ready, std::move(reason), progress};
}

api::Readiness Server::readiness() {
  const std::lock_guard lock(mutex_);
  return readiness_;
}

Result<void> Server::reload() {
  Metric& successful = metrics_.gauge("daytwo_config_last_reload_successful",
                                      "1 when the last reload took the configuration.");
  const std::lock_guard lock(reload_mutex_);
  const auto keep = [&](Error error) {
    successful.set(0);
    log_.warn("app", "configuration not taken",
              {{"error", error.to_string()}, {"still_works", "the one before"}});
    return fail(std::move(error));
  };
  auto fresh = gather_config(world_.files, settings_);
  if (!fresh) return keep(std::move(fresh).error());
  take_stakes(*fresh);
  const auto taken = take_config(std::make_shared<const Config>(std::move(*fresh)));
  if (!taken) return keep(taken.error());
  successful.set(1);
  log_.info("app", "configuration taken", {{"file", settings_.config_file}});
  return {};
}

Result<api::BackupPage> Server::backup(const std::string& folder) {
  if (!folder.starts_with('/') || folder.find('\0') != std::string::npos) {
    return fail(Code::kInvalid, "the folder of a backup is an absolute path on the server's host");
  }
  const std::unique_lock alone(backup_mutex_, std::try_to_lock);
  if (!alone) return fail(Code::kConflict, "another backup is being made");
  const Timestamp began = world_.clock.wall();
  auto copied = back_up(world_.files, *store_, settings_.storage_path, folder);
  if (!copied) {
    log_.failed("app", "backup not made", copied.error(), "the data and earlier backups");
    return fail(std::move(copied).error());
  }
  log_.info("app", "backup made", {{"folder", folder}, {"ms", (world_.clock.wall() - began).ms}});
  api::BackupPage page;
  page.as_of = world_.clock.wall();
  page.simulated = settings_.simulated;
  page.folder = folder;
  page.blocks = static_cast<std::int64_t>(copied->blocks);
  page.samples = static_cast<std::int64_t>(copied->block_samples);
  page.sentence = fmt::format("{} is copied to {} and verified: {}", settings_.storage_path, folder,
                              counted(copied->block_samples, "sample", "samples"));
  return page;
}

std::vector<api::Flag> Server::flags() {
  std::vector<api::Flag> out = {
      {"config.file", settings_.config_file},
      {"storage.path", settings_.storage_path},
      {"storage.retention.time", storage_retention()},
      {"storage.sync", settings_.sync},
      {"web.external-url", settings_.external_url},
      {"web.route-prefix", settings_.route_prefix},
      {"web.enable-lifecycle", settings_.enable_lifecycle ? "true" : "false"},
      {"self.observe", settings_.self_observe ? "true" : "false"},
      {"query.timeout", to_string(settings_.query_timeout)}};
  return out;
}

std::string Server::configuration() {
  // Contacts may hold secrets, so the file itself is never shown; its name is.
  const std::shared_ptr<const Config> now = config();
  return now->file.empty() ? "# no configuration file\n" : fmt::format("# {}\n", now->file);
}

std::string Server::storage_retention() {
  return settings_.retention.ms == 0 ? "for ever" : to_string(settings_.retention);
}

}  // namespace daytwo::app
