#include "env/os/crypto.h"

#include <crypt.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>
#include <memory>

#include "base/check.h"

namespace daytwo::env::os {

std::string SystemCrypto::sha256(std::string_view bytes) const {
  std::string out(32, '\0');
  unsigned length = 0;
  const int good =
      EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), &length,
                 EVP_sha256(), nullptr);
  CHECK(good == 1 && length == 32, "SHA-256 is always there");
  return out;
}

std::string SystemCrypto::hmac_sha256(std::string_view key, std::string_view bytes) const {
  std::string out(32, '\0');
  unsigned length = 0;
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* done =
      HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), data, bytes.size(),
           reinterpret_cast<unsigned char*>(out.data()), &length);
  CHECK(done != nullptr && length == 32, "HMAC-SHA-256 is always there");
  return out;
}

Result<std::string> SystemCrypto::hash_password(std::string_view password) const {
  if (sodium_init() < 0) return fail(Code::kUnavailable, "libsodium does not start");
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str(text.data(), password.data(), password.size(),
                        crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return fail(Code::kUnavailable, "no memory to hash a password");
  }
  return std::string(text.data());
}

bool SystemCrypto::verify_password(std::string_view password, std::string_view hash) const {
  const std::string stored(hash);
  if (stored.starts_with("$argon2id$")) {
    return sodium_init() >= 0 && stored.size() < crypto_pwhash_STRBYTES &&
           crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
  }
  if (!stored.starts_with("$2")) return false;
  // bcrypt, as web.config.file of Prometheus writes it. crypt_data is 32 KiB: not on the stack.
  const auto scratch = std::make_unique<crypt_data>();
  const std::string typed(password);
  const char* computed = crypt_r(typed.c_str(), stored.c_str(), scratch.get());
  return computed != nullptr && equal_in_constant_time(computed, stored);
}

std::string SystemEntropy::bytes(std::size_t count) {
  CHECK(sodium_init() >= 0, "libsodium starts");
  std::string out(count, '\0');
  randombytes_buf(out.data(), out.size());
  return out;
}

}  // namespace daytwo::env::os
