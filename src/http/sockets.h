// Probing sockets: connect, shake hands, report, close. By libcurl's connect-only transfers, so the
// phases are measured as for HTTP; names are resolved by the system.
// Thread rule: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "env/sockets.h"

namespace daytwo::http {

// The real Sockets.
class Sockets final : public env::Sockets {
 public:
  // As env::Sockets::resolve. The system's resolver cannot be interrupted: a dead name server can
  // hold the call for its own timeout (resolv.conf), after which kTimeout is returned.
  [[nodiscard]] Result<std::vector<std::string>> resolve(const std::string& host,
                                                         Duration timeout) override;
  // As env::Sockets::connect.
  [[nodiscard]] Result<env::Connected> connect(const std::string& host, std::uint16_t port,
                                               bool tls, bool verify, Duration timeout) override;
};

}  // namespace daytwo::http
