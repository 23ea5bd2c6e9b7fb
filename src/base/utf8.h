// UTF-8 as it is written, one code point at a time [RFC 3629].
#pragma once

#include <cstdint>
#include <string>

namespace daytwo {

// Appends the one to four bytes of a code point.
// REQUIRES: code_point <= 0x10FFFF. A surrogate is written as it is: whoever reads escapes decides.
void append_utf8(std::string& out, std::uint32_t code_point);

}  // namespace daytwo
