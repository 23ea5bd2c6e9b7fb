#include "wire/remote_write_encode.h"

#include <snappy.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace daytwo::wire {
namespace {

void put_varint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80U);
    value >>= 7U;
  }
  out += static_cast<char>(value);
}

constexpr std::uint32_t kVarint = 0;
constexpr std::uint32_t kFixed64 = 1;
constexpr std::uint32_t kBytes = 2;

void put_key(std::string& out, std::uint32_t field, std::uint32_t type) {
  put_varint(out, field << 3U | type);
}

void put_bytes(std::string& out, std::uint32_t field, std::string_view bytes) {
  put_key(out, field, kBytes);
  put_varint(out, bytes.size());
  out += bytes;
}

// Number of a metric type in MetricMetadata.
std::uint64_t type_number(std::string_view type) {
  constexpr std::array<std::string_view, 8> kTypes = {
      "unknown", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"};
  const auto* found = std::find(kTypes.begin(), kTypes.end(), type);
  return found == kTypes.end() ? 0 : static_cast<std::uint64_t>(found - kTypes.begin());
}

void put_sample(std::string& out, const series::Sample& sample, std::string& scratch) {
  scratch.clear();
  put_key(scratch, 1, kFixed64);
  const auto bits = std::bit_cast<std::uint64_t>(sample.value.number);
  for (unsigned shift = 0; shift < 64; shift += 8) scratch += static_cast<char>(bits >> shift);
  put_key(scratch, 2, kVarint);
  put_varint(scratch, static_cast<std::uint64_t>(sample.at.ms));
  put_bytes(out, 2, scratch);
}

}  // namespace

std::string encode_write_request(const series::Batch& batch) {
  std::string out;
  std::string one;
  std::string scratch;
  for (const series::SeriesSamples& entry : batch.series) {
    one.clear();
    for (const series::Label& label : entry.labels.all()) {
      scratch.clear();
      put_bytes(scratch, 1, label.name);
      put_bytes(scratch, 2, label.value);
      put_bytes(one, 1, scratch);
    }
    std::vector<series::Sample> samples = entry.samples;
    std::stable_sort(samples.begin(), samples.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    bool any = false;
    for (const series::Sample& sample : samples) {
      if (sample.value.is_histogram()) continue;
      put_sample(one, sample, scratch);
      any = true;
    }
    if (any) put_bytes(out, 1, one);
  }
  for (const series::Metadata& metadata : batch.metadata) {
    one.clear();
    put_key(one, 1, kVarint);
    put_varint(one, type_number(metadata.type));
    put_bytes(one, 2, metadata.family);
    if (!metadata.help.empty()) put_bytes(one, 4, metadata.help);
    if (!metadata.unit.empty()) put_bytes(one, 5, metadata.unit);
    put_bytes(out, 3, one);
  }
  return out;
}

std::string encode_remote_write(const series::Batch& batch) {
  const std::string plain = encode_write_request(batch);
  std::string packed;
  snappy::Compress(plain.data(), plain.size(), &packed);
  return packed;
}

}  // namespace daytwo::wire
