// What pages of money are drawn from besides the configuration. Two that are equal draw the same.
#pragma once

#include <string>

#include "decide/history.h"
#include "model/stakes.h"

namespace daytwo::app {

// Stakes, history and `deploys` a year (0: unknown) as one text. A rate of deploys moves with every
// second that passes: a change below one in a thousand is none.
[[nodiscard]] std::string stated_text(const model::Stakes& stakes, const decide::History& history,
                                      double deploys);

}  // namespace daytwo::app
