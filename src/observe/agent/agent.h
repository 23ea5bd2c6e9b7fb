// The agent: the node observer on a host of its own, sent to a server.
// Samples go by remote write, sightings by node reports; both wait in bounded queues while the
// server is away, the oldest go first, and what was lost is counted and said with the next report.
// After a loss of records everything is said again, so that the server's picture heals. Thread
// rule: step() and send() from one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "base/result.h"
#include "base/time.h"
#include "env/http_client.h"
#include "facts/record.h"
#include "observe/observation.h"
#include "series/sink.h"

namespace daytwo::observe {

// Where an agent sends to, and what it holds meanwhile.
struct AgentOptions {
  std::string server;  // "https://daytwo.example:9420", without a path
  std::string host;
  std::string token;  // from a file; empty = none
  std::string ca_file;
  Duration timeout = seconds(10);
  Duration send_interval = seconds(10);
  std::size_t max_samples = 60'000;  // ten minutes of a common host
  std::size_t max_records = 20'000;
};

// Queues and sends. The owner calls add() with each observation and send() when it is due.
class Agent {
 public:
  Agent(AgentOptions options, env::HttpClient& http, Registry& own);

  // Takes an observation in; makes room by giving up the oldest.
  void add(Observation observation);

  // When send() is due: the interval while the server answers, with waits that double up to a
  // minute while it does not.
  [[nodiscard]] Timestamp next_send() const { return next_send_; }
  // Sends what waits. Errors: what the server or the network said; everything is kept for the next
  // time, unless the server refused it as invalid: then it is given up and counted.
  [[nodiscard]] Result<void> send(Timestamp now);
  // Whether the server said at the last send() that it observes this host itself: nothing that is
  // sent will ever be taken, and samples were not even tried, as they are there already.
  [[nodiscard]] bool refused() const { return refused_; }

  // True once after records were lost: the observer must be made anew, so that it says everything.
  [[nodiscard]] bool take_must_repeat();

  [[nodiscard]] std::size_t waiting_samples() const { return waiting_samples_; }
  [[nodiscard]] std::size_t waiting_records() const { return records_.size(); }
  [[nodiscard]] std::uint64_t lost_samples() const { return lost_samples_; }
  [[nodiscard]] std::uint64_t lost_records() const { return lost_records_; }

 private:
  [[nodiscard]] Result<void> send_samples();
  [[nodiscard]] Result<void> send_records(Timestamp now);
  [[nodiscard]] Result<void> post(const std::string& path, std::string body,
                                  env::HttpHeaders headers);
  void say_losses(Timestamp now);
  void drop_batch();
  void lose_samples(std::size_t count);
  void lose_records(std::size_t count);

  const AgentOptions options_;
  env::HttpClient& http_;
  std::deque<series::Batch> batches_;
  std::size_t waiting_samples_ = 0;
  std::deque<facts::Record> records_;
  std::uint64_t sent_ = 0;         // samples and records
  std::uint64_t said_losses_ = 0;  // when losses were last said
  std::uint64_t lost_samples_ = 0;
  std::uint64_t lost_records_ = 0;
  bool must_repeat_ = false;
  bool refused_ = false;
  Timestamp next_send_ = kMinTimestamp;
  Duration wait_;
  Metric& lost_samples_metric_;
  Metric& lost_records_metric_;
  Metric& failures_;
};

}  // namespace daytwo::observe
