#include "learn/usefulness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/text.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "learn/firings.h"
#include "model/severity.h"
#include "model/wake.h"

namespace daytwo::learn {
namespace {

// What a firing counts for when nobody answered: half of an answer.
constexpr double kHalf = 0.5;
constexpr int kDraws = 2'000;

// Votes for and against, with what they rest on.
struct Votes {
  double useful = 0;
  double noise = 0;
};

void count_calls(const Firing& firing, RuleUse& use) {
  use.called += firing.called;
  use.by_custom = use.by_custom || firing.by_custom;
  if (firing.asleep) use.asleep = use.asleep.value_or(0) + *firing.asleep;
  if (firing.acked) ++use.acked;
  if (firing.not_mine > 0) ++use.not_mine;
  if (firing.useful + firing.noise + firing.not_mine + firing.no_power > 0) ++use.answered;
  if (firing.incident || firing.change) ++use.followed;
}

void count_worth(const Firing& firing, RuleUse& use, Votes& votes) {
  const FiringWorth worth = worth_of(firing);
  if (worth == FiringWorth::kUnknown) return;
  ++use.judged;
  if (worth == FiringWorth::kUseful || worth == FiringWorth::kFollowed) ++use.useful;
  if (worth == FiringWorth::kShort) ++use.short_lived;
  if (worth == FiringWorth::kUseful) votes.useful += 1;
  if (worth == FiringWorth::kFollowed) votes.useful += kHalf;
  if (worth == FiringWorth::kNoise) votes.noise += 1;
  if (worth == FiringWorth::kShort) votes.noise += kHalf;
}

void judge(const Votes& votes, RuleUse& use) {
  if (use.judged == 0) return;
  const chance::Distribution share = chance::beta(1 + votes.useful, 1 + votes.noise);
  use.use = share.estimate();
  use.noise_chance = share.cdf(0.5);
  use.standing = use.noise_chance > kSureOfNoise       ? RuleStanding::kNoise
                 : use.noise_chance < 1 - kSureOfNoise ? RuleStanding::kUseful
                                                       : RuleStanding::kUnsure;
}

// The `for` that all but the longest tenth of what ended by itself would not have outlived: whole
// minutes, where most firings ended so.
std::optional<Duration> longer_of(std::vector<Duration> lives, std::int64_t fired) {
  if (static_cast<std::int64_t>(lives.size()) * 2 <= fired) return std::nullopt;
  std::sort(lives.begin(), lives.end());
  const std::size_t at = (lives.size() - 1) * 9 / 10;
  const std::int64_t whole = lives[at].ms / 60'000 + 1;
  return minutes(whole);
}

std::string called_words(const RuleUse& use) {
  if (use.called == 0) return "called nobody";
  std::string out = fmt::format("called people {}",
                                counted(static_cast<std::size_t>(use.called), "time", "times"));
  if (use.asleep) {
    out += fmt::format(", {} outside their working hours", *use.asleep);
  }
  return out;
}

std::string advice_of(const RuleUse& use) {
  if (use.not_mine * 2 > use.fired) return "route it to who owns it: most answers are \"not mine\"";
  switch (use.standing) {
    case RuleStanding::kUnknown:
      return use.called > 0 ? "answer its pages (useful or noise), or import incidents and deploys"
                            : "";
    case RuleStanding::kUnsure:
    case RuleStanding::kUseful:
      return "";
    case RuleStanding::kNoise:
      break;
  }
  if (model::is_gravest(use.severity))
    return "look at it with its owner: its severity is the gravest";
  if (!use.longer) return use.called > 0 ? "make it a ticket, or remove it" : "remove it";
  return fmt::format("{}raise its `for` by {}: {} of {} ended by themselves",
                     use.called > 0 ? "make it a ticket, or " : "", to_string(*use.longer),
                     use.short_lived, use.fired);
}

std::string sentence_of(const RuleUse& use, Duration window) {
  std::string out = fmt::format("{} fired {} in {} and {}", use.rule,
                                counted(static_cast<std::size_t>(use.fired), "time", "times"),
                                to_string(window), called_words(use));
  if (!use.use) {
    out += "; whether that was useful is not known";
  } else {
    out += fmt::format("; useful in {} of {} (90 %: {:.0f} to {:.0f} %)", use.useful, use.judged,
                       use.use->p05 * 100, use.use->p95 * 100);
    if (use.judged < use.fired) out += fmt::format(", {} not known", use.fired - use.judged);
  }
  const std::string advice = advice_of(use);
  return advice.empty() ? out : out + ": " + advice;
}

RuleUse rule_of(std::span<const Firing> firings, Duration window) {
  RuleUse use;
  use.rule = firings.front().rule;
  Votes votes;
  std::set<std::string> services;
  std::vector<Duration> lives;
  for (const Firing& firing : firings) {
    ++use.fired;
    if (!firing.service.empty()) services.insert(firing.service);
    if (!firing.severity.empty()) use.severity = firing.severity;
    count_calls(firing, use);
    count_worth(firing, use, votes);
    if (worth_of(firing) == FiringWorth::kShort)
      lives.push_back(firing.ended.value_or(firing.began) - firing.began);
  }
  use.services.assign(services.begin(), services.end());
  judge(votes, use);
  use.longer = longer_of(std::move(lives), use.fired);
  if (use.called > 0) {
    use.minutes = chance::scaled(model::WakeCase{}.minutes_awake, static_cast<double>(use.called));
  }
  use.sentence = sentence_of(use, window);
  return use;
}

}  // namespace

FiringWorth worth_of(const Firing& firing) {
  const std::int64_t useful = firing.useful + firing.no_power;
  if (useful > firing.noise) return FiringWorth::kUseful;
  if (firing.noise > useful) return FiringWorth::kNoise;
  if (useful > 0) return FiringWorth::kUnknown;
  if (firing.incident || firing.change) return FiringWorth::kFollowed;
  const bool is_short = firing.ended && *firing.ended - firing.began < kByItself;
  return is_short && !firing.acked ? FiringWorth::kShort : FiringWorth::kUnknown;
}

std::vector<RuleUse> rules_of(std::span<const Firing> firings, Duration window) {
  std::vector<RuleUse> out;
  for (std::size_t from = 0; from < firings.size();) {
    std::size_t to = from + 1;
    while (to < firings.size() && firings[to].rule == firings[from].rule) ++to;
    out.push_back(rule_of(firings.subspan(from, to - from), window));
    from = to;
  }
  std::stable_sort(out.begin(), out.end(), [](const RuleUse& a, const RuleUse& b) {
    return a.called != b.called ? a.called > b.called : a.fired > b.fired;
  });
  return out;
}

chance::Estimate priced(const chance::Estimate& minutes, const chance::Estimate& hourly,
                        chance::Seed seed) {
  CHECK(minutes.p05 >= 0, "no negative time");
  CHECK(hourly.p05 >= 0, "no negative price");
  std::vector<double> draws;
  draws.reserve(kDraws);
  for (int i = 0; i < kDraws; ++i) {
    chance::Stream stream(seed, static_cast<std::uint64_t>(i));
    const double spent = std::max(chance::quantile(minutes, stream.uniform()), 0.0);
    const double price = std::max(chance::quantile(hourly, stream.uniform()), 0.0);
    draws.push_back(spent / 60 * price);
  }
  return chance::estimate_of(draws, seed);
}

}  // namespace daytwo::learn
