// A worry from a file, with its option, as the Finding that enters the loop.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/time.h"
#include "facts/record.h"
#include "model/worry_file.h"

namespace daytwo::facts {

// The record of `entry`: its key is "written/" and the entry's id, so that writing it again changes
// it. `trials_a_year` is the count behind a rate "per deploy", once it is known. Errors: kInvalid
// with the column for a sentence that does not read or fit.
[[nodiscard]] Result<Record> filed_worry(const model::FiledWorry& entry,
                                         std::optional<double> trials_a_year, Timestamp now);

}  // namespace daytwo::facts
