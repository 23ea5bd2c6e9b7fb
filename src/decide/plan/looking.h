// Looking: from an investigation as it is written to what it moves in the worlds of a plan.
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "decide/plan/register.h"
#include "decide/plan/worlds.h"
#include "model/worry_file.h"

namespace daytwo::decide::plan {

// What can be looked at of one worry, in each world.
struct Looked {
  std::string worry;
  Draws events;  // a year
  Draws an_event;
  double observed_years = 0;  // of the rate; 0: unknown
};

// The investigation that option `number` of the file is. What it narrows and the plan does not tell
// apart (one part of a loss, a quantity) is left out, with a note in `notes`. REQUIRES: the causes
// and options of `reg` are there, their means taken; the option narrows something.
[[nodiscard]] Investigation investigation_of(const model::WorryFile& file, std::size_t number,
                                             const Register& reg,
                                             const std::vector<Looked>& worries,
                                             std::vector<std::string>& notes);

}  // namespace daytwo::decide::plan
