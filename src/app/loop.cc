#include "app/loop.h"

#include <fmt/format.h>

#include <utility>

#include "app/declarations.h"
#include "base/text.h"
#include "orient/drift.h"

namespace daytwo::app {
namespace {

// How often each part runs. Pressure is read every second; a finding is judged within five, and
// what is owed goes out within half a second of being due.
constexpr Duration kObserveEvery = seconds(1);
constexpr Duration kJudgeEvery = seconds(5);
constexpr Duration kDeliverEvery = milliseconds(500);

}  // namespace

chance::Seed verdict_seed(const std::string& host) {
  return chance::derive({20261122}, "daytwo/" + host);
}

Loop::Loop(LoopOptions options, LoopParts parts)
    : options_(std::move(options)),
      parts_(parts),
      self_metrics_(parts.metrics, parts.world.clock, options_.host),
      orient_({.disabled = {}, .stopwatch = nullptr, .metrics = &parts.metrics}, {}),
      decider_(verdict_seed(options_.host)),
      learner_(learn::evaluate_over(parts.source)),
      asking_({parts.world.threads, parts.world.clock, parts.world.http, parts.world.files,
               parts.world.sockets, parts.journal},
              [this](observe::Observation seen) { store(std::move(seen)); }) {
  if (!options_.self_observe) return;
  node_.emplace(observe::NodeOptions{.host = options_.host}, parts.world.files, parts.world.system,
                parts.metrics);
  node_->restore(parts.journal.snapshot().of_room("observe"));
}

Loop::~Loop() {
  observing_.reset();
  judging_.reset();
  delivering_.reset();
  if (!node_) return;
  const observe::Observation last = node_->stop(parts_.world.clock.wall());
  if (last.batch.series.empty()) return;
  if (const auto stored = parts_.sink.append(last.batch); !stored) {
    parts_.log.failed("app", "ends of series not stored", stored.error(), "the samples before");
  }
}

Result<orient::Declarations> Loop::declarations_of(const Config& config) {
  TRY(ReadDeclarations read,
      read_declarations(parts_.world.files, config, parts_.journal.snapshot().of_room("observe"),
                        parts_.world.clock.wall()));
  for (const std::string& problem : read.declared.advisory_problems) {
    parts_.log.warn("observe", "advisory file not used", {{"problem", problem}});
  }
  append("observe", std::move(read.sightings));
  return std::move(read.declared);
}

Result<std::string> Loop::learn_baseline() {
  if (!node_) return fail(Code::kConflict, "this host is not observed (--self.observe=false)");
  const facts::Snapshot snapshot = parts_.journal.snapshot();
  const Timestamp now = parts_.world.clock.wall();
  const model::Baseline learned = orient::observed_baseline(snapshot, node_->host(), now);
  if (learned.processes.empty()) {
    return fail(Code::kConflict, "nothing was seen yet: the first look takes ten seconds");
  }
  std::shared_ptr<const Config> config;
  {
    const std::lock_guard lock(mutex_);
    config = config_;
  }
  TRY_VOID(take_baseline(*config, learned));
  return fmt::format("Learned {} and {} of {}; differences are drift from now on ({}).",
                     counted(learned.processes.size(), "workload", "workloads"),
                     counted(learned.listeners.size(), "listener", "listeners"), learned.host,
                     config->baseline);
}

Result<void> Loop::take_baseline(const Config& config, const model::Baseline& baseline) {
  TRY_VOID(parts_.world.files.write_atomic(config.baseline, model::to_yaml(baseline), 0640));
  TRY(orient::Declarations declared, declarations_of(config));
  const std::lock_guard lock(mutex_);
  advisories_ = declared.advisories;
  declared_anew_ = std::move(declared);
  return {};
}

Result<AcceptedBaseline> Loop::accept_baseline(const std::string& what, const std::string& why,
                                               bool dry_run) {
  if (!node_) return fail(Code::kConflict, "this host is not observed (--self.observe=false)");
  std::shared_ptr<const Config> config;
  {
    const std::lock_guard lock(mutex_);
    config = config_;
  }
  const auto text = parts_.world.files.read(config->baseline, kMaxConfigBytes);
  if (!text && text.error().code == Code::kNotFound) {
    return fail(Code::kConflict, "there is no baseline yet: daytwo baseline learn");
  }
  if (!text) return fail_in("baseline", text.error());
  TRY_IN("baseline", const model::Baseline declared,
         model::parse_baseline(*text, config->baseline));
  if (declared.host != node_->host()) {
    return fail(Code::kConflict, fmt::format("{} is the baseline of {}, this host is {}",
                                             config->baseline, declared.host, node_->host()));
  }
  const model::Baseline observed = orient::observed_baseline(
      parts_.journal.snapshot(), node_->host(), parts_.world.clock.wall());
  TRY(AcceptedBaseline accepted, accept_differences(declared, observed, what, why));
  if (!dry_run) TRY_VOID(take_baseline(*config, accepted.baseline));
  return accepted;
}

Result<void> Loop::configure(std::shared_ptr<const Config> config) {
  TRY(orient::Declarations declared, declarations_of(*config));
  TRY_VOID(asking_.configure(*config));
  auto pager = std::make_shared<const act::Pager>(
      act::PagerSettings{config->catalog, config->people}, parts_.world.crypto);
  act::OutboxSettings settings{config->people, "", options_.external_url, options_.link};
  auto secret = read_mail_password(parts_.world.files, *config);
  if (secret) {
    settings.mail_password = std::move(*secret);
  } else {
    parts_.log.failed("app", "mail password not read", secret.error(), "webhooks");
  }
  auto outbox = std::make_shared<act::Outbox>(
      std::move(settings), act::OutboxWorld{parts_.journal, parts_.world.clock, parts_.world.http,
                                            parts_.world.mail, parts_.log, parts_.metrics});
  const std::lock_guard lock(mutex_);
  config_ = std::move(config);
  advisories_ = declared.advisories;
  declared_anew_ = std::move(declared);
  pager_ = std::move(pager);
  outbox_ = std::move(outbox);
  return {};
}

void Loop::start() {
  env::Threads& threads = parts_.world.threads;
  observing_ =
      std::make_unique<Periodic>(threads, "observe", kObserveEvery, [this] { observe_once(); });
  judging_ = std::make_unique<Periodic>(threads, "judge", kJudgeEvery, [this] { judge_once(); });
  delivering_ =
      std::make_unique<Periodic>(threads, "deliver", kDeliverEvery, [this] { deliver_once(); });
}

void Loop::wake() {
  if (judging_) judging_->wake();
  if (delivering_) delivering_->wake();
}

std::shared_ptr<const observe::NodeView> Loop::node() const {
  return node_ ? node_->view() : nullptr;
}

std::vector<orient::ObjectiveStatus> Loop::objectives() const { return orient_.objectives(); }

std::shared_ptr<const model::AdvisoryIndex> Loop::advisories() const {
  const std::lock_guard lock(mutex_);
  return advisories_;
}

std::shared_ptr<const act::Pager> Loop::pager() const {
  const std::lock_guard lock(mutex_);
  return pager_;
}

bool Loop::append(std::string_view room, std::vector<facts::Record> records) {
  if (records.empty()) return false;
  const auto stored = parts_.journal.append(std::move(records));
  if (!stored) {
    parts_.log.failed(room, "records not stored", stored.error(), "samples and pages owed before");
  }
  return stored.has_value();
}

void Loop::observe_once() {
  const Timestamp now = parts_.world.clock.wall();
  observe::Observation seen;
  if (node_) seen = node_->step(now);
  if (options_.self_observe) {
    series::Batch own = self_metrics_.due(now);
    for (series::SeriesSamples& one : own.series) seen.batch.series.push_back(std::move(one));
  }
  store(std::move(seen));
  asking_.step(now);
}

void Loop::store(observe::Observation seen) {
  if (!seen.batch.series.empty()) {
    seen.batch.partial = true;
    if (const auto stored = parts_.sink.append(seen.batch); !stored) {
      parts_.log.failed("observe", "samples not stored", stored.error(),
                        "findings from what is stored");
    }
  }
  append("observe", std::move(seen.records));
}

void Loop::judge_once() {
  std::optional<orient::Declarations> declared;
  std::shared_ptr<const act::Pager> pager;
  std::shared_ptr<const Config> config;
  {
    const std::lock_guard lock(mutex_);
    declared = std::exchange(declared_anew_, std::nullopt);
    pager = pager_;
    config = config_;
  }
  if (config) {
    decider_.configure(std::shared_ptr<const model::WorryFile>(config, &config->written),
                       config->worry_files);
  }
  if (declared) orient_.configure(std::move(*declared));
  const Timestamp now = parts_.world.clock.wall();
  append("orient", orient_.step(parts_.journal.snapshot(), parts_.source, now));
  append("decide", decider_.step(parts_.journal.snapshot(), now));
  append("learn", learner_.step(parts_.journal.snapshot(), now));
  if (append("act", pager->step(parts_.journal.snapshot(), now)) && delivering_) {
    delivering_->wake();
  }
}

void Loop::deliver_once() {
  std::shared_ptr<act::Outbox> outbox;
  {
    const std::lock_guard lock(mutex_);
    outbox = outbox_;
  }
  if (const auto sent = outbox->step(); !sent) {
    parts_.log.failed("act", "pages not sent", sent.error(), "they stay owed");
  }
}

}  // namespace daytwo::app
