// Event: what one event of a worry costs, drawn: our own loss by part, and beside it the harm that
// customers or the public bear. Money only: natural units are priced by the stakes.
// Thread rule: plain values.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "chance/seed.h"
#include "decide/history.h"
#include "model/stakes.h"
#include "model/worry_file.h"

namespace daytwo::decide::risk {

// A column of one part, in money, one value a draw.
struct EventPart {
  std::string name;
  bool harm = false;
  bool late = false;  // lands over years
  std::vector<double> draws;
};

// One event, drawn many times. `own` and `harm` are the sums of their parts; where a limit on the
// whole event holds, the own parts are cut in proportion.
struct Event {
  std::string currency;
  std::vector<EventPart> parts;
  std::vector<double> own;
  std::vector<double> harm;
};

// How events are drawn. Named quantities and stakes draw from `seed`, so that two worries which use
// one share it; all else from `seed` and the worry's id.
struct EventOptions {
  std::size_t draws = 4'096;
  chance::Seed seed;
  const History* history = nullptr;  // what teaches how long events take; may be null
  // What 1 of our own loss that lands over years counts; 1 as insurers count a year, below where
  // money that comes later is worth less.
  double worth_of_late = 1;
};

// Events of `worry` alone, without what it triggers. Errors: kNotFound for a natural unit without a
// stake, with the sentence that would price it; kInvalid for two currencies or a sentence that does
// not read.
[[nodiscard]] Result<Event> draw_event(const model::FiledWorry& worry, const model::Stakes& stakes,
                                       const EventOptions& options);

// Events of `worry` with all that they set off among `all`: each trigger happens with its chance,
// each worry at most once an event, and lasts as long as the one that began it.
[[nodiscard]] Result<Event> draw_chain(const model::FiledWorry& worry,
                                       const std::vector<model::FiledWorry>& all,
                                       const model::Stakes& stakes, const EventOptions& options);

// The share of its events in which a worry sets off each of the others, on the way over others,
// too. Those that it never sets off are left out.
[[nodiscard]] std::map<std::string, double> set_off(const model::FiledWorry& worry,
                                                    const std::vector<model::FiledWorry>& all,
                                                    chance::Seed seed);

// The share of what an event costs us that the worry's limit on the whole event leaves, on average;
// 1 without a limit. The event is one that `origin` began. Errors: as draw_event.
[[nodiscard]] Result<double> kept_by_limit(const model::FiledWorry& worry,
                                           const model::FiledWorry& origin,
                                           const model::Stakes& stakes, chance::Seed seed,
                                           const History& history);

// Whether a loss in this unit, said to take so many years to come, lands over years: costs of
// records that escaped always do.
[[nodiscard]] bool lands_late(const std::string& unit, double over_years);

// True when one sentence says all of the worry: no parts, no harm, no limit, no triggers.
[[nodiscard]] bool is_plain(const model::FiledWorry& worry);

}  // namespace daytwo::decide::risk
