// A worry in the order in which people say it: "payments goes down twice a year for 2h to 8h". The
// strict form (sentence.h) begins with how often; here how often and how bad may stand anywhere,
// and what is left is what happens. Nothing is guessed: what is not found is named, with the
// sentence to write instead. Thread rule: pure functions over plain values.
#pragma once

#include <string_view>

#include "base/error.h"
#include "base/result.h"
#include "model/sentence.h"

namespace daytwo::model {

// Reads `text` with its parts in any order; numbers may be words ("two", "half a day"), and money
// for a period ("$4k a month") is a loss that comes once in each; so does what happens "every
// Black Friday". `heard` of the answer says which
// words were taken for what. `strict` is why the strict form refused it, and stays the answer for a
// text that begins like one (with how often) and holds no second part to point at.
// Errors: kInvalid with the column and a whole sentence to write: for a missing part, one end alone
// ("up to $20M"), two frequencies, or words after the loss whose meaning is not known.
[[nodiscard]] Result<WorrySentence> read_plain_words(std::string_view text, Error strict);

}  // namespace daytwo::model
