// constant:  u64 bits
// decimal:   u8 k | order << 4, u8 width, u8 exceptions, `order` signed first integers and steps,
//            signed least, (count - order) numbers of `width` bits minus least,
//            then per exception u8 position, u64 bits
// ranks:     u8 order, u8 width, then as decimal's: `order` signed, signed least, packed numbers;
//            each integer is a double's bits, mapped so that integers order as doubles do
// xor:       u64 first bits; per value 0 | 10 bits | 11 leading:6 length-1:6 bits
// raw:       count u64
#include "store/codec_values.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <optional>

#include "store/bits.h"
#include "store/codec.h"

namespace daytwo::store {
namespace {

using Integers = std::array<std::int64_t, kFrameSamples>;

constexpr std::array<double, 7> kPowers = {1, 10, 100, 1e3, 1e4, 1e5, 1e6};
constexpr std::uint64_t kSignBit = 1ULL << 63U;
constexpr double kLargestInteger = 4e15;    // below 2^52, so halves are still exact
constexpr std::size_t kExceptionShare = 8;  // at most one in eight values

std::uint64_t bits_of(double value) { return std::bit_cast<std::uint64_t>(value); }

// The integer that gives `value` back when divided by 10^k.
std::optional<std::int64_t> integer_of(double value, std::size_t k) {
  const double scaled = std::nearbyint(value * kPowers[k]);
  if (!(std::abs(scaled) <= kLargestInteger)) return std::nullopt;
  const auto out = static_cast<std::int64_t>(scaled);
  if (bits_of(static_cast<double>(out) / kPowers[k]) != bits_of(value)) return std::nullopt;
  return out;
}

struct Decimals {
  std::size_t k = 0;
  Integers integers{};
  std::array<std::uint8_t, kFrameSamples> exceptions{};
  std::size_t exception_count = 0;
};

// NaN, infinities and -0 are no decimals at any k.
bool is_exception(double value) { return !std::isfinite(value) || bits_of(value) == bits_of(-0.0); }

std::optional<Decimals> find_decimals(std::span<const double> values) {
  Decimals out;
  for (const double value : values) {
    if (is_exception(value)) continue;
    while (!integer_of(value, out.k)) {
      if (++out.k == kPowers.size()) return std::nullopt;
    }
  }
  std::int64_t before = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (const auto integer = integer_of(values[i], out.k); integer && !is_exception(values[i])) {
      before = *integer;
    } else {
      out.exceptions[out.exception_count++] = static_cast<std::uint8_t>(i);
    }
    out.integers[i] = before;
  }
  if (out.exception_count * kExceptionShare > values.size()) return std::nullopt;
  return out;
}

// One order of differences and what it costs.
struct Packing {
  unsigned order = 0;
  unsigned width = 64;
  std::int64_t least = 0;
  Integers rest{};  // differences of that order, from index `order` on
};

std::int64_t wrapping_difference(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

// How far `to` is above `from`; REQUIRES: from <= to.
std::uint64_t distance(std::int64_t from, std::int64_t to) {
  return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
}

Packing pack(const Integers& integers, std::size_t count, unsigned order) {
  Packing out;
  out.order = order;
  out.rest = integers;
  for (unsigned round = 0; round < order; ++round) {
    for (std::size_t i = count - 1; i > round; --i) {
      out.rest[i] = wrapping_difference(out.rest[i], out.rest[i - 1]);
    }
  }
  const auto [least, most] =
      std::minmax_element(out.rest.begin() + order, out.rest.begin() + count);
  out.least = *least;
  out.width = static_cast<unsigned>(std::bit_width(distance(*least, *most)));
  return out;
}

Packing best_packing(const Integers& integers, std::size_t count) {
  Packing best = pack(integers, count, 0);
  for (unsigned order = 1; order <= 2 && order < count; ++order) {
    Packing other = pack(integers, count, order);
    if (other.width < best.width) best = other;
  }
  return best;
}

void put_packing(const Packing& packing, std::size_t count, std::string& out) {
  for (unsigned i = 0; i < packing.order; ++i) put_signed(out, packing.rest[i]);
  put_signed(out, packing.least);
  BitWriter bits(out);
  for (std::size_t i = packing.order; i < count; ++i) {
    bits.put(distance(packing.least, packing.rest[i]), packing.width);
  }
  bits.finish();
}

// REQUIRES: order <= 2, order < integers.size(), width <= 64.
bool get_packing(ByteReader& in, unsigned order, unsigned width,
                 std::span<std::uint64_t> integers) {
  const std::size_t count = integers.size();
  // Unsigned: damaged bytes may overflow, and so may differences of bit patterns.
  for (unsigned i = 0; i < order; ++i) {
    integers[i] = static_cast<std::uint64_t>(in.signed_varint());
  }
  const auto least = static_cast<std::uint64_t>(in.signed_varint());
  BitReader bits(in.take(((count - order) * width + 7) / 8));
  for (std::size_t i = order; i < count; ++i) integers[i] = bits.get(width) + least;
  for (unsigned round = order; round > 0; --round) {
    for (std::size_t i = round; i < count; ++i) integers[i] += integers[i - 1];
  }
  return in.good() && bits.good();
}

void put_decimals(const Decimals& decimals, std::span<const double> values, std::string& out) {
  const std::size_t count = values.size();
  const Packing best = best_packing(decimals.integers, count);
  out += static_cast<char>(decimals.k | best.order << 4U);
  out += static_cast<char>(best.width);
  out += static_cast<char>(decimals.exception_count);
  put_packing(best, count, out);
  for (std::size_t i = 0; i < decimals.exception_count; ++i) {
    out += static_cast<char>(decimals.exceptions[i]);
    put_fixed(out, bits_of(values[decimals.exceptions[i]]));
  }
}

bool get_decimals(ByteReader& in, std::span<double> values) {
  const std::size_t count = values.size();
  const unsigned head = in.fixed<std::uint8_t>();
  const std::size_t k = head & 0xFU;
  const unsigned order = head >> 4U;
  const unsigned width = in.fixed<std::uint8_t>();
  const std::size_t exceptions = in.fixed<std::uint8_t>();
  if (k >= kPowers.size() || order > 2 || order >= count || width > 64) return false;
  std::array<std::uint64_t, kFrameSamples> integers{};
  if (!get_packing(in, order, width, std::span(integers).first(count))) return false;
  for (std::size_t i = 0; i < count; ++i) {
    values[i] = static_cast<double>(static_cast<std::int64_t>(integers[i])) / kPowers[k];
  }
  for (std::size_t i = 0; i < exceptions; ++i) {
    const std::size_t position = in.fixed<std::uint8_t>();
    const auto value = in.fixed<std::uint64_t>();
    if (position >= count) return false;
    values[position] = std::bit_cast<double>(value);
  }
  return in.good();
}

// The bits of a double as an integer that orders as doubles do: neighbours differ by one, so a walk
// makes small steps, whatever its last digits.
std::int64_t to_rank(double value) {
  const std::uint64_t bits = bits_of(value);
  return static_cast<std::int64_t>((bits & kSignBit) != 0 ? bits ^ ~kSignBit : bits);
}

double from_rank(std::uint64_t rank) {
  return std::bit_cast<double>((rank & kSignBit) != 0 ? rank ^ ~kSignBit : rank);
}

void put_ranks(std::span<const double> values, std::string& out) {
  Integers ranks{};
  std::transform(values.begin(), values.end(), ranks.begin(), to_rank);
  const Packing best = best_packing(ranks, values.size());
  out += static_cast<char>(best.order);
  out += static_cast<char>(best.width);
  put_packing(best, values.size(), out);
}

bool get_ranks(ByteReader& in, std::span<double> values) {
  const unsigned order = in.fixed<std::uint8_t>();
  const unsigned width = in.fixed<std::uint8_t>();
  if (order > 2 || order >= values.size() || width > 64) return false;
  std::array<std::uint64_t, kFrameSamples> ranks{};
  if (!get_packing(in, order, width, std::span(ranks).first(values.size()))) return false;
  std::transform(ranks.begin(), ranks.begin() + values.size(), values.begin(), from_rank);
  return true;
}

void put_xor(std::span<const double> values, std::string& out) {
  put_fixed(out, bits_of(values[0]));
  BitWriter bits(out);
  unsigned leading = 64;
  unsigned length = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const std::uint64_t change = bits_of(values[i]) ^ bits_of(values[i - 1]);
    if (change == 0) {
      bits.put(0, 1);
      continue;
    }
    const auto zeros = static_cast<unsigned>(std::countl_zero(change));
    const auto tail = static_cast<unsigned>(std::countr_zero(change));
    const bool fits = length > 0 && zeros >= leading && tail >= 64 - leading - length;
    // A window much wider than the change is dropped: its bits cost more than a new header.
    if (fits && length < (64 - zeros - tail) + 12) {
      bits.put(0b01, 2);
    } else {
      leading = zeros;
      length = 64 - zeros - tail;
      bits.put(0b11, 2);
      bits.put(leading, 6);
      bits.put(length - 1, 6);
    }
    bits.put(change >> (64 - leading - length) & low_mask(length), length);
  }
  bits.finish();
}

bool get_xor(ByteReader& in, std::span<double> values) {
  auto value = in.fixed<std::uint64_t>();
  values[0] = std::bit_cast<double>(value);
  BitReader bits(in.rest());
  unsigned leading = 0;
  unsigned length = 0;
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (bits.get(1) != 0) {
      if (bits.get(1) != 0) {
        leading = static_cast<unsigned>(bits.get(6));
        length = static_cast<unsigned>(bits.get(6)) + 1;
      }
      if (length == 0 || leading + length > 64) return false;
      value ^= bits.get(length) << (64 - leading - length);
    }
    values[i] = std::bit_cast<double>(value);
  }
  return in.good() && bits.good();
}

}  // namespace

ValueKind encode_values(std::span<const double> values, std::string& out) {
  const std::uint64_t first = bits_of(values[0]);
  const bool constant = std::all_of(values.begin(), values.end(),
                                    [&](double value) { return bits_of(value) == first; });
  if (constant) {
    put_fixed(out, first);
    return ValueKind::kConstant;
  }
  if (const auto decimals = find_decimals(values)) {
    put_decimals(*decimals, values, out);
    return ValueKind::kDecimal;
  }
  std::string ranks;
  put_ranks(values, ranks);
  std::string changes;
  put_xor(values, changes);
  const std::string& best = ranks.size() < changes.size() ? ranks : changes;
  if (best.size() < values.size() * sizeof(double)) {
    out += best;
    return &best == &ranks ? ValueKind::kRanks : ValueKind::kXor;
  }
  for (const double value : values) put_fixed(out, value);
  return ValueKind::kRaw;
}

bool decode_values(ValueKind kind, ByteReader& in, std::span<double> values) {
  switch (kind) {
    case ValueKind::kConstant:
      std::fill(values.begin(), values.end(), in.fixed<double>());
      return in.good();
    case ValueKind::kDecimal:
      return get_decimals(in, values);
    case ValueKind::kXor:
      return get_xor(in, values);
    case ValueKind::kRanks:
      return get_ranks(in, values);
    case ValueKind::kRaw:
      for (double& value : values) value = in.fixed<double>();
      return in.good();
  }
  return false;
}

}  // namespace daytwo::store
