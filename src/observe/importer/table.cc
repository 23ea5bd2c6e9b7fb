#include "observe/importer/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "wire/csv.h"
#include "wire/json_rows.h"

namespace daytwo::observe {
namespace {

constexpr std::size_t kMaxDiagnostics = 100;

// "Started At", "started-at" and "started_at" are one name.
std::string plain_name(std::string_view written) {
  std::string name = to_lower(trim(written));
  for (char& c : name) {
    if (c == ' ' || c == '-' || c == '.') c = '_';
  }
  return name;
}

}  // namespace

TableCell TableRow::cell(std::string_view name) const {
  const auto found = cells.find(name);
  return found == cells.end() ? TableCell{"", line, 0} : found->second;
}

std::optional<Timestamp> parse_people_time(std::string_view text) {
  if (text.size() >= 9 && text.find_first_not_of("0123456789") == std::string_view::npos) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    if (text.size() <= 11) return Timestamp{number * 1000};
    return text.size() <= 14 ? std::optional(Timestamp{number}) : std::nullopt;
  }
  std::string whole(text);
  if (whole.size() == 10) whole += "T00:00:00Z";
  if (whole.size() >= 16 && whole[10] == ' ') whole[10] = 'T';
  if (whole.size() == 16) whole += ":00";
  const std::string_view zone =
      std::string_view(whole).substr(std::min<std::size_t>(19, whole.size()));
  if (zone.empty() ||
      (zone.front() == '.' && zone.find_first_not_of("0123456789", 1) == std::string_view::npos)) {
    whole += 'Z';
  }
  const auto at = parse_rfc3339(whole);
  return at ? std::optional(*at) : std::nullopt;
}

Result<Table> Table::read(std::string_view text, std::string_view source,
                          std::vector<TableColumn> columns) {
  Table table(source, std::move(columns));
  for (const std::string_view line : split(text, '\n')) table.lines_.emplace_back(trim(line));
  const std::string_view begin = trim(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text);
  const bool json = begin.starts_with('[') || begin.starts_with('{');
  TRY_VOID(json ? table.read_json(text) : table.read_csv(text));
  table.check_required();
  TRY_VOID(table.problems_ > 0 && table.rows_.empty() ? table.finish() : Result<void>());
  return table;
}

std::string Table::column_of(std::string_view written) {
  const std::string name = plain_name(written);
  std::vector<std::string> known;
  for (const TableColumn& column : columns_) {
    const bool alias =
        std::find(column.aliases.begin(), column.aliases.end(), name) != column.aliases.end();
    if (column.name == name || alias) return column.name;
    known.push_back(column.name);
  }
  const std::string shown = to_utf8(trim(written));
  if (std::find(ignored_.begin(), ignored_.end(), shown) == ignored_.end()) {
    const std::string nearest = nearest_word(name, known);
    ignored_.push_back(nearest.empty() ? shown
                                       : fmt::format("{} (did you mean {}?)", shown, nearest));
  }
  return {};
}

Result<void> Table::read_csv(std::string_view text) {
  TRY(std::vector<wire::CsvRow> rows, wire::parse_csv(text, source_));
  if (rows.empty()) return fail(Code::kInvalid, fmt::format("{}: there is nothing in it", source_));
  std::vector<std::string> heading;
  for (const wire::CsvCell& cell : rows.front().cells) heading.push_back(column_of(cell.text));
  for (const TableColumn& column : columns_) {
    if (!column.required ||
        std::find(heading.begin(), heading.end(), column.name) != heading.end()) {
      continue;
    }
    Diagnostic one;
    one.line = rows.front().line;
    one.text = fmt::format("no column `{}`", column.name);
    one.expected = fmt::format("a heading with {}", column.name);
    add(std::move(one));
  }
  if (problems_ > 0) return finish();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    TableRow row;
    row.line = rows[i].line;
    if (rows[i].cells.size() > heading.size()) {
      Diagnostic one;
      one.line = row.line;
      one.column = rows[i].cells[heading.size()].column;
      one.text = fmt::format("{} cells under {} columns", rows[i].cells.size(), heading.size());
      one.expected = "a cell with a comma in quotes";
      add(std::move(one));
      continue;
    }
    for (std::size_t c = 0; c < rows[i].cells.size(); ++c) {
      wire::CsvCell& cell = rows[i].cells[c];
      if (!heading[c].empty()) {
        row.cells[heading[c]] = {std::move(cell.text), cell.line, cell.column};
      }
    }
    rows_.push_back(std::move(row));
  }
  return {};
}

Result<void> Table::read_json(std::string_view text) {
  TRY(std::vector<wire::JsonRow> rows, wire::parse_json_rows(text, source_));
  for (wire::JsonRow& from : rows) {
    TableRow row;
    row.line = from.line;
    for (auto& [name, value] : from.fields) {
      const std::string column = column_of(name);
      if (!column.empty()) row.cells[column] = {std::move(value), from.line, 0};
    }
    rows_.push_back(std::move(row));
  }
  return {};
}

void Table::check_required() {
  for (const TableRow& row : rows_) {
    for (const TableColumn& column : columns_) {
      if (column.required && trim(row.cell(column.name).text).empty()) {
        wrong(row, column.name, fmt::format("no {}", column.name),
              fmt::format("a value for {}", column.name));
      }
    }
  }
}

void Table::add(Diagnostic diagnostic) {
  ++problems_;
  if (diagnostics_.size() >= kMaxDiagnostics) return;
  diagnostic.file = source_;
  const auto line = static_cast<std::size_t>(std::max(diagnostic.line, 1));
  if (line <= lines_.size()) diagnostic.source_line = to_utf8(lines_[line - 1].substr(0, 200));
  diagnostics_.push_back(std::move(diagnostic));
}

void Table::wrong(const TableRow& row, std::string_view column, std::string text,
                  std::string expected) {
  const TableCell cell = row.cell(column);
  Diagnostic one;
  one.line = cell.line == 0 ? row.line : cell.line;
  one.column = cell.column;
  one.text = std::move(text);
  one.expected = std::move(expected);
  add(std::move(one));
}

Result<void> Table::finish() {
  if (diagnostics_.empty()) return {};
  return fail(std::exchange(diagnostics_, {}));
}

}  // namespace daytwo::observe
