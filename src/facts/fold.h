// Folding: from the records of one key to the Worry that people read.
#pragma once

#include <span>
#include <vector>

#include "facts/journal.h"
#include "model/worry.h"

namespace daytwo::facts {

// The worry told by `thread` (records of one key, in order of id). REQUIRES: it holds a Finding
// that is a worry. Who was told of it stands under the keys of its pages: see told.h.
[[nodiscard]] model::Worry fold(std::span<const RecordPtr> thread);

// All worries of a snapshot: one per key that has a Finding that is one, ranked as the Loop
// ranks: expected loss per day if left alone, money before natural units; then what is undecided;
// newest first. Cost: one pass over the snapshot.
[[nodiscard]] std::vector<model::Worry> worries(const Snapshot& snapshot, bool include_closed);

}  // namespace daytwo::facts
