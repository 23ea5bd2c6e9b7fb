// CSV and JSON rows from strangers: no crash, lines within the text, cells in UTF-8.
#include "wire/csv.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "wire/json_rows.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto lines = 1 + std::count(text.begin(), text.end(), '\n');
  if (const auto rows = daytwo::wire::parse_csv(text, "fuzz")) {
    for (const auto& row : *rows) {
      CHECK(row.line >= 1 && row.line <= lines, "a line outside of the text");
      for (const auto& cell : row.cells) CHECK(daytwo::is_utf8(cell.text), "broken text");
    }
  } else {
    for (const auto& one : rows.error().diagnostics) {
      CHECK(one.line >= 1 && one.line <= lines, "a problem outside of the text");
    }
  }
  if (const auto rows = daytwo::wire::parse_json_rows(text, "fuzz")) {
    for (const auto& row : *rows) CHECK(row.line >= 1 && row.line <= lines, "a line outside");
  }
  return 0;
}
