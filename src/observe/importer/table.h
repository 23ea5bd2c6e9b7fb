// A table that a person wrote, as CSV or JSON, read by the names of its columns; it collects what
// is wrong by line and column.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "base/time.h"

namespace daytwo::observe {

// A column that is understood.
struct TableColumn {
  std::string name;
  bool required = false;
  std::vector<std::string> aliases;  // names that other tools give it
};

// One value and where it stands.
struct TableCell {
  std::string text;
  int line = 0;
  int column = 0;
};

// One row by column name; absent columns are empty cells at the row's begin.
struct TableRow {
  std::map<std::string, TableCell, std::less<>> cells;
  int line = 0;
  [[nodiscard]] TableCell cell(std::string_view name) const;
};

class Table {
 public:
  // Reads JSON when `text` begins like it, else CSV. Errors: kInvalid (no rows can be had from it,
  // a required column is missing; all problems).
  [[nodiscard]] static Result<Table> read(std::string_view text, std::string_view source,
                                          std::vector<TableColumn> columns);

  [[nodiscard]] const std::vector<TableRow>& rows() const { return rows_; }
  // Columns that mean nothing here, once each.
  [[nodiscard]] const std::vector<std::string>& ignored() const { return ignored_; }
  // Adds a problem of one cell.
  void wrong(const TableRow& row, std::string_view column, std::string text, std::string expected);
  // Errors: kInvalid when there were problems, with the first 100 of them.
  [[nodiscard]] Result<void> finish();

 private:
  Table(std::string_view source, std::vector<TableColumn> columns)
      : source_(source), columns_(std::move(columns)) {}
  [[nodiscard]] Result<void> read_csv(std::string_view text);
  [[nodiscard]] Result<void> read_json(std::string_view text);
  // The column that `written` means; empty when none does.
  [[nodiscard]] std::string column_of(std::string_view written);
  void add(Diagnostic diagnostic);
  void check_required();

  std::string source_;
  std::vector<TableColumn> columns_;
  std::vector<TableRow> rows_;
  std::vector<std::string> ignored_;
  std::vector<std::string> lines_;  // of the text, for showing them
  Diagnostics diagnostics_;
  std::size_t problems_ = 0;
};

// A time as people and their tools write it (see import.h), UTC where no zone is given.
[[nodiscard]] std::optional<Timestamp> parse_people_time(std::string_view text);

}  // namespace daytwo::observe
