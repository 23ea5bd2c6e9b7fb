// The codec of sealed frames: up to 128 floats with their times, bit for bit, in as few bytes as a
// cheap choice among a few forms allows. Times: a constant step, or packed differences of
// differences. Values: a constant; decimals (an integer over 10^k, then the best of no, first or
// second differences, packed; NaN, infinities and -0 as exceptions); for doubles of full precision
// the smaller of ranks (their bits as ordered integers, packed the same way) and XOR of neighbours
// [Pelkonen et al. 2015, "Gorilla", 4.1.2]; or raw.
// Sources: metrics.md 7.3; the decimal form follows Afroozeh et al. 2023, "ALP", in its check that
// decoding gives the input back, else another form is taken.
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::store {

// Samples a frame holds at most.
inline constexpr std::size_t kFrameSamples = 128;

// Appends one frame. REQUIRES: 1 to 128 samples, as many times as values.
void encode_frame(std::span<const Timestamp> times, std::span<const double> values,
                  std::string& out);

// Appends the frame's samples to both columns. Errors: kCorrupt, and then the columns are as
// before. Cost: about 3 ns a sample for decimals.
[[nodiscard]] Result<void> decode_frame(std::string_view frame, std::vector<Timestamp>& times,
                                        std::vector<double>& values);

}  // namespace daytwo::store
