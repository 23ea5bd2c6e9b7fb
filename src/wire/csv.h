// Comma-separated values [RFC 4180], as spreadsheets save them: byte-order mark, CRLF or LF, quoted
// cells with doubled quotes and line breaks, blank lines. A semicolon or tab separates when the
// heading has one and no comma.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"

namespace daytwo::wire {

// Bounds: a row that needs more is an error with its line.
inline constexpr std::size_t kMaxCsvCellBytes = 64U << 10U;
inline constexpr std::size_t kMaxCsvColumns = 256;

// One cell and where it began: line and column (in bytes) count from 1.
struct CsvCell {
  std::string text;
  int line = 0;
  int column = 0;
};

// One row and the line it began on.
struct CsvRow {
  std::vector<CsvCell> cells;
  int line = 0;
};

// Row by row, for files that are not to stand in memory twice and whose broken rows may be left
// out. Borrows the text. Thread rule: one thread.
class CsvReader {
 public:
  // `source` names the file in problems.
  CsvReader(std::string_view text, std::string_view source);

  // The next row that is whole and not blank; the heading is the first. False at the end. Rows with
  // a problem (see parse_csv) are left out and added to problems().
  [[nodiscard]] bool next(CsvRow& row);

  // What is wrong so far: the first 100; and how many in all.
  [[nodiscard]] const Diagnostics& problems() const { return problems_; }
  [[nodiscard]] std::size_t problem_count() const { return problem_count_; }
  // Bytes read of the text, which ends behind them.
  [[nodiscard]] std::size_t position() const { return position_; }

 private:
  [[nodiscard]] bool done() const { return position_ >= text_.size(); }
  [[nodiscard]] bool at_line_end() const;
  [[nodiscard]] int column() const;
  void take_line_end();
  void wrong(int line, int column, std::string text);
  // One line's row; false when it is blank or broken.
  bool take_row(CsvRow& row);
  // One cell up to its separator or the line's end; false after a problem.
  bool cell(CsvRow& row);
  bool plain_text(CsvCell& cell);
  bool quoted_text(CsvCell& cell);

  std::string_view text_;
  const std::string source_;
  char separator_ = ',';
  std::size_t position_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
  Diagnostics problems_;
  std::size_t problem_count_ = 0;
};

// The rows of `text` without blank ones, in order; the heading is the first. Errors: kInvalid with
// line and column in `source` (a quote that is not closed or stands inside a plain cell, a cell or
// row beyond its bound, text that is not UTF-8): all of them, at most 100.
[[nodiscard]] Result<std::vector<CsvRow>> parse_csv(std::string_view text, std::string_view source);

}  // namespace daytwo::wire
