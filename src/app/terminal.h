// What commands print: data to stdout, talk to stderr; tables for people, JSON and CSV for
// programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/command.h"
#include "base/error.h"

namespace daytwo::app {

enum class Output : std::uint8_t { kTable, kJson, kCsv };

// The option --output.
[[nodiscard]] Option output_option();

// Reads --output. Errors: kInvalid, naming the three formats.
[[nodiscard]] Result<Output> output_of(const Arguments& arguments);

// Rows of text under heads. The widest column that may shrink (`flexible`, by index) is cut to the
// width of the terminal.
struct Table {
  std::vector<std::string> heads;
  std::vector<std::vector<std::string>> rows;
  std::size_t flexible = 0;

  // Columns padded with two blanks between; a cut cell ends in "…". width 0 = do not cut.
  [[nodiscard]] std::string to_text(std::size_t width) const;
  // RFC 4180, with heads.
  [[nodiscard]] std::string to_csv() const;
};

// Prints a table in the asked format; `json` is what JSON asks for.
void print(Output output, const Table& table, const std::string& json);

// Columns of the terminal behind stdout; 0 when it is none (a pipe is never cut).
[[nodiscard]] std::size_t terminal_width();

// Prints an error to stderr, with its diagnostics; the exit code that fits: 2 for what was typed
// wrong, 4 when no server answered, else 1.
int print_error(const Error& error);

}  // namespace daytwo::app
