// The loop that turns: observe, orient, decide, act, learn, each run on time, meeting in the
// journal. Each room's step runs on one thread; a failure of one is logged and stops no other.
// Thread rule: configure(), learn_baseline() and wake() from any thread; destroyed by the owner,
// which waits for running steps.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "act/outbox.h"
#include "act/pager.h"
#include "api/view_service.h"
#include "app/asking.h"
#include "app/baselines.h"
#include "app/config.h"
#include "app/periodic.h"
#include "app/self_metrics.h"
#include "app/world.h"
#include "base/metrics.h"
#include "decide/decider.h"
#include "facts/journal.h"
#include "learn/learner.h"
#include "observe/node/node_observer.h"
#include "orient/orient.h"
#include "series/sink.h"
#include "series/source.h"

namespace daytwo::app {

// What the loop borrows.
struct LoopParts {
  World& world;
  env::Log& log;
  Registry& metrics;
  facts::Journal& journal;
  const series::Source& source;
  series::Sink& sink;
};

// How the loop turns.
struct LoopOptions {
  bool self_observe = true;
  std::string host;  // empty = the system's name
  std::string external_url;
  act::LinkMaker link;
};

// Where all valuations of a host begin: the same for one host, so that a verdict does not move when
// the server restarts.
[[nodiscard]] chance::Seed verdict_seed(const std::string& host);

class Loop {
 public:
  Loop(LoopOptions options, LoopParts parts);
  ~Loop();

  // Takes a new configuration, from the next step on; reads the advisories and the baseline that it
  // names. Errors: kInvalid for a URL that cannot be probed or a baseline that does not read; then
  // nothing changed.
  [[nodiscard]] Result<void> configure(std::shared_ptr<const Config> config);
  // Starts all jobs. Call configure() first.
  void start();
  // Runs judgement and delivery soon.
  void wake();
  // Takes what runs and listens now as the baseline, and stores it. One sentence says what was
  // learned.
  [[nodiscard]] Result<std::string> learn_baseline();
  // Takes the difference called `what`, or all when it is empty, into the baseline and stores it
  // (not with `dry_run`). Errors: kNotFound, with the nearest name; kConflict without a baseline of
  // this host.
  [[nodiscard]] Result<AcceptedBaseline> accept_baseline(const std::string& what,
                                                         const std::string& why, bool dry_run);

  // The last scan of this host; null when it is not observed.
  [[nodiscard]] std::shared_ptr<const observe::NodeView> node() const;
  [[nodiscard]] std::shared_ptr<const act::Pager> pager() const;
  [[nodiscard]] const Asking& asking() const { return asking_; }
  [[nodiscard]] std::vector<orient::ObjectiveStatus> objectives() const;
  // The advisories in force; null when none are configured.
  [[nodiscard]] std::shared_ptr<const model::AdvisoryIndex> advisories() const;

 private:
  void observe_once();
  void judge_once();
  void deliver_once();
  void store(observe::Observation seen);
  // Stores a baseline and judges by it from now on.
  [[nodiscard]] Result<void> take_baseline(const Config& config, const model::Baseline& baseline);
  // Appends what a room said; logs when that fails. True when there was something and it is stored.
  bool append(std::string_view room, std::vector<facts::Record> records);
  [[nodiscard]] Result<orient::Declarations> declarations_of(const Config& config);

  const LoopOptions options_;
  const LoopParts parts_;
  std::optional<observe::NodeObserver> node_;
  SelfMetrics self_metrics_;
  orient::Orient orient_;
  decide::Decider decider_;
  learn::Learner learner_;

  mutable std::mutex mutex_;
  std::shared_ptr<const Config> config_;  // guarded by mutex_
  std::optional<orient::Declarations>
      declared_anew_;  // guarded by mutex_; taken by the next judgement
  std::shared_ptr<const model::AdvisoryIndex> advisories_;  // guarded by mutex_
  std::shared_ptr<const act::Pager> pager_;                 // guarded by mutex_
  std::shared_ptr<act::Outbox> outbox_;                     // guarded by mutex_

  // Last: jobs end before what they use goes.
  Asking asking_;
  std::unique_ptr<Periodic> observing_;
  std::unique_ptr<Periodic> judging_;
  std::unique_ptr<Periodic> delivering_;
};

}  // namespace daytwo::app
