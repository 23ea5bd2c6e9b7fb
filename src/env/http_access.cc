#include "env/http_access.h"

#include <fmt/format.h>

#include "base/text.h"

namespace daytwo::env {
namespace {

Result<std::string> secret_of(const std::string& text, const std::string& path,
                              const Files& files) {
  if (path.empty()) return text;
  TRY(const std::string read, files.read(path, kMaxSecretBytes));
  std::string secret(trim(read));
  if (secret.empty()) {
    return fail(Code::kInvalid, fmt::format("{} is empty: a secret was expected", to_utf8(path)));
  }
  return secret;
}

}  // namespace

Result<void> authorize(const HttpAccess& access, const Files& files, HttpRequest& request) {
  request.headers.insert(request.headers.end(), access.headers.begin(), access.headers.end());
  request.ca_file = access.ca_file;
  request.cert_file = access.cert_file;
  request.key_file = access.key_file;
  request.verify_tls = access.verify_tls;
  if (!access.user.empty()) {
    request.basic_user = access.user;
    TRY(request.basic_password, secret_of(access.password, access.password_file, files));
  }
  TRY(const std::string credentials, secret_of(access.credentials, access.credentials_file, files));
  if (!credentials.empty()) {
    request.headers.emplace_back("Authorization", access.scheme + " " + credentials);
  }
  return {};
}

}  // namespace daytwo::env
