#include "base/diagnostic.h"

#include <cstddef>

namespace daytwo {

std::string Diagnostic::to_string() const {
  std::string out = file;
  if (line > 0) {
    if (!out.empty()) out += ':';
    out += std::to_string(line);
    if (column > 0) out += ':' + std::to_string(column);
  }
  if (!out.empty()) out += ": ";
  out += text;
  if (!source_line.empty()) {
    out += "\n  " + source_line;
    if (column > 0) {
      out += "\n  ";
      // Keep tabs, so that the caret stands under its byte however wide a tab is shown.
      for (std::size_t i = 0; i + 1 < static_cast<std::size_t>(column); ++i) {
        out += i < source_line.size() && source_line[i] == '\t' ? '\t' : ' ';
      }
      out += '^';
    }
  }
  if (!expected.empty()) out += "\n  expected " + expected;
  if (!suggestion.empty()) out += "\n  did you mean '" + suggestion + "'?";
  return out;
}

}  // namespace daytwo
