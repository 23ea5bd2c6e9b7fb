// Digests, signatures, passwords. Pure functions of their arguments, but for the salt of a new
// password.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo::env {

class Crypto {
 public:
  virtual ~Crypto() = default;
  // 32 bytes.
  [[nodiscard]] virtual std::string sha256(std::string_view bytes) const = 0;
  // 32 bytes, RFC 2104.
  [[nodiscard]] virtual std::string hmac_sha256(std::string_view key,
                                                std::string_view bytes) const = 0;
  // Argon2id in PHC text form. Errors: kUnavailable when memory for it is not to be had.
  [[nodiscard]] virtual Result<std::string> hash_password(std::string_view password) const = 0;
  // True when `password` fits `hash` (Argon2id, or bcrypt as Prometheus's web.config writes it when
  // the platform's crypt can).
  [[nodiscard]] virtual bool verify_password(std::string_view password,
                                             std::string_view hash) const = 0;
};

// Compares without telling by its time where the first difference is.
[[nodiscard]] inline bool equal_in_constant_time(std::string_view a, std::string_view b) {
  unsigned difference = a.size() == b.size() ? 0U : 1U;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    difference |=
        static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  }
  return difference == 0;
}

}  // namespace daytwo::env
