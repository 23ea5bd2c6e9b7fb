// The server: everything wired, started in order, stopped in reverse.
//   data lock -> ledger -> HTTP (not ready) -> store (replay) -> the loop -> ready
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/api.h"
#include "api/services.h"
#include "api/web_config.h"
#include "app/attachment.h"
#include "app/config.h"
#include "app/late_store.h"
#include "app/loop.h"
#include "app/pages/answer_pages.h"
#include "app/pages/catalog_pages.h"
#include "app/pages/decision_pages.h"
#include "app/pages/host_pages.h"
#include "app/pages/intake_pages.h"
#include "app/pages/learn_pages.h"
#include "app/pages/pager_pages.h"
#include "app/pages/paper_pages.h"
#include "app/pages/scrape_pages.h"
#include "app/pages/stakes_pages.h"
#include "app/pages/worry_pages.h"
#include "app/settings.h"
#include "app/world.h"
#include "facts/ledger_journal.h"
#include "http/server.h"
#include "store/store.h"

namespace daytwo::app {

class Server final : public api::ProcessService {
 public:
  // Starts everything. Errors: kConflict (the data or the port is in use), kDenied (an address
  // beyond loopback without users, a folder without rights), kInvalid (configuration), each naming
  // path or address.
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(World& world, env::Log& log,
                                                             Settings settings);
  ~Server() override;

  // Where it can be opened: "http://127.0.0.1:9420".
  [[nodiscard]] std::string url() const;
  // Whether somebody asked it to stop over HTTP.
  [[nodiscard]] bool asked_to_quit() const { return quit_; }
  // Takes no new request and lets running ones end.
  void stop(Duration grace);

  // ProcessService.
  [[nodiscard]] api::Readiness readiness() override;
  [[nodiscard]] Result<void> reload() override;
  void quit() override { quit_ = true; }
  [[nodiscard]] Result<api::BackupPage> backup(const std::string& folder) override;
  [[nodiscard]] std::vector<api::Flag> flags() override;
  [[nodiscard]] std::string configuration() override;
  [[nodiscard]] Timestamp started() override { return started_; }
  [[nodiscard]] std::string storage_retention() override;

 private:
  Server(World& world, env::Log& log, Settings settings);
  [[nodiscard]] Result<void> open_state();
  [[nodiscard]] Result<void> open_web();
  [[nodiscard]] Result<void> open_store();
  void make_pages();
  // The numbers of pages and the answers of queries: the attached server's, or the store's.
  [[nodiscard]] std::optional<double> ask_number(const std::string& query) const;
  [[nodiscard]] const series::Source& query_source() const;
  [[nodiscard]] api::QueryForward forward() const;
  [[nodiscard]] api::ApiOptions api_options(const api::WebConfig& web,
                                            const std::string& token) const;
  [[nodiscard]] std::shared_ptr<const Config> config() const;
  void set_readiness(bool ready, std::string reason, double progress);
  void take_stakes(const Config& config);
  [[nodiscard]] Result<void> add_watch(const Watch& watch);
  [[nodiscard]] Result<void> take_config(std::shared_ptr<const Config> changed);

  World& world_;
  env::Log& log_;
  const Settings settings_;
  const Timestamp started_;
  std::atomic<bool> quit_{false};
  Registry metrics_;

  std::mutex backup_mutex_;  // one backup at a time
  std::mutex reload_mutex_;  // one reload at a time; taken before mutex_
  mutable std::mutex mutex_;
  std::shared_ptr<const Config> config_;  // guarded by mutex_
  api::Readiness readiness_;              // guarded by mutex_

  // In the order of construction; destroyed in reverse.
  std::unique_ptr<env::FileLock> lock_;
  std::unique_ptr<facts::LedgerJournal> journal_;
  LateStore late_store_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Attachment> attached_;  // null without --prometheus
  std::unique_ptr<Loop> loop_;
  std::unique_ptr<WorryPages> worries_;
  std::unique_ptr<StakesPages> stakes_;
  std::unique_ptr<CatalogPages> catalog_;
  std::unique_ptr<HostPages> host_;
  std::unique_ptr<AnswerPages> answers_;
  std::unique_ptr<DecisionPages> decisions_;
  std::unique_ptr<PaperPages> paper_;
  std::unique_ptr<PagerPages> pager_;
  std::unique_ptr<LearnPages> learn_;
  std::unique_ptr<IntakePages> intake_;
  std::unique_ptr<ScrapePages> scraping_;
  std::unique_ptr<Periodic> taking_;  // the intake's own housekeeping
  std::unique_ptr<api::UsedLinks> used_links_;
  std::unique_ptr<api::Api> api_;
  std::unique_ptr<http::Server> http_;
};

}  // namespace daytwo::app
