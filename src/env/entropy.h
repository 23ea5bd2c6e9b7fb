// Chance from the world: for tokens, ids and first seeds. Simulations replace it, so nothing else
// may ask the system for randomness.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace daytwo::env {

class Entropy {
 public:
  virtual ~Entropy() = default;
  // `count` unpredictable bytes.
  [[nodiscard]] virtual std::string bytes(std::size_t count) = 0;
  [[nodiscard]] std::uint64_t number() {
    const std::string raw = bytes(8);
    std::uint64_t out = 0;
    for (const char c : raw) out = out << 8U | static_cast<unsigned char>(c);
    return out;
  }
};

}  // namespace daytwo::env
