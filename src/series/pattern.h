// Anchored regular expressions with capture groups: label_replace() and relabelling.
// Syntax and matching are RE2's, as `^(?s:TEXT)$`. Thread rule: immutable after construction.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo::series {

// A compiled pattern; copies share it.
class Pattern {
 public:
  // Errors: kInvalid with RE2's reason.
  [[nodiscard]] static Result<Pattern> make(std::string_view text);

  [[nodiscard]] bool matches(std::string_view subject) const;
  // `replacement` with $1, ${1}, $name and ${name} filled from the match ("" for an unknown group,
  // `$$` is a dollar sign, a malformed `$` stands for itself); nothing if the whole subject does
  // not match. A name takes all letters, digits and underscores that follow [Go, regexp.Expand].
  [[nodiscard]] std::optional<std::string> expand(std::string_view subject,
                                                  std::string_view replacement) const;

 private:
  struct Compiled;
  explicit Pattern(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}

  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace daytwo::series
