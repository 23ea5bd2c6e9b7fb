// Numbers in bytes, as all files of the store hold them: little-endian fixed widths, LEB128
// varints, zigzag for signs. The reader is bounded: past the end it turns bad and gives zeros, so a
// parser checks once, at its end.
// Thread rule: plain values.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace daytwo::store {

static_assert(std::endian::native == std::endian::little, "the formats are little-endian");

// Small signed numbers become small unsigned ones: 0, -1, 1, -2, 2 ...
[[nodiscard]] constexpr std::uint64_t to_zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}
[[nodiscard]] constexpr std::int64_t from_zigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1U) ^ -static_cast<std::int64_t>(value & 1U);
}

// Appends a fixed-width number.
template <typename T>
void put_fixed(std::string& out, T value) {
  static_assert(std::is_trivially_copyable_v<T>);
  char bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof(T));
  out.append(bytes, sizeof(T));
}

// Appends 1 to 10 bytes.
inline void put_varint(std::string& out, std::uint64_t value) {
  char bytes[10];
  std::size_t count = 0;
  while (value >= 0x80U) {
    bytes[count++] = static_cast<char>(value | 0x80U);
    value >>= 7U;
  }
  bytes[count++] = static_cast<char>(value);
  out.append(bytes, count);
}

// Appends a varint of the zigzag form.
inline void put_signed(std::string& out, std::int64_t value) { put_varint(out, to_zigzag(value)); }

// Appends length and bytes.
inline void put_text(std::string& out, std::string_view text) {
  put_varint(out, text.size());
  out += text;
}

// A number at a place in mapped memory. REQUIRES: offset + sizeof(T) <= bytes.size().
template <typename T>
[[nodiscard]] T load_fixed(std::string_view bytes, std::size_t offset) {
  T out;
  std::memcpy(&out, bytes.data() + offset, sizeof(T));
  return out;
}

// Reads from the front of bytes.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
  [[nodiscard]] T fixed() {
    if (rest_.size() < sizeof(T)) return turn_bad<T>();
    const T out = load_fixed<T>(rest_, 0);
    rest_.remove_prefix(sizeof(T));
    return out;
  }
  [[nodiscard]] std::uint64_t varint() {
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < rest_.size() && i < 10; ++i) {
      const auto byte = static_cast<std::uint8_t>(rest_[i]);
      out |= static_cast<std::uint64_t>(byte & 0x7FU) << (7 * i);
      if (byte < 0x80U) {
        rest_.remove_prefix(i + 1);
        return out;
      }
    }
    return turn_bad<std::uint64_t>();
  }
  [[nodiscard]] std::int64_t signed_varint() { return from_zigzag(varint()); }
  [[nodiscard]] std::string_view text() { return take(varint()); }
  [[nodiscard]] std::string_view take(std::uint64_t count) {
    if (count > rest_.size()) return turn_bad<std::string_view>();
    const std::string_view out = rest_.substr(0, static_cast<std::size_t>(count));
    rest_.remove_prefix(out.size());
    return out;
  }
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  template <typename T>
  T turn_bad() {
    good_ = false;
    rest_ = {};
    return T{};
  }

  std::string_view rest_;
  bool good_ = true;
};

}  // namespace daytwo::store
