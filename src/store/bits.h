// Bits in bytes, lowest bit first.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace daytwo::store {

// Lowest `width` bits set. REQUIRES: width <= 64.
[[nodiscard]] constexpr std::uint64_t low_mask(unsigned width) {
  return width >= 64 ? ~0ULL : (1ULL << width) - 1;
}

// Appends numbers of any width to a string; finish() pads to a whole byte.
class BitWriter {
 public:
  explicit BitWriter(std::string& out) : out_(out) {}

  // REQUIRES: width <= 64 and value < 2^width.
  void put(std::uint64_t value, unsigned width) {
    held_ |= value << used_;
    if (used_ + width >= 64) {
      flush_word();
      held_ = used_ == 0 ? 0 : value >> (64 - used_);
      used_ = used_ + width - 64;
    } else {
      used_ += width;
    }
  }
  void finish() {
    for (; used_ > 0; used_ = used_ > 8 ? used_ - 8 : 0, held_ >>= 8U) {
      out_ += static_cast<char>(held_ & 0xFFU);
    }
  }

 private:
  void flush_word() {
    char bytes[8];
    std::memcpy(bytes, &held_, 8);
    out_.append(bytes, 8);
  }

  std::string& out_;
  std::uint64_t held_ = 0;
  unsigned used_ = 0;  // below 64
};

// Reads what BitWriter wrote; past the end it gives zeros and turns bad.
class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes) {}

  // REQUIRES: width <= 64.
  [[nodiscard]] std::uint64_t get(unsigned width) {
    if (width == 0) return 0;
    const std::size_t byte = position_ >> 3U;
    const unsigned shift = position_ & 7U;
    position_ += width;
    std::uint64_t out = load(byte) >> shift;
    if (shift + width > 64) out |= load(byte + 8) << (64 - shift);
    return out & low_mask(width);
  }
  [[nodiscard]] bool good() const { return position_ <= bytes_.size() * 8; }

 private:
  [[nodiscard]] std::uint64_t load(std::size_t byte) const {
    std::uint64_t out = 0;
    if (byte + 8 <= bytes_.size()) {
      std::memcpy(&out, bytes_.data() + byte, 8);
    } else if (byte < bytes_.size()) {
      std::memcpy(&out, bytes_.data() + byte, bytes_.size() - byte);
    }
    return out;
  }

  std::string_view bytes_;
  std::size_t position_ = 0;
};

}  // namespace daytwo::store
