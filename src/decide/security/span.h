// Span: one exposure and when it was open, folded from its records in the journal.
// Thread rule: plain values.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/journal.h"

namespace daytwo::decide::security {

// Half open; an exposure that still stands has no end (`still_open`).
struct OpenTime {
  Timestamp from;
  Timestamp to;
  bool still_open = false;
};

// A vulnerability in one package of one host, in whatever runs it there.
struct ExposureSpan {
  std::string key;    // of its worry
  std::string title;  // "CVE-2024-1 in openssl"
  std::string host;
  std::set<std::string> services;  // that it was ever seen in
  std::vector<OpenTime> open;      // rising; at least one
  Timestamp published;             // 0 = not known
  Timestamp exploited;             // known to be exploited since; 0 = not known to be
  std::optional<chance::Estimate> events_per_year;  // as judged last; none = no likelihood is known
  std::string next_step;

  [[nodiscard]] bool still_open() const { return open.back().still_open; }
  // When daytwo saw it first.
  [[nodiscard]] Timestamp seen() const { return open.front().from; }
};

// The exposure under one key, from its records, oldest first; nothing for what is no single
// exposure (the line of a host's installed packages).
[[nodiscard]] std::optional<ExposureSpan> span_of(std::span<const facts::RecordPtr> history);

// Every exposure that was open at some instant of [from, to], by key. Errors: of the journal;
// kLimit when more than 100,000 records would have to be read.
[[nodiscard]] Result<std::vector<ExposureSpan>> load_spans(const facts::Journal& journal,
                                                           Timestamp from, Timestamp to);

// From when on packages were held against advisories, from the records of `source/exposure`, oldest
// first; nothing when they never were.
[[nodiscard]] std::optional<Timestamp> matched_since(std::span<const facts::RecordPtr> source);

}  // namespace daytwo::decide::security
