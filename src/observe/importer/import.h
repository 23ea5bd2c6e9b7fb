// Imports: the team's own history, so that rates start from it: incidents, near misses, alerts,
// deploys, backlog items, as CSV (with a heading) or JSON (a list, or one object a line).
//   incidents  service, title, began; severity, ended, link
//   deploys    service, at; what (deploy, config, flag), version, by, link
//   near-misses  service, title, at; link
//   alerts     alert, at; service: one record for each day on which it began
//   items      service, title; state, owner, person_days, link
// All or nothing: with one broken line nothing is imported, and every broken line is named.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "facts/journal.h"
#include "facts/record.h"

namespace daytwo::observe {

enum class ImportKind { kIncidents, kDeploys, kItems, kNearMisses, kAlerts };

// The kind of `daytwo import KIND`: incidents, near-misses, alerts, deploys, items or
// backlog. Errors: kInvalid with the known words.
[[nodiscard]] Result<ImportKind> parse_import_kind(std::string_view word);

// What a kind reads: its columns as help shows them, and rows of an example with their heading.
struct ImportFormat {
  std::vector<std::string> required;
  std::vector<std::string> optional;
  std::string example;  // CSV that import_rows takes
};
[[nodiscard]] ImportFormat import_format(ImportKind kind);

// What was read.
struct Imported {
  std::vector<facts::Record> records;  // one a row, in order; ts is when it happened
  std::size_t rows = 0;
  std::vector<std::string> ignored;  // columns that mean nothing here
};

// Called about every thousand rows with rows done and rows in all.
using ImportProgress = std::function<void(std::size_t done, std::size_t total)>;

// Reads `text`, which came from `source` (a path). `now` bounds times: what is to come cannot be
// imported. Times: RFC 3339, "2026-11-22 17:00[:05]", "2026-11-22" (both UTC), seconds since the
// epoch. Errors: kInvalid with a diagnostic for each broken row (at most 100).
[[nodiscard]] Result<Imported> import_rows(ImportKind kind, std::string_view text,
                                           std::string_view source, Timestamp now,
                                           const ImportProgress& progress = {});

// Takes out what the journal holds already under the same key with the same facts; returns how
// many. What changed stays, as a change.
std::size_t drop_known(std::vector<facts::Record>& records, const facts::Snapshot& snapshot);

}  // namespace daytwo::observe
