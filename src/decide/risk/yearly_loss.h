// What a worry costs in a year if nothing is done, in each of kWorlds worlds: our own loss, and the
// harm that others bear. Luck is averaged out within a world, but for worries whose loss uses named
// quantities: theirs is taken as not known in its whole width, and the mean is the same.
// Thread rule: plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/seed.h"
#include "decide/history.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {

// One column a kind of loss, in `currency`.
struct YearlyLoss {
  std::string currency;
  std::vector<double> own;
  std::vector<double> harm;
  // The same for one event: what another cause of the same event would cost.
  std::vector<double> own_an_event;
  std::vector<double> harm_an_event;
  std::vector<double> events;  // a year
  double observed_years = 0;   // years of counting that their rate is as good as; 0: unknown
  bool harmful = false;        // somebody else is said to bear something
  std::string note;            // what history taught, or empty
};

// What the loss depends on. REQUIRES: all outlive it.
struct YearlyInputs {
  const model::WorryFile& file;
  const model::Stakes& stakes;
  std::optional<double> trials_a_year;
  chance::Seed seed;
  Timestamp now;
  const History& history;
  double worth_of_late = 1;  // as EventOptions
};

// Errors: kNotFound for a rate per deploy that nobody counts, or a natural unit without a stake,
// with the sentence that would price it; kInvalid for what does not fit together.
[[nodiscard]] Result<YearlyLoss> yearly_loss(const model::FiledWorry& worry,
                                             const YearlyInputs& inputs);

}  // namespace daytwo::decide::risk
