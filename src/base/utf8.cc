#include "base/utf8.h"

#include <cstdint>
#include <string>

#include "base/check.h"

namespace daytwo {

// up to 7 bits   0xxxxxxx
// up to 11 bits  110xxxxx 10xxxxxx
// up to 16 bits  1110xxxx 10xxxxxx 10xxxxxx
// up to 21 bits  11110xxx 10xxxxxx 10xxxxxx 10xxxxxx
void append_utf8(std::string& out, std::uint32_t code_point) {
  CHECK(code_point <= 0x10FFFF, "no code point of Unicode");
  const auto push = [&out](std::uint32_t byte) {
    out += static_cast<char>(static_cast<unsigned char>(byte));
  };
  const auto push_rest = [&](std::uint32_t shift) { push(0x80U | (code_point >> shift & 0x3FU)); };
  if (code_point < 0x80) {
    push(code_point);
    return;
  }
  if (code_point < 0x800) {
    push(0xC0U | code_point >> 6U);
  } else if (code_point < 0x10000) {
    push(0xE0U | code_point >> 12U);
    push_rest(6);
  } else {
    push(0xF0U | code_point >> 18U);
    push_rest(12);
    push_rest(6);
  }
  push_rest(0);
}

}  // namespace daytwo
