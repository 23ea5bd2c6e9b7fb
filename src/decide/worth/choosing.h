// Choosing: an option of a file beside doing nothing and what it excludes, each with what it needs.
// Thread rule: plain values; options point into `all`.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "decide/worth/knowing.h"
#include "model/worry_file.h"

namespace daytwo::decide::worth {

// What can be chosen.
struct Choosing {
  std::vector<model::SharedOption> all;             // of the file, those of single worries too
  std::vector<const model::SharedOption*> options;  // of `all`, by the number of the choice
  Alternatives among;                               // nothing, the option, then what it excludes
  std::vector<std::string> names;                   // of the alternatives
  std::vector<std::string> with;                    // what the option needs besides
  bool must = false;
};

// Errors: kNotFound for an option that the file has not, with the nearest; kInvalid for a quantity
// of an own option that does not read.
[[nodiscard]] Result<Choosing> choose(const model::WorryFile& file, const std::string& option);

}  // namespace daytwo::decide::worth
