// Scraping: asks programs for their metrics, as Prometheus does [Prometheus docs, "Configuration",
// "Jobs and instances"]. Own series of each scrape: up, scrape_duration_seconds,
// scrape_samples_scraped, scrape_samples_post_metric_relabeling, scrape_series_added.
#pragma once

#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "env/clock.h"
#include "env/files.h"
#include "env/http_access.h"
#include "env/http_client.h"
#include "observe/observation.h"
#include "observe/schedule.h"
#include "observe/staleness.h"
#include "series/labels.h"
#include "wire/exposition.h"

namespace daytwo::observe {

// One program to ask. Defaults are Prometheus's, but for the interval.
struct ScrapeTarget {
  std::string job;
  std::string url;       // whole: "http://127.0.0.1:9100/metrics"
  std::string instance;  // empty = host and port of the URL
  std::vector<series::Label> labels;
  Duration interval = seconds(15);
  Duration timeout = seconds(10);
  bool honor_labels = false;  // true: the program's job, instance, ... win
  bool honor_timestamps = true;
  std::size_t sample_limit = 0;  // 0 = none
  std::size_t label_limit = 0;
  std::size_t label_name_length_limit = 0;
  std::size_t label_value_length_limit = 0;
  std::size_t body_size_limit = 32U << 20U;
  std::optional<wire::ExpositionFormat> fallback;  // for answers without a known Content-Type
  env::HttpAccess access;
  int max_redirects = 10;
};

// How the last scrape of a target went.
struct TargetState {
  enum class Health { kUnknown, kUp, kDown };
  Health health = Health::kUnknown;
  std::string error;  // why down
  Timestamp last;
  Duration took;
  std::size_t samples = 0;
};

// Scrapes a fixed list of targets. Thread rule: run() may be called at once for different targets,
// which take_due() ensures; everything else from any thread.
class Scraper {
 public:
  // Secrets of targets are read from `files` for each scrape.
  Scraper(std::vector<ScrapeTarget> targets, env::HttpClient& http, const env::Files& files,
          const env::Clock& clock);

  [[nodiscard]] const std::vector<ScrapeTarget>& targets() const { return targets_; }
  [[nodiscard]] Timestamp next_due() const { return schedule_.next_due(); }
  // Indexes of targets whose turn it is; each must be given to run().
  [[nodiscard]] std::vector<std::size_t> take_due(Timestamp now) { return schedule_.take_due(now); }
  // Asks one target and waits, at most its timeout. Never fails: a target that does not answer is
  // up 0 and the end of its series.
  [[nodiscard]] Observation run(std::size_t index, Timestamp now);
  // Stale markers for all series, when scraping ends or the list changes.
  [[nodiscard]] Observation stop(Timestamp now);
  [[nodiscard]] TargetState state(std::size_t index) const;

 private:
  struct Memory {
    Staleness exposed;
    Staleness own;
    TargetState state;
  };
  [[nodiscard]] Result<wire::Exposition> fetch(const ScrapeTarget& target);
  [[nodiscard]] Result<void> convert(const ScrapeTarget& target, wire::Exposition exposed,
                                     Timestamp now, series::Batch& tracked,
                                     series::Batch& untracked) const;
  static void append_own(const ScrapeTarget& target, const TargetState& state, std::size_t added,
                         series::Batch& batch);

  const std::vector<ScrapeTarget> targets_;
  env::HttpClient& http_;
  const env::Files& files_;
  const env::Clock& clock_;
  Schedule schedule_;
  mutable std::mutex mutex_;
  std::deque<Memory> memory_;  // one a target; `state` guarded by mutex_, the rest by its turn
};

// "host:port" of a URL, with the scheme's default port.
[[nodiscard]] std::string instance_of(const std::string& url);

}  // namespace daytwo::observe
