// Matchers: conditions on one label, with Prometheus's meaning (regexes are RE2, anchored, and dot
// matches newline). Thread rule: immutable after construction; copies share the compiled pattern.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "series/labels.h"

namespace daytwo::series {

enum class MatchOp : std::uint8_t { kEqual, kNotEqual, kRegex, kNotRegex };

// One condition. An absent label counts as the empty value.
class Matcher {
 public:
  // Errors: kInvalid when a pattern does not compile, with RE2's reason.
  [[nodiscard]] static Result<Matcher> make(MatchOp op, std::string name, std::string value);
  // REQUIRES: nothing; equality cannot fail.
  [[nodiscard]] static Matcher equal(std::string name, std::string value);

  [[nodiscard]] MatchOp op() const { return op_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& value() const { return value_; }
  [[nodiscard]] bool matches(std::string_view label_value) const;
  // `name="value"`, `name=~"value"`, ... with escapes.
  [[nodiscard]] std::string to_string() const;

 private:
  struct Pattern;
  Matcher(MatchOp op, std::string name, std::string value);

  MatchOp op_;
  std::string name_;
  std::string value_;
  std::shared_ptr<const Pattern> pattern_;  // for the two regex kinds
};

// True when every matcher holds.
[[nodiscard]] bool matches_all(std::span<const Matcher> matchers, const Labels& labels);

}  // namespace daytwo::series
