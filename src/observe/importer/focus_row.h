// One row of FOCUS as a charge. Inner header of the importer.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.h"
#include "base/result.h"
#include "facts/sighting.h"
#include "observe/importer/focus_columns.h"
#include "wire/csv.h"

namespace daytwo::observe {

// A charge: what it is of (without days), and its day.
struct FocusCharge {
  facts::CostSeen cost;
  facts::CostDay day;
};

// The key of the record that the charges of one thing, kind, currency and month add up to.
[[nodiscard]] std::string key_of(const facts::CostSeen& cost);

// Whether no cell of it holds anything.
[[nodiscard]] bool is_blank(const wire::CsvRow& row);

// Reads the rows of one file, by its heading.
class FocusRowReader {
 public:
  // `columns` is the number of cells in the heading. Borrows the heading.
  FocusRowReader(const FocusHeading& heading, std::size_t columns, std::optional<Currency> currency,
                 std::string_view source)
      : heading_(heading), columns_(columns), currency_(currency), source_(source) {}

  // Errors: kInvalid with everything that is wrong in the row, by line and column.
  [[nodiscard]] Result<FocusCharge> read(const wire::CsvRow& row);

 private:
  // The cell without blanks around it; empty where it is absent or says null.
  [[nodiscard]] std::string_view cell(FocusColumn column) const;
  [[nodiscard]] std::string text(FocusColumn column) const;
  void wrong(FocusColumn column, std::string text, std::string expected);
  [[nodiscard]] std::optional<Timestamp> time(FocusColumn column);
  [[nodiscard]] std::int64_t amount(FocusColumn column, bool& known);
  void read_period(FocusCharge& charge);
  void read_kind(FocusCharge& charge);
  void read_prices(FocusCharge& charge);
  void read_names(FocusCharge& charge) const;

  const FocusHeading& heading_;
  const std::size_t columns_;
  const std::optional<Currency> currency_;
  const std::string source_;
  const wire::CsvRow* row_ = nullptr;  // the one that is being read
  Diagnostics problems_;
};

}  // namespace daytwo::observe
