#include "api/signature.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/text.h"
#include "http/target.h"

namespace daytwo::api {
namespace {

// The house signs its own verdicts so.
constexpr std::string_view kOwnName = "daytwo";

// One character of UTF-8 text.
struct Character {
  std::uint32_t point = 0;
  std::size_t bytes = 1;
};

// REQUIRES: text is UTF-8 and not empty.
Character first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  std::uint32_t point = lead & (0xFFU >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    point = point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return {point, bytes};
}

// Characters that change a line without being seen: controls, marks of direction, blanks of no
// width, separators of lines [Unicode 15, classes Cc, Zl, Zp and the invisible ones of Cf].
bool is_unseen(std::uint32_t point) {
  const auto within = [point](std::uint32_t first, std::uint32_t last) {
    return point >= first && point <= last;
  };
  return point < 0x20 || within(0x7F, 0x9F) || point == 0xAD || point == 0x61C ||
         within(0x115F, 0x1160) || within(0x180B, 0x180F) || within(0x200B, 0x200F) ||
         within(0x2028, 0x202E) || within(0x2060, 0x206F) || point == 0x3164 ||
         within(0xFE00, 0xFE0F) || point == 0xFEFF || point == 0xFFA0 || within(0xFFF9, 0xFFFB) ||
         within(0xE0000, 0xE0FFF);
}

}  // namespace

Result<std::string> parse_signature(std::string_view header, std::span<const std::string> taken) {
  const auto wrong = [](std::string_view why) {
    return fail(Code::kInvalid,
                fmt::format("a name to sign with has 1 to {} bytes of visible UTF-8: this one {}",
                            kMaxSignatureBytes, why));
  };
  const auto decoded = http::decode_text(header, false);
  if (!decoded) return wrong("is not percent-encoded");
  std::string name(trim(*decoded));
  if (name.empty()) return wrong("is empty");
  if (name.size() > kMaxSignatureBytes) return wrong("is longer");
  if (!is_utf8(name)) return wrong("is broken");
  for (std::string_view rest = name; !rest.empty();) {
    const Character next = first_character(rest);
    if (is_unseen(next.point)) return wrong("holds a character that cannot be seen");
    rest.remove_prefix(next.bytes);
  }
  const std::string lower = to_lower(name);
  if (lower == kOwnName) return fail(Code::kDenied, "only daytwo itself signs as daytwo");
  for (const std::string& user : taken) {
    if (lower != to_lower(user)) continue;
    return fail(Code::kDenied,
                fmt::format("{} is a user with a password here: sign with another name", user));
  }
  return name;
}

std::string fit_signature(std::string_view name) {
  const std::string text = to_utf8(name);
  std::string out;
  for (std::string_view rest = text; !rest.empty();) {
    const Character next = first_character(rest);
    const bool fits = out.size() + next.bytes <= kMaxSignatureBytes;
    if (!fits) break;
    if (!is_unseen(next.point)) out += rest.substr(0, next.bytes);
    rest.remove_prefix(next.bytes);
  }
  return std::string(trim(out));
}

}  // namespace daytwo::api
