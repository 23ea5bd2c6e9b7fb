#include "app/http_access_file.h"

#include <fmt/format.h>

#include <utility>

#include "app/config.h"
#include "app/paths.h"

namespace daytwo::app {
namespace {

using model::YamlMap;
using model::YamlNode;

// The maps that a reader was asked to look into.
class AccessReader {
 public:
  AccessReader(const std::string& folder, std::vector<std::string>& warnings, Diagnostics& problems)
      : folder_(folder), warnings_(warnings), problems_(problems) {}

  env::HttpAccess read(YamlMap& map) {
    const auto basic = map.node("basic_auth");
    const auto authorization = map.node("authorization");
    if (basic) read_basic(*basic);
    if (authorization) read_authorization(*authorization);
    if (basic && authorization) {
      problems_.push_back(authorization->problem("basic_auth stands beside it: state one of them"));
    }
    if (const auto tls = map.node("tls_config")) read_tls(*tls);
    if (const auto headers = map.node("http_headers")) read_headers(*headers);
    leave_for_later(map, {"oauth2", "proxy_url", "proxy_from_environment", "no_proxy",
                          "proxy_connect_header", "enable_http2"});
    return std::move(access_);
  }

 private:
  // Names each of `keys` that stands in `map`.
  void leave_for_later(YamlMap& map, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
      if (const auto node = map.node(key)) {
        warnings_.push_back(
            fmt::format("{}:{}: {} is not honoured yet", node->file(), node->line(), key));
      }
    }
  }

  std::string path(YamlMap& map, const char* key) {
    const auto text = map.text(key);
    return text && !text->empty() ? below(folder_, *text) : "";
  }

  // A secret and the file of it; both at once is a problem.
  void read_secret(YamlMap& map, const std::string& key, std::string& text, std::string& file) {
    text = map.text(key).value_or("");
    file = path(map, (key + "_file").c_str());
    if (!text.empty() && !file.empty()) {
      problems_.push_back(
          map.whole().problem(fmt::format("{0} and {0}_file: state one of them", key)));
    }
  }

  void read_basic(const YamlNode& node) {
    YamlMap map(node, problems_);
    access_.user = map.required_text("username");
    read_secret(map, "password", access_.password, access_.password_file);
    leave_for_later(map, {"username_file", "password_ref", "username_ref"});
    map.finish();
  }

  void read_authorization(const YamlNode& node) {
    YamlMap map(node, problems_);
    access_.scheme = map.text("type").value_or(access_.scheme);
    if (access_.scheme == "Basic") {
      problems_.push_back(node.problem("Basic is written as basic_auth",
                                       "basic_auth: {username: ann, password_file: password}"));
    }
    read_secret(map, "credentials", access_.credentials, access_.credentials_file);
    if (access_.credentials.empty() && access_.credentials_file.empty()) {
      problems_.push_back(
          node.problem("no credentials are stated", "credentials_file: PATH or credentials: TEXT"));
    }
    leave_for_later(map, {"credentials_ref"});
    map.finish();
  }

  void read_tls(const YamlNode& node) {
    YamlMap map(node, problems_);
    access_.ca_file = path(map, "ca_file");
    access_.cert_file = path(map, "cert_file");
    access_.key_file = path(map, "key_file");
    access_.verify_tls = !map.boolean("insecure_skip_verify").value_or(false);
    if (access_.cert_file.empty() != access_.key_file.empty()) {
      problems_.push_back(node.problem("cert_file and key_file go together"));
    }
    leave_for_later(map, {"ca", "cert", "key", "server_name", "min_version", "max_version"});
    map.finish();
  }

  // NAME: {values: [...], files: [...]}
  void read_headers(const YamlNode& node) {
    for (const auto& [name, value] : node.entries()) {
      YamlMap map(value, problems_);
      for (const std::string& text : map.texts("values")) {
        access_.headers.emplace_back(name.text(), text);
      }
      leave_for_later(map, {"secrets", "files"});
      map.finish();
    }
  }

  const std::string& folder_;
  std::vector<std::string>& warnings_;
  Diagnostics& problems_;
  env::HttpAccess access_;
};

}  // namespace

env::HttpAccess read_http_access(YamlMap& map, const std::string& folder,
                                 std::vector<std::string>& warnings, Diagnostics& problems) {
  return AccessReader(folder, warnings, problems).read(map);
}

Result<env::HttpAccess> load_http_access(const env::Files& files, const std::string& file) {
  TRY(const std::string text, files.read(file, kMaxConfigBytes));
  TRY(const YamlNode root, model::parse_yaml(text, file));
  Diagnostics problems;
  std::vector<std::string> later;
  YamlMap top(root, problems);
  env::HttpAccess access = read_http_access(top, folder_of(file), later, problems);
  top.finish();
  // Nobody would see a warning of this file, and a connection that is not the one asked for is
  // none.
  for (const std::string& text_of : later) problems.push_back({.text = text_of});
  if (!problems.empty()) return fail(std::move(problems));
  return access;
}

}  // namespace daytwo::app
