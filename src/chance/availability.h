// Availability: that of a whole from that of its parts [worth.md 12]. Availability is a
// share of time in [0, 1].
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace daytwo::chance {

// -log10(1 - availability): 0.999 has 3. Infinite for 1. REQUIRES: 0 <= availability <= 1.
[[nodiscard]] double nines_of(double availability);
// "99.95 %": enough digits that a nine more is seen.
[[nodiscard]] std::string percent_words(double availability);
// The same without zeros at its end: "99.9 %", "99 %".
[[nodiscard]] std::string short_percent_words(double availability);
// 1 - 10^-nines. REQUIRES: nines >= 0.
[[nodiscard]] double availability_of(double nines);
// MTBF / (MTBF + MTTR). REQUIRES: both above 0, in one unit.
[[nodiscard]] double availability_of(double between_failures, double to_repair);

// All parts must work, and they fail independently: the product. 1 for no parts.
[[nodiscard]] double in_series(std::span<const double> parts);
// At least `need` of the parts must work, and they fail independently. 0 when there are fewer.
// Cost: need * parts.
[[nodiscard]] double some_of(std::size_t need, std::span<const double> parts);
// The same for equal parts that share a cause: of each part's unavailability q, beta * q takes all
// of them at once, the rest one alone [Fleming 1975; NUREG/CR-4780].
// REQUIRES: 0 <= beta <= 1.
[[nodiscard]] double some_of_with_common_cause(std::size_t need, std::size_t parts,
                                               double availability, double beta);
// A part that only `share` of the requests need.
[[nodiscard]] double soft(double availability, double share);

// Bounds that hold however the parts hang together [Frechet]: of all working, and of one working.
struct Bounds {
  double low = 0;
  double high = 1;
};
[[nodiscard]] Bounds bounds_in_series(std::span<const double> parts);
// Of at least `need` of the parts working, each within bounds of its own [Rueger 1978, Metrika
// 25:115]. REQUIRES: 1 <= need <= parts.
[[nodiscard]] Bounds bounds_of_some(std::size_t need, std::span<const Bounds> parts);

// What each of `parts` equal critical dependencies must have for the whole to have `nines`, when
// the whole itself never fails [Treynor et al. 2017, ACM Queue 15(2): the rule of the extra nine].
[[nodiscard]] double nines_needed_of_each(double nines, std::size_t parts);

}  // namespace daytwo::chance
