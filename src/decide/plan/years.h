// Years: a register as years of events, for limits on the tail: how often as the file says and
// history teaches, each year with a rate of its own (what is not known and luck together), each
// event with a size of its own, own loss plus weighted harm.
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>

#include "base/result.h"
#include "chance/seed.h"
#include "decide/plan/register.h"
#include "decide/plan/tail.h"
#include "decide/risk/yearly_loss.h"

namespace daytwo::decide::plan {

// Years in the tail: a sample has as many as its level needs for them.
inline constexpr double kWorstYears = 256;
// Events of one sample, at most.
inline constexpr double kSampleEvents = 4e6;

// A limit with the years that it is held against, and others, drawn anew, that no set was chosen
// by [Mak, Morton, Wood 1999, Operations Research Letters 24:47].
struct Tail {
  TailLimit limit;
  TailYears years;
  TailYears fresh;
};

// The years of `reg`, which was read from `inputs`. Events of common causes are left as they are by
// all options. Errors: those of read_register; kLimit where events are so many that the sample
// would not hold enough years. Same inputs, same bits.
[[nodiscard]] Result<Tail> read_tail(const Register& reg, const risk::YearlyInputs& inputs,
                                     const TailLimit& limit);

// One such sample.
[[nodiscard]] Result<YearSample> draw_years(const Register& reg, const risk::YearlyInputs& inputs,
                                            double level);

}  // namespace daytwo::decide::plan
