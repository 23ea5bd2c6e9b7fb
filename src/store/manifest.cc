// manifest:  "D2BM", u8 version 1, varint id, order, log_through, signed first and last time,
//            varint series, samples, frames bytes, 3 times (varint offset, length, u32 crc),
//            varint n, n times varint id, u32 CRC32C of everything before
#include "store/manifest.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "store/bytes.h"

namespace daytwo::store {
namespace {

constexpr std::string_view kMagic = "D2BM";
constexpr std::uint8_t kVersion = 1;

}  // namespace

std::string encode_manifest(const Manifest& manifest) {
  std::string out(kMagic);
  out += static_cast<char>(kVersion);
  put_varint(out, manifest.id);
  put_varint(out, manifest.order);
  put_varint(out, manifest.log_through);
  put_signed(out, manifest.range.from.ms);
  put_signed(out, manifest.range.to.ms);
  put_varint(out, manifest.series);
  put_varint(out, manifest.samples);
  put_varint(out, manifest.frames_bytes);
  for (const Section& section : manifest.sections) {
    put_varint(out, section.offset);
    put_varint(out, section.length);
    put_fixed(out, section.crc);
  }
  put_varint(out, manifest.replaces.size());
  for (const std::uint64_t id : manifest.replaces) put_varint(out, id);
  put_fixed(out, crc32c(out));
  return out;
}

Result<Manifest> decode_manifest(std::string_view bytes) {
  if (bytes.size() < kMagic.size() + 5 || !bytes.starts_with(kMagic)) {
    return fail(Code::kCorrupt, "this is no manifest of a block");
  }
  const std::string_view body = bytes.substr(0, bytes.size() - 4);
  if (crc32c(body) != load_fixed<std::uint32_t>(bytes, body.size())) {
    return fail(Code::kCorrupt, "the manifest's checksum does not fit");
  }
  ByteReader in(body.substr(kMagic.size()));
  const auto version = in.fixed<std::uint8_t>();
  if (version != kVersion) {
    return fail(Code::kConflict, fmt::format("block format {} needs a newer daytwo", version));
  }
  Manifest out;
  out.id = in.varint();
  out.order = in.varint();
  out.log_through = in.varint();
  out.range.from.ms = in.signed_varint();
  out.range.to.ms = in.signed_varint();
  out.series = in.varint();
  out.samples = in.varint();
  out.frames_bytes = in.varint();
  for (Section& section : out.sections) {
    section.offset = in.varint();
    section.length = in.varint();
    section.crc = in.fixed<std::uint32_t>();
  }
  for (std::uint64_t left = in.varint(); left > 0 && in.good(); --left) {
    out.replaces.push_back(in.varint());
  }
  if (!in.good() || !in.at_end()) return fail(Code::kCorrupt, "the manifest is cut");
  return out;
}

std::string block_name(std::uint64_t id) { return fmt::format("{:016x}", id); }

}  // namespace daytwo::store
