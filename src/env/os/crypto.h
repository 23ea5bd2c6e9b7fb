// Digests by OpenSSL, passwords by libsodium (Argon2id) and crypt(3) (bcrypt), random bytes by the
// kernel.
#pragma once

#include "env/crypto.h"
#include "env/entropy.h"

namespace daytwo::env::os {

class SystemCrypto final : public Crypto {
 public:
  [[nodiscard]] std::string sha256(std::string_view bytes) const override;
  [[nodiscard]] std::string hmac_sha256(std::string_view key,
                                        std::string_view bytes) const override;
  [[nodiscard]] Result<std::string> hash_password(std::string_view password) const override;
  [[nodiscard]] bool verify_password(std::string_view password,
                                     std::string_view hash) const override;
};

// Random bytes of the kernel.
class SystemEntropy final : public Entropy {
 public:
  [[nodiscard]] std::string bytes(std::size_t count) override;
};

}  // namespace daytwo::env::os
