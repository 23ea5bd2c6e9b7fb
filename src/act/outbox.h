// The outbox: carries out what the journal owes. Blocking; runs on a worker thread.
#pragma once

#include <string>
#include <vector>

#include "act/notice.h"
#include "act/outcome.h"
#include "base/metrics.h"
#include "env/clock.h"
#include "env/http_client.h"
#include "env/log.h"
#include "facts/journal.h"
#include "model/people.h"

namespace daytwo::act {

// How long an attempt may take before it counts as lost with its process; longer than any send's
// own deadline of 10 s.
inline constexpr Duration kLease = seconds(15);

// What the outbox needs of the world.
struct OutboxWorld {
  facts::Journal& journal;
  env::Clock& clock;
  env::HttpClient& http;
  env::MailClient& mail;
  env::Log& log;
  Registry& metrics;
};

// Whom to tell, and how messages point back here.
struct OutboxSettings {
  model::People people;
  std::string mail_password;  // read from people.mail.password_file by app
  std::string external_url;
  LinkMaker link;
};

// Pages that should be tried now: pending and due, or sending with a lease that ended. Oldest
// first.
[[nodiscard]] std::vector<Page> due_pages(const facts::Snapshot& snapshot, Timestamp now);

class Outbox {
 public:
  Outbox(OutboxSettings settings, OutboxWorld world);

  // Tries every due page once: records the attempt, sends, records what came of it. Returns how
  // many were tried. Errors: kUnavailable when the journal cannot be written; then nothing was sent
  // that is not recorded as an attempt.
  [[nodiscard]] Result<std::size_t> step();

 private:
  [[nodiscard]] Result<void> send(Page page);
  [[nodiscard]] Outcome perform(const Page& page, const facts::Snapshot& snapshot);

  const OutboxSettings settings_;
  OutboxWorld world_;
  Metric& attempts_;
  Metric& accepted_;
  Metric& undeliverable_;
  Metric& depth_;
};

}  // namespace daytwo::act
