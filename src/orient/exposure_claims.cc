// From exposures to findings: one each for what hits, one line for the rest.
#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
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
#include "orient/holder.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

// Ids, pids and addresses printed before "and n more".
constexpr std::size_t kShown = 4;
// Scores older than this are said to be old.
constexpr Duration kOldScores = days(30);
// The input that names a workload; a finding has one for each.
constexpr std::string_view kWorkload = "workload";

template <typename T>
std::string some_of(const std::vector<T>& items) {
  std::string out;
  for (std::size_t i = 0; i < std::min(items.size(), kShown); ++i) {
    out += fmt::format("{}{}", i == 0 ? "" : ", ", items[i]);
  }
  if (items.size() > kShown) out += fmt::format(" and {} more", items.size() - kShown);
  return out;
}

// One vulnerability in one package of one host, in every workload that uses it, the one at the
// largest hazard first.
using Uses = std::vector<const Exposure*>;

std::string evidence_words(const Exposure& exposure) {
  std::string out(model::to_words(exposure.rung));
  if (!exposure.workload.empty()) out += ", in " + exposure.workload;
  if (!exposure.pids.empty()) {
    out += fmt::format(" (pid{} {})", exposure.pids.size() == 1 ? "" : "s", some_of(exposure.pids));
  }
  if (!exposure.addresses.empty()) out += " on " + some_of(exposure.addresses);
  return out;
}

// The names of the workloads; those whose processes are not visible have none.
std::vector<std::string> workloads_of(const Uses& uses) {
  std::vector<std::string> out;
  for (const Exposure* use : uses) {
    if (!use->workload.empty()) out.push_back(use->workload);
  }
  return out;
}

// The worst in full, the others by name.
std::string evidence_words(const Uses& uses) {
  std::string out = evidence_words(*uses.front());
  const std::vector<std::string> others = workloads_of({uses.begin() + 1, uses.end()});
  if (!others.empty()) {
    out += fmt::format("; also in {}: {}", counted(others.size(), "workload", "workloads"),
                       some_of(others));
  }
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

std::string fix_words(const Uses& uses) {
  const Exposure& worst = *uses.front();
  if (worst.fixed.empty()) return "no fixed version is stated: limit who can reach it";
  std::string out = fmt::format("apt-get install --only-upgrade {} (to {} or later)",
                                worst.binaries, worst.fixed);
  const std::vector<std::string> workloads = workloads_of(uses);
  if (!workloads.empty()) out += ", then restart " + some_of(workloads);
  return out;
}

std::string key_of(const Exposure& exposure) {
  return fmt::format("exposure/{}/{}/{}", exposure.host, exposure.vulnerability->name,
                     exposure.package);
}

// Exposures that hit, folded by key, in the order of their worst.
std::vector<Uses> hits_of(const Exposures& exposures) {
  std::vector<Uses> out;
  std::map<std::string, std::size_t> place;
  for (const Exposure& exposure : exposures.found) {
    if (!exposure.hits()) continue;
    const auto [at, is_new] = place.try_emplace(key_of(exposure), out.size());
    if (is_new) out.emplace_back();
    out[at->second].push_back(&exposure);
  }
  return out;
}

// The services that the workloads and processes belong to, those of the worst workload first.
std::vector<std::string> services_of(const Uses& uses, const Processes& processes,
                                     const model::Catalog& catalog) {
  std::vector<std::string> out;
  const auto add = [&](const model::Service* service) {
    if (service == nullptr) return;
    if (std::find(out.begin(), out.end(), service->id.value) != out.end()) return;
    out.push_back(service->id.value);
  };
  for (const Exposure* use : uses) {
    add(catalog.running(use->workload));
    for (const auto& [record, process] : processes) {
      const bool holds =
          std::find(use->pids.begin(), use->pids.end(), process->pid) != use->pids.end();
      if (holds && host_of(*record) == use->host) add(service_of(*process, catalog));
    }
  }
  return out;
}

std::string date_words(Timestamp at) { return to_rfc3339(at).substr(0, 10); }

// What a promise is measured by: since when the world knew, and whom it concerns.
void add_promise_inputs(const model::Vulnerability& vulnerability,
                        const std::vector<std::string>& services, std::vector<facts::Input>& out) {
  if (vulnerability.published.ms != 0) {
    out.push_back({std::string(facts::kPublished), date_words(vulnerability.published)});
  }
  if (vulnerability.kev && vulnerability.kev->added.ms != 0) {
    out.push_back({std::string(facts::kExploited), date_words(vulnerability.kev->added)});
  }
  for (const std::string& service : services) {
    out.push_back({std::string(facts::kService), service});
  }
}

std::vector<facts::Input> inputs_of(const Uses& uses) {
  const Exposure& worst = *uses.front();
  std::vector<facts::Input> out = {{"rung", std::string(model::to_words(worst.rung))},
                                   {"names", some_of(worst.vulnerability->ids)},
                                   {"installed", worst.version},
                                   {"fixed", worst.fixed},
                                   {"package", worst.package}};
  const auto any = [&](bool Exposure::* member) {
    return std::any_of(uses.begin(), uses.end(),
                       [member](const Exposure* use) { return use->*member; });
  };
  if (any(&Exposure::ambiguous)) out.push_back({"ranges", "contradict each other"});
  if (any(&Exposure::stale)) out.push_back({"mapped code", "older than on disk"});
  for (std::string& workload : workloads_of(uses)) {
    out.push_back({std::string(kWorkload), std::move(workload)});
  }
  return out;
}

Claim claim_of(const Uses& uses, const Processes& processes, const model::AdvisoryIndex& index,
               const View& view) {
  const Exposure& worst = *uses.front();
  const model::Vulnerability& vulnerability = *worst.vulnerability;
  const bool kev = vulnerability.kev.has_value();
  const std::vector<std::string> services = services_of(uses, processes, view.catalog);
  Claim claim = make_claim(
      facts::FindingKind::kExposure, key_of(worst), worst.host,
      fmt::format("{} in {}", vulnerability.name, worst.package),
      fmt::format("{} {} on {} has {}: {}; {}", worst.package, worst.version, worst.host,
                  vulnerability.name, evidence_words(uses), signal_words(vulnerability, index)),
      fmt::format("{}{}, {}{}", model::to_words(worst.rung), kev ? ", exploited" : "",
                  worst.version, services.empty() ? "" : ", in " + join_words(services)));
  facts::Finding& finding = finding_of(claim);
  if (!services.empty()) finding.service = services.front();
  finding.option = "upgrade " + worst.package;
  finding.next_step = fix_words(uses);
  finding.wake = false;
  for (const Exposure* use : uses) finding.evidence.push_back({evidence_words(*use), "", 0});
  if (!vulnerability.summary.empty()) finding.evidence.push_back({vulnerability.summary, "", 0});
  claim.record.inputs = inputs_of(uses);
  add_promise_inputs(vulnerability, services, claim.record.inputs);
  if (vulnerability.epss || kev) {
    if (!vulnerability.epss) {
      claim.record.inputs.push_back(
          {"EPSS", fmt::format("{}, the median of known exploited ones", model::kKevMedianEpss)});
    } else {
      claim.record.inputs.push_back({"EPSS", format_double(*vulnerability.epss)});
    }
    // One upgrade ends it in all of them, and who is in by one needs no second: the worst counts.
    const auto rate =
        model::events_per_year(vulnerability.epss.value_or(model::kKevMedianEpss), worst.rung, kev);
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
    const auto host = stale.find(before->subject);
    if (host == stale.end() || claimed.contains(before->key.value)) continue;
    std::vector<std::string> old;
    for (const facts::Input& input : before->inputs) {
      if (input.name == kWorkload && host->second.contains(input.value)) old.push_back(input.value);
    }
    const auto* finding = facts::body_as<facts::Finding>(*before);
    if (old.empty() || finding == nullptr) continue;
    const std::string package(before->find_input("package"));
    Claim claim = make_claim(finding->kind, before->key.value, before->subject, finding->title,
                             fmt::format("{} is upgraded on disk, but {} still {} the old code",
                                         package, some_of(old), old.size() == 1 ? "runs" : "run"),
                             "stale mapped");
    finding_of(claim) = *finding;
    finding_of(claim).next_step = "restart " + some_of(old);
    finding_of(claim).option = "restart " + some_of(old);
    claim.record.amounts = before->amounts;
    claim.record.inputs = {{"package", package}, {"rung", std::string(before->find_input("rung"))}};
    for (std::string& workload : old) {
      claim.record.inputs.push_back({std::string(kWorkload), std::move(workload)});
    }
    out.claims.push_back(std::move(claim));
  }
}

Claim source_of(const Exposures& exposures, const model::AdvisoryIndex& index, Timestamp now) {
  if (exposures.packages == 0) {
    return make_source_claim("exposure", "no package database was read",
                             "run on a Debian host, or let the agent read its packages",
                             "no packages");
  }
  const std::size_t hits = hits_of(exposures).size();
  const auto installed = std::count_if(exposures.found.begin(), exposures.found.end(),
                                       [](const Exposure& exposure) { return !exposure.hits(); });
  std::string sentence =
      fmt::format("{} against {}: {} hit what runs, {} installed only",
                  counted(exposures.packages, "package", "packages"),
                  counted(index.records(), "advisory", "advisories"), hits, installed);
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
  Claim out =
      make_source_claim("exposure", std::move(sentence), std::move(enable), std::move(state));
  out.record.inputs.push_back({std::string(facts::kMatched), std::to_string(exposures.packages)});
  return out;
}

}  // namespace

Judgement ExposureDetector::judge(const View& view) {
  Judgement out;
  if (index_ == nullptr || !index_->has_osv()) {
    // Without advisories nothing is known to be fixed either.
    out.unknown.emplace_back("exposure/");
    if (!problems_.empty()) {
      out.claims.push_back(make_stuck_source_claim(
          "exposure", kFailed, fmt::format("no package is matched: {}", some_of(problems_)),
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
  const Processes processes = seen<facts::ProcessSeen>(view.snapshot);
  for (const Uses& uses : hits_of(exposures)) {
    out.claims.push_back(claim_of(uses, processes, *index_, view));
  }
  for (Claim& claim : folded_claims(exposures)) out.claims.push_back(std::move(claim));
  keep_stale(view, out);
  Claim source = source_of(exposures, *index_, view.now);
  if (!problems_.empty()) {
    const std::string matched(source.record.find_input(facts::kMatched));
    source = make_stuck_source_claim(
        "exposure", kFailed,
        fmt::format("{}; not read: {}", source.record.sentence, some_of(problems_)),
        "mend the file and reload", source.state + some_of(problems_));
    if (!matched.empty()) {
      source.record.inputs.push_back({std::string(facts::kMatched), matched});
    }
  }
  out.claims.push_back(std::move(source));
  return out;
}

std::string ExposureDetector::closing_sentence(const facts::Record& before) const {
  return "upgraded, removed or no longer running: " + before.sentence;
}

}  // namespace daytwo::orient
