// The verdict on one case: do it, find out first, or leave it; why, in one sentence; and what would
// flip it [worth.md 11.1]. With prices it is settled in money. Without them it is settled by the
// bounds of exchange.h where they suffice, and by asking for the price where they do not.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/units.h"
#include "chance/seed.h"
#include "decide/case.h"
#include "decide/worlds.h"
#include "facts/record.h"
#include "model/stakes.h"
#include "model/tripwire.h"
#include "model/verdict.h"

namespace daytwo::decide {

// How this room signs its records; raised when a change moves bits.
inline constexpr std::string_view kEngine = "decide.verdict/3";

// The stake whose answer would settle a case.
struct OpenQuestion {
  model::StakeOf of = model::StakeOf::kServiceHour;
  std::string service;
  auto operator<=>(const OpenQuestion&) const = default;
};

// What was decided, ready to be written down.
struct Judgement {
  model::Verdict verdict = model::Verdict::kUndecided;
  std::string reason;                // one sentence
  std::optional<Ratio> chance_pays;  // over what we do not know, not over luck
  std::optional<model::Tripwire> tripwire;
  std::string study;  // for find out first
  std::vector<std::string> how;
  std::vector<facts::NamedAmount> amounts;
  std::optional<OpenQuestion> question;
  std::vector<double> worlds;  // as in facts::Choice
  std::string account;
};

// After this long a tripwire without a live query or a date of its own is looked at again.
inline constexpr Duration kReview = days(90);

// Same case, seed and now: same judgement, bit for bit.
[[nodiscard]] Judgement judge(const Case& item, chance::Seed seed, Timestamp now);

// The verdict on a finding that says neither how often nor how much: looking comes first.
[[nodiscard]] Judgement look_first(const facts::Finding& finding);

}  // namespace daytwo::decide
