// The Prometheus that a team already has, attached to the server: `--prometheus URL`.
// Thread rule: any thread.
#pragma once

#include <memory>
#include <string>

#include "app/periodic.h"
#include "app/query_source.h"
#include "app/settings.h"
#include "base/metrics.h"
#include "env/clock.h"
#include "env/files.h"
#include "env/http_client.h"
#include "env/log.h"
#include "env/threads.h"
#include "remote/prometheus.h"
#include "series/source.h"

namespace daytwo::app {

// What an attachment borrows.
struct AttachmentParts {
  env::HttpClient& http;
  const env::Files& files;
  env::Clock& clock;
  env::Threads& threads;
  env::Log& log;
  Registry& registry;
  const series::Source& own;  // the embedded store
};

// The connection, the rule of whom to ask, and a look every 15 s at whether it still answers. What
// changes is logged. It need not be there at the start.
class Attachment {
 public:
  // Errors: kInvalid, naming the option, when the URL is none of a server or the file of the
  // connection has mistakes.
  [[nodiscard]] static Result<std::unique_ptr<Attachment>> start(const Settings& settings,
                                                                 const AttachmentParts& parts);

  [[nodiscard]] QuerySource& source() { return source_; }
  [[nodiscard]] remote::PeerState state() const { return peer_.state(); }

 private:
  Attachment(remote::Options options, const AttachmentParts& parts);
  void check();

  env::Log& log_;
  remote::Prometheus peer_;
  QuerySource source_;
  std::string last_;  // what was logged last; of the checking thread
  Periodic checking_;
};

}  // namespace daytwo::app
