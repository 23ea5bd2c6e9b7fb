// Worth: one option against doing nothing and against what it excludes, to its verdict [worth.md
// 9, 10, 11.1].
// Thread rule: plain values, pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/worth/knowing.h"
#include "decide/worth/read.h"
#include "decide/worth/studied.h"
#include "model/tripwire.h"
#include "model/verdict.h"

namespace daytwo::decide::worth {

// How this room signs these answers; raised when a change moves bits.
inline constexpr std::string_view kEngine = "decide.worth/1";

// One alternative over the life, in the model's currency.
struct Standing {
  std::string name;
  chance::Estimate net;
  chance::Estimate net_a_year;  // the same each year, in today's money
  chance::Estimate saves;       // losses avoided and money brought, over the life
  chance::Estimate costs;
  double chance_pays = 0;  // share of worlds in which it is worth more than nothing
  double chance_best = 0;  // share in which no alternative is worth more
};

// A figure that some worlds do not have.
struct Sometimes {
  std::optional<chance::Estimate> when;  // over the worlds that have it
  double share = 0;                      // of the worlds
};

// What knowing one input exactly is worth before the choice (EVPPI).
struct Known {
  std::size_t input = 0;
  double value = 0;
};

// Who bears the loss, a year, on the worries that the option acts on.
struct Bearing {
  chance::Estimate skipped;  // if nothing is done
  chance::Estimate taken;    // with the option
};

// The whole answer, with all that opens it.
struct Worth {
  Reading reading;
  model::Verdict verdict = model::Verdict::kUndecided;
  std::string sentence;
  std::size_t best = 0;             // alternative with the highest mean
  std::vector<Standing> standings;  // as the alternatives of the reading; [0] is nothing
  Sometimes payback;                // years until the discounted flows come back
  Sometimes internal;               // internal return, a year
  std::vector<Flip> flips;          // nearest first
  double knowing = 0;               // everything (EVPI)
  std::vector<Known> inputs;        // most worth knowing first
  std::vector<Studied> studies;     // best first
  bool clear = false;               // no study is worth its cost: stop
  Bearing ours;
  std::optional<Bearing> theirs;            // customers and the public; not weighted
  double weight = 1;                        // that theirs counts with, mean
  std::optional<model::Tripwire> tripwire;  // of what is left
  chance::Seed seed;
};

// Where the choice flips first, to be watched: the nearest flip that a query watches; else the
// nearest, and a day to look again. Nothing where no input flips it.
[[nodiscard]] std::optional<model::Tripwire> tripwire_of(const Worth& worth, Timestamp now);

// `studies` as parse_study reads them, beside those of the file and the generic ones. Same reading,
// seed and now: same answer, bit for bit. Errors: the studies'.
[[nodiscard]] Result<Worth> weigh(Reading reading, const std::vector<std::string>& studies,
                                  chance::Seed seed, Timestamp now);

}  // namespace daytwo::decide::worth
