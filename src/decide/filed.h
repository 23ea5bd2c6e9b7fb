// Filed: the verdict on a worry of which a file says more than its sentence does: parts, an option
// that is an expression, options that act on it beside its own, studies of it, a common cause. It
// is judged by the model of worth/ over the whole register: the same answer as `daytwo worth`. Of
// the options that act on the worry the one with the highest mean worth is judged. Thread rule:
// pure functions over plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "chance/seed.h"
#include "decide/history.h"
#include "decide/judge.h"
#include "decide/live.h"
#include "facts/record.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide {

// How this room signs the records of these verdicts.
inline constexpr std::string_view kFiledEngine = "decide.filed/1";

// What a verdict on a filed worry depends on. REQUIRES: all outlive it.
struct FiledInputs {
  const model::WorryFile& file;
  const model::Stakes& stakes;
  const History& history;
  std::optional<double> trials_a_year;
  std::optional<Live> live;
};

// A verdict, with what it was drawn from.
struct FiledJudgement {
  Judgement judgement;
  std::string option;
  std::vector<facts::Input> inputs;
};

// True when one sentence and quantities that read alone do not say all that `file` does of the
// worry, so that it is judged here and not by judge().
[[nodiscard]] bool needs_register(const model::FiledWorry& worry, const model::WorryFile& file);

// Same inputs, seed and now: same judgement, bit for bit. What cannot be worked out is something to
// find out, with the stake that would settle it where there is one.
[[nodiscard]] FiledJudgement judge_filed(const model::FiledWorry& worry, const FiledInputs& inputs,
                                         chance::Seed seed, Timestamp now);

}  // namespace daytwo::decide
