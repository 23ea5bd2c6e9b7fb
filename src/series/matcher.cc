#include "series/matcher.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <utility>

namespace daytwo::series {

struct Matcher::Pattern {
  explicit Pattern(const std::string& text) : regex("^(?s:" + text + ")$", RE2::Quiet) {}
  RE2 regex;
};

Matcher::Matcher(MatchOp op, std::string name, std::string value)
    : op_(op), name_(std::move(name)), value_(std::move(value)) {}

Result<Matcher> Matcher::make(MatchOp op, std::string name, std::string value) {
  Matcher out(op, std::move(name), std::move(value));
  if (op == MatchOp::kRegex || op == MatchOp::kNotRegex) {
    auto pattern = std::make_shared<const Pattern>(out.value_);
    if (!pattern->regex.ok()) {
      return fail(Code::kInvalid, fmt::format("error parsing regexp: {}", pattern->regex.error()));
    }
    out.pattern_ = std::move(pattern);
  }
  return out;
}

Matcher Matcher::equal(std::string name, std::string value) {
  return {MatchOp::kEqual, std::move(name), std::move(value)};
}

bool Matcher::matches(std::string_view label_value) const {
  const auto by_pattern = [&] {
    return RE2::FullMatch(re2::StringPiece(label_value.data(), label_value.size()),
                          pattern_->regex);
  };
  switch (op_) {
    case MatchOp::kEqual:
      return label_value == value_;
    case MatchOp::kNotEqual:
      return label_value != value_;
    case MatchOp::kRegex:
      return by_pattern();
    case MatchOp::kNotRegex:
      return !by_pattern();
  }
  return false;
}

std::string Matcher::to_string() const {
  constexpr std::string_view kOps[] = {"=", "!=", "=~", "!~"};
  std::string escaped;
  for (const char c : value_) {
    if (c == '\\' || c == '"') escaped += '\\';
    if (c == '\n') {
      escaped += "\\n";
    } else {
      escaped += c;
    }
  }
  return fmt::format("{}{}\"{}\"", name_, kOps[static_cast<std::size_t>(op_)], escaped);
}

bool matches_all(std::span<const Matcher> matchers, const Labels& labels) {
  for (const Matcher& matcher : matchers) {
    if (!matcher.matches(labels.get(matcher.name()))) return false;
  }
  return true;
}

}  // namespace daytwo::series
