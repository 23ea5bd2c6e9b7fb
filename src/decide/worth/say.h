// The worth of an option in words.
#pragma once

#include <string>

#include "decide/worth/answer.h"

namespace daytwo::decide::worth {

// "$2.1M a year", "3.2 hours of service lost", "40 %": a value of this input.
[[nodiscard]] std::string value_words(const Input& input, double value);

// "the contract base is more than $48M": where the flip lies.
[[nodiscard]] std::string condition(const Input& input, const Flip& flip);

// The verdict, its reason and what would flip it.
[[nodiscard]] std::string sentence(const Worth& worth);

// "If it is skipped, we lose $23k a year and customers bear $110k (counted with weight 1); ..."
[[nodiscard]] std::string who_bears(const Worth& worth);

// "half a day of looking: worth $1.2k, costs $450, changes the choice with chance 12 %, narrows the
// interval of its worth from $90k to $60k".
[[nodiscard]] std::string words(const Worth& worth, const Studied& studied);

}  // namespace daytwo::decide::worth
