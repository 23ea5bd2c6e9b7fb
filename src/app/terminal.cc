#include "app/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "base/text.h"
#include "env/os/terminal.h"

namespace daytwo::app {
namespace {

// Columns that UTF-8 text takes: one a code point. Good for the scripts we print.
std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80) ++width;
  }
  return width;
}

// Problems of one file that are shown; a mistake made in each line of it fills no screen a hundred
// times over.
constexpr std::size_t kMostShown = 50;

// The first `width` columns, the last one an ellipsis when something was cut.
std::string cut(std::string_view text, std::size_t width) {
  if (width_of(text) <= width) return std::string(text);
  std::string out;
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80;
    if (starts && columns + 1 >= width) break;
    if (starts) ++columns;
    out += text[i];
  }
  return out + "…";
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace

Option output_option() { return {"--output", "FORMAT", "table", "table, json or csv", "Output"}; }

Result<Output> output_of(const Arguments& arguments) {
  const std::string format = arguments.get("--output");
  if (format == "table") return Output::kTable;
  if (format == "json") return Output::kJson;
  if (format == "csv") return Output::kCsv;
  return fail(Code::kInvalid, fmt::format("--output is table, json or csv, not '{}'", format));
}

std::string Table::to_text(std::size_t width) const {
  std::vector<std::size_t> widths;
  for (const std::string& head : heads) widths.push_back(width_of(head));
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], width_of(row[i]));
    }
  }
  std::size_t total = 0;
  for (const std::size_t column : widths) total += column + 2;
  if (width > 0 && total > width + 2 && flexible < widths.size()) {
    const std::size_t excess = total - width - 2;
    constexpr std::size_t kLeast = 16;
    widths[flexible] = std::max(std::min(kLeast, widths[flexible]),
                                widths[flexible] - std::min(widths[flexible], excess));
  }
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size() && i < widths.size(); ++i) {
      const std::string cell = i == flexible ? cut(cells[i], widths[i]) : cells[i];
      text += cell;
      const std::size_t have = width_of(cell);
      if (have < widths[i]) text += std::string(widths[i] - have, ' ');
      text += "  ";
    }
    while (text.ends_with(' ')) text.pop_back();
    out += text + '\n';
  };
  line(heads);
  for (const auto& row : rows) line(row);
  return out;
}

std::string Table::to_csv() const {
  std::string out;
  const auto line = [&out](const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) out += (i > 0 ? "," : "") + csv_cell(cells[i]);
    out += "\r\n";
  };
  line(heads);
  for (const auto& row : rows) line(row);
  return out;
}

void print(Output output, const Table& table, const std::string& json) {
  switch (output) {
    case Output::kTable:
      fmt::print("{}", table.to_text(terminal_width()));
      break;
    case Output::kJson:
      fmt::print("{}\n", json);
      break;
    case Output::kCsv:
      fmt::print("{}", table.to_csv());
      break;
  }
}

std::size_t terminal_width() { return env::os::terminal_columns(); }

int print_error(const Error& error) {
  Error shown = error;
  const std::size_t more =
      shown.diagnostics.size() - std::min(shown.diagnostics.size(), kMostShown);
  shown.diagnostics.resize(shown.diagnostics.size() - more);
  fmt::print(stderr, "daytwo: {}\n", shown.to_string());
  if (more > 0) fmt::print(stderr, "  and {}\n", counted(more, "problem more", "problems more"));
  if (error.code == Code::kInvalid) return kUsage;
  if (error.code == Code::kUnavailable && !error.context.empty() &&
      error.context.back().starts_with("no daytwo answers")) {
    return kNotReached;
  }
  return kFailed;
}

}  // namespace daytwo::app
