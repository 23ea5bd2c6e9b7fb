// The sentences of the Loop page: what each of the five rooms did.
#pragma once

#include <string>
#include <vector>

#include "api/view_worry.h"
#include "app/pages/context.h"
#include "model/worry.h"

namespace daytwo::app {

// "2 worries: 1 needs you now" or what an empty loop means.
[[nodiscard]] std::string loop_sentence(const std::vector<model::Worry>& open);

// One stage for each room, in order.
[[nodiscard]] std::vector<api::Stage> loop_stages(const facts::Snapshot& snapshot,
                                                  const std::vector<model::Worry>& open,
                                                  const PageContext& context);

// Where findings come from, and whether each source can work.
[[nodiscard]] std::vector<api::FindingSource> finding_sources(const facts::Snapshot& snapshot);

// "median 4 s from first signal to verdict".
[[nodiscard]] std::string turn_time(const std::vector<model::Worry>& open);

// Deploys a year, from imported and received changes; 0 when none are known.
[[nodiscard]] double deploys_a_year(const facts::Journal& journal, Timestamp now);

}  // namespace daytwo::app
