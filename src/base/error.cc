#include "base/error.h"

#include <array>
#include <cstddef>
#include <utility>

#include "base/check.h"

namespace daytwo {
namespace {

constexpr std::array<CodeFacts, 12> kFacts = {{
    {"invalid", 400, 1, Severity::kInfo, false},
    {"not_found", 404, 1, Severity::kInfo, false},
    {"exists", 409, 1, Severity::kInfo, false},
    {"conflict", 409, 1, Severity::kWarn, true},
    {"denied", 403, 1, Severity::kInfo, false},
    {"unauthenticated", 401, 1, Severity::kInfo, false},
    {"limit", 429, 1, Severity::kWarn, true},
    {"unavailable", 503, 1, Severity::kWarn, true},
    {"timeout", 504, 1, Severity::kWarn, true},
    {"canceled", 499, 1, Severity::kInfo, false},
    {"corrupt", 500, 1, Severity::kError, false},
    {"internal", 500, 1, Severity::kError, false},
}};

}  // namespace

const CodeFacts& facts_of(Code code) {
  const auto index = static_cast<std::size_t>(code);
  CHECK(index < kFacts.size(), "every code has facts");
  return kFacts[index];
}

std::string Error::to_string() const {
  std::string out;
  for (auto it = context.rbegin(); it != context.rend(); ++it) {
    out += *it;
    out += ": ";
  }
  if (diagnostics.empty()) return out + text;
  for (std::size_t i = 0; i < diagnostics.size(); ++i) {
    if (i > 0) out += '\n';
    out += diagnostics[i].to_string();
  }
  return out;
}

Error make_error(Code code, std::string text, std::source_location where) {
  return Error{code, std::move(text), {}, {}, where};
}

Error make_error(Diagnostics diagnostics, std::source_location where) {
  CHECK(!diagnostics.empty(), "an error about user input names at least one problem");
  std::string text = diagnostics.front().text;
  return Error{Code::kInvalid, std::move(text), {}, std::move(diagnostics), where};
}

}  // namespace daytwo
