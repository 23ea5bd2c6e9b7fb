// What one step of observing brings: measurements for the store, facts for the journal.
#pragma once

#include <string_view>
#include <vector>

#include "facts/record.h"
#include "series/sink.h"

namespace daytwo::observe {

// The yield of one step. Either part may be empty. Records carry no id: the journal gives it.
struct Observation {
  series::Batch batch;
  std::vector<facts::Record> records;
};

// The engines named in records, with the version of what they mean.
inline constexpr std::string_view kNodeEngine = "observe.node/1";
inline constexpr std::string_view kProbeEngine = "observe.probe/1";
inline constexpr std::string_view kFeedEngine = "observe.feeds/1";
inline constexpr std::string_view kImportEngine = "observe.importer/1";
inline constexpr std::string_view kReceiveEngine = "observe.receive/1";

}  // namespace daytwo::observe
