#include "observe/node/redact.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/text.h"

namespace daytwo::observe {
namespace {

constexpr std::string_view kHidden = "***";
constexpr std::array<std::string_view, 14> kSecretWords = {
    "password", "passwd",  "passphrase", "pwd",    "token",  "secret",  "apikey",
    "api-key",  "api_key", "credential", "bearer", "cookie", "session", "auth"};

// These alone are part of many harmless names (keyboard, bypass), so they count as whole words
// only.
constexpr std::array<std::string_view, 4> kWholeWords = {"key", "pass", "pw", "psk"};

bool has_word(std::string_view name, std::string_view word) {
  for (std::size_t at = name.find(word); at != std::string_view::npos;
       at = name.find(word, at + 1)) {
    const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
    const std::size_t end = at + word.size();
    const bool left = at == 0 || !is_letter(name[at - 1]);
    const bool right = end >= name.size() || !is_letter(name[end]);
    if (left && right) return true;
  }
  return false;
}

// Options of everyday programs that take a secret and do not say so.
struct SecretOption {
  std::string_view program;
  std::string_view option;
  bool takes_next = true;  // else the secret follows in the same argument only
};
constexpr std::array<SecretOption, 13> kSecretOptions = {{{"curl", "-u"},
                                                          {"curl", "--user"},
                                                          {"curl", "-U"},
                                                          {"curl", "--proxy-user"},
                                                          {"sshpass", "-p"},
                                                          {"redis-cli", "-a"},
                                                          {"mysql", "-p", false},
                                                          {"mysqldump", "-p", false},
                                                          {"mysqladmin", "-p", false},
                                                          {"mariadb", "-p", false},
                                                          {"mariadb-dump", "-p", false},
                                                          {"ldapsearch", "-w"},
                                                          {"smbclient", "-U"}}};

// The option of `program` that `argument` begins with: "-u", "-uX", "--user", "--user=X".
const SecretOption* secret_option(std::string_view program, std::string_view argument) {
  for (const SecretOption& one : kSecretOptions) {
    if (one.program != program || !argument.starts_with(one.option)) continue;
    const std::string_view rest = argument.substr(one.option.size());
    const bool is_long = one.option.starts_with("--");
    if (rest.empty() || !is_long || rest.starts_with('=')) return &one;
  }
  return nullptr;
}

bool is_secret_name(std::string_view name) {
  const std::string lower = to_lower(name);
  for (const std::string_view word : kSecretWords) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return std::any_of(kWholeWords.begin(), kWholeWords.end(),
                     [&](std::string_view word) { return has_word(lower, word); });
}

// `scheme://user:password@host` becomes `scheme://***@host`.
std::string without_url_user(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t scheme = text.find("://");
    if (scheme == std::string_view::npos) break;
    const std::size_t begin = scheme + 3;
    const std::size_t end = std::min(text.find_first_of("/?# ", begin), text.size());
    const std::size_t at = text.substr(begin, end - begin).rfind('@');
    out += text.substr(0, begin);
    if (at != std::string_view::npos) {
      out += kHidden;
      out += text.substr(begin + at, end - begin - at);
    } else {
      out += text.substr(begin, end - begin);
    }
    text.remove_prefix(end);
  }
  return out.append(text);
}

// Secrets inside one argument: `name=value` pairs, also in `a=1&token=x` and `k=v,k=v`.
std::string without_pairs(std::string_view argument) {
  std::string out;
  std::size_t begin = 0;
  while (begin < argument.size()) {
    const std::size_t end = std::min(argument.find_first_of("?&;, ", begin), argument.size());
    const std::string_view part = argument.substr(begin, end - begin);
    const std::size_t equals = part.find_first_of("=:");
    // "https://..." has a colon too, but its name is no secret.
    if (equals != std::string_view::npos && equals + 1 < part.size() &&
        is_secret_name(part.substr(0, equals))) {
      out += part.substr(0, equals + 1);
      out += kHidden;
    } else {
      out += part;
    }
    if (end < argument.size()) out += argument[end];
    begin = end + 1;
  }
  return out;
}

bool hides_next(std::string_view argument) {
  return argument.starts_with('-') && argument.find('=') == std::string_view::npos &&
         is_secret_name(argument);
}

void append_visible(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += "\xEF\xBF\xBD";
    } else {
      out += c;
    }
  }
}

// `authorization: Bearer x` and friends: everything after the scheme is the secret.
bool is_header_secret(std::string_view argument) {
  const std::size_t colon = argument.find(": ");
  return colon != std::string_view::npos && is_secret_name(argument.substr(0, colon));
}

}  // namespace

std::string redacted_command(std::span<const std::string> arguments, std::size_t* broken) {
  std::string out;
  bool hide = false;
  const std::string_view first = arguments.empty() ? std::string_view() : arguments.front();
  const std::string_view program = first.substr(first.rfind('/') + 1);  // npos + 1 is 0
  for (const std::string& argument : arguments) {
    if (out.size() >= kMaxCommandBytes) break;
    if (!out.empty()) out += ' ';
    if (hide && !argument.starts_with('-')) {
      out += kHidden;
      hide = false;
      continue;
    }
    // A secret may be long: only what can be shown is looked at.
    const std::string_view shown = std::string_view(argument).substr(0, 4 * kMaxCommandBytes);
    if (const SecretOption* option = secret_option(program, shown)) {
      const bool alone = shown.size() == option->option.size();
      hide = alone && option->takes_next;
      out += option->option;
      if (!alone) out += shown[option->option.size()] == '=' ? "=***" : "***";
      continue;
    }
    hide = hides_next(shown);
    std::size_t replaced = 0;
    const std::string text = to_utf8(shown, &replaced);
    if (broken != nullptr) *broken += replaced;
    if (is_header_secret(text)) {
      append_visible(out, text.substr(0, text.find(": ") + 2));
      out += kHidden;
    } else {
      append_visible(out, without_pairs(without_url_user(text)));
    }
  }
  if (out.size() > kMaxCommandBytes) {
    std::size_t end = kMaxCommandBytes;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
    out.resize(end);
    out += "\xE2\x80\xA6";
  }
  return out;
}

}  // namespace daytwo::observe
