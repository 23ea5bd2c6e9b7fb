// The two readers of a stake: the strict form (stakes.h), and the one for the order in which people
// say it ("when checkout is down we lose $2k an hour"). Both give what was heard; stakes.cc makes a
// stake of it.
// Thread rule: pure functions over plain values.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "model/grammar.h"
#include "model/sentence.h"
#include "model/stakes.h"

namespace daytwo::model {

// A word for what is priced, and how many of the stake's own unit one of it is.
struct PricedThing {
  std::string_view word;
  StakeOf of;
  double units;
};

// The row of `word` ("hour", "person-day", "record"), or null.
[[nodiscard]] const PricedThing* find_priced_thing(std::string_view word);

// A stake as heard: money for one `thing`.
struct HeardStake {
  PricedThing thing{};
  std::string service;  // empty: any
  Quantity worth;       // of one thing
  std::string source;   // what was said behind ", source"
};

// What a strict sentence is about: "an hour of checkout down costs".
struct StakeSubject {
  PricedThing thing{};
  std::string service;
};

// Reads the strict form up to its price. Errors: kInvalid with the column and the form.
[[nodiscard]] Result<StakeSubject> read_stake_subject(Grammar& grammar);

// Reads money above 0 that a distribution fits. Errors: kInvalid with the column.
[[nodiscard]] Result<Quantity> read_stake_price(Grammar& grammar);

// Reads `text` with its words in any order. Nothing is guessed: a word without a known meaning is
// the name of the service, a second one ends the reading; an hour is one of being down only where
// the text says so. `strict` is why the strict form refused it, and stays the answer for a text
// without money.
// Errors: kInvalid with the column and a sentence to write instead.
[[nodiscard]] Result<HeardStake> read_plain_stake(std::string_view text, Error strict);

}  // namespace daytwo::model
