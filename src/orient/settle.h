// Settling: from what holds now to what the journal has to be told. A finding is written when it
// begins, when it changes, and when it ends; never in between.
#pragma once

#include <vector>

#include "base/time.h"
#include "facts/journal.h"
#include "orient/detector.h"

namespace daytwo::orient {

// The records that bring the journal from `snapshot` to `judgement`: a new key opens, a moved one
// is kChanged, one that no longer holds closes. Repeating a settled judgement gives nothing.
// Amounts and records are stamped with `now` and the detector's engine. REQUIRES: every claim's key
// is one the detector owns.
[[nodiscard]] std::vector<facts::Record> settle(const Detector& detector, Judgement judgement,
                                                const facts::Snapshot& snapshot, Timestamp now);

}  // namespace daytwo::orient
