#include "wire/csv.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace daytwo::wire {
namespace {

constexpr std::size_t kMaxDiagnostics = 100;

class CsvReader {
 public:
  CsvReader(std::string_view text, std::string_view source) : text_(text), source_(source) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
    const std::string_view heading = text_.substr(0, text_.find('\n'));
    if (heading.find(',') == std::string_view::npos) {
      if (heading.find(';') != std::string_view::npos) separator_ = ';';
      if (heading.find('\t') != std::string_view::npos) separator_ = '\t';
    }
  }

  [[nodiscard]] Result<std::vector<CsvRow>> run() {
    while (position_ < text_.size() && diagnostics_.size() < kMaxDiagnostics) row();
    if (!diagnostics_.empty()) return fail(std::move(diagnostics_));
    return std::move(rows_);
  }

 private:
  [[nodiscard]] bool done() const { return position_ >= text_.size(); }
  [[nodiscard]] bool at_line_end() const {
    return done() || text_[position_] == '\n' ||
           (text_[position_] == '\r' &&
            (position_ + 1 >= text_.size() || text_[position_ + 1] == '\n'));
  }
  [[nodiscard]] int column() const {
    return static_cast<int>(std::min<std::size_t>(position_ - line_start_ + 1, 1U << 30U));
  }

  void take_line_end() {
    if (!done() && text_[position_] == '\r') ++position_;
    if (!done()) ++position_;
    ++line_;
    line_start_ = position_;
  }

  void wrong(int line, int column, std::string text) {
    Diagnostic one;
    one.file = source_;
    one.line = line;
    one.column = column;
    one.text = std::move(text);
    one.source_line = to_utf8(text_.substr(line_start_, 200)
                                  .substr(0, text_.substr(line_start_, 200).find_first_of("\r\n")));
    diagnostics_.push_back(std::move(one));
    while (!at_line_end()) ++position_;
  }

  void row() {
    CsvRow row;
    row.line = line_;
    const std::size_t problems = diagnostics_.size();
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
    if (diagnostics_.size() == problems && !blank) rows_.push_back(std::move(row));
  }

  // One cell up to its separator or the line's end; false after a problem.
  bool cell(CsvRow& row) {
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

  bool plain_text(CsvCell& cell) {
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

  bool quoted_text(CsvCell& cell) {
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

  std::string_view text_;
  const std::string source_;
  char separator_ = ',';
  std::size_t position_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
  std::vector<CsvRow> rows_;
  Diagnostics diagnostics_;
};

}  // namespace

Result<std::vector<CsvRow>> parse_csv(std::string_view text, std::string_view source) {
  return CsvReader(text, source).run();
}

}  // namespace daytwo::wire
