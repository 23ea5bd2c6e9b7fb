#include "wire/csv.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace daytwo::wire {
namespace {

constexpr std::size_t kMaxDiagnostics = 100;

}  // namespace

CsvReader::CsvReader(std::string_view text, std::string_view source)
    : text_(text), source_(source) {
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  const std::string_view heading = text_.substr(0, text_.find('\n'));
  if (heading.find(',') == std::string_view::npos) {
    if (heading.find(';') != std::string_view::npos) separator_ = ';';
    if (heading.find('\t') != std::string_view::npos) separator_ = '\t';
  }
}

bool CsvReader::next(CsvRow& row) {
  while (!done()) {
    if (take_row(row)) return true;
  }
  return false;
}

bool CsvReader::at_line_end() const {
  return done() || text_[position_] == '\n' ||
         (text_[position_] == '\r' &&
          (position_ + 1 >= text_.size() || text_[position_ + 1] == '\n'));
}

int CsvReader::column() const {
  return static_cast<int>(std::min<std::size_t>(position_ - line_start_ + 1, 1U << 30U));
}

void CsvReader::take_line_end() {
  if (!done() && text_[position_] == '\r') ++position_;
  if (!done()) ++position_;
  ++line_;
  line_start_ = position_;
}

void CsvReader::wrong(int line, int column, std::string text) {
  Diagnostic one;
  one.file = source_;
  one.line = line;
  one.column = column;
  one.text = std::move(text);
  one.source_line = to_utf8(text_.substr(line_start_, 200)
                                .substr(0, text_.substr(line_start_, 200).find_first_of("\r\n")));
  ++problem_count_;
  if (problems_.size() < kMaxDiagnostics) problems_.push_back(std::move(one));
  while (!at_line_end()) ++position_;
}

bool CsvReader::take_row(CsvRow& row) {
  row.cells.clear();
  row.line = line_;
  const std::size_t before = problem_count_;
  while (true) {
    if (row.cells.size() >= kMaxCsvColumns) {
      wrong(line_, column(), "more than 256 columns");
      break;
    }
    if (!cell(row)) break;
    if (at_line_end()) break;
    ++position_;  // the separator
  }
  take_line_end();
  const bool blank = row.cells.size() == 1 && trim(row.cells[0].text).empty();
  return problem_count_ == before && !blank;
}

bool CsvReader::cell(CsvRow& row) {
  CsvCell cell;
  cell.line = line_;
  cell.column = column();
  const bool quoted = !done() && text_[position_] == '"';
  if (quoted ? !quoted_text(cell) : !plain_text(cell)) return false;
  if (cell.text.size() > kMaxCsvCellBytes) {
    wrong(cell.line, cell.column, "a cell larger than 64 KiB");
    return false;
  }
  if (!is_utf8(cell.text)) {
    wrong(cell.line, cell.column, "text that is not UTF-8: save the file as UTF-8");
    return false;
  }
  row.cells.push_back(std::move(cell));
  return true;
}

bool CsvReader::plain_text(CsvCell& cell) {
  while (!at_line_end() && text_[position_] != separator_) {
    if (text_[position_] == '"') {
      wrong(line_, column(),
            "a quote inside a cell: put the whole cell in quotes, double this one");
      return false;
    }
    cell.text += text_[position_++];
  }
  return true;
}

bool CsvReader::quoted_text(CsvCell& cell) {
  for (++position_; !done(); ++position_) {
    const char c = text_[position_];
    if (c == '\n') {
      ++line_;
      line_start_ = position_ + 1;
    }
    if (c != '"') {
      cell.text += c;
      if (cell.text.size() > kMaxCsvCellBytes) break;
      continue;
    }
    if (position_ + 1 < text_.size() && text_[position_ + 1] == '"') {
      cell.text += '"';
      ++position_;
      continue;
    }
    ++position_;
    if (at_line_end() || text_[position_] == separator_) return true;
    wrong(line_, column(), "text after the closing quote");
    return false;
  }
  if (done()) {
    wrong(cell.line, cell.column, "a quote that is not closed");
    return false;
  }
  return true;  // too large: said by the caller
}

Result<std::vector<CsvRow>> parse_csv(std::string_view text, std::string_view source) {
  CsvReader reader(text, source);
  std::vector<CsvRow> rows;
  CsvRow row;
  while (reader.problems().size() < kMaxDiagnostics && reader.next(row)) {
    rows.push_back(std::move(row));
  }
  if (!reader.problems().empty()) return fail(Diagnostics(reader.problems()));
  return rows;
}

}  // namespace daytwo::wire
