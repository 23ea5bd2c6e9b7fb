// Remote read 1.0, the asking side: a request for raw samples, and the answer in the form SAMPLES
// [prompb/remote.proto, prompb/types.proto; metrics.md 2.2].
//   ReadRequest{queries=1, accepted_response_types=2}; Query{start=1, end=2, matchers=3, hints=4}
//   LabelMatcher{type=1, name=2, value=3}; ReadHints{step=1, func=2, start=3, end=4, range=7}
//   ReadResponse{results=1}; QueryResult{timeseries=1}; TimeSeries{labels=1, samples=2,
//   histograms=4}; Label{name=1, value=2}; Sample{value=1, timestamp=2}
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "series/source.h"

namespace daytwo::wire {

// The headers that go with a request's body; the answer has the same type and encoding.
inline constexpr std::string_view kRemoteReadType = "application/x-protobuf";
inline constexpr std::string_view kRemoteReadEncoding = "snappy";
inline constexpr std::string_view kRemoteReadVersion = "0.1.0";

// Most bytes that an answer may unpack to. A float sample takes 18 bytes or less, so this is
// 14 million samples: more than a page asks for, and what a server of 1 GB survives.
inline constexpr std::size_t kMaxReadBytes = 256U << 20U;

// One query, packed. `range` includes both ends, as the protocol means it.
[[nodiscard]] std::string encode_read_request(std::span<const series::Matcher> matchers,
                                              series::TimeRange range, const series::Hints& hints);

// The series of an answer to one query, sorted by labels, each column in strictly growing time:
// label sets that come twice are joined, and of two samples at one time the first stays. Stale
// markers keep their bits. Series without samples are left out.
// Errors: kInvalid (no snappy, no ReadResponse, a bad histogram, a label that is not UTF-8), kLimit
// (more than `max_samples`, 0 = no limit; more than kMaxReadBytes).
[[nodiscard]] Result<std::vector<series::SeriesColumn>> decode_read_response(
    std::string_view body, std::size_t max_samples);

}  // namespace daytwo::wire
