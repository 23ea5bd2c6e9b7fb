// Probing sockets, blocking, for worker threads: what a probe needs besides HTTP.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "env/http_client.h"

namespace daytwo::env {

// A TCP connection that was made and closed again.
struct Connected {
  std::string address;  // "127.0.0.1:443"
  Duration resolve;
  Duration connect;
  Duration tls;
  std::vector<Certificate> chain;  // when a handshake was asked for
};

// Names and plain connections, as probes need them.
class Sockets {
 public:
  virtual ~Sockets() = default;
  // Addresses of `host`, v4 and v6, as text. Errors: kNotFound (no such name), kUnavailable,
  // kTimeout.
  [[nodiscard]] virtual Result<std::vector<std::string>> resolve(const std::string& host,
                                                                 Duration timeout) = 0;
  // Connects, with a TLS handshake when `tls` (chain is reported even when it does not verify;
  // `verified` false then fails with kUnavailable only if `verify`), closes. Errors: kNotFound,
  // kUnavailable, kTimeout.
  [[nodiscard]] virtual Result<Connected> connect(const std::string& host, std::uint16_t port,
                                                  bool tls, bool verify, Duration timeout) = 0;
};

}  // namespace daytwo::env
