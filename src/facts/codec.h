// How a record is stored: its head and its body as JSON, each with a version. Old versions are read
// for ever.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "facts/record.h"

namespace daytwo::facts {

// A record split as the ledger keeps it; id, ts, key, subject and state have columns of their own.
struct StoredRecord {
  std::string kind;
  std::string head;  // causes, inputs, seed, engine, amounts, sentence, coverage
  std::string body;  // the typed struct of this kind
};

// The version that this program writes.
inline constexpr int kRecordVersion = 1;

// The bytes to store; always succeeds.
[[nodiscard]] StoredRecord encode(const Record& record);

// Fills everything but the columns. `room` tells findings from sightings of old files. Errors:
// kCorrupt, naming the kind.
[[nodiscard]] Result<Record> decode(std::string_view room, const StoredRecord& stored);

// One JSON text for a whole record, as agents send sightings. Errors of parsing: kInvalid with
// diagnostics.
[[nodiscard]] std::string to_line(const Record& record);
[[nodiscard]] Result<Record> parse_line(std::string_view line, std::string source);

}  // namespace daytwo::facts
