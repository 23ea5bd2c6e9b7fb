// What the routes need from the house: one small interface for each group of pages. app/ implements
// them over the rooms; tests script them. The api room translates and holds no rules of its own.
// Thread rule: every method is called from many workers at once and may block.
#pragma once

#include <string>
#include <vector>

#include "api/view_answers.h"
#include "api/view_backup.h"
#include "api/view_calc.h"
#include "api/view_gate.h"
#include "api/view_history.h"
#include "api/view_host.h"
#include "api/view_learn.h"
#include "api/view_masking.h"
#include "api/view_nines.h"
#include "api/view_noise.h"
#include "api/view_pager.h"
#include "api/view_plan.h"
#include "api/view_risk.h"
#include "api/view_security.h"
#include "api/view_service.h"
#include "api/view_stakes.h"
#include "api/view_waste.h"
#include "api/view_worry.h"
#include "base/result.h"
#include "base/time.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/quantity/evaluate.h"
#include "series/sink.h"
#include "series/source.h"

namespace daytwo::api {

// The Loop and its worries. `by` is who asks for a change, to be shown and no more: a user's name,
// what a holder of the token calls itself, or "console".
class WorryService {
 public:
  virtual ~WorryService() = default;
  [[nodiscard]] virtual Result<LoopPage> loop() = 0;
  [[nodiscard]] virtual Result<WorriesPage> worries(bool include_closed) = 0;
  // Errors: kNotFound.
  [[nodiscard]] virtual Result<WorryPage> worry(const std::string& id) = 0;
  // What cannot be computed again is an answer that says why. Errors: kNotFound, also for a worry
  // that has no verdict yet.
  [[nodiscard]] virtual Result<ReplayPage> replay(const std::string& id) = 0;
  // Adds a worry in a person's own words; with draft.dry_run it only says what was understood,
  // and which verdict it would get.
  // Errors: kInvalid with diagnostics in the sentence.
  [[nodiscard]] virtual Result<WorryPage> add(const WorryDraft& draft, const std::string& by) = 0;
  // Errors: kNotFound; kInvalid (until).
  [[nodiscard]] virtual Result<WorryPage> decide(const std::string& id,
                                                 const DecideRequest& request,
                                                 const std::string& by) = 0;
};

// What things are worth.
class StakesService {
 public:
  virtual ~StakesService() = default;
  [[nodiscard]] virtual Result<StakesPage> stakes() = 0;
  // Errors: kInvalid with diagnostics in the sentence.
  [[nodiscard]] virtual Result<StakesPage> state(const StakesRequest& request,
                                                 const std::string& by) = 0;
};

// Services, objectives, probes.
class CatalogService {
 public:
  virtual ~CatalogService() = default;
  [[nodiscard]] virtual Result<ServicesPage> services() = 0;
  // Errors: kNotFound.
  [[nodiscard]] virtual Result<ServicePage> service(const std::string& name) = 0;
  [[nodiscard]] virtual Result<ObjectivesPage> objectives() = 0;
  // May a deploy of this service go out? A service that nobody declared gives a warning.
  [[nodiscard]] virtual Result<GatePage> gate(const std::string& service) = 0;
  // Probes a URL from now on. Errors: kInvalid (the URL).
  [[nodiscard]] virtual Result<ServicesPage> watch(const WatchRequest& request,
                                                   const std::string& by) = 0;
};

// The host that the server runs on.
class HostService {
 public:
  virtual ~HostService() = default;
  [[nodiscard]] virtual Result<HostPage> host() = 0;
  // Takes what runs now as what should run.
  [[nodiscard]] virtual Result<HostPage> learn_baseline(const std::string& by) = 0;
  // Takes one difference, or all, as what should be. Errors: kNotFound (no such difference),
  // kConflict (no baseline), kInvalid (neither one nor all).
  [[nodiscard]] virtual Result<AcceptPage> accept_baseline(const AcceptRequest& request,
                                                           const std::string& by) = 0;
};

// Questions that have one answer in a sentence.
class AnswerService {
 public:
  virtual ~AnswerService() = default;
  // Are busy processors a problem? Of one service or host, or (empty) of every host.
  // Errors: kNotFound.
  [[nodiscard]] virtual Result<CpuPage> cpu(const std::string& of) = 0;
  // What can be cleaned up, and what does it save? Errors: kInvalid (an amount that is no money).
  [[nodiscard]] virtual Result<WastePage> waste(const WasteQuestion& question) = 0;
  // What would an attacker find in the first minutes?
  [[nodiscard]] virtual Result<SurfacePage> surface() = 0;
  // What covers for faulty services in the window that ends now. REQUIRES: window > 0.
  [[nodiscard]] virtual Result<MaskingPage> masking(Duration window) = 0;
  // Promises of security of one service, or (empty) of all. Errors: kNotFound.
  [[nodiscard]] virtual Result<SecurityPage> security(const std::string& service) = 0;
  // The same as a client may see it. Errors: kNotFound.
  [[nodiscard]] virtual Result<PosturePage> posture(const std::string& service) = 0;
};

// Questions of money about services and the register.
class DecisionService {
 public:
  virtual ~DecisionService() = default;
  // What the next nines of a service cost and save. Errors: kNotFound (no such service, nothing
  // known of its downtime, no price of its hour), kInvalid (a file, a number).
  [[nodiscard]] virtual Result<NinesPage> nines(const NinesRequest& request) = 0;
  // The same of every declared service, by the server's files; why, for those that have no curve.
  [[nodiscard]] virtual Result<NinesOverview> all_nines() = 0;
  // The register of the configuration's worry files as one year of loss, and the same with the
  // options of these ids in place. Errors: kInvalid (an option that is not declared, the files).
  [[nodiscard]] virtual Result<RiskPage> risk(const std::vector<std::string>& with) = 0;
  // The incidents and deploys that teach how often something happens.
  [[nodiscard]] virtual Result<HistoryPage> history() = 0;
};

// What a plan is asked for; texts as people write them, empty for the default.
struct PlanQuery {
  std::string budget = {};             // "$100k", or a number in the register's currency
  std::vector<std::string> days = {};  // "20", "payments=10"
  std::string years = {};              // "3"
  std::string discount = {};           // "8%"
  std::string tail = {};               // "$2M at 99%"; "none" lifts the one of the files
};

// Decisions on paper: what a quantity is worth, what a budget buys.
class PaperService {
 public:
  virtual ~PaperService() = default;
  // Errors: kInvalid with diagnostics in the expression; kLimit.
  [[nodiscard]] virtual Result<model::quantity::Evaluation> calc(const CalcRequest& request) = 0;
  // The plan from the worry files of the configuration. Errors: kInvalid (a limit, the files).
  [[nodiscard]] virtual Result<PlanPage> plan(const PlanQuery& query) = 0;
};

// Pages.
class PagerService {
 public:
  virtual ~PagerService() = default;
  [[nodiscard]] virtual Result<PagesPage> pages() = 0;
  // Errors of all below: kNotFound; kConflict when the page has ended.
  [[nodiscard]] virtual Result<PagesPage> acknowledge(const std::string& id,
                                                      const std::string& by) = 0;
  [[nodiscard]] virtual Result<PagesPage> snooze(const std::string& id, Duration span,
                                                 const std::string& by) = 0;
  [[nodiscard]] virtual Result<PagesPage> feedback(const std::string& id, Vote vote,
                                                   const std::string& by) = 0;
  // A page through the real outbox. `to` empty: everybody configured.
  [[nodiscard]] virtual Result<PagesPage> test(const std::string& to, const std::string& by) = 0;
};

// Forecasts and their scores.
class LearnService {
 public:
  virtual ~LearnService() = default;
  [[nodiscard]] virtual Result<LearnPage> learn() = 0;
  // How useful each alert rule was in the window that ends now. REQUIRES: window > 0.
  [[nodiscard]] virtual Result<NoisePage> noise(Duration window) = 0;
  // Ten questions, drawn from `seed`.
  [[nodiscard]] virtual Result<TrainingPage> training(std::int64_t seed) = 0;
  // Marks the answers of `by` and keeps those to questions whose truth `by` has not seen. Errors:
  // kInvalid (an unknown question, a range upside down, asked in the future or over a day ago).
  [[nodiscard]] virtual Result<TrainingResult> answer_training(const TrainingRequest& request,
                                                               const std::string& by) = 0;
};

// What senders bring besides samples.
class IntakeService {
 public:
  virtual ~IntakeService() = default;
  // Alerts of an Alertmanager or of those who send to one. Errors: kUnavailable.
  [[nodiscard]] virtual Result<void> alerts(std::vector<facts::AlertSeen> alerts) = 0;
  // Adds to the counter of one end of a flow ("orders.received"). `labels` are extra ones.
  // Errors: kInvalid (the name), kLimit (too many names), kUnavailable.
  [[nodiscard]] virtual Result<void> count(const std::string& name, double amount,
                                           const series::Labels& labels) = 0;
  // Sightings of an agent on another host.
  [[nodiscard]] virtual Result<void> sightings(std::vector<facts::Record> records) = 0;
  // A team's own history: `kind` is incidents, deploys or backlog; `text` is CSV or JSON. Or bills
  // in FOCUS (cost), of which what can be read is taken.
  // Errors: kInvalid with line-exact diagnostics when nothing could be taken.
  [[nodiscard]] virtual Result<ImportReport> import(const std::string& kind,
                                                    const std::string& text,
                                                    const std::string& by) = 0;
};

// One target that is scraped.
struct ScrapeTarget {
  series::Labels labels;
  std::string pool;
  std::string url;
  std::string health;  // up, down, unknown
  std::string last_error;
  Timestamp last_scrape;
  Duration last_duration;
  Duration interval;
  Duration timeout;
};

// Scraping.
class ScrapeService {
 public:
  virtual ~ScrapeService() = default;
  [[nodiscard]] virtual std::vector<ScrapeTarget> targets() = 0;
};

// How far the start has come.
struct Readiness {
  bool ready = false;
  std::string reason;   // "replaying the log"
  double progress = 0;  // 0 to 1
};

// One flag and its value, as given or by default.
struct Flag {
  std::string name;
  std::string value;
};

// The process itself.
class ProcessService {
 public:
  virtual ~ProcessService() = default;
  [[nodiscard]] virtual Readiness readiness() = 0;
  // Reads the configuration again. Errors: kInvalid; the old one stays.
  [[nodiscard]] virtual Result<void> reload() = 0;
  virtual void quit() = 0;
  // Copies store and ledger into a new folder of this host, consistent while both are written, and
  // verifies the copy. Errors: kExists, kInvalid (no absolute path), kDenied, kUnavailable.
  [[nodiscard]] virtual Result<BackupPage> backup(const std::string& folder) = 0;
  [[nodiscard]] virtual std::vector<Flag> flags() = 0;
  // The configuration as YAML, without secrets.
  [[nodiscard]] virtual std::string configuration() = 0;
  [[nodiscard]] virtual Timestamp started() = 0;
  [[nodiscard]] virtual std::string storage_retention() = 0;
};

// All that the routes call. References: the owner (app) outlives the routes.
struct Services {
  WorryService& worries;
  StakesService& stakes;
  CatalogService& catalog;
  HostService& host;
  AnswerService& answers;
  DecisionService& decisions;
  PaperService& paper;
  PagerService& pager;
  LearnService& learn;
  IntakeService& intake;
  ScrapeService& scrapes;
  ProcessService& process;
  const series::Source& source;
  series::Sink& sink;
};

}  // namespace daytwo::api
