// linear:  signed first, [signed step]                       step only for two samples or more
// packed:  signed first, signed first step, signed least, u8 width,
//          (count - 2) numbers of `width` bits: difference of differences minus least
#include "store/codec_times.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "base/time.h"
#include "store/bits.h"
#include "store/bytes.h"
#include "store/codec.h"

namespace daytwo::store {
namespace {

std::uint64_t raw(Timestamp at) { return static_cast<std::uint64_t>(at.ms); }

std::size_t bytes_of(std::size_t count, unsigned width) { return (count * width + 7) / 8; }

}  // namespace

TimeKind encode_times(std::span<const Timestamp> times, std::string& out) {
  const std::size_t count = times.size();
  put_signed(out, times[0].ms);
  if (count == 1) return TimeKind::kLinear;
  const std::uint64_t step = raw(times[1]) - raw(times[0]);
  put_signed(out, static_cast<std::int64_t>(step));
  if (count == 2) return TimeKind::kLinear;

  std::array<std::int64_t, kFrameSamples> changes{};
  std::uint64_t before = step;
  for (std::size_t i = 2; i < count; ++i) {
    const std::uint64_t now = raw(times[i]) - raw(times[i - 1]);
    changes[i - 2] = static_cast<std::int64_t>(now - before);
    before = now;
  }
  const auto [least, most] = std::minmax_element(changes.begin(), changes.begin() + (count - 2));
  if (*least == 0 && *most == 0) return TimeKind::kLinear;
  const auto base = static_cast<std::uint64_t>(*least);
  const auto width =
      static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(*most) - base));
  put_signed(out, *least);
  out += static_cast<char>(width);
  BitWriter bits(out);
  for (std::size_t i = 0; i + 2 < count; ++i) {
    bits.put(static_cast<std::uint64_t>(changes[i]) - base, width);
  }
  bits.finish();
  return TimeKind::kPacked;
}

bool decode_times(TimeKind kind, ByteReader& in, std::span<Timestamp> times) {
  const std::size_t count = times.size();
  std::uint64_t at = static_cast<std::uint64_t>(in.signed_varint());
  times[0].ms = static_cast<std::int64_t>(at);
  if (count == 1) return in.good() && kind == TimeKind::kLinear;
  std::uint64_t step = static_cast<std::uint64_t>(in.signed_varint());
  if (kind == TimeKind::kLinear) {
    for (std::size_t i = 1; i < count; ++i) times[i].ms = static_cast<std::int64_t>(at += step);
    return in.good();
  }
  if (kind != TimeKind::kPacked || count < 3) return false;
  times[1].ms = static_cast<std::int64_t>(at += step);
  const auto base = static_cast<std::uint64_t>(in.signed_varint());
  const unsigned width = in.fixed<std::uint8_t>();
  if (width > 64) return false;
  BitReader bits(in.take(bytes_of(count - 2, width)));
  if (!in.good()) return false;
  for (std::size_t i = 2; i < count; ++i) {
    step += bits.get(width) + base;
    times[i].ms = static_cast<std::int64_t>(at += step);
  }
  return bits.good();
}

}  // namespace daytwo::store
