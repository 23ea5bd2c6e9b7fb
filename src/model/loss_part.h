// The second half of a worry, "how bad each time": one reader for the strict form of a sentence and
// for plain words.
// Thread rule: pure functions over plain values.
#pragma once

#include "base/result.h"
#include "model/grammar.h"
#include "model/sentence.h"

namespace daytwo::model {

// Reads a range and the extras behind it (", likely $40k, at most once") into `out`, and checks
// them against its frequency. A comma behind the range begins an
// extra, whatever follows it.
// Errors: kInvalid with the column: no loss (a share, a bare number, nothing at all), an extra that
// contradicts, a range that no distribution fits.
[[nodiscard]] Result<void> read_loss(Grammar& grammar, WorrySentence& out);

}  // namespace daytwo::model
