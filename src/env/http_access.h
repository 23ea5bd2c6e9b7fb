// Who we are to a server that we ask, and whom we trust: what Prometheus calls the configuration of
// an HTTP client [Prometheus docs, "Configuration", <http_config>].
#pragma once

#include <string>

#include "base/result.h"
#include "env/files.h"
#include "env/http_client.h"

namespace daytwo::env {

// Of each secret either the text or the file that holds it; neither means none.
struct HttpAccess {
  std::string user;  // basic auth; empty = none
  std::string password;
  std::string password_file;
  std::string scheme = "Bearer";  // stands before the credentials
  std::string credentials;
  std::string credentials_file;
  std::string ca_file;    // empty = the system's
  std::string cert_file;  // a client certificate, PEM; empty = none
  std::string key_file;
  bool verify_tls = true;  // false only by a person's written wish
  HttpHeaders headers;
};

// Bound on a file that holds one secret.
inline constexpr std::size_t kMaxSecretBytes = 64U << 10U;

// Puts `access` on `request`. Files of secrets are read now, without the space around what they
// hold, so that one which is renewed counts from the next request on. Errors: those of reading a
// file, with its path; kInvalid when it is empty. No error holds a secret.
[[nodiscard]] Result<void> authorize(const HttpAccess& access, const Files& files,
                                     HttpRequest& request);

}  // namespace daytwo::env
