#include "model/software/advisory_index.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/software/advisory.h"
#include "model/software/version.h"

namespace daytwo::model {
namespace {

bool is_cve(std::string_view id) { return id.starts_with("CVE-"); }

// Sets of names for the same thing.
class UnionFind {
 public:
  std::size_t node(const std::string& name) {
    const auto [at, is_new] = index_.emplace(name, parent_.size());
    if (is_new) parent_.push_back(parent_.size());
    return at->second;
  }
  std::size_t root(std::size_t node) {
    while (parent_[node] != node) {
      parent_[node] = parent_[parent_[node]];
      node = parent_[node];
    }
    return node;
  }
  void merge(std::size_t a, std::size_t b) { parent_[root(a)] = root(b); }
  [[nodiscard]] const std::unordered_map<std::string, std::size_t>& names() const { return index_; }

 private:
  std::unordered_map<std::string, std::size_t> index_;
  std::vector<std::size_t> parent_;
};

// Of one id the later modified counts; withdrawn ones affect nothing.
std::vector<OsvRecord> standing(std::vector<OsvRecord> records) {
  std::unordered_map<std::string, std::size_t> newest;
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto [at, is_new] = newest.emplace(records[i].id, i);
    if (!is_new && records[at->second].modified <= records[i].modified) at->second = i;
  }
  std::vector<OsvRecord> out;
  out.reserve(newest.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (newest.at(records[i].id) != i || records[i].withdrawn.ms != 0) continue;
    out.push_back(std::move(records[i]));
  }
  return out;
}

std::string row_key(std::string_view ecosystem, std::string_view package) {
  std::string key(ecosystem.substr(0, ecosystem.find(':')));
  key += '\0';
  key += package;
  return key;
}

std::string_view release_of(std::string_view ecosystem) {
  const std::size_t colon = ecosystem.find(':');
  return colon == std::string_view::npos ? std::string_view{} : ecosystem.substr(colon + 1);
}

// The CVEs whose signals count for `record`: upstream is followed as far as it goes; AlmaLinux puts
// its CVEs under related.
void add_signal_names(const OsvRecord& record,
                      const std::unordered_map<std::string, const OsvRecord*>& by_id,
                      std::set<std::string>& out) {
  std::vector<const std::string*> open;
  const auto visit = [&](const std::string& name) {
    if (out.insert(name).second) open.push_back(&name);
  };
  visit(record.id);
  for (const std::string& name : record.aliases) visit(name);
  if (record.id.starts_with("AL")) {
    for (const std::string& name : record.related) visit(name);
  }
  for (const std::string& name : record.upstream) visit(name);
  while (!open.empty()) {
    const auto at = by_id.find(*open.back());
    open.pop_back();
    if (at == by_id.end()) continue;
    for (const std::string& name : at->second->upstream) visit(name);
  }
}

std::string display_name(const Vulnerability& vulnerability, const std::set<std::string>& signals) {
  for (const std::string& id : vulnerability.ids) {
    if (is_cve(id)) return id;
  }
  for (const std::string& id : signals) {
    if (is_cve(id)) return id;
  }
  return vulnerability.ids.front();
}

}  // namespace

AdvisoryIndex::AdvisoryIndex(AdvisoryFeeds feeds)
    : has_osv_(feeds.has_osv),
      has_kev_(feeds.has_kev),
      has_epss_(feeds.has_epss),
      epss_dated_(feeds.epss_dated) {
  records_ = standing(std::move(feeds.osv));
  feeds.osv.clear();
  index_rows();
  join(feeds);
}

void AdvisoryIndex::index_rows() {
  for (std::uint32_t r = 0; r < records_.size(); ++r) {
    for (std::uint32_t a = 0; a < records_[r].affected.size(); ++a) {
      const Affected& affected = records_[r].affected[a];
      rows_[row_key(affected.ecosystem, affected.package)].push_back(
          {r, a, std::string(release_of(affected.ecosystem))});
    }
  }
}

void AdvisoryIndex::join(const AdvisoryFeeds& feeds) {
  UnionFind names;
  std::unordered_map<std::string, const OsvRecord*> by_id;
  for (const OsvRecord& record : records_) {
    by_id.emplace(record.id, &record);
    const std::size_t node = names.node(record.id);
    for (const std::string& alias : record.aliases) names.merge(node, names.node(alias));
  }
  std::unordered_map<std::size_t, std::uint32_t> class_of_root;
  std::vector<std::set<std::string>> ids;
  std::vector<std::set<std::string>> signals;
  vulnerability_of_.resize(records_.size());
  for (std::size_t r = 0; r < records_.size(); ++r) {
    const OsvRecord& record = records_[r];
    const auto [at, is_new] = class_of_root.emplace(
        names.root(names.node(record.id)), static_cast<std::uint32_t>(vulnerabilities_.size()));
    if (is_new) {
      vulnerabilities_.emplace_back();
      ids.emplace_back();
      signals.emplace_back();
    }
    vulnerability_of_[r] = at->second;
    Vulnerability& vulnerability = vulnerabilities_[at->second];
    if (vulnerability.summary.empty()) vulnerability.summary = record.summary;
    for (const std::string& vector : record.cvss) vulnerability.cvss.push_back(vector);
    const bool earlier =
        vulnerability.published.ms == 0 || record.published < vulnerability.published;
    if (record.published.ms != 0 && earlier) vulnerability.published = record.published;
    ids[at->second].insert(record.id);
    for (const std::string& alias : record.aliases) ids[at->second].insert(alias);
    add_signal_names(record, by_id, signals[at->second]);
  }
  std::unordered_map<std::string_view, const KevEntry*> kev;
  for (const KevEntry& entry : feeds.kev) kev.emplace(entry.cve, &entry);
  std::unordered_map<std::string_view, const EpssScore*> epss;
  epss.reserve(feeds.epss.size());
  for (const EpssScore& score : feeds.epss) epss.emplace(score.cve, &score);
  for (std::size_t v = 0; v < vulnerabilities_.size(); ++v) {
    Vulnerability& vulnerability = vulnerabilities_[v];
    vulnerability.ids.assign(ids[v].begin(), ids[v].end());
    vulnerability.name = display_name(vulnerability, signals[v]);
    for (const std::string& cve : signals[v]) {
      if (const auto at = epss.find(cve); at != epss.end()) {
        if (at->second->probability >= vulnerability.epss.value_or(0)) {
          vulnerability.epss = at->second->probability;
          vulnerability.percentile = at->second->percentile;
        }
      }
      const auto exploited = kev.find(cve);
      if (exploited == kev.end()) continue;
      if (!vulnerability.kev || exploited->second->added < vulnerability.kev->added) {
        vulnerability.kev = *exploited->second;
      }
    }
  }
}

Matched AdvisoryIndex::match(std::string_view ecosystem, std::string_view package,
                             std::string_view version) const {
  Matched out;
  const auto rows = rows_.find(row_key(ecosystem, package));
  const auto order = order_of_ecosystem(ecosystem);
  if (rows == rows_.end() || !order) return out;
  const std::string_view release = release_of(ecosystem);
  std::map<std::uint32_t, Hit> best;
  for (const Row& row : rows->second) {
    if (!row.release.empty() && row.release != release) continue;
    // An entry of this release beats one of every release within the same record.
    const bool beaten =
        row.release.empty() &&
        std::any_of(rows->second.begin(), rows->second.end(), [&](const Row& other) {
          return other.record == row.record && other.release == release && !release.empty();
        });
    if (beaten) continue;
    const OsvRecord& record = records_[row.record];
    const auto evaluation = evaluate(record.affected[row.affected], *order, version);
    if (!evaluation) {
      out.unparsable = true;
      break;
    }
    if (!evaluation->affected) continue;
    const std::uint32_t vulnerability = vulnerability_of_[row.record];
    best.try_emplace(vulnerability,
                     Hit{vulnerability, record.id, evaluation->fixed, evaluation->ambiguous});
  }
  for (auto& [vulnerability, hit] : best) out.hits.push_back(std::move(hit));
  std::sort(out.hits.begin(), out.hits.end(), [&](const Hit& a, const Hit& b) {
    return vulnerabilities_[a.vulnerability].name < vulnerabilities_[b.vulnerability].name;
  });
  return out;
}

}  // namespace daytwo::model
