#include "api/token.h"

#include <fmt/format.h>

#include <cstddef>

#include "base/hash.h"
#include "base/text.h"

namespace daytwo::api {
namespace {

constexpr std::size_t kTokenBytes = 32;

std::string path_of(const std::string& directory) { return directory + "/token"; }

}  // namespace

Result<std::string> load_token(env::Files& files, const std::string& directory) {
  const std::string path = path_of(directory);
  TRY(const env::FileFacts facts, files.facts(path));
  if ((facts.mode & 077U) != 0) {
    return fail(Code::kDenied,
                fmt::format("{} can be read by other users: chmod 600 {}", path, path));
  }
  TRY(const std::string text, files.read(path, 4096));
  std::string token(trim(text));
  if (token.size() < 2 * kTokenBytes ||
      token.find_first_not_of("0123456789abcdef") != std::string::npos) {
    return fail(Code::kCorrupt,
                fmt::format("{} holds no token: remove it, and the server makes a new one", path));
  }
  return token;
}

Result<std::string> load_or_make_token(env::Files& files, env::Entropy& entropy,
                                       const std::string& directory) {
  auto known = load_token(files, directory);
  if (known || known.error().code != Code::kNotFound) return known;
  std::string token = to_hex(entropy.bytes(kTokenBytes));
  TRY_VOID(files.write_atomic(path_of(directory), token + "\n", 0600));
  return token;
}

}  // namespace daytwo::api
