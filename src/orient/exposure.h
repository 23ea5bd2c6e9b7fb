// Exposure: packages seen against advisories, by the evidence of what runs. Two hit you; the rest
// is one line.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/journal.h"
#include "model/software/advisory_index.h"
#include "model/software/hazard.h"
#include "orient/detector.h"

namespace daytwo::orient {

// One vulnerability in one source package as one workload uses it (empty = no process does).
struct Exposure {
  std::string host;
  std::string package;   // source package
  std::string version;   // installed source version
  std::string binaries;  // "libssl3, openssl"
  std::string fixed;     // empty = no fixed version is stated
  std::string workload;
  model::Rung rung = model::Rung::kInstalled;
  std::vector<std::int64_t> pids;
  std::vector<std::string> addresses;  // "0.0.0.0:443" of the listeners that make the rung
  bool stale = false;                  // fixed on disk, the old code still mapped
  bool ambiguous = false;
  const model::Vulnerability* vulnerability = nullptr;  // inside the index given

  // Shown by itself: it runs, or is known to be exploited somewhere. The rest is folded.
  [[nodiscard]] bool hits() const;
};

// What matching found on all hosts.
struct Exposures {
  std::vector<Exposure> found;               // by hazard, largest first
  std::size_t packages = 0;                  // installed packages looked at
  std::vector<std::string> unparsable;       // packages whose version is none: unknown, not fine
  std::vector<std::string> unmatched_hosts;  // whose ecosystem no order is known for
};

// Matches every installed package by its source package and version, and grades each hit by
// mappings and listeners. `index` must outlive the result. Cost: bench/orient_bench.cc.
[[nodiscard]] Exposures find_exposures(const facts::Snapshot& snapshot,
                                       const model::AdvisoryIndex& index);

// One finding per vulnerability and package that hits on a host, with the workloads it is in, the
// most exposed first; one for all the others of the host.
class ExposureDetector final : public Detector {
 public:
  // `index` may be null: no advisories are configured, and the source says so, as it says what
  // `problems` the configured files have.
  explicit ExposureDetector(std::shared_ptr<const model::AdvisoryIndex> index,
                            std::vector<std::string> problems = {})
      : index_(std::move(index)), problems_(std::move(problems)) {}

  [[nodiscard]] std::string_view name() const override { return "exposure"; }
  [[nodiscard]] std::string_view engine() const override { return "orient.exposure/1"; }
  [[nodiscard]] Judgement judge(const View& view) override;
  [[nodiscard]] std::string closing_sentence(const facts::Record& before) const override;

 private:
  std::shared_ptr<const model::AdvisoryIndex> index_;
  std::vector<std::string> problems_;
};

}  // namespace daytwo::orient
