#include "http/gzip.h"

// With ZLIB_CONST the input pointer is const, as it should be.
#define ZLIB_CONST
#include <zlib.h>

#include <array>
#include <limits>

#include "base/check.h"
#include "base/text.h"

namespace daytwo::http {
namespace {

constexpr int kGzipWindow = 15 + 16;  // largest window; +16 selects the gzip wrapper [zlib.h]

Bytef* output_of(char* bytes) { return reinterpret_cast<Bytef*>(bytes); }

}  // namespace

std::string gzip(std::string_view bytes, int level) {
  CHECK(bytes.size() < std::numeric_limits<uInt>::max(), "bodies are far below 4 GiB");
  z_stream stream{};
  CHECK(deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK,
        "zlib starts");
  std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = output_of(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END, "the bound of zlib holds");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Result<std::string> gunzip(std::string_view bytes, std::size_t max_bytes) {
  if (bytes.size() >= std::numeric_limits<uInt>::max()) return fail(Code::kLimit, "gzip too large");
  z_stream stream{};
  CHECK(inflateInit2(&stream, kGzipWindow) == Z_OK, "zlib starts");
  stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, 16384> chunk{};
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = output_of(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(chunk.data(), chunk.size() - stream.avail_out);
    if (out.size() > max_bytes) break;
  }
  const bool rest = stream.avail_in > 0;
  inflateEnd(&stream);
  if (out.size() > max_bytes) return fail(Code::kLimit, "the gzip body is too large");
  if (state != Z_STREAM_END || rest) return fail(Code::kInvalid, "the gzip body is broken");
  return out;
}

bool accepts_gzip(std::string_view accept_encoding) {
  for (const std::string_view part : split(accept_encoding, ',')) {
    const std::size_t semicolon = part.find(';');
    const std::string name = to_lower(trim(part.substr(0, semicolon)));
    if (name != "gzip" && name != "*") continue;
    if (semicolon == std::string_view::npos) return true;
    std::string weight = to_lower(trim(part.substr(semicolon + 1)));
    std::erase(weight, ' ');
    return weight.find_first_of("123456789", 0) != std::string::npos;
  }
  return false;
}

}  // namespace daytwo::http
