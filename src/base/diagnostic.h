// What is wrong with something a user wrote, and where: file, line, column, the line itself, a
// suggestion.
#pragma once

#include <string>
#include <vector>

namespace daytwo {

// One problem in a text that a user wrote. Line and column count from 1; 0 means "not known".
// Columns count bytes; printing puts the caret under the byte.
struct Diagnostic {
  std::string file;  // path, or "query", "sentence", "--flag"
  int line = 0;
  int column = 0;
  std::string text;         // "lower end must be below upper end"
  std::string source_line;  // the line as written
  std::string expected;     // "an amount such as $25k"
  std::string suggestion;   // nearest known word, or empty

  // "FILE:LINE:COLUMN: TEXT", the line, a caret, "expected ..", "did you mean ..?".
  [[nodiscard]] std::string to_string() const;
};

// All that is wrong with one text, in its order.
using Diagnostics = std::vector<Diagnostic>;

}  // namespace daytwo
