// Remote write 1.0: bytes of a request to a batch for a Sink [Prometheus remote write specification
// 1.0; prometheus.WriteRequest]. Who answers with which status is api's business:
//   kInvalid  400, the sender must not repeat it      kLimit  413, the body is too large
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "series/sink.h"

namespace daytwo::wire {

// A decoded request. Series whose labels break the rules are left out and counted: the rest of the
// request is good, and answering an error would make the sender drop all of it.
struct WriteRequest {
  series::Batch batch;
  std::size_t samples = 0;
  std::size_t histograms = 0;
  std::size_t exemplars = 0;  // read over; not stored yet
  std::size_t skipped_series = 0;
  std::vector<std::string> skipped;  // why, at most 10
};

// Decodes `body`, which is snappy's block format when `compressed`. Errors: kInvalid (no snappy, no
// protobuf, bad histogram), kLimit (declares more than kMaxBodyBytes). Memory: a hostile body may
// grow about twentyfold, so at most 0.7 GB for 32 MB; ordinary ones about threefold.
[[nodiscard]] Result<WriteRequest> decode_write_request(std::string_view body, bool compressed);

}  // namespace daytwo::wire
