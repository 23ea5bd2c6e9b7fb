// What an agent tells its server besides samples: sightings, one record a line (facts/codec.h).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "facts/record.h"

namespace daytwo::observe {

// The route that takes them, and the form of the body.
inline constexpr std::string_view kReportPath = "/api/daytwo/v1/in/sightings";
inline constexpr std::string_view kReportType = "application/x-ndjson";
// Records in one report; an agent splits what is more.
inline constexpr std::size_t kMaxReportRecords = 5'000;

// The body of a report.
[[nodiscard]] std::string to_report(std::span<const facts::Record> records);

// Checks what came as a report: an agent speaks of its own host only, and only of what it saw.
// Returns the host; empty for no records. Errors: kDenied (a record that is no sighting of a node
// observer, or a second host), kLimit (too many records).
[[nodiscard]] Result<std::string> check_report(std::span<const facts::Record> records);

}  // namespace daytwo::observe
