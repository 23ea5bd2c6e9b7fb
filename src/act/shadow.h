// Waiting against waking, in the shadow: what letting this person sleep would have cost, and what
// waking costs. Every page is sent all the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "facts/record.h"
#include "model/mending.h"
#include "model/people.h"

namespace daytwo::act {

// What people said about earlier pages of the same words.
struct Votes {
  std::int64_t useful = 0;
  std::int64_t noise = 0;
};

// One page that is about to go out.
struct Waking {
  const facts::Record& finding;
  const facts::Record* verdict = nullptr;  // its newest verdict, which holds the loss an hour
  const model::Person& person;             // who would be woken
  const model::People& people;
  Votes votes;
  model::Mending mending;  // how long its team takes
  std::string epoch;
  std::int64_t step = 0;
};

// The kShadow Deed under the worry's key: both sides with their intervals, and which is the
// cheaper; without prices both sides in their own units, and the one thing that is missing. Money
// is never assumed: what is, the minutes awake and how long it burns, is named in the trace.
// Same inputs: same record, bit for bit. Cost: below 5 ms.
[[nodiscard]] facts::Record weigh_waking(const Waking& waking, Timestamp now);

// True when `shadow` says that something was missing.
[[nodiscard]] bool lacks_a_price(const facts::Record& shadow);

}  // namespace daytwo::act
