// Usefulness: how often an alert rule was worth the attention that it took.
// Model: each firing was worth a person's look or not; the share that is has the prior Beta(1, 1)
// and takes a whole vote from what people answered (useful, no power; against it noise), half a
// vote from what followed (an incident or a change of the service; against it an end by itself
// within five minutes that nobody took). "Not mine" speaks of the route, an acknowledgement of
// whoever took it: neither is a vote. All else is unknown, and moves nothing.
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "chance/estimate.h"
#include "chance/seed.h"
#include "learn/firings.h"

namespace daytwo::learn {

// An alert that ended sooner, and that nobody took, needed nobody.
inline constexpr Duration kByItself = minutes(5);
// A rule is noise when fewer than half of its firings were useful with this chance.
inline constexpr double kSureOfNoise = 0.9;

// What one firing was worth.
enum class FiringWorth : std::uint8_t { kUnknown, kUseful, kFollowed, kNoise, kShort };

// Answers first (a tie says nothing), then what followed, then an end by itself.
[[nodiscard]] FiringWorth worth_of(const Firing& firing);

// What is known of a rule.
enum class RuleStanding : std::uint8_t {
  kUnknown,  // nothing was answered and nothing followed
  kUnsure,   // both are possible
  kUseful,   // more than half of its firings were, with 90 %
  kNoise,    // fewer than half were, with 90 %
};

// One rule over a window.
struct RuleUse {
  std::string rule;
  std::vector<std::string> services;  // that it spoke of
  std::string severity;               // the newest stated
  std::int64_t fired = 0;
  std::int64_t called = 0;              // people called, all firings together
  bool by_custom = false;               // some of them as read off the severity
  std::optional<std::int64_t> asleep;   // of them; nothing where no working hours are stated
  std::int64_t answered = 0;            // firings with an answer
  std::int64_t acked = 0;               // firings that somebody took
  std::int64_t not_mine = 0;            // firings that reached somebody else's pager
  std::int64_t followed = 0;            // firings with an incident or a change
  std::int64_t short_lived = 0;         // firings that ended by themselves
  std::int64_t useful = 0;              // firings, answered so or followed
  std::int64_t judged = 0;              // firings that are not unknown
  std::optional<chance::Estimate> use;  // share that is useful; nothing where none is judged
  double noise_chance = 0.5;            // that fewer than half are
  RuleStanding standing = RuleStanding::kUnknown;
  std::optional<chance::Estimate> minutes;  // of people's attention; nothing where none was called
  std::optional<Duration> longer;           // `for` that would have kept its short ones silent
  std::string sentence;
};

// Rules of `firings`, the most attention first, then the more frequent. `window` is what the
// sentences speak of. REQUIRES: firings of one rule stand together. Minutes: each call takes what
// model/wake.h assumes of a page, alike for all, so that the interval is not too narrow.
[[nodiscard]] std::vector<RuleUse> rules_of(std::span<const Firing> firings, Duration window);

// `minutes` of attention at `hourly`, which is money. Same seed, same bits.
[[nodiscard]] chance::Estimate priced(const chance::Estimate& minutes,
                                      const chance::Estimate& hourly, chance::Seed seed);

}  // namespace daytwo::learn
