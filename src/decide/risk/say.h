// A portfolio in words: one sentence, the appetite, how far the engines agree, a small chart, and
// the one page for a leader.
// Thread rule: pure functions over plain values.
#pragma once

#include <string>
#include <vector>

#include "decide/risk/portfolio.h"

namespace daytwo::decide::risk {

// "A year costs $410k on average (90 %: $60k to $1.4M). 1 in 100 costs more than $2.1M; ..."
[[nodiscard]] std::string sentence(const Portfolio& portfolio);

// Whether the appetite holds, with the chance and its error; empty when none is stated.
[[nodiscard]] std::string appetite_words(const Portfolio& portfolio);

// "Monte Carlo agrees with exact within 0.4 sigma over 100,000 years", or why they are not
// compared.
[[nodiscard]] std::string agreement(const YearOfLoss& year, std::size_t years);

// Lines of a chart of the losses that one year in N exceeds, on one logarithmic axis.
[[nodiscard]] std::vector<std::string> chart(const Portfolio& portfolio);

// One page of Markdown.
[[nodiscard]] std::string one_pager(const Portfolio& portfolio);

}  // namespace daytwo::decide::risk
