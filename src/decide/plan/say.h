// A plan in words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "decide/plan/planner.h"

namespace daytwo::decide::plan {

// "Take mfa and backup for $150k of $300k and 18 of 20 days: worth $830k net (90 %: $310k to
// $1.6M), pays in 19 of 20 worlds."
[[nodiscard]] std::string sentence(const Plan& plan);

// What a remark is about: where the money goes, what to find out before the rest is begun, the set
// that comes nearest.
enum class RemarkKind { kSplit, kLook, kSecond };

// "split", "look", "second".
[[nodiscard]] std::string_view to_string(RemarkKind kind);

// A remark below the sentence: "By kind" and "security $60k and 8 days, reliability $90k"; neither
// has a closing dot.
struct Remark {
  RemarkKind kind = RemarkKind::kSplit;
  std::string lead;
  std::string text;
};

// What is said below the sentence, in its order: the split, the investigations of the plan (worth
// most first), the next best set. None where nothing is taken.
[[nodiscard]] std::vector<Remark> remarks(const Plan& plan);

// "mfa, backup and dlp"; "nothing".
[[nodiscard]] std::string names(const Problem& problem, Set set);

// Why an option stands where it does: "taken", "costs more than it avoids", "costs 320 of 300".
[[nodiscard]] std::string why(const Plan& plan, std::size_t option);

// "if the loss of 'outage' were 1.6 times as large: with backup instead of
// canary".
[[nodiscard]] std::string words(const Plan& plan, const Flip& flip);

// "security: dlp for $12k and 8 days brings $25k, $2.1 for each $1 and $1.6k net a day: costs $112k
// of $100k".
[[nodiscard]] std::string words(const Plan& plan, const NextStep& step);

// "The worst 1 % of years cost $1.8M on average (+- $90k; $1.9M on years drawn anew), of $2M;
// if nothing is done $4M. The limit costs $12k of expected worth: else the plan would be without
// dlp, its tail $2.1M." REQUIRES: `under` is the plan's.
[[nodiscard]] std::string tail_words(const Plan& plan, const UnderLimit& under);

// What an investigation does to the plan: "changes the plan in 6 of 20 worlds, mostly to one with
// mfa too".
[[nodiscard]] std::string study_words(const Plan& plan, const Studied& study);

// "'ransom' is accepted until 2027-03-01 (98 days): $21k of loss is kept, and counts as no worth".
[[nodiscard]] std::string accepted_words(const Plan& plan, const Accepted& accepted);

// What would bring an option that was left into the plan: "at $33k or less (now $68k), or if
// provider-lost came 2.1 times as often or cost 2.1 times as much". REQUIRES: it was left.
[[nodiscard]] std::string tripwire_words(const Plan& plan, std::size_t option);

// Whether the plan stands when stakes are other and all that is stated is true, a line each:
// "Stakes twice as large: with mfa too; 52 of 55 pairs of options keep their order."
[[nodiscard]] std::vector<std::string> stability_words(const Plan& plan);

// Options next to each other in rank that no one can tell apart: "'mfa' is worth more than 'backup'
// in 11 of 20 worlds: near".
[[nodiscard]] std::vector<std::string> near_ties(const Plan& plan);

// "all 16777216 sets looked at" or "at most $12k from the best".
[[nodiscard]] std::string proof(const Plan& plan);

}  // namespace daytwo::decide::plan
