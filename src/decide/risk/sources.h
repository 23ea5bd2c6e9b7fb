// Sources: the worries of a register as what the engines of annual loss take, before and after some
// options; our own loss, or the harm.
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/risk.h"
#include "chance/seed.h"
#include "decide/history.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {

// Draws of one event that stand for its size where no closed form does.
inline constexpr std::size_t kEventDraws = std::size_t{1} << 16U;
// The same in a register of more than kManyWorries, so that it fits into memory.
inline constexpr std::size_t kFewEventDraws = std::size_t{1} << 12U;
inline constexpr std::size_t kManyWorries = 200;

// One worry: how often, and how much an event costs us and others.
struct Source {
  const model::FiledWorry* worry = nullptr;  // null for a common cause
  chance::Risk own;                          // named by the worry's id
  chance::Risk harm;
  bool harmful = false;
  std::string currency;
  std::vector<std::string> hits;  // of a common cause: the ids of the worries, as in own.hits
};

// What the sources depend on. REQUIRES: all outlive it.
struct SourceInputs {
  const model::WorryFile& file;
  const model::Stakes& stakes;
  std::optional<double> trials_a_year;
  chance::Seed seed;
  Timestamp now;
  const History& history;
};

// Every worry, then every common cause ("common/ID"), whose event hits each of its worries by
// chance. `notes` receives what history taught and what was approximated. Errors: as draw_chain and
// rate_of; kInvalid for two currencies.
[[nodiscard]] Result<std::vector<Source>> sources_of(const SourceInputs& inputs,
                                                     std::vector<std::string>& notes);

// `risk` of `worry` with these options in place, by their expected effects: events of each cause
// that are stopped, loss that is cut.
[[nodiscard]] chance::Risk after(const chance::Risk& risk, const model::FiledWorry& worry,
                                 std::span<const model::SharedOption* const> options);

// Our own risk of a common cause with these options in place: what acts on a worry by name acts on
// the hits of it, too; what acts on one of its causes does not. REQUIRES: source is a common cause.
[[nodiscard]] chance::Risk after_common(const Source& source,
                                        std::span<const model::SharedOption* const> options);

}  // namespace daytwo::decide::risk
