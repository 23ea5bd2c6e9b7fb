// The advisory index: which records hit an installed package, and how urgent each vulnerability is.
// Model: OSV evaluation [ossf.github.io/osv-schema, "Evaluation"]; union-find over aliases; signals
// (EPSS, KEV) join on CVE. Thread rule: immutable after construction; any thread may match.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "model/software/advisory.h"
#include "model/software/version.h"

namespace daytwo::model {

// What is known of one vulnerability under all its names.
struct Vulnerability {
  std::string name;              // a CVE where one is known, else the record's id
  std::vector<std::string> ids;  // all names, sorted
  std::string summary;
  std::vector<std::string> cvss;
  Timestamp published;         // the first of its records; 0 = none says
  std::optional<double> epss;  // worst of its CVEs; none = not in the feed, or no feed
  std::optional<double> percentile;
  std::optional<KevEntry> kev;
};

// One record that hits a version.
struct Hit {
  std::uint32_t vulnerability = 0;  // index for AdvisoryIndex::vulnerability
  std::string record;               // id of the OSV record
  std::string fixed;                // lowest fixed version above; empty = none is stated
  bool ambiguous = false;           // its ranges overlap or are inverted
};

// What matching one package gives. `unparsable` is never "not affected".
struct Matched {
  std::vector<Hit> hits;
  bool unparsable = false;
};

// Whether `version` is affected: an entry of `versions` equals it, or it lies in a range. Events
// are sorted by version, stable, and walked. Nothing when `version` is none in the order.
struct Evaluation {
  bool affected = false;
  bool ambiguous = false;
  std::string fixed;
};
[[nodiscard]] std::optional<Evaluation> evaluate(const Affected& affected, VersionOrder order,
                                                 std::string_view version);

class AdvisoryIndex {
 public:
  AdvisoryIndex() = default;
  // Drops withdrawn records; of one id the later modified counts.
  explicit AdvisoryIndex(AdvisoryFeeds feeds);

  // The records that hit `version` of `package` in `ecosystem` ("Debian:12"; the package is the
  // source package there), one per vulnerability, sorted by name. An entry without release applies
  // to every release, unless the record has one of this release.
  // Cost: one hash look-up and one key, then memcmp per range.
  [[nodiscard]] Matched match(std::string_view ecosystem, std::string_view package,
                              std::string_view version) const;

  [[nodiscard]] const Vulnerability& vulnerability(std::uint32_t index) const {
    return vulnerabilities_.at(index);
  }
  [[nodiscard]] std::size_t records() const { return records_.size(); }
  [[nodiscard]] std::size_t vulnerabilities() const { return vulnerabilities_.size(); }
  [[nodiscard]] bool has_osv() const { return has_osv_; }
  [[nodiscard]] bool has_kev() const { return has_kev_; }
  [[nodiscard]] bool has_epss() const { return has_epss_; }
  [[nodiscard]] Timestamp epss_dated() const { return epss_dated_; }

 private:
  struct Row {
    std::uint32_t record = 0;
    std::uint32_t affected = 0;
    std::string release;  // "12"; empty = every release
  };

  void index_rows();
  void join(const AdvisoryFeeds& feeds);

  std::vector<OsvRecord> records_;
  std::vector<std::uint32_t> vulnerability_of_;  // by record
  std::vector<Vulnerability> vulnerabilities_;
  std::unordered_map<std::string, std::vector<Row>> rows_;  // by "Debian\0openssl"
  bool has_osv_ = false;
  bool has_kev_ = false;
  bool has_epss_ = false;
  Timestamp epss_dated_;
};

}  // namespace daytwo::model
