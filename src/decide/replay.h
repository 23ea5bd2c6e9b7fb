// Replay: a stored verdict computed again from what the journal holds, and held against what was
// said. Anybody can check with it that a verdict follows from its inputs and its seed. Thread rule:
// pure but for reading the journal.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "decide/filed.h"
#include "decide/judge.h"
#include "facts/journal.h"
#include "facts/record.h"

namespace daytwo::decide {

// Computes a stored verdict again: one on a case from its own inputs, one on a register from the
// premises that it names, one without figures from its finding. Errors: kInvalid for a record that
// is no verdict, or of another engine; kNotFound for a premise or finding that the journal does not
// have; kCorrupt for inputs or texts that do not read.
[[nodiscard]] Result<FiledJudgement> replay(const facts::Record& record,
                                            const facts::Journal& journal);

// The same of a verdict on a case, which its record alone settles.
[[nodiscard]] Result<Judgement> replay(const facts::Record& record);

// One sentence for each thing that the stored verdict says and `again` does not; empty: the same,
// bit for bit.
[[nodiscard]] std::vector<std::string> differences(const facts::Record& said,
                                                   const FiledJudgement& again);

}  // namespace daytwo::decide
