// Worries and acceptances that the files of daytwo.yml state, as records for the journal. Thread
// rule: pure.
#pragma once

#include <optional>
#include <vector>

#include "app/config.h"
#include "facts/journal.h"

namespace daytwo::app {

// The records that bring `snapshot` to what config.worries says: new and changed worries and
// acceptances, and the end of those that an earlier file stated and this one does not. An
// acceptance is the decision of who accepted to leave the worry until its day, and gives way to one
// that a person took by hand. `deploys_a_year` is the count behind a rate "per deploy", once it is
// known. Errors: kInvalid for a worry that does not fit.
[[nodiscard]] Result<std::vector<facts::Record>> filed_records(const Config& config,
                                                               const facts::Snapshot& snapshot,
                                                               std::optional<double> deploys_a_year,
                                                               Timestamp now);

}  // namespace daytwo::app
