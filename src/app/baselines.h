// Accepting drift: what differs from the baseline becomes part of it.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/baseline.h"

namespace daytwo::app {

// A baseline in which differences were made good.
struct AcceptedBaseline {
  model::Baseline baseline;
  std::vector<model::Difference> accepted;  // at least one
};

// Accepts the difference called `what`, or each one when `what` is empty; `why` stays beside what
// is added. Errors: kNotFound, with the nearest name, when nothing is called so or differs.
[[nodiscard]] Result<AcceptedBaseline> accept_differences(const model::Baseline& declared,
                                                          const model::Baseline& observed,
                                                          const std::string& what,
                                                          std::string_view why);

// "tcp:0.0.0.0:8080 (nginx) is declared now", "process:nginx is not declared any more".
[[nodiscard]] std::string to_words(const model::Difference& accepted);

}  // namespace daytwo::app
