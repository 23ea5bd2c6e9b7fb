// Where something is written, for messages that come later than reading. Thread rule: plain values.
#pragma once

#include <string>
#include <utility>

#include "base/error.h"

namespace daytwo::model {

// No file: nowhere.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  std::string source_line;
  bool operator==(const Place&) const = default;
};

// kInvalid, with the place where one is known.
[[nodiscard]] inline Error error_at(const Place& place, std::string text, std::string expected) {
  if (place.file.empty()) return make_error(Code::kInvalid, text + "; " + expected);
  return make_error({Diagnostic{place.file, place.line, place.column, std::move(text),
                                place.source_line, std::move(expected), ""}});
}

}  // namespace daytwo::model
