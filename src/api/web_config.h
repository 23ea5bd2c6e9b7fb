// --web.config.file: TLS and users, in the format of Prometheus's exporter-toolkit.
//   tls_server_config: {cert_file: server.crt, key_file: server.key, min_version: TLS12}
//   basic_auth_users: {ann: $2y$10$...}          # bcrypt, or Argon2id ($argon2id$...)
// Thread rule: called at start.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/guard.h"
#include "base/result.h"
#include "env/files.h"
#include "http/server.h"

namespace daytwo::api {

// What the file says.
struct WebConfig {
  std::optional<http::TlsIdentity> tls;
  std::vector<User> users;
};

// Reads the file and what it names; paths in it are relative to it. Errors: kInvalid with
// diagnostics (unknown keys, a hash that is none, what is not supported); those of Files.
[[nodiscard]] Result<WebConfig> load_web_config(env::Files& files, const std::string& path);

}  // namespace daytwo::api
