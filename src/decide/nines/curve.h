// The curve of nines: what each quarter nine more costs and saves, where the optimum lies, and
// which promise cannot be kept [worth.md 12]. Pure: reading.h makes the question from what is
// declared and measured.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chance/distribution.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/plan/problem.h"
#include "decide/plan/worlds.h"
#include "model/contract.h"

namespace daytwo::decide::nines {

using plan::Draws;

// One cause of downtime. Draws are hours a year, one a world (decide::kWorlds of them).
struct Part {
  std::string name;  // of the worry, or "what was measured"
  Draws hours;
  double events = 0;                         // a year, the mean; 0 = a little all the time
  std::optional<chance::Distribution> size;  // hours of one event
};

// What the service cannot do without. Its own downtime is in the parts too.
struct Need {
  std::string name;  // "payments", "one of search-a and search-b"
  double availability = 1;
  double best = 1;     // with every listed option that helps it
  bool known = false;  // false: nothing is known of it, and it counts as never down
};

// A contract with its fee in each world.
struct Credits {
  model::Contract contract;
  Draws fee;  // money a year
};

// All that the curve depends on.
struct Question {
  std::string service;
  std::string currency;
  std::vector<Part> parts;
  Draws hour;  // money an hour of downtime; empty = nobody has said
  std::vector<Need> needs;
  std::vector<Credits> contracts;
  plan::Problem levers;  // causes: the parts, in hours a year; options with their cost a year
  plan::Worlds worlds;   // of the levers: costs, stops and cuts
  std::vector<std::string> notes;
};

// What is known of reaching a level.
enum class Reach : std::uint8_t {
  kNow,         // where the service stands
  kOptions,     // the listed options reach it
  kNoOption,    // no listed option does: its price is unknown
  kImpossible,  // what the service depends on does not allow it
};
// The names of Reach: "now", "options", "no option", "impossible".
constexpr std::array<std::string_view, 4> json_names(Reach) {
  return {"now", "options", "no option", "impossible"};
}

// One level. Money is a year's, in the question's currency.
struct Step {
  double nines = 0;
  double hours = 0;  // of downtime a year, expected; today's uncertainty scales with it
  Reach reach = Reach::kNoOption;
  plan::Set set = 0;          // the cheapest that reaches it
  chance::Estimate loss;      // of the hours
  chance::Estimate owed;      // credits we owe
  chance::Estimate received;  // credits we get
  chance::Estimate spend;     // of the set; nothing for kNoOption and kImpossible
  chance::Estimate total;     // spend + loss + owed - received
};

// A promise somebody has made, and whether it can be kept.
struct Promise {
  std::string to;
  double availability = 0;
  bool kept = false;      // at today's expectation
  bool possible = false;  // under the ceiling
};

struct Curve {
  std::vector<Step> steps;  // rising; steps[now] is where the service stands
  std::size_t now = 0;
  std::size_t best = 0;        // of least expected total among those whose spend is known
  std::size_t flat_first = 0;  // around the best: totals within kFlat of its own
  std::size_t flat_last = 0;
  chance::Estimate hours_now;  // a year
  double ceiling = 1;          // availability, with everything of its own perfect and every
                               // listed option that helps what it needs
  double ceiling_low = 1;      // the same if the needs never fail together [Frechet]
  // The next quarter nine.
  std::optional<std::size_t> next;
  chance::Estimate saves;  // loss and credits
  double chance_pays = 0;  // that it saves more than it costs; 0 where the price is unknown
  std::vector<Promise> promises;
};

// Raised when a change moves numbers; stored with every result.
inline constexpr std::string_view kEngine = "decide.nines/1";
// A quarter of a nine is a factor 10^0.25 in downtime.
inline constexpr double kStep = 0.25;
// Totals that differ by less than this share of the best are as good as it.
inline constexpr double kFlat = 0.1;
// Options that are tried in all their combinations; of more, those that take most downtime for
// their money.
inline constexpr std::size_t kTried = 14;

// Draws the curve up to `most_nines`, or a nine above today where that is more. Errors: those of
// the exact engine; kInvalid for rules of the options that contradict each other. REQUIRES: a
// part, a price of the hour, columns of kWorlds draws.
// Cost: 2^14 sets at most, some 30 transforms a contract.
[[nodiscard]] Result<Curve> draw_curve(const Question& question, double most_nines,
                                       chance::Seed seed);

// The answer in one sentence, and why each level that cannot be had cannot.
[[nodiscard]] std::string sentence(const Question& question, const Curve& curve);
[[nodiscard]] std::string why(const Question& question, const Curve& curve, const Step& step);
// The same in a few words.
[[nodiscard]] std::string why_in_short(const Question& question, const Step& step);

}  // namespace daytwo::decide::nines
