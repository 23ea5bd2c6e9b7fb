// The HTTP/1.1 server: one I/O thread, blocking handlers on workers, every wait with a deadline and
// every buffer with a bound. TLS when an identity is given.
// Thread rule: start, stop and destruction from the owner; handlers run on the workers.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "base/result.h"
#include "base/time.h"
#include "env/clock.h"
#include "env/log.h"
#include "env/threads.h"
#include "http/address.h"
#include "http/message.h"

namespace daytwo::http {

// A certificate chain and its key, as PEM text.
struct TlsIdentity {
  std::string certificate_pem;  // leaf first
  std::string key_pem;
  bool only_tls13 = false;  // else TLS 1.2 and newer
};

// Bounds, each with its reason.
struct ServerLimits {
  // Browsers and Grafana keep a few dozen connections each; 1,024 leaves most descriptors to files.
  std::size_t connections = 1024;
  // Grafana's GET queries reach some kilobytes; cookies of neighbours on localhost add more.
  std::size_t header_bytes = 32U << 10U;
  // Requests that wait for a worker; more would be answered too late to be of use.
  std::size_t waiting = 512;
  // Bodies held at a time. Many strangers that each send the largest body must not use up memory.
  std::size_t bodies_bytes = 256U << 20U;
  Duration header = seconds(10);    // from the first byte to the end of the header
  Duration body = seconds(60);      // for the whole body
  Duration handler = seconds(150);  // above the default --query.timeout of 2 minutes
  Duration write = seconds(60);     // for the whole answer
  Duration idle = seconds(75);      // between two requests of one connection
};

// What a server needs to start.
struct ServerOptions {
  std::vector<ListenAddress> listen;
  std::optional<TlsIdentity> tls;
  ServerLimits limits;
  std::size_t workers = 4;
};

// What a running server holds; known to this room alone.
struct ServerCore;

// A running server.
class Server {
 public:
  // Binds every address, then serves. All borrowed objects outlive the server.
  // Errors: kConflict ("127.0.0.1:9420 is in use"), kDenied (a port below 1024), kInvalid (no such
  // address, broken certificate or key).
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(ServerOptions options,
                                                             Handler& handler,
                                                             env::Threads& threads,
                                                             env::Clock& clock, env::Log& log,
                                                             Registry& registry);
  // Stops at once; stop() before it for an orderly end.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Where it listens, with real ports where 0 was asked for.
  [[nodiscard]] const std::vector<ListenAddress>& addresses() const;

  // Takes no new connection, lets running requests end for at most `grace`, then closes the rest.
  // A second call does nothing.
  void stop(Duration grace);

 private:
  explicit Server(std::unique_ptr<ServerCore> core);
  std::unique_ptr<ServerCore> core_;
};

}  // namespace daytwo::http
