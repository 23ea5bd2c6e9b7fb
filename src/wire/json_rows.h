// A list of flat JSON objects as rows with names: an array, or one object a line.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace daytwo::wire {

// One object and the line it began on. Values as text: numbers and truth values as written, null as
// empty.
struct JsonRow {
  std::vector<std::pair<std::string, std::string>> fields;
  int line = 0;
};

// The objects of `text`. Errors: kInvalid with the line in `source` (no JSON, no list of objects,
// an object or list inside an object).
[[nodiscard]] Result<std::vector<JsonRow>> parse_json_rows(std::string_view text,
                                                           std::string_view source);

}  // namespace daytwo::wire
