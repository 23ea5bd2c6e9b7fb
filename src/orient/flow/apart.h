// Apart: flows whose two ends are looked at at different instants, read from samples.
// Thread rule: pure functions of what the source holds.
#pragma once

#include <span>

#include "base/result.h"
#include "model/flow.h"
#include "orient/detector.h"
#include "orient/flow.h"
#include "orient/flow/pair.h"
#include "series/source.h"

namespace daytwo::orient::flow {

// True where both ends were sampled in the same instants, or the same target (job and instance)
// exposes both: then what they say fits together without any shift. True for what has no samples.
[[nodiscard]] bool same_scrape(std::span<const series::SeriesColumn> received,
                               std::span<const series::SeriesColumn> processed);

// The same, of the newest samples of a flow. Errors: as Source::select; a query that is no
// selector.
[[nodiscard]] Result<bool> is_same_scrape(const model::Flow& flow, const View& view);

// What the last day says of a flow whose ends are apart. Errors: as is_same_scrape.
[[nodiscard]] Result<PairStatus> pair_status(const model::Flow& flow, const View& view);

// Puts what a pair says in place of what floors of E said, which skew moves as a loss does. Until a
// pair is learnt only what no skew explains counts as lost: more than comes in within kMostShift.
void take_pair(FlowStatus& status, const PairStatus& pair);

}  // namespace daytwo::orient::flow
