#include "api/web_config.h"

#include <fmt/format.h>

#include <utility>

#include "base/diagnostic.h"
#include "model/yaml.h"

namespace daytwo::api {
namespace {

constexpr std::size_t kMaxFile = 1U << 20U;

std::string beside(const std::string& file, const std::string& path) {
  if (path.starts_with('/')) return path;
  const std::size_t slash = file.rfind('/');
  return slash == std::string::npos ? path : file.substr(0, slash + 1) + path;
}

bool is_hash(std::string_view text) {
  for (const std::string_view start : {"$2a$", "$2b$", "$2y$", "$argon2id$"}) {
    if (text.starts_with(start)) return true;
  }
  return false;
}

// Reads the PEM file that `key` names; a problem at the key when it cannot be read.
std::string read_pem(env::Files& files, const std::string& config, const std::string& path,
                     const model::YamlMap& map, Diagnostics& problems) {
  if (path.empty()) return {};
  auto text = files.read(beside(config, path), kMaxFile);
  if (!text) problems.push_back(map.whole().problem(text.error().text));
  return text.value_or("");
}

http::TlsIdentity read_tls(env::Files& files, const std::string& config,
                           const model::YamlNode& node, Diagnostics& problems) {
  model::YamlMap map(node, problems);
  http::TlsIdentity identity;
  identity.certificate_pem = read_pem(files, config, map.required_text("cert_file"), map, problems);
  identity.key_pem = read_pem(files, config, map.required_text("key_file"), map, problems);
  const std::string version = map.text("min_version").value_or("TLS12");
  if (version != "TLS12" && version != "TLS13") {
    problems.push_back(map.whole().problem(fmt::format("min_version {} is not offered", version),
                                           "TLS12 or TLS13"));
  }
  identity.only_tls13 = version == "TLS13";
  const std::string clients = map.text("client_auth_type").value_or("NoClientCert");
  if (clients != "NoClientCert") {
    problems.push_back(map.whole().problem(
        fmt::format("client_auth_type {}: client certificates are not supported", clients),
        "NoClientCert, with basic_auth_users"));
  }
  map.finish();
  return identity;
}

std::vector<User> read_users(const model::YamlNode& node, Diagnostics& problems) {
  std::vector<User> users;
  for (const auto& [name, hash] : node.entries()) {
    if (!is_hash(hash.text())) {
      problems.push_back(hash.problem(fmt::format("the password of {} is no hash", name.text()),
                                      "bcrypt ($2y$..) or Argon2id ($argon2id$..)"));
      continue;
    }
    users.push_back({name.text(), hash.text()});
  }
  return users;
}

}  // namespace

Result<WebConfig> load_web_config(env::Files& files, const std::string& path) {
  TRY_IN("--web.config.file", const std::string text, files.read(path, kMaxFile));
  TRY(const model::YamlNode root, model::parse_yaml(text, path));
  Diagnostics problems;
  model::YamlMap map(root, problems);
  WebConfig config;
  if (const auto tls = map.node("tls_server_config")) {
    config.tls = read_tls(files, path, *tls, problems);
  }
  if (const auto users = map.node("basic_auth_users")) {
    config.users = read_users(*users, problems);
  }
  if (const auto server = map.node("http_server_config")) {
    // Only HTTP/1.1 is spoken, whatever http2 says; extra headers are not offered.
    model::YamlMap inner(*server, problems);
    inner.ignore("http2");
    inner.finish();
  }
  map.finish();
  if (!problems.empty()) return fail(std::move(problems));
  return config;
}

}  // namespace daytwo::api
