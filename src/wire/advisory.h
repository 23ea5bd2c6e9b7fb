// Advisory feeds as their producers write them: OSV [ossf.github.io/osv-schema 1.7], CISA KEV
// [cisa.gov, known_exploited_vulnerabilities_schema.json], FIRST.org EPSS [first.org/epss, CSV].
// A bad record is skipped, counted and named; it never costs the feed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace daytwo::wire {

// Bounds of one record; more is a bad record.
inline constexpr std::size_t kMaxAdvisoryBytes = 8U << 20U;
inline constexpr std::size_t kMaxAdvisoryString = 64U << 10U;
inline constexpr std::size_t kMaxAdvisoryRows = 100'000;
inline constexpr std::size_t kMaxAdvisoryDepth = 64;

// One event of a range, in the order of the list.
struct OsvEvent {
  enum class Edge : std::uint8_t { kIntroduced, kFixed, kLastAffected, kLimit };
  Edge edge = Edge::kIntroduced;
  std::string version;
};

// A range of affected versions.
struct OsvRange {
  enum class Type : std::uint8_t { kSemver, kEcosystem, kGit };
  Type type = Type::kEcosystem;
  std::vector<OsvEvent> events;
};

// One package that a record names.
struct OsvAffected {
  std::string ecosystem;
  std::string package;
  std::vector<OsvRange> ranges;
  std::vector<std::string> versions;
};

// One record.
struct OsvRecord {
  std::string id;
  Timestamp modified;   // 0 = not stated
  Timestamp published;  // 0 = not stated
  Timestamp withdrawn;  // 0 = stands
  std::vector<std::string> aliases;
  std::vector<std::string> upstream;
  std::vector<std::string> related;
  std::string summary;
  std::vector<std::string> cvss;  // vectors of the record and of its packages
  std::vector<OsvAffected> affected;
};

// One entry of KEV.
struct KevEntry {
  std::string cve;
  std::string name;
  Timestamp added;
  Timestamp due;  // 0 = none
  bool ransomware = false;
};

// One score of EPSS.
struct EpssScore {
  std::string cve;
  double probability = 0;
  double percentile = 0;
};

// What was left out of a feed.
struct Skipped {
  std::size_t count = 0;
  std::string first;  // "line 12, CVE-2020-1: event with two keys"

  // Counts one more.
  void add(std::size_t line, std::string_view record, std::string_view why);
};

// An OSV file.
struct OsvFeed {
  std::vector<OsvRecord> records;
  Timestamp newest;  // the latest `modified`
  Skipped skipped;
};

// A KEV file.
struct KevFeed {
  std::vector<KevEntry> entries;
  Timestamp released;
  Skipped skipped;
};

// An EPSS file.
struct EpssFeed {
  std::vector<EpssScore> scores;
  Timestamp dated;
  std::string model;  // model_version as written
  Skipped skipped;
};

// Reads one record, an array of records, or one record a line. Never fails: what is no record is
// skipped.
[[nodiscard]] OsvFeed parse_osv(std::string_view text);

// Errors: kInvalid when it is no KEV catalogue.
[[nodiscard]] Result<KevFeed> parse_kev(std::string_view text);

// Reads `cve,epss,percentile` with an optional `#model_version:..,score_date:..` above it; a
// semicolon separates as well. Errors: kInvalid when the columns are others.
[[nodiscard]] Result<EpssFeed> parse_epss(std::string_view text);

}  // namespace daytwo::wire
