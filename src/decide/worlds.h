// Worlds: what we do not know about a case, drawn together, and what each world makes acting worth.
// A world fixes the parameters; luck within a world is averaged out, so that a rare catastrophe
// with a cheap cure is worth acting on although most years show no benefit.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/case.h"

namespace daytwo::decide {

// Worlds drawn for one valuation. Each part is stratified (one draw in each of kWorlds slices), so
// means settle far faster than with independent draws.
inline constexpr std::size_t kWorlds = 4096;

// Values that stand for all worlds where they are drawn as dots.
inline constexpr std::size_t kDots = 20;

// Hours of one person that a study takes, and how much it teaches: `readings` observations as good
// as all that is known now, so it explains readings / (1 + readings) of the variance.
struct StudyPlan {
  std::string name;  // "half a day of looking"
  double hours = 0;
  double readings = 0;
  double delay_days = 0;
  [[nodiscard]] double share() const { return readings / (1 + readings); }
};

// The generic ones, always on the list: half a day, two days, five days. Half a day is assumed to
// teach as much as is known now.
[[nodiscard]] const std::array<StudyPlan, 3>& generic_studies();

// What a study is worth here.
struct StudyWorth {
  StudyPlan plan;
  double value = 0;        // before its cost
  double cost = 0;         // of the work
  double flip_chance = 0;  // that it changes what we do
  [[nodiscard]] double net() const { return value - cost; }
};

// The value of one case in one account: money, or hours of work.
struct Valuation {
  std::string account;     // currency code, or "person-hours"
  chance::Estimate loss;   // if left alone, in the window, in the account
  chance::Estimate units;  // the same in natural units (equal to loss when sized in money)
  chance::Estimate cost;   // of acting
  // Loss and units an hour: over the window, or while it burns.
  chance::Estimate loss_an_hour;
  chance::Estimate units_an_hour;
  chance::Estimate worth_raw;
  chance::Estimate worth;  // net, shrunk
  double chance_pays = 0;  // share of worlds in which acting pays
  double knowing = 0;      // value of knowing everything (EVPI)
  StudyWorth study;        // the best one by net value
  // Mean value of each part at which acting just pays, the others as drawn; nothing where no value
  // of it would flip the choice.
  std::array<std::optional<double>, kParts> break_even;
  // Net worth at the probabilities (i + 1/2) / kDots: each is as likely as any other.
  std::array<double, kDots> dots;
};

// Values `item` with its price and hour price as they are. REQUIRES: the parts needed: price unless
// the size is money; hour unless the work is nothing.
// Same case and seed, same bits. Cost: kWorlds draws of each part.
[[nodiscard]] Valuation value(const Case& item, chance::Seed seed);

// kWorlds stratified draws of `what`. Same distribution and seed, same bits.
[[nodiscard]] std::vector<double> draws_of(const chance::Distribution& what, chance::Seed seed);

// One part of the case in each world: of the size the mean of a world, luck averaged out; zeros for
// a part it does not have. Same case and seed, same bits, and the same draws as value() takes.
[[nodiscard]] std::vector<double> part_draws(const Case& item, Part part, chance::Seed seed);

// The loss of each world if left alone, in the account, not pulled. REQUIRES: a size in money or a
// price.
[[nodiscard]] std::vector<double> losses(const Case& item, chance::Seed seed);

// What knowing each part exactly is worth (EVPPI), 0 for points. REQUIRES: as value().
[[nodiscard]] std::array<double, kParts> knowing_parts(const Case& item, chance::Seed seed);

// Each generic study, in the order of generic_studies(). REQUIRES: as value().
[[nodiscard]] std::vector<StudyWorth> studies(const Case& item, chance::Seed seed);

// Mean of ln(loss in units) over the worlds and its variance, for the pull of the group; nothing
// for a loss of 0.
struct LogLoss {
  double mean = 0;
  double variance = 0;
};
[[nodiscard]] std::optional<LogLoss> log_loss(const Case& item, chance::Seed seed);

}  // namespace daytwo::decide
