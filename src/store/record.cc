// record:      u32 payload length, u32 CRC32C of all that follows, u8 type, u8 flags, u16 magic,
//              payload; flag bit 0: the payload is varint size + zstd
// series:      (varint series, varint labels, labels times (text name, text value)) ...
// samples:     (signed series - last, signed time - last, value) ...
// value:       u8 kind << 4 | length, then `length` bytes
//                kind 0 to 3: zigzag integer over kScales[kind]; kind 15: f64 bits
// histograms:  (varint series, signed time, histogram) ...
// metadata:    (text family, text type, text help, text unit) ...
#include "store/record.h"

#include <fmt/format.h>
#include <zstd.h>

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "base/result.h"
#include "series/labels.h"
#include "series/source.h"
#include "store/bytes.h"
#include "store/histogram_codec.h"

namespace daytwo::store {
namespace {

constexpr std::size_t kHeadBytes = 12;
constexpr std::uint16_t kMagic = 0xD27A;
constexpr std::uint8_t kCompressed = 1;
constexpr std::size_t kMaxPayloadBytes = 128U << 20U;  // four times the largest request body
constexpr std::size_t kWorthCompressing = 256;
constexpr std::array<double, 4> kScales = {1, 100, 1000, 1e6};
constexpr unsigned kRawKind = 15;
constexpr double kLargestInteger = 4e15;

// Integers and short decimals take one to seven bytes, everything else nine.
void put_value(std::string& out, double value) {
  for (unsigned kind = 0; kind < kScales.size(); ++kind) {
    const double scaled = value * kScales[kind];
    if (!(std::abs(scaled) <= kLargestInteger)) break;
    const auto integer = static_cast<std::int64_t>(std::nearbyint(scaled));
    const double back = static_cast<double>(integer) / kScales[kind];
    if (std::bit_cast<std::uint64_t>(back) != std::bit_cast<std::uint64_t>(value)) continue;
    std::uint64_t rest = to_zigzag(integer);
    const unsigned length = (static_cast<unsigned>(std::bit_width(rest)) + 7) / 8;
    char bytes[9];
    bytes[0] = static_cast<char>(kind << 4U | length);
    for (unsigned i = 1; i <= length; ++i, rest >>= 8U) bytes[i] = static_cast<char>(rest & 0xFFU);
    out.append(bytes, length + 1);
    return;
  }
  out += static_cast<char>(kRawKind << 4U | 8U);
  put_fixed(out, value);
}

double get_value(ByteReader& in, bool& good) {
  const unsigned head = in.fixed<std::uint8_t>();
  const unsigned kind = head >> 4U;
  const std::string_view bytes = in.take(head & 0xFU);
  if (kind == kRawKind && bytes.size() == 8) return load_fixed<double>(bytes, 0);
  if (kind >= kScales.size() || bytes.size() > 8) {
    good = false;
    return 0;
  }
  std::uint64_t rest = 0;
  if (!bytes.empty()) std::memcpy(&rest, bytes.data(), bytes.size());
  return static_cast<double>(from_zigzag(rest)) / kScales[kind];
}

void frame(std::string& log, RecordType type, const std::string& payload) {
  if (payload.empty()) return;
  std::uint8_t flags = 0;
  const std::string* body = &payload;
  std::string packed;
  if (payload.size() >= kWorthCompressing) {
    put_varint(packed, payload.size());
    const std::size_t head = packed.size();
    packed.resize(head + ZSTD_compressBound(payload.size()));
    const std::size_t size = ZSTD_compress(packed.data() + head, packed.size() - head,
                                           payload.data(), payload.size(), 1);
    if (ZSTD_isError(size) == 0U && head + size < payload.size()) {
      packed.resize(head + size);
      body = &packed;
      flags = kCompressed;
    }
  }
  std::string rest;
  rest += static_cast<char>(type);
  rest += static_cast<char>(flags);
  put_fixed(rest, kMagic);
  put_fixed(log, static_cast<std::uint32_t>(body->size()));
  put_fixed(log, crc32c(*body, crc32c(rest)));
  log += rest;
  log += *body;
}

Result<std::string> unpack(std::string_view payload) {
  ByteReader in(payload);
  const std::uint64_t size = in.varint();
  if (!in.good() || size > kMaxPayloadBytes) return fail(Code::kCorrupt, "a record is too large");
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t got =
      ZSTD_decompress(out.data(), out.size(), in.rest().data(), in.rest().size());
  if (got != out.size()) return fail(Code::kCorrupt, "a record does not decompress");
  return out;
}

bool visit_series(ByteReader& in, const RecordVisitor& visitor) {
  std::vector<series::LabelView> labels;
  while (!in.at_end()) {
    const std::uint64_t series = in.varint();
    const std::uint64_t count = in.varint();
    if (series > UINT32_MAX || count > in.rest().size() / 2) return false;
    labels.resize(count);
    for (series::LabelView& label : labels) {
      label.name = in.text();
      label.value = in.text();
    }
    if (!in.good() || !series::in_label_order(labels)) return false;
    visitor.define(static_cast<std::uint32_t>(series), labels);
  }
  return in.good();
}

bool visit_samples(ByteReader& in, const RecordVisitor& visitor) {
  LoggedSample sample;
  bool good = true;
  while (!in.at_end() && good) {
    sample.series += static_cast<std::uint32_t>(in.signed_varint());
    const auto step = static_cast<std::uint64_t>(in.signed_varint());
    sample.at.ms = static_cast<std::int64_t>(static_cast<std::uint64_t>(sample.at.ms) + step);
    sample.value = get_value(in, good);
    if (!in.good() || !good) return false;
    visitor.sample(sample);
  }
  return in.good() && good;
}

bool visit_histograms(ByteReader& in, const RecordVisitor& visitor) {
  while (!in.at_end()) {
    LoggedHistogram sample;
    sample.series = static_cast<std::uint32_t>(in.varint());
    sample.sample.at.ms = in.signed_varint();
    sample.sample.histogram = get_histogram(in);
    if (sample.sample.histogram == nullptr || !in.good()) return false;
    visitor.histogram(sample);
  }
  return in.good();
}

bool visit_metadata(ByteReader& in, const RecordVisitor& visitor) {
  while (!in.at_end()) {
    series::Metadata metadata;
    metadata.family = in.text();
    metadata.type = in.text();
    metadata.help = in.text();
    metadata.unit = in.text();
    if (!in.good()) return false;
    visitor.metadata(std::move(metadata));
  }
  return in.good();
}

}  // namespace

void RecordWriter::define(std::uint32_t series, std::span<const series::LabelView> labels) {
  put_varint(series_, series);
  put_varint(series_, labels.size());
  for (const series::LabelView& label : labels) {
    put_text(series_, label.name);
    put_text(series_, label.value);
  }
}

void RecordWriter::add(const LoggedSample& sample) {
  put_signed(samples_, static_cast<std::int32_t>(sample.series - last_.series));
  put_signed(samples_, static_cast<std::int64_t>(static_cast<std::uint64_t>(sample.at.ms) -
                                                 static_cast<std::uint64_t>(last_.at.ms)));
  put_value(samples_, sample.value);
  last_ = sample;
}

void RecordWriter::add(std::uint32_t series, const HistogramSample& sample) {
  put_varint(histograms_, series);
  put_signed(histograms_, sample.at.ms);
  put_histogram(histograms_, *sample.histogram);
}

void RecordWriter::add(const series::Metadata& metadata) {
  put_text(metadata_, metadata.family);
  put_text(metadata_, metadata.type);
  put_text(metadata_, metadata.help);
  put_text(metadata_, metadata.unit);
}

void RecordWriter::finish(std::string& log) {
  frame(log, RecordType::kSeries, series_);
  frame(log, RecordType::kSamples, samples_);
  frame(log, RecordType::kHistograms, histograms_);
  frame(log, RecordType::kMetadata, metadata_);
  series_.clear();
  samples_.clear();
  histograms_.clear();
  metadata_.clear();
  last_ = {};
}

bool find_record(std::string_view segment, std::size_t offset, FoundRecord& found) {
  if (offset > segment.size() || segment.size() - offset < kHeadBytes) return false;
  const auto length = load_fixed<std::uint32_t>(segment, offset);
  const auto crc = load_fixed<std::uint32_t>(segment, offset + 4);
  const auto type = load_fixed<std::uint8_t>(segment, offset + 8);
  const auto flags = load_fixed<std::uint8_t>(segment, offset + 9);
  if (load_fixed<std::uint16_t>(segment, offset + 10) != kMagic) return false;
  if (type < 1 || type > 4 || flags > kCompressed) return false;
  if (length > segment.size() - offset - kHeadBytes) return false;
  if (crc32c(segment.substr(offset + 8, 4 + std::size_t{length})) != crc) return false;
  found.type = static_cast<RecordType>(type);
  found.compressed = (flags & kCompressed) != 0;
  found.payload = segment.substr(offset + kHeadBytes, length);
  found.end = offset + kHeadBytes + length;
  return true;
}

Result<void> visit_record(const FoundRecord& record, const RecordVisitor& visitor) {
  std::string unpacked;
  std::string_view payload = record.payload;
  if (record.compressed) {
    TRY(unpacked, unpack(payload));
    payload = unpacked;
  }
  ByteReader in(payload);
  bool good = false;
  switch (record.type) {
    case RecordType::kSeries:
      good = visit_series(in, visitor);
      break;
    case RecordType::kSamples:
      good = visit_samples(in, visitor);
      break;
    case RecordType::kHistograms:
      good = visit_histograms(in, visitor);
      break;
    case RecordType::kMetadata:
      good = visit_metadata(in, visitor);
      break;
  }
  if (good) return {};
  return fail(Code::kCorrupt, fmt::format("a record of type {} contradicts itself",
                                          static_cast<unsigned>(record.type)));
}

}  // namespace daytwo::store
