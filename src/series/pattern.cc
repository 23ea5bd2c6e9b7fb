#include "series/pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"

namespace daytwo::series {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Takes the group reference after a `$` off the front of `rest`; empty when malformed.
std::string_view take_reference(std::string_view& rest) {
  const bool braced = !rest.empty() && rest.front() == '{';
  const std::size_t start = braced ? 1 : 0;
  std::size_t end = start;
  while (end < rest.size() && is_word(rest[end])) ++end;
  const std::string_view name = rest.substr(start, end - start);
  if (name.empty() || (braced && (end == rest.size() || rest[end] != '}'))) return {};
  rest.remove_prefix(braced ? end + 1 : end);
  return name;
}

}  // namespace

struct Pattern::Compiled {
  explicit Compiled(std::string_view text)
      : regex("^(?s:" + std::string(text) + ")$", RE2::Quiet) {}
  RE2 regex;
};

Result<Pattern> Pattern::make(std::string_view text) {
  auto compiled = std::make_shared<const Compiled>(text);
  if (!compiled->regex.ok()) {
    return fail(Code::kInvalid, fmt::format("error parsing regexp: {}", compiled->regex.error()));
  }
  return Pattern(std::move(compiled));
}

bool Pattern::matches(std::string_view subject) const {
  return RE2::FullMatch(re2::StringPiece(subject.data(), subject.size()), compiled_->regex);
}

std::optional<std::string> Pattern::expand(std::string_view subject,
                                           std::string_view replacement) const {
  const RE2& regex = compiled_->regex;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(regex.NumberOfCapturingGroups()) +
                                       1);
  const re2::StringPiece text(subject.data(), subject.size());
  if (!regex.Match(text, 0, text.size(), RE2::ANCHOR_BOTH, groups.data(),
                   static_cast<int>(groups.size()))) {
    return std::nullopt;
  }
  const auto group_text = [&](std::string_view name) -> std::string {
    std::size_t index = groups.size();
    const bool numeric = std::all_of(name.begin(), name.end(), [](char c) { return c <= '9'; });
    if (numeric) {
      const auto read = std::from_chars(name.data(), name.data() + name.size(), index);
      if (read.ec != std::errc()) return "";
    } else if (const auto it = regex.NamedCapturingGroups().find(std::string(name));
               it != regex.NamedCapturingGroups().end()) {
      index = static_cast<std::size_t>(it->second);
    }
    if (index >= groups.size()) return "";
    return {groups[index].data(), groups[index].size()};
  };
  std::string out;
  std::string_view rest = replacement;
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c != '$') {
      out += c;
    } else if (!rest.empty() && rest.front() == '$') {
      out += '$';
      rest.remove_prefix(1);
    } else if (const std::string_view name = take_reference(rest); !name.empty()) {
      out += group_text(name);
    } else {
      out += '$';
    }
  }
  return out;
}

}  // namespace daytwo::series
