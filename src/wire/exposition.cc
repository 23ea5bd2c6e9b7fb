#include "wire/exposition.h"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <utility>

#include "base/diagnostic.h"
#include "base/text.h"
#include "series/value.h"

namespace daytwo::wire {
namespace {

using series::Label;

// Of one series where the caller sets no limit.
constexpr std::size_t kMaxLabelsWithoutLimit = 4096;

bool is_name_start(char c, bool colon) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (colon && c == ':');
}

bool is_name_part(char c, bool colon) { return is_name_start(c, colon) || (c >= '0' && c <= '9'); }

// A number as Prometheus takes it: decimal, Inf and NaN in any case; no hex, no underscores.
std::optional<double> to_value(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if (digits.empty() || (digits.size() != text.size() && digits.front() == '-'))
    return std::nullopt;
  if (digits.ends_with(')')) return std::nullopt;  // "nan(7)" is C's, not ours
  double value = 0;
  const auto [end, error] =
      fast_float::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (end != digits.data() + digits.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return value;  // 1e999 is infinite, as in Go
  if (error != std::errc()) return std::nullopt;
  return std::isnan(value) ? series::kNormalNaN : value;
}

// Reads one text. Positions are bytes of the current line.
class Parser {
 public:
  Parser(std::string_view text, ExpositionFormat format, std::string_view source,
         const ExpositionLimits& limits)
      : rest_(text),
        open_metrics_(format == ExpositionFormat::kOpenMetrics),
        source_(source),
        limits_(limits) {}

  [[nodiscard]] Result<Exposition> run() {
    while (!rest_.empty()) {
      next_line();
      if (ended_) return wrong("text after # EOF");
      if (line_.empty() || (!open_metrics_ && trim(line_).empty())) {
        if (open_metrics_) return wrong("empty line");
        continue;
      }
      skip_blanks();
      TRY_VOID(at('#') ? comment() : sample());
    }
    if (open_metrics_ && !ended_) return wrong("the text does not end with # EOF: it was cut");
    return std::move(out_);
  }

 private:
  void next_line() {
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    ++number_;
    position_ = 0;
  }

  [[nodiscard]] bool done() const { return position_ >= line_.size(); }
  [[nodiscard]] bool at(char c) const { return !done() && line_[position_] == c; }
  void skip_blanks() {
    while (at(' ') || at('\t')) ++position_;
  }
  std::string_view word() {
    const std::size_t end = std::min(line_.find_first_of(" \t", position_), line_.size());
    const std::string_view out = line_.substr(position_, end - position_);
    position_ = end;
    return out;
  }

  [[nodiscard]] tl::unexpected<Error> wrong(std::string text) const {
    Diagnostic diagnostic;
    diagnostic.file = source_;
    diagnostic.line = static_cast<int>(std::min<std::size_t>(number_, 1U << 30U));
    diagnostic.column = static_cast<int>(std::min<std::size_t>(position_ + 1, 1U << 30U));
    diagnostic.text = std::move(text);
    diagnostic.source_line = to_utf8(line_.substr(0, 200));
    return fail(Diagnostics{std::move(diagnostic)});
  }

  // # TYPE name type, # HELP name text, # UNIT name unit, # EOF, or a remark.
  [[nodiscard]] Result<void> comment() {
    ++position_;
    if (open_metrics_ && line_ == "# EOF") {
      ended_ = true;
      return {};
    }
    skip_blanks();
    const std::string_view verb = word();
    if (verb != "TYPE" && verb != "HELP" && verb != "UNIT") {
      if (open_metrics_) return wrong("a comment that is no TYPE, HELP, UNIT or EOF");
      return {};
    }
    if (verb == "UNIT" && !open_metrics_) return {};
    skip_blanks();
    std::string name;
    if (at('"')) {
      TRY(name, quoted());
    } else {
      name = word();
    }
    if (name.empty()) return wrong("no metric name");
    skip_blanks();
    const std::string_view value = line_.substr(std::min(position_, line_.size()));
    series::Metadata& family = family_of(name);
    if (verb == "HELP") {
      family.help = unescaped(value, open_metrics_);
      return {};
    }
    if (verb == "UNIT") {
      if (!value.empty() && !std::string_view(name).ends_with(fmt::format("_{}", value))) {
        return wrong("the unit is not the end of the name");
      }
      family.unit = value;
      return {};
    }
    return type(trim(value), family);
  }

  [[nodiscard]] Result<void> type(std::string_view type, series::Metadata& family) {
    constexpr std::array<std::string_view, 8> kTypes = {"counter",  "gauge",         "histogram",
                                                        "summary",  "unknown",       "info",
                                                        "stateset", "gaugehistogram"};
    const bool untyped = !open_metrics_ && type == "untyped";
    if (untyped) type = "unknown";
    const auto found = std::find(kTypes.begin(), kTypes.end(), type);
    if (found == kTypes.end() || (!open_metrics_ && !untyped && found - kTypes.begin() > 3)) {
      return wrong(fmt::format("unknown type {}", to_utf8(type)));
    }
    family.type = type;
    current_ = family.family;
    current_type_ = family.type;
    return {};
  }

  series::Metadata& family_of(const std::string& name) {
    const auto [found, added] = families_.try_emplace(name, out_.metadata.size());
    if (added) out_.metadata.push_back({to_utf8(name), "unknown", "", ""});
    return out_.metadata[found->second];
  }

  // HELP: \\ and \n, in OpenMetrics \" too; anything else stays as written.
  static std::string unescaped(std::string_view text, bool quotes) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\' && i + 1 < text.size()) {
        const char next = text[i + 1];
        if (next == '\\' || next == 'n' || (quotes && next == '"')) {
          out += next == 'n' ? '\n' : next;
          ++i;
          continue;
        }
      }
      out += text[i];
    }
    return is_utf8(out) ? out : to_utf8(out);
  }

  // A text in double quotes at the position.
  [[nodiscard]] Result<std::string> quoted() {
    std::string out;
    for (++position_; !done(); ++position_) {
      const char c = line_[position_];
      if (c == '"') {
        ++position_;
        if (!is_utf8(out)) return wrong("text that is not UTF-8");
        return out;
      }
      if (c != '\\' || position_ + 1 >= line_.size()) {
        out += c;
        continue;
      }
      const char next = line_[++position_];
      if (next == 'n') {
        out += '\n';
      } else if (next == '\\' || next == '"') {
        out += next;
      } else {
        out += '\\';
        out += next;
      }
    }
    return wrong("a text without its closing quote");
  }

  [[nodiscard]] Result<std::string> name(bool colon) {
    if (done() || !is_name_start(line_[position_], colon)) {
      return wrong(colon ? "expected a metric name" : "expected a label name");
    }
    const std::size_t begin = position_;
    while (!done() && is_name_part(line_[position_], colon)) ++position_;
    return std::string(line_.substr(begin, position_ - begin));
  }

  // { label = "value", ... } at the position; a lone quoted text is the metric's name.
  [[nodiscard]] Result<void> labels(std::vector<Label>& out, bool may_name) {
    ++position_;
    while (true) {
      skip_blanks();
      if (at('}')) break;
      // Checked here, since looking for a label twice among more would take the square of them.
      const std::size_t most = limits_.labels != 0 ? limits_.labels : kMaxLabelsWithoutLimit;
      if (out.size() > most) {
        return fail(Code::kLimit,
                    fmt::format("{}: line {}: more than {} labels", source_, number_, most));
      }
      const bool quote = at('"');
      TRY(std::string label, quote ? quoted() : name(false));
      skip_blanks();
      if (quote && may_name && (at(',') || at('}'))) {
        if (has(out, series::kMetricName)) return wrong("two metric names");
        out.push_back({std::string(series::kMetricName), std::move(label)});
      } else {
        if (!at('=')) return wrong("expected = after the label name");
        ++position_;
        skip_blanks();
        if (!at('"')) return wrong("expected a label value in quotes");
        TRY(std::string value, quoted());
        if (has(out, label)) return wrong(fmt::format("label {} twice", label));
        out.push_back({std::move(label), std::move(value)});
      }
      skip_blanks();
      if (at(',')) {
        ++position_;
      } else if (!at('}')) {
        return wrong("expected , or } after a label");
      }
    }
    ++position_;
    return {};
  }

  static bool has(const std::vector<Label>& labels, std::string_view name) {
    return std::any_of(labels.begin(), labels.end(),
                       [&](const Label& label) { return label.name == name; });
  }

  [[nodiscard]] Result<void> sample() {
    ExposedSample one;
    if (!at('{')) {
      TRY(std::string metric, name(true));
      one.labels.push_back({std::string(series::kMetricName), std::move(metric)});
      skip_blanks();
    }
    const bool named = !one.labels.empty();
    if (at('{')) TRY_VOID(labels(one.labels, !named));
    if (!has(one.labels, series::kMetricName)) return wrong("a sample without a name");
    if (limits_.labels != 0 && one.labels.size() > limits_.labels + 1) {
      return fail(Code::kLimit, fmt::format("{}: line {}: more than {} labels", source_, number_,
                                            limits_.labels));
    }
    skip_blanks();
    const auto value = to_value(word());
    if (!value) return wrong("expected a number");
    one.value = *value;
    TRY_VOID(timestamp(one.at));
    TRY_VOID(exemplar());
    skip_blanks();
    if (!done()) return wrong("text after the sample");
    normalise(one.labels);
    if (limits_.samples != 0 && out_.samples.size() >= limits_.samples) {
      return fail(Code::kLimit, fmt::format("{}: more than {} samples", source_, limits_.samples));
    }
    out_.samples.push_back(std::move(one));
    return {};
  }

  // Milliseconds in the text format, seconds with a fraction in OpenMetrics.
  [[nodiscard]] Result<void> timestamp(std::optional<Timestamp>& out) {
    skip_blanks();
    if (done() || at('#')) return {};
    const std::string_view text = word();
    if (open_metrics_) {
      const auto seconds = to_value(text);
      if (!seconds || !std::isfinite(*seconds) || std::abs(*seconds) > 1e14) {
        return wrong("expected a time in seconds");
      }
      out = Timestamp{static_cast<std::int64_t>(std::llround(*seconds * 1000))};
      return {};
    }
    std::int64_t ms = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ms);
    if (error != std::errc() || end != text.data() + text.size() || ms < kMinTimestamp.ms ||
        ms > kMaxTimestamp.ms) {
      return wrong("expected a time in milliseconds");
    }
    out = Timestamp{ms};
    return {};
  }

  // # {labels} value [time]
  [[nodiscard]] Result<void> exemplar() {
    skip_blanks();
    if (!at('#')) return {};
    if (!open_metrics_) return wrong("exemplars belong to OpenMetrics");
    ++position_;
    skip_blanks();
    if (!at('{')) return wrong("expected { of an exemplar");
    std::vector<Label> ignored;
    TRY_VOID(labels(ignored, false));
    skip_blanks();
    if (!to_value(word())) return wrong("expected an exemplar's number");
    std::optional<Timestamp> at_time;
    return timestamp(at_time);
  }

  // le="1" of a histogram and quantile="1" of a summary are one series with "1.0".
  void normalise(std::vector<Label>& labels) const {
    const bool bucket = current_type_ == "histogram" || current_type_ == "gaugehistogram";
    if (!bucket && current_type_ != "summary") return;
    std::string_view metric;
    for (const Label& label : labels) {
      if (label.name == series::kMetricName) metric = label.value;
    }
    if (!metric.starts_with(current_) ||
        metric.substr(current_.size()) != (bucket ? "_bucket" : "")) {
      return;
    }
    for (Label& label : labels) {
      if (label.name != (bucket ? "le" : "quantile")) continue;
      const auto value = to_value(label.value);
      if (!value) continue;
      std::string text = format_double(*value);
      if (text.find_first_of(".eIN") == std::string::npos) text += ".0";
      label.value = std::move(text);
    }
  }

  std::string_view rest_;
  const bool open_metrics_;
  const std::string source_;
  const ExpositionLimits limits_;
  std::string_view line_;
  std::size_t number_ = 0;
  std::size_t position_ = 0;
  bool ended_ = false;
  std::string current_;  // family of the last TYPE
  std::string current_type_;
  std::unordered_map<std::string, std::size_t> families_;
  Exposition out_;
};

}  // namespace

std::optional<ExpositionFormat> exposition_format(std::string_view content_type) {
  const std::string type = to_lower(trim(content_type.substr(0, content_type.find(';'))));
  if (type == "application/openmetrics-text") return ExpositionFormat::kOpenMetrics;
  if (type == "text/plain") return ExpositionFormat::kText;
  return std::nullopt;
}

Result<Exposition> parse_exposition(std::string_view text, ExpositionFormat format,
                                    std::string_view source, const ExpositionLimits& limits) {
  return Parser(text, format, source, limits).run();
}

}  // namespace daytwo::wire
