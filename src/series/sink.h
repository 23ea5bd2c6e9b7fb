// The border for writing: whoever makes samples durable. Acknowledged = durable: append returns
// after the bytes are in stable storage (as far as the sink's `sync` setting promises). Thread
// rule: append may be called from any thread at once.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "series/batch.h"

namespace daytwo::series {

// What became of a batch.
struct Appended {
  std::size_t samples = 0;
  std::size_t histograms = 0;
  std::size_t new_series = 0;
  std::vector<std::string> rejected;  // one sentence each, naming series and time; at most 10
  std::size_t rejected_count = 0;
};

// Where samples are appended: our store or a remote cluster.
class Sink {
 public:
  virtual ~Sink() = default;

  // Stores the batch; a Batch converts to a view of itself. Repeating a stored (series, time, bits)
  // is fine and counts as written. Errors: kInvalid (out of bounds, duplicate timestamp with
  // another value, bad labels: the text follows Prometheus's wording), kLimit (series budget),
  // kUnavailable (disk full or the log is closed after an unsure write). On error nothing is
  // stored, unless batch.partial.
  [[nodiscard]] virtual Result<Appended> append(const BatchView& batch) = 0;
};

}  // namespace daytwo::series
