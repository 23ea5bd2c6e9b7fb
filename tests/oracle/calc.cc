// Answers queries over given samples with our engine: the near side of the oracle test.
// Usage: promql_calc DATA QUERIES. DATA holds two lines per series: the series, then "ms:value ..."
// (a value may be `stale`). QUERIES holds one query a line: "instant MS QUERY" or
// "range MS MS MS QUERY" (from, to, step). Prints one JSON object a line, in the order of QUERIES.
#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "promql/engine.h"
#include "promql/literals.h"
#include "promql/series_notation.h"
#include "series/memory_source.h"

namespace daytwo::promql {
namespace {

std::string json(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string json(const series::Labels& labels) {
  std::string out = "{";
  for (const series::Label& label : labels.all()) {
    if (out.size() > 1) out += ',';
    out += json(label.name) + ':' + json(label.value);
  }
  return out + '}';
}

std::string json(Timestamp at, double value) {
  return fmt::format("[{},{}]", at.ms, json(format_double(value)));
}

std::string json(const Answer& answer) {
  if (const auto* scalar = std::get_if<ScalarAnswer>(&answer.value)) {
    return fmt::format("{{\"scalar\":{}}}", json(scalar->at, scalar->value));
  }
  if (const auto* text = std::get_if<TextAnswer>(&answer.value)) {
    return fmt::format("{{\"string\":{}}}", json(text->value));
  }
  std::string rows;
  const auto add_row = [&rows](const series::Labels& labels, const std::string& samples) {
    if (!rows.empty()) rows += ',';
    rows += fmt::format("[{},[{}]]", json(labels), samples);
  };
  if (const auto* vector = std::get_if<VectorAnswer>(&answer.value)) {
    for (const VectorElement& element : *vector) {
      add_row(element.labels, json(element.sample.at, element.sample.value.number));
    }
  } else {
    for (const auto& [labels, column] : std::get<MatrixAnswer>(answer.value)) {
      std::string samples;
      for (std::size_t i = 0; i < column.size(); ++i) {
        if (i > 0) samples += ',';
        samples += json(column.times[i], column.numbers[i]);
      }
      add_row(labels, samples);
    }
  }
  return fmt::format("{{\"series\":[{}]}}", rows);
}

std::int64_t take_ms(std::string_view& rest) {
  std::int64_t ms = 0;
  const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), ms);
  rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
  rest = trim(rest);
  return ms;
}

double value_of(std::string_view text) {
  if (text == "stale") return series::kStaleNaN;
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto value = parse_number(text);
  return negative ? -value.value_or(0) : value.value_or(0);
}

bool load(const char* path, series::MemorySource& source) {
  std::ifstream file(path);
  std::string name;
  std::string samples;
  while (std::getline(file, name) && std::getline(file, samples)) {
    std::size_t end = 0;
    const auto labels = parse_labels(name, &end);
    if (!labels) return false;
    std::vector<series::Sample> parsed;
    for (const std::string_view part : split(samples, ' ')) {
      const std::size_t colon = part.find(':');
      if (colon == std::string_view::npos) return false;
      std::string_view time = part.substr(0, colon);
      parsed.push_back({Timestamp{take_ms(time)}, {value_of(part.substr(colon + 1)), nullptr}});
    }
    if (!source.add(*labels, std::move(parsed))) return false;
  }
  return true;
}

Result<Answer> answer(const Engine& engine, std::string_view line) {
  const std::string_view kind = line.substr(0, line.find(' '));
  std::string_view rest = trim(line.substr(kind.size()));
  const std::int64_t from = take_ms(rest);
  if (kind == "instant") return engine.instant(rest, Timestamp{from});
  const std::int64_t to = take_ms(rest);
  const std::int64_t step = take_ms(rest);
  return engine.range(rest, Timestamp{from}, Timestamp{to}, milliseconds(step));
}

int run(const char* data, const char* queries) {
  series::MemorySource source;
  if (!load(data, source)) {
    std::fputs("cannot read the data\n", stderr);
    return 1;
  }
  const Engine engine(source);
  std::ifstream file(queries);
  std::string line;
  while (std::getline(file, line)) {
    const auto got = answer(engine, line);
    const std::string text =
        got ? json(*got) : fmt::format("{{\"error\":{}}}", json(got.error().text));
    std::puts(text.c_str());
  }
  return 0;
}

}  // namespace
}  // namespace daytwo::promql

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: promql_calc DATA QUERIES\n", stderr);
    return 2;
  }
  return daytwo::promql::run(argv[1], argv[2]);
}
