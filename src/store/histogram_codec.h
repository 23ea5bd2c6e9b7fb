// Native histograms in bytes: plain and honest, one after the other, every double as its bits.
// Blocks compress them with zstd around this form.
// Thread rule: pure functions.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "series/value.h"
#include "store/bytes.h"

namespace daytwo::store {

// One histogram at one instant.
struct HistogramSample {
  Timestamp at;
  std::shared_ptr<const series::FloatHistogram> histogram;  // never null
};

// Appends one histogram without its time.
void put_histogram(std::string& out, const series::FloatHistogram& histogram);

// Reads one histogram; null when the bytes are none. Counts are bounded by the bytes that are left,
// so no declared length is trusted.
[[nodiscard]] std::shared_ptr<const series::FloatHistogram> get_histogram(ByteReader& in);

// True when all fields agree bit for bit (NaN equals itself).
[[nodiscard]] bool same_bits(const series::FloatHistogram& a, const series::FloatHistogram& b);

}  // namespace daytwo::store
