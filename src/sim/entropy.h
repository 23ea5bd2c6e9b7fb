// Chance that repeats: the same seed gives the same bytes in the same order.
// Thread rule: any thread; with several threads the order of calls decides who gets what.
#pragma once

#include <mutex>
#include <string>

#include "chance/seed.h"
#include "env/entropy.h"

namespace daytwo::sim {

// Entropy from one seeded stream.
class Entropy final : public env::Entropy {
 public:
  explicit Entropy(chance::Seed seed) : stream_(chance::derive(seed, "sim.entropy"), 0) {}

  [[nodiscard]] std::string bytes(std::size_t count) override {
    const std::lock_guard lock(mutex_);
    std::string out;
    out.reserve(count + 8);
    while (out.size() < count) {
      std::uint64_t word = stream_.bits();
      for (int i = 0; i < 8; ++i, word >>= 8U) out += static_cast<char>(word & 0xFFU);
    }
    out.resize(count);
    return out;
  }

 private:
  std::mutex mutex_;
  chance::Stream stream_;
};

}  // namespace daytwo::sim
