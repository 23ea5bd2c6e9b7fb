#include "wire/inflate.h"

#include <fmt/format.h>
#include <libdeflate.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

namespace daytwo::wire {
namespace {

[[nodiscard]] tl::unexpected<Error> too_large(std::size_t max_bytes) {
  return fail(Code::kLimit, fmt::format("unpacks to more than {} bytes", max_bytes));
}

// Unpacks one gzip member at the start of `rest` behind the first `made` bytes of `out`. The room
// in `out` is kept from member to member: a body of many tiny members costs no more than its bytes.
[[nodiscard]] Result<void> inflate_member(libdeflate_decompressor* tool, std::string_view& rest,
                                          std::size_t max_bytes, std::string& out,
                                          std::size_t& made) {
  while (true) {
    std::size_t used = 0;
    std::size_t added = 0;
    const libdeflate_result result = libdeflate_gzip_decompress_ex(
        tool, rest.data(), rest.size(), out.data() + made, out.size() - made, &used, &added);
    if (result == LIBDEFLATE_SUCCESS) {
      made += added;
      rest.remove_prefix(used);
      return {};
    }
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE) {
      return fail(Code::kInvalid, "broken or cut gzip bytes");
    }
    if (out.size() >= max_bytes) return too_large(max_bytes);
    out.resize(out.size() < max_bytes / 2 ? out.size() * 2 : max_bytes);
  }
}

[[nodiscard]] Result<std::string> inflate_gzip(std::string_view bytes, std::size_t max_bytes) {
  const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> tool(
      libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
  if (tool == nullptr) return fail(Code::kUnavailable, "no memory to unpack gzip");
  const std::size_t room = std::max<std::size_t>(4096, std::min(bytes.size(), max_bytes / 4) * 4);
  std::string out(std::min(room, max_bytes), '\0');
  std::size_t made = 0;
  while (packing_of(bytes) == Packing::kGzip) {
    TRY_VOID(inflate_member(tool.get(), bytes, max_bytes, out, made));
  }
  if (!bytes.empty()) return fail(Code::kInvalid, "bytes after the end of gzip");
  out.resize(made);
  return out;
}

[[nodiscard]] Result<std::string> inflate_zstd(std::string_view bytes, std::size_t max_bytes) {
  const std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream(ZSTD_createDStream(),
                                                                          &ZSTD_freeDStream);
  if (stream == nullptr) return fail(Code::kUnavailable, "no memory to unpack zstd");
  std::string out;
  ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
  std::size_t left = 0;
  while (in.pos < in.size || left != 0) {
    const std::size_t before = out.size();
    if (before >= max_bytes) return too_large(max_bytes);
    const std::size_t step = std::clamp<std::size_t>(before, ZSTD_DStreamOutSize(), 16U << 20U);
    out.resize(before + std::min(step, max_bytes - before));
    ZSTD_outBuffer to{out.data(), out.size(), before};
    left = ZSTD_decompressStream(stream.get(), &to, &in);
    const bool full = to.pos == to.size;
    out.resize(to.pos);
    if (ZSTD_isError(left) != 0U) {
      return fail(Code::kInvalid, fmt::format("broken zstd bytes: {}", ZSTD_getErrorName(left)));
    }
    if (in.pos == in.size && left != 0 && !full) return fail(Code::kInvalid, "cut zstd bytes");
  }
  return out;
}

}  // namespace

Packing packing_of(std::string_view bytes) {
  if (bytes.starts_with("\x1F\x8B")) return Packing::kGzip;
  if (bytes.starts_with("\x28\xB5\x2F\xFD")) return Packing::kZstd;
  return Packing::kNone;
}

Result<std::string> inflate(std::string_view bytes, std::size_t max_bytes) {
  switch (packing_of(bytes)) {
    case Packing::kGzip:
      return inflate_gzip(bytes, max_bytes);
    case Packing::kZstd:
      return inflate_zstd(bytes, max_bytes);
    case Packing::kNone:
      break;
  }
  if (bytes.size() > max_bytes) {
    return fail(Code::kLimit, fmt::format("is larger than {} bytes", max_bytes));
  }
  return std::string(bytes);
}

}  // namespace daytwo::wire
