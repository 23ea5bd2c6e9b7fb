#include "promql/script_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "promql/literals.h"
#include "promql/series_notation.h"

namespace daytwo::promql {
namespace {

// Takes the first word off the front.
std::string_view take_word(std::string_view& rest) {
  rest = trim(rest);
  const std::size_t end = std::min(rest.find(' '), rest.find('\t'));
  const std::string_view word = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : trim(rest.substr(end));
  return word;
}

// `5m`, `-1h`, or seconds.
Result<Duration> parse_span(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  Result<Duration> span = parse_duration_literal(text);
  if (!span) {
    TRY(const double seconds, parse_number(text));
    span = duration_from_seconds(seconds);
  }
  if (!span) return span;
  return negative ? -*span : *span;
}

class ScriptParser {
 public:
  ScriptParser(std::string_view file, std::string_view text)
      : file_(file), lines_(split(text, '\n')) {
    for (std::string_view& line : lines_) {
      line = trim(line);
      if (line.starts_with('#')) line = {};
    }
  }

  Result<std::vector<Command>> run() {
    std::vector<Command> out;
    while (at_ < lines_.size()) {
      if (lines_[at_].empty()) {
        ++at_;
        continue;
      }
      Command command;
      command.line = static_cast<int>(at_) + 1;
      auto what = block();
      if (!what) return problem(what.error().text);
      command.what = std::move(*what);
      out.push_back(std::move(command));
    }
    return out;
  }

 private:
  using What = decltype(Command::what);

  Result<What> block() {
    std::string_view rest = lines_[at_];
    const std::string_view verb = take_word(rest);
    if (verb == "clear") {
      ++at_;
      return What(ClearCommand{});
    }
    if (verb == "load") return load(rest);
    if (verb == "eval" || verb.starts_with("eval_")) return eval(verb, rest);
    return fail(Code::kInvalid,
                fmt::format("unknown command '{}'; known are clear, load, eval", verb));
  }

  Result<What> load(std::string_view rest) {
    LoadCommand out;
    TRY(out.step, parse_span(rest));
    for (++at_; at_ < lines_.size() && !lines_[at_].empty(); ++at_) {
      TRY(NotedSeries series, parse_series(lines_[at_]));
      out.series.push_back(std::move(series));
    }
    return What(std::move(out));
  }

  Result<What> eval(std::string_view verb, std::string_view rest) {
    EvalCommand out;
    if (verb == "eval_fail") out.expected.failure.emplace();
    if (verb == "eval_warn") out.expected.warnings.emplace_back();
    if (verb == "eval_info") out.expected.infos.emplace_back();
    if (verb == "eval_ordered") out.expected.ordered = true;
    const std::string_view kind = take_word(rest);
    if (kind == "instant") {
      TRY_VOID(keyword(rest, "at"));
      TRY(const Duration at, parse_span(take_word(rest)));
      out.steps = {Timestamp{at.ms}, milliseconds(1), 1};
    } else if (kind == "range") {
      out.is_range = true;
      TRY(out.steps, range_steps(rest));
    } else {
      return fail(Code::kInvalid, "expected 'instant' or 'range' after eval");
    }
    out.query = std::string(rest);
    for (++at_; at_ < lines_.size() && !lines_[at_].empty(); ++at_) {
      TRY_VOID(expectation(lines_[at_], out.expected));
    }
    return What(std::move(out));
  }

  static Result<void> keyword(std::string_view& rest, std::string_view wanted) {
    if (take_word(rest) == wanted) return {};
    return fail(Code::kInvalid, fmt::format("expected '{}'", wanted));
  }

  // `from A to B step S`.
  static Result<Steps> range_steps(std::string_view& rest) {
    TRY_VOID(keyword(rest, "from"));
    TRY(const Duration from, parse_span(take_word(rest)));
    TRY_VOID(keyword(rest, "to"));
    TRY(const Duration to, parse_span(take_word(rest)));
    TRY_VOID(keyword(rest, "step"));
    TRY(const Duration step, parse_span(take_word(rest)));
    if (step.ms <= 0 || to < from || (to - from).ms / step.ms > 1'000'000) {
      return fail(Code::kInvalid, "not a range of steps");
    }
    return Steps{Timestamp{from.ms}, step, static_cast<std::size_t>((to - from).ms / step.ms) + 1};
  }

  static Result<void> expectation(std::string_view line, Expected& out) {
    std::string_view rest = line;
    const std::string_view word = take_word(rest);
    if (word == "expect") return expect_line(rest, out);
    if (word == "expected_fail_message" && out.failure) {
      out.failure->message = std::string(rest);
      return {};
    }
    if (word == "expected_fail_regexp" && out.failure) {
      out.failure->pattern = std::string(rest);
      return {};
    }
    if (rest.empty()) {
      std::string_view digits = word;
      const bool negative = digits.starts_with('-');
      if (negative || digits.starts_with('+')) digits.remove_prefix(1);
      if (const auto number = parse_number(digits)) {
        out.scalar = negative ? -*number : *number;
        return {};
      }
    }
    TRY(NotedSeries series, parse_series(line));
    out.series.push_back(std::move(series));
    return {};
  }

  static Result<void> expect_line(std::string_view rest, Expected& out) {
    const std::string_view what = take_word(rest);
    if (what == "string") {
      if (rest.size() < 2) return fail(Code::kInvalid, "expected a quoted string");
      TRY(out.text, unquote(rest));
      return {};
    }
    if (what == "range") {
      TRY_VOID(keyword(rest, "vector"));
      TRY(out.samples_at, range_steps(rest));
      return {};
    }
    ExpectedText text;
    if (rest.starts_with("msg:")) text.message = std::string(trim(rest.substr(4)));
    if (rest.starts_with("regex:")) text.pattern = std::string(trim(rest.substr(6)));
    if (what == "fail") {
      out.failure = std::move(text);
    } else if (what == "warn") {
      out.warnings.push_back(std::move(text));
    } else if (what == "info") {
      out.infos.push_back(std::move(text));
    } else if (what == "no_warn") {
      out.no_warnings = true;
    } else if (what == "no_info") {
      out.no_infos = true;
    } else if (what == "ordered") {
      out.ordered = true;
    } else {
      return fail(Code::kInvalid, fmt::format("unknown expectation '{}'", what));
    }
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> problem(const std::string& text) const {
    Diagnostic diagnostic;
    diagnostic.file = std::string(file_);
    diagnostic.line = static_cast<int>(at_) + 1;
    diagnostic.text = text;
    if (at_ < lines_.size()) diagnostic.source_line = std::string(lines_[at_]);
    return fail(Diagnostics{std::move(diagnostic)});
  }

  std::string_view file_;
  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<Command>> parse_script(std::string_view file, std::string_view text) {
  return ScriptParser(file, text).run();
}

}  // namespace daytwo::promql
