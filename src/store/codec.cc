// frame:  u8 count, u8 time kind | value kind << 4, times, values
#include "store/codec.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/error.h"
#include "base/result.h"
#include "base/time.h"
#include "store/bytes.h"
#include "store/codec_times.h"
#include "store/codec_values.h"

namespace daytwo::store {

void encode_frame(std::span<const Timestamp> times, std::span<const double> values,
                  std::string& out) {
  CHECK(!times.empty() && times.size() <= kFrameSamples, "a frame holds 1 to 128 samples");
  CHECK(times.size() == values.size(), "each sample has a time and a value");
  out += static_cast<char>(times.size());
  const std::size_t kinds = out.size();
  out += '\0';
  const auto time_kind = static_cast<unsigned>(encode_times(times, out));
  const auto value_kind = static_cast<unsigned>(encode_values(values, out));
  out[kinds] = static_cast<char>(time_kind | value_kind << 4U);
}

Result<void> decode_frame(std::string_view frame, std::vector<Timestamp>& times,
                          std::vector<double>& values) {
  ByteReader in(frame);
  const std::size_t count = in.fixed<std::uint8_t>();
  const unsigned kinds = in.fixed<std::uint8_t>();
  if (!in.good() || count == 0 || count > kFrameSamples) {
    return fail(Code::kCorrupt, "a frame does not say how many samples it holds");
  }
  const std::size_t before = times.size();
  times.resize(before + count);
  values.resize(before + count);
  const bool good =
      decode_times(static_cast<TimeKind>(kinds & 0xFU), in, std::span(times).subspan(before)) &&
      decode_values(static_cast<ValueKind>(kinds >> 4U), in, std::span(values).subspan(before));
  if (good) return {};
  times.resize(before);
  values.resize(before);
  return fail(Code::kCorrupt, "a frame does not hold the samples it says");
}

}  // namespace daytwo::store
