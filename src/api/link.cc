#include "api/link.h"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"

namespace daytwo::api {
namespace {

constexpr char kSeparator = '\x1f';
constexpr std::string_view kDigits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
// A link's text is short; longer ones are not looked at.
constexpr std::size_t kMaxToken = 2048;
// 24 hours of links for a busy team are some hundred.
constexpr std::size_t kMaxUsedBytes = 16U << 20U;

std::string to_base64url(std::string_view bytes) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : bytes) {
    bits = bits << 8U | static_cast<unsigned char>(c);
    for (count += 8; count >= 6; count -= 6) out += kDigits[bits >> (count - 6) & 63U];
  }
  if (count > 0) out += kDigits[bits << (6 - count) & 63U];
  return out;
}

// Empty for a text that is none.
std::string from_base64url(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::size_t value = kDigits.find(c);
    if (value == std::string_view::npos) return {};
    bits = bits << 6U | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(static_cast<unsigned char>(bits >> count));
  }
  return out;
}

bool parse_ms(std::string_view text, std::int64_t& out) {
  const auto done = std::from_chars(text.data(), text.data() + text.size(), out);
  return done.ec == std::errc() && done.ptr == text.data() + text.size();
}

}  // namespace

LinkSigner::LinkSigner(std::string_view key, const env::Crypto& crypto)
    : key_(crypto.hmac_sha256(key, "daytwo links 1")), crypto_(crypto) {}

std::string LinkSigner::sign(std::string subject, std::string action, std::string person,
                             Timestamp now, env::Entropy& entropy) const {
  const std::string payload =
      fmt::format("{1}{0}{2}{0}{3}{0}{4}{0}{5}", kSeparator, subject, action, person,
                  (now + kLinkLife).ms, to_hex(entropy.bytes(12)));
  CHECK(split(payload, kSeparator).size() == 5, "no field of a link holds the separator");
  return to_base64url(payload) + '.' + to_base64url(crypto_.hmac_sha256(key_, payload));
}

Result<Link> LinkSigner::open(std::string_view token, Timestamp now) const {
  const auto bad = [] { return fail(Code::kInvalid, "this is no link of this server"); };
  const std::size_t dot = token.find('.');
  if (token.size() > kMaxToken || dot == std::string_view::npos) return bad();
  const std::string payload = from_base64url(token.substr(0, dot));
  const std::string seal = from_base64url(token.substr(dot + 1));
  // The text must be the one form that sign() writes, so that a link has one spelling.
  if (to_base64url(payload) != token.substr(0, dot)) return bad();
  if (!env::equal_in_constant_time(seal, crypto_.hmac_sha256(key_, payload))) return bad();
  const std::vector<std::string_view> parts = split(payload, kSeparator);
  std::int64_t expires = 0;
  if (parts.size() != 5 || !parse_ms(parts[3], expires)) return bad();
  if (now >= Timestamp{expires}) {
    return fail(Code::kDenied, "this link was good for 24 hours and has expired");
  }
  return Link{std::string(parts[0]), std::string(parts[1]), std::string(parts[2]),
              Timestamp{expires}, std::string(parts[4])};
}

Result<std::unique_ptr<UsedLinks>> UsedLinks::open(env::Files& files, const std::string& path,
                                                   Timestamp now) {
  std::map<std::string, Timestamp> used;
  auto read = files.read(path, kMaxUsedBytes);
  if (!read && read.error().code != Code::kNotFound) return fail(std::move(read).error());
  const std::string text = read.value_or("");
  std::string kept;
  for (const std::string_view line : split(text, '\n')) {
    const std::vector<std::string_view> words = split(line, ' ');
    std::int64_t expires = 0;
    if (words.size() != 2 || !parse_ms(words[1], expires) || Timestamp{expires} < now) continue;
    used.emplace(words[0], Timestamp{expires});
    kept += fmt::format("{}\n", line);
  }
  TRY_VOID(files.write_atomic(path, kept, 0600));
  auto links = std::unique_ptr<UsedLinks>(new UsedLinks(std::move(used)));
  TRY(links->file_, files.open_append(path));
  return links;
}

bool UsedLinks::is_used(const Link& link) {
  const std::scoped_lock lock(mutex_);
  return used_.contains(link.nonce);
}

Result<void> UsedLinks::use(const Link& link) {
  const std::scoped_lock lock(mutex_);
  if (used_.contains(link.nonce)) return fail(Code::kConflict, "this link was used before");
  TRY_VOID(file_->append(fmt::format("{} {}\n", link.nonce, link.expires.ms)));
  TRY_VOID(file_->sync());
  used_.emplace(link.nonce, link.expires);
  return {};
}

}  // namespace daytwo::api
