// Another server that speaks Prometheus's HTTP API: how it is reached, what it is, and whether it
// answers. Everything that leaves for it goes through Peer::send.
//   unknown --buildinfo answers--> up <--answer / no answer--> down
// Flavours and paths [metrics.md 12]: Prometheus at URL/api/v1, Mimir at URL/prometheus/api/v1 with
// X-Scope-OrgID, VictoriaMetrics at URL/api/v1 without remote read.
// Thread rule: any thread; calls block up to Options::timeout.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/metrics.h"
#include "base/result.h"
#include "base/time.h"
#include "env/clock.h"
#include "env/files.h"
#include "env/http_access.h"
#include "env/http_client.h"

namespace daytwo::remote {

// Where the server is and how we show who we are.
struct Options {
  std::string url;     // http://host:9090, with a path when it stands below one
  std::string tenant;  // sent as X-Scope-OrgID; empty = none
  env::HttpAccess access;
  Duration timeout = minutes(2);
};

// Options of an URL as people write it: "https://user:secret@host/prometheus/" gives user and
// password, and the URL without them. Errors: kInvalid (not http or https, no host, a query or
// fragment, a broken escape). The text never holds the password.
[[nodiscard]] Result<Options> parse_url(std::string_view text);

// Which program answers there.
enum class Flavour : std::uint8_t { kPrometheus, kMimir, kVictoriaMetrics };

// "Prometheus", "Mimir", "VictoriaMetrics".
[[nodiscard]] std::string_view name_of(Flavour flavour);

// What was found at the URL.
struct Identity {
  Flavour flavour = Flavour::kPrometheus;
  std::string version;
  std::string base;  // the URL that /api/v1 stands below
};

// How the last requests went.
struct PeerState {
  bool up = false;
  std::optional<Identity> identity;  // nothing until it answered for the first time
  Timestamp since;                   // when `up` became what it is
  std::string last_error;            // of the last request without an answer; stays when up again
  Timestamp last_error_at;
};

// One request to the server, below its base.
struct Request {
  std::string method = "GET";
  std::string path;   // "/api/v1/query"
  std::string query;  // encoded, without "?"
  env::HttpHeaders headers;
  std::string body;
  std::size_t max_body_bytes = 64U << 20U;
  std::optional<Duration> timeout;  // else Options::timeout
};

// What a connection borrows.
struct PeerParts {
  env::HttpClient& http;
  const env::Files& files;  // secrets are read from them
  env::Clock& clock;
  Registry& registry;
};

// The connection to one server.
class Peer {
 public:
  // Asks nothing yet. What `parts` names outlives the peer.
  Peer(Options options, const PeerParts& parts);

  // What answers at the URL; asked once, then remembered. After a failure the next attempt is made
  // 5 s later at the earliest, so that a dead server does not cost every caller a timeout.
  // Errors, each naming the URL: kUnavailable (nothing answers), kInvalid (it is no Prometheus),
  // kUnauthenticated, kDenied (it refuses our credentials), kTimeout.
  [[nodiscard]] Result<Identity> identify();

  // Sends below the base and returns the answer whatever its status.
  // Errors: those of identify(); kUnavailable, kTimeout, kLimit (body), naming the URL; those of
  // reading our own credentials.
  [[nodiscard]] Result<env::HttpResponse> send(const Request& request);

  // Sees whether the server still answers, with a small request. Errors: as identify().
  [[nodiscard]] Result<Identity> check();

  [[nodiscard]] PeerState state() const;
  [[nodiscard]] const std::string& url() const { return options_.url; }

 private:
  [[nodiscard]] Result<Identity> ask_identity();
  [[nodiscard]] Result<std::optional<Identity>> ask_below(const std::string& base);
  [[nodiscard]] Result<env::HttpResponse> fetch(const std::string& base, const Request& request);
  void note(const Error* error);

  const Options options_;
  env::HttpClient& client_;
  const env::Files& files_;
  env::Clock& clock_;
  Metric& up_;
  Metric& requests_;
  Metric& failures_;

  std::mutex asking_;  // one asks who is there, the others wait; taken before mutex_
  mutable std::mutex mutex_;
  PeerState state_;               // guarded by mutex_
  std::optional<Error> refused_;  // guarded by asking_: how the last identify() failed
  Duration refused_at_;           // guarded by asking_
};

}  // namespace daytwo::remote
