// Where something is written, for messages that come later than reading. Thread rule: plain values.
#pragma once

#include <string>

namespace daytwo::model {

// No file: nowhere.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  std::string source_line;
  bool operator==(const Place&) const = default;
};

}  // namespace daytwo::model
