// A bounded protobuf reader that copies nothing: field by field over bytes that somebody else holds
// [Protocol Buffers encoding specification]. Declared lengths are checked against what is there;
// past an error every read gives zeros and ok() is false, so a decoder checks once, at its end.
// Thread rule: plain value.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace daytwo::wire {

// How a field's value is held; groups (3, 4) are refused.
enum class WireType : std::uint8_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

class ProtoReader;

// One field of a message: number, and the value in the form that its wire type gives.
struct ProtoField {
  std::uint32_t number = 0;
  WireType type = WireType::kVarint;
  std::uint64_t bits = 0;  // varint or fixed
  std::string_view bytes;  // kBytes

  [[nodiscard]] double as_double() const { return std::bit_cast<double>(bits); }
  [[nodiscard]] std::int64_t as_int64() const { return static_cast<std::int64_t>(bits); }
  [[nodiscard]] std::int64_t as_sint64() const {
    return static_cast<std::int64_t>(bits >> 1U) ^ -static_cast<std::int64_t>(bits & 1U);
  }
};

// Reads the fields of one message from its bytes.
class ProtoReader {
 public:
  explicit ProtoReader(std::string_view bytes) : rest_(bytes) {}

  // Takes the next field; false at the end or after an error.
  [[nodiscard]] bool next(ProtoField& field) {
    if (rest_.empty()) return false;
    const std::uint64_t tag = varint();
    if (!ok_ || tag >> 3U == 0 || tag >> 3U > kMaxFieldNumber) return fail();
    field.number = static_cast<std::uint32_t>(tag >> 3U);
    field.type = static_cast<WireType>(tag & 7U);
    field.bytes = {};
    switch (field.type) {
      case WireType::kVarint:
        field.bits = varint();
        return ok_;
      case WireType::kFixed64:
        field.bits = fixed<std::uint64_t>();
        return ok_;
      case WireType::kFixed32:
        field.bits = fixed<std::uint32_t>();
        return ok_;
      case WireType::kBytes: {
        const std::uint64_t length = varint();
        if (!ok_ || length > rest_.size()) return fail();
        field.bits = 0;
        field.bytes = rest_.substr(0, static_cast<std::size_t>(length));
        rest_.remove_prefix(field.bytes.size());
        return true;
      }
    }
    return fail();
  }
  [[nodiscard]] std::uint64_t varint() {
    if (!rest_.empty() && static_cast<std::uint8_t>(rest_[0]) < 0x80U) {  // nearly all of them
      const auto byte = static_cast<std::uint8_t>(rest_[0]);
      rest_.remove_prefix(1);
      return byte;
    }
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < rest_.size() && i < 10; ++i) {
      const auto byte = static_cast<std::uint8_t>(rest_[i]);
      out |= static_cast<std::uint64_t>(byte & 0x7FU) << (7 * i);
      if (byte < 0x80U) {
        rest_.remove_prefix(i + 1);
        return out;
      }
    }
    static_cast<void>(fail());
    return 0;
  }
  template <typename T>
  [[nodiscard]] T fixed() {
    T out{};
    if (rest_.size() < sizeof(T)) {
      static_cast<void>(fail());
      return out;
    }
    rest_.copy(reinterpret_cast<char*>(&out), sizeof(T));
    rest_.remove_prefix(sizeof(T));
    return out;
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  static constexpr std::uint64_t kMaxFieldNumber = (1U << 29U) - 1;  // of the specification

  bool fail() {
    ok_ = false;
    rest_ = {};
    return false;
  }

  std::string_view rest_;
  bool ok_ = true;
};

// Calls `take(value)` for each number of a repeated field, packed or not; `read` reads one packed
// number, `one` gives the unpacked one. Returns false when packed bytes are cut.
template <typename Read, typename One, typename Take>
[[nodiscard]] bool each_number(const ProtoField& field, Read read, One one, Take take) {
  if (field.type != WireType::kBytes) {
    take(one(field));
    return true;
  }
  ProtoReader packed(field.bytes);
  while (!packed.at_end()) {
    const auto value = read(packed);
    if (!packed.ok()) return false;
    take(value);
  }
  return packed.ok();
}

}  // namespace daytwo::wire
