// Asking the world outside: probes and scrapes, each on its interval, on a few worker threads.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/config.h"
#include "env/clock.h"
#include "env/files.h"
#include "env/http_client.h"
#include "env/sockets.h"
#include "env/threads.h"
#include "facts/journal.h"
#include "http/workers.h"
#include "observe/observation.h"
#include "observe/probe/prober.h"
#include "observe/scrape/scraper.h"

namespace daytwo::app {

// What asking borrows.
struct AskingWorld {
  env::Threads& threads;
  env::Clock& clock;
  env::HttpClient& http;
  const env::Files& files;
  env::Sockets& sockets;
  const facts::Journal& journal;
};

// The probes of a configuration: its own and those of its services. Errors: kInvalid for a URL that
// cannot be probed.
[[nodiscard]] Result<std::vector<observe::ProbeTarget>> probes_of(const Config& config);

// Its scrapes.
[[nodiscard]] std::vector<observe::ScrapeTarget> scrapes_of(const Config& config);

// Thread rule: any thread. Destroying it waits for what is being asked.
class Asking {
 public:
  // `store` takes what was seen, on a worker thread.
  Asking(AskingWorld world, std::function<void(observe::Observation)> store);

  // From now on these are asked. What is no longer asked ends with stale markers.
  [[nodiscard]] Result<void> configure(const Config& config);
  // Starts what is due. Never blocks for an answer.
  void step(Timestamp now);
  // Scrape targets and how each is.
  [[nodiscard]] std::vector<std::pair<observe::ScrapeTarget, observe::TargetState>> targets() const;
  // URLs probed now.
  [[nodiscard]] std::vector<std::string> watched() const;

 private:
  template <typename Asker>
  void start_due(const std::shared_ptr<Asker>& asker, Timestamp now);

  const AskingWorld world_;
  const std::function<void(observe::Observation)> store_;
  mutable std::mutex mutex_;
  std::shared_ptr<observe::Prober> prober_;    // guarded by mutex_
  std::shared_ptr<observe::Scraper> scraper_;  // guarded by mutex_
  http::Workers workers_;                      // last: its threads end first
};

}  // namespace daytwo::app
