// The border for writing: whoever makes samples durable. Acknowledged = durable: append returns
// after the bytes are in stable storage (as far as the sink's `sync` setting promises). Thread
// rule: append may be called from any thread at once.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "series/labels.h"
#include "series/source.h"
#include "series/value.h"

namespace daytwo::series {

// New samples of one series, in any order.
struct SeriesSamples {
  Labels labels;
  std::vector<Sample> samples;
};

// What one request, scrape or scan brings. All or nothing unless `partial`.
struct Batch {
  std::vector<SeriesSamples> series;
  std::vector<Metadata> metadata;
  bool partial = false;  // true: keep what is valid, report the rest (remote write 2.0, scrapes)
};

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

  // Stores the batch. Repeating a stored (series, time, bits) is fine and counts as written.
  // Errors: kInvalid (out of bounds, duplicate timestamp with another value, bad labels: the text
  // follows Prometheus's wording), kLimit (series budget), kUnavailable (disk full or the log is
  // closed after an unsure write). On error nothing is stored, unless batch.partial.
  [[nodiscard]] virtual Result<Appended> append(const Batch& batch) = 0;
};

}  // namespace daytwo::series
