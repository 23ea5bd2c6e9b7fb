#include "promql/series_notation.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "promql/lexer.h"
#include "promql/literals.h"
#include "series/labels.h"
#include "series/value.h"

namespace daytwo::promql {
namespace {

using series::FloatHistogram;
using series::Value;

tl::unexpected<Error> wrong(std::string_view what, std::string_view text) {
  return fail(Code::kInvalid, fmt::format("{}: '{}'", what, text));
}

// True for 0x1f but not for 0x15, which is sixteen zeros.
bool is_hex_number(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdefABCDEF";
  return text.starts_with("0x") && text.find_first_not_of(kHex, 2) == std::string_view::npos &&
         text.find_first_not_of("0123456789", 2) != std::string_view::npos;
}

// Takes a number with sign off the front.
Result<double> take_number(std::string_view& rest) {
  std::string_view text = rest;
  double sign = 1;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
  }
  std::size_t length = 0;
  const auto is_exponent_sign = [text](std::size_t at) {
    const bool hex = text.starts_with("0x") || text.starts_with("0X");
    return at > 0 && !hex && (text[at] == '-' || text[at] == '+') &&
           (text[at - 1] == 'e' || text[at - 1] == 'E');
  };
  // `x` repeats, as in 0x5; only where a hex letter follows, as in 0x1f, it belongs to the number.
  while (length < text.size() &&
         ((text[length] == 'x' && length == 1 && is_hex_number(text)) || text[length] == '.' ||
          (text[length] >= '0' && text[length] <= '9') ||
          (text[length] != 'x' && text[length] >= 'a' && text[length] <= 'z') ||
          (text[length] >= 'A' && text[length] <= 'Z') || is_exponent_sign(length))) {
    ++length;
  }
  auto number = parse_number(text.substr(0, length));
  if (!number) return wrong("not a value", rest);
  rest = text.substr(length);
  return sign * *number;
}

// Takes the count after `x` off the front; 0 if there is none.
Result<std::size_t> take_count(std::string_view& rest) {
  if (rest.empty()) return std::size_t{0};
  if (rest.front() != 'x') return wrong("expected x and a count", rest);
  std::size_t count = 0;
  const char* const end = rest.data() + rest.size();
  const auto read = std::from_chars(rest.data() + 1, end, count);
  if (read.ec != std::errc() || read.ptr != end || count > kMaxNotedValues) {
    return wrong("not a count", rest);
  }
  rest = {};
  return count;
}

// Numbers in `[1 2 3]`.
Result<std::vector<double>> number_list(std::string_view text) {
  if (text.size() < 2 || text.front() != '[' || text.back() != ']')
    return wrong("not a list", text);
  std::vector<double> out;
  for (std::string_view part : split(text.substr(1, text.size() - 2), ' ')) {
    if (part.empty()) continue;
    TRY(const double number, take_number(part));
    if (!part.empty()) return wrong("not a number", part);
    out.push_back(number);
  }
  return out;
}

Result<void> set_hint(FloatHistogram& histogram, std::string_view text) {
  constexpr std::array<std::string_view, 4> kHints = {"unknown", "reset", "not_reset", "gauge"};
  for (std::size_t i = 0; i < kHints.size(); ++i) {
    if (kHints[i] != text) continue;
    histogram.reset_hint = static_cast<series::ResetHint>(i);
    return {};
  }
  return wrong("not a counter reset hint", text);
}

Result<void> set_numbers(FloatHistogram& histogram, std::string_view key, std::string_view text,
                         std::int32_t& offset, std::int32_t& negative_offset) {
  if (key == "buckets") {
    TRY(histogram.positive_counts, number_list(text));
    return {};
  }
  if (key == "n_buckets") {
    TRY(histogram.negative_counts, number_list(text));
    return {};
  }
  if (key == "custom_values") {
    TRY(histogram.custom_values, number_list(text));
    return {};
  }
  std::string_view rest = text;
  TRY(const double number, take_number(rest));
  if (!rest.empty()) return wrong("not a number", text);
  if (key == "schema") {
    histogram.schema = static_cast<std::int32_t>(number);
  } else if (key == "sum") {
    histogram.sum = number;
  } else if (key == "count") {
    histogram.count = number;
  } else if (key == "z_bucket") {
    histogram.zero_count = number;
  } else if (key == "z_bucket_w") {
    histogram.zero_threshold = number;
  } else if (key == "offset") {
    offset = static_cast<std::int32_t>(number);
  } else if (key == "n_offset") {
    negative_offset = static_cast<std::int32_t>(number);
  } else {
    return wrong("unknown field of a histogram", key);
  }
  return {};
}

// `{{key:value ..}}` without its braces.
Result<FloatHistogram> parse_histogram(std::string_view body) {
  FloatHistogram out;
  std::int32_t offset = 0;
  std::int32_t negative_offset = 0;
  std::string_view rest = trim(body);
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    if (colon == std::string_view::npos) return wrong("not a histogram field", rest);
    const std::string_view key = rest.substr(0, colon);
    rest.remove_prefix(colon + 1);
    const bool list = !rest.empty() && rest.front() == '[';
    std::size_t length = rest.find(list ? ']' : ' ');
    length = length == std::string_view::npos ? rest.size() : length + (list ? 1 : 0);
    const std::string_view text = rest.substr(0, length);
    rest = trim(rest.substr(length));
    if (key == "counter_reset_hint") {
      TRY_VOID(set_hint(out, text));
    } else {
      TRY_VOID(set_numbers(out, key, text, offset, negative_offset));
    }
  }
  const auto span_of = [](std::int32_t at, const std::vector<double>& counts) {
    std::vector<series::Span> spans;
    if (!counts.empty()) spans.push_back({at, static_cast<std::uint32_t>(counts.size())});
    return spans;
  };
  out.positive_spans = span_of(offset, out.positive_counts);
  out.negative_spans = span_of(negative_offset, out.negative_counts);
  return out;
}

// Adds `step` times `factor` to a histogram of the same layout.
Result<FloatHistogram> moved(const FloatHistogram& from, const FloatHistogram& step,
                             double factor) {
  FloatHistogram out = from;
  const bool same_layout =
      from.schema == step.schema && from.positive_spans == step.positive_spans &&
      from.negative_spans == step.negative_spans && from.custom_values == step.custom_values;
  if (!same_layout) {
    return fail(Code::kInvalid, "histograms of a sequence must have the same buckets");
  }
  out.count += factor * step.count;
  out.sum += factor * step.sum;
  out.zero_count += factor * step.zero_count;
  for (std::size_t i = 0; i < out.positive_counts.size(); ++i) {
    out.positive_counts[i] += factor * step.positive_counts[i];
  }
  for (std::size_t i = 0; i < out.negative_counts.size(); ++i) {
    out.negative_counts[i] += factor * step.negative_counts[i];
  }
  return out;
}

Value value_of(FloatHistogram histogram) {
  const double sum = histogram.sum;
  return {sum, std::make_shared<const FloatHistogram>(std::move(histogram))};
}

// `{{..}}`, `{{..}}xn`, `{{..}}+{{..}}xn`.
Result<void> add_histograms(std::string_view token, NotedSeries& out) {
  const std::size_t close = token.find("}}");
  if (close == std::string_view::npos) return wrong("unclosed histogram", token);
  TRY(const FloatHistogram first, parse_histogram(token.substr(2, close - 2)));
  std::string_view rest = token.substr(close + 2);
  double factor = 0;
  FloatHistogram step;
  if (rest.starts_with("+{{") || rest.starts_with("-{{")) {
    factor = rest.front() == '+' ? 1 : -1;
    const std::size_t end = rest.find("}}");
    if (end == std::string_view::npos) return wrong("unclosed histogram", token);
    TRY(step, parse_histogram(rest.substr(3, end - 3)));
    rest.remove_prefix(end + 2);
  }
  TRY(const std::size_t count, take_count(rest));
  for (std::size_t i = 0; i <= count; ++i) {
    FloatHistogram value = first;
    if (factor != 0) {
      TRY(value, moved(first, step, factor * static_cast<double>(i)));
    }
    out.values.emplace_back(value_of(std::move(value)));
  }
  return {};
}

Result<void> add_values(std::string_view token, NotedSeries& out) {
  if (token.starts_with("{{")) return add_histograms(token, out);
  if (token.front() == '_') {
    std::string_view rest = token.substr(1);
    TRY(const std::size_t count, take_count(rest));
    out.values.resize(out.values.size() + (token.size() == 1 ? 1 : count));
    return {};
  }
  std::string_view rest = token;
  if (rest.starts_with("stale")) {
    rest.remove_prefix(5);
    TRY(const std::size_t count, take_count(rest));
    for (std::size_t i = 0; i <= count; ++i) out.values.emplace_back(Value{series::kStaleNaN, {}});
    return {};
  }
  TRY(const double first, take_number(rest));
  double step = 0;
  if (!rest.empty() && rest.front() != 'x') {
    if (rest.front() != '+' && rest.front() != '-') return wrong("not a value", token);
    TRY(step, take_number(rest));
    if (rest.empty()) return wrong("a sequence needs a count", token);
  }
  TRY(const std::size_t count, take_count(rest));
  double value = first;
  for (std::size_t i = 0; i <= count; ++i) {
    out.values.emplace_back(Value{value, {}});
    value += step;
  }
  return {};
}

// Blanks separate values, but not inside {{ }}.
std::vector<std::string_view> value_tokens(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t start = std::string_view::npos;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (c == '{') ++depth;
    if (c == '}') --depth;
    const bool blank = (c == ' ' || c == '\t') && (depth <= 0 || i == text.size());
    if (!blank && start == std::string_view::npos) start = i;
    if (blank && start != std::string_view::npos) {
      out.push_back(text.substr(start, i - start));
      start = std::string_view::npos;
    }
  }
  if (start != std::string_view::npos) out.push_back(text.substr(start));
  return out;
}

}  // namespace

Result<series::Labels> parse_labels(std::string_view line, std::size_t* end) {
  Lexer lexer(line);
  std::vector<series::Label> labels;
  Token token = lexer.next();
  if (token.is_word() || token.kind == TokenKind::kMetricIdentifier) {
    labels.push_back({std::string(series::kMetricName), std::string(token.text)});
    *end = token.span.to;
    if (*end >= line.size() || line[*end] != '{') return series::Labels(std::move(labels));
    token = lexer.next();
  }
  if (token.kind != TokenKind::kLeftBrace) return wrong("expected a series", line);
  token = lexer.next();
  while (token.kind != TokenKind::kRightBrace) {
    const bool quoted = token.kind == TokenKind::kString;
    if (!quoted && token.kind != TokenKind::kIdentifier) return wrong("expected a label", line);
    std::string name(token.text);
    if (quoted) {
      TRY(name, unquote(token.text));
    }
    token = lexer.next();
    if (quoted && token.kind != TokenKind::kAssign) {
      labels.push_back({std::string(series::kMetricName), std::move(name)});
    } else {
      if (token.kind != TokenKind::kAssign) return wrong("expected = after a label", line);
      token = lexer.next();
      if (token.kind != TokenKind::kString) return wrong("expected a quoted value", line);
      TRY(std::string value, unquote(token.text));
      labels.push_back({std::move(name), std::move(value)});
      token = lexer.next();
    }
    if (token.kind == TokenKind::kComma) {
      token = lexer.next();
    } else if (token.kind != TokenKind::kRightBrace) {
      return wrong("expected , or } after a label", line);
    }
  }
  *end = token.span.to;
  return series::Labels(std::move(labels));
}

Result<NotedSeries> parse_series(std::string_view line) {
  NotedSeries out;
  std::size_t end = 0;
  TRY(out.labels, parse_labels(line, &end));
  for (const std::string_view token : value_tokens(line.substr(end))) {
    TRY_VOID(add_values(token, out));
    if (out.values.size() > kMaxNotedValues) return wrong("too many values", token);
  }
  return out;
}

}  // namespace daytwo::promql
