#include "wire/snappy_block.h"

#include <fmt/format.h>
#include <snappy.h>

namespace daytwo::wire {
namespace {

// The densest element is a copy: three bytes for 64 [snappy format description, 2.2]. A few bytes
// that declare more are damaged, and get no memory.
constexpr std::size_t kMostGrowth = 22;

}  // namespace

Result<std::string> unpack_snappy(std::string_view body, std::size_t max_bytes) {
  std::size_t size = 0;
  if (!snappy::GetUncompressedLength(body.data(), body.size(), &size)) {
    return fail(Code::kInvalid, "the body is not compressed with snappy");
  }
  if (size > max_bytes) {
    return fail(Code::kLimit,
                fmt::format("the body holds {} bytes, {} are allowed", size, max_bytes));
  }
  if (size / kMostGrowth > body.size()) {
    return fail(Code::kInvalid, "the body's snappy data are damaged");
  }
  std::string out(size, '\0');
  if (!snappy::RawUncompress(body.data(), body.size(), out.data())) {
    return fail(Code::kInvalid, "the body's snappy data are damaged");
  }
  return out;
}

std::string pack_snappy(std::string_view bytes) {
  std::string out;
  snappy::Compress(bytes.data(), bytes.size(), &out);
  return out;
}

}  // namespace daytwo::wire
