// Probing: looks at a service from outside, as its customers do. http(s)://, tcp://host:port,
// tls://host:port, dns://name. Series carry blackbox_exporter's names
// [prometheus/blackbox_exporter]; job="watch", instance=URL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "env/clock.h"
#include "env/http_client.h"
#include "env/sockets.h"
#include "facts/journal.h"
#include "observe/metric_writer.h"
#include "observe/observation.h"
#include "observe/schedule.h"
#include "observe/sighting_table.h"
#include "series/labels.h"
#include "series/pattern.h"

namespace daytwo::observe {

// One thing to look at. make_probe() fills it from a URL.
struct ProbeTarget {
  enum class Kind { kHttp, kTcp, kTls, kDns };
  Kind kind = Kind::kHttp;
  std::string url;      // as given; names the probe
  std::string service;  // label `service`; empty = none
  std::string host;     // for all kinds but http
  std::uint16_t port = 0;
  std::vector<series::Label> labels;
  Duration interval = seconds(15);
  Duration timeout = seconds(10);
  std::string method = "GET";
  env::HttpHeaders headers;
  std::vector<int> statuses;  // accepted ones; empty = 200 to 299
  std::string body_match;     // RE2 that must be found in the body; empty = any body
  std::string body_refuse;    // RE2 that must not be found
  int max_redirects = 10;
  std::string ca_file;
  bool verify_tls = true;
};

// The probe of a URL. Errors: kInvalid (unknown scheme, no host, no port for tcp, a pattern that
// does not compile), with what was expected.
[[nodiscard]] Result<ProbeTarget> make_probe(const std::string& url);

// What one look saw.
struct ProbeResult {
  bool up = false;
  std::string reason;  // "200 in 34 ms", or why it is down
  int status = 0;
  int redirects = 0;
  bool body_refused = false;
  std::size_t body_bytes = 0;
  Duration took;
  env::HttpPhases phases;
  std::string address;
  std::vector<env::Certificate> chain;
};

// Looks at a fixed list. Thread rule: as Scraper.
class Prober {
 public:
  Prober(std::vector<ProbeTarget> targets, env::HttpClient& http, env::Sockets& sockets,
         const env::Clock& clock);

  // Takes what the journal holds as already said. Before the first run.
  void restore(std::span<const facts::RecordPtr> records);

  [[nodiscard]] const std::vector<ProbeTarget>& targets() const { return targets_; }
  [[nodiscard]] Timestamp next_due() const { return schedule_.next_due(); }
  [[nodiscard]] std::vector<std::size_t> take_due(Timestamp now) { return schedule_.take_due(now); }
  // Looks once and waits, at most about its timeout. A sighting comes when the answer differs from
  // the one before.
  [[nodiscard]] Observation run(std::size_t index, Timestamp now);
  // One look without series or sightings, for `daytwo watch URL --once` and its like.
  [[nodiscard]] ProbeResult look(const ProbeTarget& target, Timestamp now);
  // The last look at a target; absent before the first.
  [[nodiscard]] std::optional<ProbeResult> last(std::size_t index) const;

 private:
  [[nodiscard]] ProbeResult look_http(const ProbeTarget& target, Timestamp now);
  [[nodiscard]] ProbeResult look_connect(const ProbeTarget& target, Timestamp now);
  [[nodiscard]] ProbeResult look_name(const ProbeTarget& target);
  void judge_answer(const ProbeTarget& target, const env::HttpResponse& response,
                    ProbeResult& result) const;
  void explain_tls(const ProbeTarget& target, Timestamp now, ProbeResult& result);

  const std::vector<ProbeTarget> targets_;
  env::HttpClient& http_;
  env::Sockets& sockets_;
  const env::Clock& clock_;
  Schedule schedule_;
  mutable std::mutex mutex_;
  SightingTable sightings_;                       // guarded by mutex_
  std::vector<std::optional<ProbeResult>> last_;  // guarded by mutex_
};

// The series of one look.
[[nodiscard]] series::Batch probe_series(const ProbeTarget& target, const ProbeResult& result,
                                         Timestamp at);

// The earliest end of a chain; 0 when there is none.
[[nodiscard]] Timestamp earliest_expiry(std::span<const env::Certificate> chain);

}  // namespace daytwo::observe
