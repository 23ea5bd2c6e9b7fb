// Studies, read: those of --study, and those of the file.
//   study = NAME ":" cost { "," cost } ";" WHAT teaching
//   cost = DAYS "days" | "4h" | MONEY
//   load test: 2 days, $3k; provider-lost.size by half
//   scan: 1 day; records-escape.events test 90/85
// WHAT is an input of the model, or a worry, cause or option: all inputs of that. A teaching is as
// model/teaching.h reads it.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "decide/worth/read.h"
#include "decide/worth/study.h"
#include "model/worry_file.h"

namespace daytwo::decide::worth {

// Reads a study. Errors: kInvalid saying what was expected where; kNotFound for something that the
// model has not, with the nearest.
[[nodiscard]] Result<Study> parse_study(std::string_view text, const Reading& reading);

// The studies of the file that look at something of the model; what one looks at elsewhere is left
// out. A study that cannot be valued is a note.
struct FiledStudies {
  std::vector<Study> studies;
  std::vector<std::string> notes;
};
[[nodiscard]] FiledStudies filed_studies(const model::WorryFile& file, const Reading& reading);

}  // namespace daytwo::decide::worth
