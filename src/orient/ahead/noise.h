// Noise: standard normal draws by the ten thousand, from a table.
// Model: the quantiles at the middles of 4,096 equal slices of probability; their variance is 0.1 %
// short of 1 and none is beyond 3.7, which no forecast of use can tell from the truth.
// Thread rule: an object is used by one thread; the table is constant.
#pragma once

#include <cstdint>

#include "chance/seed.h"

namespace daytwo::orient::ahead {

class Noise {
 public:
  Noise(chance::Seed seed, std::uint64_t index) : stream_(seed, index) {}

  [[nodiscard]] double normal();
  [[nodiscard]] double uniform() { return stream_.uniform(); }

 private:
  chance::Stream stream_;
  std::uint64_t bits_ = 0;
  int left_ = 0;  // draws in bits_
};

}  // namespace daytwo::orient::ahead
