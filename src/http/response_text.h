// An answer as it goes out: compressed where that pays, its head as text.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "http/message.h"

namespace daytwo::http {

// How one request wants to be answered, beside what it asks.
struct Manner {
  bool http10 = false;     // HTTP/1.0, else 1.1
  bool keep_alive = true;  // the connection goes on afterwards
  bool head_only = false;  // HEAD: the length of the body, not the body
};

// The status line and all headers with the blank line after them. Date, Content-Length (not with
// 204 and 304) and Connection are ours; a line break within a header's value becomes a space.
// [RFC 9112, 4 to 6]
[[nodiscard]] std::string head_text(const Response& response, const Manner& manner, Timestamp now);

// Whether a body follows the head.
[[nodiscard]] bool has_body(const Response& response, const Manner& manner);

// Compresses the body when the request accepts gzip and the content and its size are worth it.
void compress(const Request& request, Response& response);

// An answer of one line of plain text, without its newline.
[[nodiscard]] Response plain_error(int status, std::string_view text);

}  // namespace daytwo::http
