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

// The rows of `text` without blank ones, in order; the heading is the first. Errors: kInvalid with
// line and column in `source` (a quote that is not closed or stands inside a plain cell, a cell or
// row beyond its bound, text that is not UTF-8): all of them, at most 100.
[[nodiscard]] Result<std::vector<CsvRow>> parse_csv(std::string_view text, std::string_view source);

}  // namespace daytwo::wire
