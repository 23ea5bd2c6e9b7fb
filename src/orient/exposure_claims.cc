// From exposures to findings: one each for what hits, one line for the rest.
#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/sighting.h"
#include "model/amount.h"
#include "model/service.h"
#include "model/software/advisory_index.h"
#include "model/software/hazard.h"
#include "orient/detector.h"
#include "orient/exposure.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

// Ids, pids and addresses printed before "and n more".
constexpr std::size_t kShown = 4;
// Scores older than this are said to be old.
constexpr Duration kOldScores = days(30);

template <typename T>
std::string some_of(const std::vector<T>& items) {
  std::string out;
  for (std::size_t i = 0; i < std::min(items.size(), kShown); ++i) {
    out += fmt::format("{}{}", i == 0 ? "" : ", ", items[i]);
  }
  if (items.size() > kShown) out += fmt::format(" and {} more", items.size() - kShown);
  return out;
}

std::string evidence_words(const Exposure& exposure) {
  std::string out(model::to_words(exposure.rung));
  if (!exposure.workload.empty()) out += ", in " + exposure.workload;
  if (!exposure.pids.empty()) {
    out += fmt::format(" (pid{} {})", exposure.pids.size() == 1 ? "" : "s", some_of(exposure.pids));
  }
  if (!exposure.addresses.empty()) out += " on " + some_of(exposure.addresses);
  return out;
}

std::string signal_words(const model::Vulnerability& vulnerability,
                         const model::AdvisoryIndex& index) {
  std::string out;
  if (vulnerability.kev) {
    out += fmt::format("known to be exploited since {}",
                       to_rfc3339(vulnerability.kev->added).substr(0, 10));
    if (vulnerability.kev->ransomware) out += ", by ransomware too";
  } else {
    out += index.has_kev() ? "not known to be exploited"
                           : "no KEV file to say whether it is exploited";
  }
  if (vulnerability.epss) {
    out += fmt::format("; EPSS {}", percent_words(*vulnerability.epss));
  } else {
    out += index.has_epss() ? "; EPSS has no score for it" : "; no EPSS file, so no likelihood";
  }
  return out;
}

std::string fix_words(const Exposure& exposure) {
  if (exposure.fixed.empty()) return "no fixed version is stated: limit who can reach it";
  std::string out = fmt::format("apt-get install --only-upgrade {} (to {} or later)",
                                exposure.binaries, exposure.fixed);
  if (!exposure.workload.empty()) out += ", then restart " + exposure.workload;
  return out;
}

std::string key_of(const Exposure& exposure) {
  std::string key = fmt::format("exposure/{}/{}/{}", exposure.host, exposure.vulnerability->name,
                                exposure.package);
  if (!exposure.workload.empty()) key += "/" + exposure.workload;
  return key;
}

Claim claim_of(const Exposure& exposure, const model::AdvisoryIndex& index, const View& view) {
  const model::Vulnerability& vulnerability = *exposure.vulnerability;
  const bool kev = vulnerability.kev.has_value();
  Claim claim = make_claim(
      facts::FindingKind::kExposure, key_of(exposure), exposure.host,
      fmt::format("{} in {}", vulnerability.name, exposure.package),
      fmt::format("{} {} on {} has {}: {}; {}", exposure.package, exposure.version, exposure.host,
                  vulnerability.name, evidence_words(exposure), signal_words(vulnerability, index)),
      fmt::format("{}{}, {}", model::to_words(exposure.rung), kev ? ", exploited" : "",
                  exposure.version));
  facts::Finding& finding = finding_of(claim);
  if (const model::Service* service = view.catalog.running(exposure.workload)) {
    finding.service = service->id.value;
  }
  finding.option = "upgrade " + exposure.package;
  finding.next_step = fix_words(exposure);
  finding.wake = false;
  finding.evidence.push_back({evidence_words(exposure), "", 0});
  if (!vulnerability.summary.empty()) finding.evidence.push_back({vulnerability.summary, "", 0});
  claim.record.inputs = {{"rung", std::string(model::to_words(exposure.rung))},
                         {"names", some_of(vulnerability.ids)},
                         {"installed", exposure.version},
                         {"fixed", exposure.fixed},
                         {"package", exposure.package},
                         {"workload", exposure.workload}};
  if (exposure.ambiguous) claim.record.inputs.push_back({"ranges", "contradict each other"});
  if (exposure.stale) claim.record.inputs.push_back({"mapped code", "older than on disk"});
  if (vulnerability.epss || kev) {
    if (!vulnerability.epss) {
      claim.record.inputs.push_back(
          {"EPSS", fmt::format("{}, the median of known exploited ones", model::kKevMedianEpss)});
    } else {
      claim.record.inputs.push_back({"EPSS", format_double(*vulnerability.epss)});
    }
    const auto rate = model::events_per_year(vulnerability.epss.value_or(model::kKevMedianEpss),
                                             exposure.rung, kev);
    add_amount(claim, "events_per_year", rate, model::kIncidents, model::kAYear);
    add_amount(claim, "chance", model::chance_in_a_year(rate), model::kProbability, model::kAYear);
  }
  return claim;
}

// All that is installed and in no process, as one line per host.
std::vector<Claim> folded_claims(const Exposures& exposures) {
  std::map<std::string, std::vector<const Exposure*>> by_host;
  for (const Exposure& exposure : exposures.found) {
    if (!exposure.hits()) by_host[exposure.host].push_back(&exposure);
  }
  std::vector<Claim> out;
  for (const auto& [host, rest] : by_host) {
    std::set<std::string> packages;
    std::vector<std::string> names;
    chance::Estimate rate;
    for (const Exposure* exposure : rest) {
      packages.insert(exposure->package);
      names.push_back(exposure->vulnerability->name);
      const auto one =
          model::events_per_year(exposure->vulnerability->epss.value_or(0), exposure->rung, false);
      // One common factor moves them together, so quantiles add.
      for (auto figure :
           {&chance::Estimate::p05, &chance::Estimate::p25, &chance::Estimate::p50,
            &chance::Estimate::p75, &chance::Estimate::p95, &chance::Estimate::mean}) {
        rate.*figure += one.*figure;
      }
    }
    const std::string count = counted(rest.size(), "more vulnerability", "more vulnerabilities");
    Claim claim = make_claim(
        facts::FindingKind::kExposure, "exposure/" + host + "/installed", host,
        count + " in code that does not run",
        fmt::format("{} in {} on {}: installed, in no process, not known to be exploited ({})",
                    count, counted(packages.size(), "package", "packages"), host, some_of(names)),
        fmt::format("{} in {}", rest.size(), packages.size()));
    facts::Finding& finding = finding_of(claim);
    finding.option = "upgrade at the next patch day";
    finding.next_step = "apt-get upgrade, or remove what nobody uses";
    add_amount(claim, "events_per_year", rate, model::kIncidents, model::kAYear);
    out.push_back(std::move(claim));
  }
  return out;
}

// Upgraded on disk while the old code is still mapped: the finding stays, its fix is a restart.
void keep_stale(const View& view, Judgement& out) {
  std::map<std::string, std::set<std::string>> stale;  // host -> workloads
  for (const auto& [record, mapping] : seen<facts::MappingSeen>(view.snapshot)) {
    if (!mapping->stale) continue;
    stale[std::string(host_of(*record))].insert(mapping->workloads.begin(),
                                                mapping->workloads.end());
  }
  std::set<std::string> claimed;
  for (const Claim& claim : out.claims) claimed.insert(claim.record.key.value);
  for (const auto& before : view.snapshot.open("exposure")) {
    const std::string workload(before->find_input("workload"));
    const auto host = stale.find(before->subject);
    if (workload.empty() || host == stale.end() || !host->second.contains(workload)) continue;
    if (claimed.contains(before->key.value)) continue;
    const auto* finding = facts::body_as<facts::Finding>(*before);
    if (finding == nullptr) continue;
    Claim claim = make_claim(finding->kind, before->key.value, before->subject, finding->title,
                             fmt::format("{} is upgraded on disk, but {} still runs the old code",
                                         before->find_input("package"), workload),
                             "stale mapped");
    finding_of(claim) = *finding;
    finding_of(claim).next_step = "restart " + workload;
    finding_of(claim).option = "restart " + workload;
    claim.record.amounts = before->amounts;
    claim.record.inputs = {{"workload", workload},
                           {"package", std::string(before->find_input("package"))},
                           {"rung", std::string(before->find_input("rung"))}};
    out.claims.push_back(std::move(claim));
  }
}

Claim source_of(const Exposures& exposures, const model::AdvisoryIndex& index, Timestamp now) {
  if (exposures.packages == 0) {
    return make_source_claim("exposure", "no package database was read",
                             "run on a Debian host, or let the agent read its packages",
                             "no packages");
  }
  std::size_t hits = 0;
  for (const Exposure& exposure : exposures.found) hits += exposure.hits() ? 1 : 0;
  std::string sentence = fmt::format("{} against {}: {} hit what runs, {} installed only",
                                     counted(exposures.packages, "package", "packages"),
                                     counted(index.records(), "advisory", "advisories"), hits,
                                     exposures.found.size() - hits);
  std::string enable;
  if (!index.has_epss()) enable = "add an EPSS file to advisories: for likelihoods";
  if (!index.has_kev()) enable = "add KEV to advisories: for what is exploited";
  if (index.has_epss() && index.epss_dated().ms != 0 && now - index.epss_dated() > kOldScores) {
    enable = fmt::format("the EPSS scores are {} old: fetch new ones",
                         to_words(now - index.epss_dated()));
  }
  if (!exposures.unparsable.empty()) {
    sentence += fmt::format("; version not understood: {}", some_of(exposures.unparsable));
  }
  if (!exposures.unmatched_hosts.empty()) {
    sentence +=
        fmt::format("; not matched, unknown distribution: {}", some_of(exposures.unmatched_hosts));
  }
  std::string state = sentence + enable.substr(0, 12);
  return make_source_claim("exposure", std::move(sentence), std::move(enable), std::move(state));
}

}  // namespace

Judgement ExposureDetector::judge(const View& view) {
  Judgement out;
  if (index_ == nullptr || !index_->has_osv()) {
    // Without advisories nothing is known to be fixed either.
    out.unknown.emplace_back("exposure/");
    if (!problems_.empty()) {
      out.claims.push_back(make_source_claim(
          "exposure", fmt::format("no package is matched: {}", some_of(problems_)),
          "mend the file and reload", some_of(problems_)));
      return out;
    }
    out.claims.push_back(make_source_claim("exposure", "no advisory file: no package is matched",
                                           "set advisories: [osv.jsonl.zst, kev.json, epss.csv.gz]",
                                           "no advisory file"));
    return out;
  }
  const Exposures exposures = find_exposures(view.snapshot, *index_);
  if (exposures.packages == 0) out.unknown.emplace_back("exposure/");
  for (const Exposure& exposure : exposures.found) {
    if (exposure.hits()) out.claims.push_back(claim_of(exposure, *index_, view));
  }
  for (Claim& claim : folded_claims(exposures)) out.claims.push_back(std::move(claim));
  keep_stale(view, out);
  out.claims.push_back(source_of(exposures, *index_, view.now));
  return out;
}

std::string ExposureDetector::closing_sentence(const facts::Record& before) const {
  return "upgraded, removed or no longer running: " + before.sentence;
}

}  // namespace daytwo::orient
