// Advisories as the matcher reads them: what a feed says, freed of its file format.
// Model: the OSV schema 1.7 [ossf.github.io/osv-schema], CISA's catalogue of known exploited
// vulnerabilities (KEV), FIRST.org's EPSS. Thread rule: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"

namespace daytwo::model {

// What an event of a range says about versions at and above it [OSV schema, affected[].ranges[]].
enum class RangeEdge : std::uint8_t { kIntroduced, kFixed, kLastAffected, kLimit };

// One event of a range. `version` as written; "0" under kIntroduced is below every version and "*"
// under kLimit is above every version.
struct RangeEvent {
  RangeEdge edge = RangeEdge::kIntroduced;
  std::string version;
  bool operator==(const RangeEvent&) const = default;
};

// Which order the events of a range are compared in. Commits have no order without a repository.
enum class RangeType : std::uint8_t { kSemver, kEcosystem, kGit };

// A range of affected versions: its events in the order of the list.
struct AffectedRange {
  RangeType type = RangeType::kEcosystem;
  std::vector<RangeEvent> events;
  bool operator==(const AffectedRange&) const = default;
};

// One package that a record names.
struct Affected {
  std::string ecosystem;  // "Debian:12", "Go", "PyPI"
  std::string package;    // as the ecosystem spells it; for Debian the source package
  std::vector<AffectedRange> ranges;
  std::vector<std::string> versions;  // enumerated affected versions
  bool operator==(const Affected&) const = default;
};

// One record of an OSV feed. A withdrawn record affects nothing.
struct OsvRecord {
  std::string id;
  Timestamp modified;                 // 0 = not stated; of two records with one id the later counts
  Timestamp published;                // 0 = not stated
  Timestamp withdrawn;                // 0 = stands
  std::vector<std::string> aliases;   // the same vulnerability: symmetric, transitive
  std::vector<std::string> upstream;  // directed: carries signals down, merges nothing
  std::vector<std::string> related;   // never merges
  std::string summary;
  std::vector<std::string> cvss;  // vectors as written, of the record and of its packages
  std::vector<Affected> affected;
  bool operator==(const OsvRecord&) const = default;
};

// One entry of KEV: exploited somewhere, a dated fact.
struct KevEntry {
  std::string cve;
  std::string name;
  Timestamp added;
  Timestamp due;  // for US federal agencies [BOD 22-01]; 0 = none
  bool ransomware = false;
  bool operator==(const KevEntry&) const = default;
};

// One EPSS score: the chance that exploit activity is seen anywhere within 30 days.
struct EpssScore {
  std::string cve;
  double probability = 0;  // 0 to 1
  double percentile = 0;   // 0 to 1
  bool operator==(const EpssScore&) const = default;
};

// Everything read from the files of key `advisories`, in the order read. A kind that was not
// configured is empty and its flag false: nothing can be said about it.
struct AdvisoryFeeds {
  std::vector<OsvRecord> osv;
  std::vector<KevEntry> kev;
  std::vector<EpssScore> epss;
  Timestamp epss_dated;  // score_date; 0 = not stated
  bool has_osv = false;
  bool has_kev = false;
  bool has_epss = false;
};

}  // namespace daytwo::model
