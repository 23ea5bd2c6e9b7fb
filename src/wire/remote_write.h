// Remote write 1.0: bytes of a request to a batch for a Sink [Prometheus remote write specification
// 1.0; prometheus.WriteRequest]. Who answers with which status is api's business:
//   kInvalid  400, the sender must not repeat it      kLimit  413, the body is too large
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "series/batch.h"

namespace daytwo::wire {

// A decoded request. Series whose labels break the rules are left out and counted: the rest of the
// request is good, and answering an error would make the sender drop all of it.
// No text is copied: labels point into the bytes of the request, see series/batch.h. Moving it
// keeps the batch valid.
struct WriteRequest {
  series::BatchView batch;
  std::size_t samples = 0;
  std::size_t histograms = 0;
  std::size_t exemplars = 0;  // read over; not stored yet
  std::size_t skipped_series = 0;
  std::vector<std::string> skipped;  // why, at most 10

  // What the batch points to.
  std::unique_ptr<const std::string> bytes;  // unpacked; none: the body itself
  std::vector<series::LabelView> labels;
  std::vector<series::Sample> values;
  std::vector<series::Metadata> metadata;
};

// Decodes `body`, which is snappy's block format when `compressed`; else the request borrows it.
// Errors: kInvalid (no snappy, no protobuf, bad histogram), kLimit (declares more than
// kMaxBodyBytes). Memory: a hostile body may grow about 25 times, so at most 0.8 GB for 32 MB;
// ordinary ones about threefold. Cost: about 40 ns a label, most of it checking.
[[nodiscard]] Result<WriteRequest> decode_write_request(std::string_view body, bool compressed);

}  // namespace daytwo::wire
