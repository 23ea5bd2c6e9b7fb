#include "observe/sighting_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <variant>

#include "base/hash.h"
#include "base/text.h"

namespace daytwo::observe {
namespace {

// Collects fields into one text, each ended by a byte that UTF-8 never has.
class Identity {
 public:
  Identity& add(std::string_view text) {
    bytes_ += text;
    bytes_ += '\xFF';
    return *this;
  }
  Identity& add(std::int64_t number) { return add(std::string_view(std::to_string(number))); }
  Identity& add(Timestamp at) { return add(at.ms); }
  Identity& add(bool value) { return add(std::string_view(value ? "1" : "0")); }
  Identity& add(double value) { return add(std::string_view(format_double(value))); }
  Identity& add(const std::vector<std::string>& all) {
    for (const std::string& one : all) add(std::string_view(one));
    return add(std::string_view());
  }
  Identity& add(const std::map<std::string, std::string>& all) {
    for (const auto& [name, value] : all) add(std::string_view(name)).add(std::string_view(value));
    return add(std::string_view());
  }
  [[nodiscard]] std::uint64_t hash() const { return hash64(bytes_); }

 private:
  std::string bytes_;
};

void identify(const facts::HostSeen& it, Identity& out) {
  out.add(it.host).add(it.kernel).add(it.release).add(it.ecosystem).add(it.cpus);
  out.add(it.memory_bytes).add(it.boot_id);
}

void identify(const facts::ProcessSeen& it, Identity& out) {
  out.add(it.pid).add(it.start_ticks).add(it.boot_id).add(it.executable);
  out.add(it.executable_deleted).add(it.user).add(it.command).add(it.workload).add(it.package);
}

void identify(const facts::ListenerSeen& it, Identity& out) {
  // The holders' pids come and go with workers; who they are does not.
  out.add(it.protocol).add(it.address).add(it.port).add(static_cast<std::int64_t>(it.reach));
  out.add(it.executable).add(it.workload).add(it.package);
}

void identify(const facts::PackageSeen& it, Identity& out) {
  out.add(it.ecosystem).add(it.name).add(it.version).add(it.architecture).add(it.source);
  out.add(it.source_version);
}

void identify(const facts::MappingSeen& it, Identity& out) {
  out.add(it.package).add(it.version).add(it.files).add(it.workloads).add(it.stale);
}

void identify(const facts::FilesystemSeen& it, Identity& out) {
  out.add(it.mount).add(it.device).add(it.type).add(it.size_bytes).add(it.read_only);
}

void identify(const facts::LimitSeen& it, Identity& out) {
  out.add(it.cgroup).add(it.workload).add(it.limit_bytes).add(it.oom_kills);
}

void identify(const facts::CoverageSeen& it, Identity& out) {
  // In tenths: a process more or less is no news, the end of completeness is.
  const std::int64_t tenths = it.total <= 0 ? 0 : it.seen * 10 / it.total;
  out.add(it.what).add(tenths).add(it.seen == it.total).add(it.advice);
}

void identify(const facts::FeedSeen& it, Identity& out) {
  out.add(it.feed).add(it.path).add(it.records).add(it.skipped).add(it.dated);
}

void identify(const facts::ProbeSeen& it, Identity& out) {
  // The reason of an answer that is fine holds its latency: only a failure's reason counts.
  out.add(it.url).add(it.up).add(it.status).add(it.certificate_expires);
  out.add(std::string_view(it.up ? std::string() : it.reason));
}

void identify(const facts::AlertSeen& it, Identity& out) {
  // `ends` is pushed on by each repetition of a firing alert.
  out.add(it.fingerprint).add(it.labels).add(it.annotations).add(it.starts).add(it.firing);
  if (!it.firing) out.add(it.ends);
}

void identify(const facts::ChangeSeen& it, Identity& out) {
  out.add(it.what).add(it.service).add(it.version).add(it.by).add(it.link).add(it.at);
}

void identify(const facts::IncidentSeen& it, Identity& out) {
  out.add(it.service).add(it.title).add(it.severity).add(it.began).add(it.ended).add(it.link);
}

void identify(const facts::ItemSeen& it, Identity& out) {
  out.add(it.service).add(it.title).add(it.state).add(it.owner).add(it.link);
  out.add(it.person_days);
}

void identify(const facts::NearMissSeen& it, Identity& out) {
  out.add(it.service).add(it.title).add(it.at).add(it.link);
}

// One a day: that it fired earlier, as a sender may say later, is no news.
void identify(const facts::AlertDaySeen& it, Identity& out) { out.add(it.alert).add(it.service); }

void identify(const facts::CostSeen& it, Identity& out) {
  out.add(it.provider).add(it.account).add(it.service).add(it.resource).add(it.name).add(it.type);
  out.add(it.region).add(it.commitment).add(it.tags).add(static_cast<std::int64_t>(it.kind));
  out.add(it.currency).add(it.month).add(it.billed_known).add(it.effective_known);
  for (const facts::CostDay& day : it.days) {
    out.add(day.day).add(day.span).add(day.billed_nanos).add(day.effective_nanos);
  }
}

}  // namespace

std::uint64_t identity_of(const facts::Sighting& sighting) {
  Identity identity;
  identity.add(static_cast<std::int64_t>(sighting.what.index()));
  std::visit([&](const auto& it) { identify(it, identity); }, sighting.what);
  return identity.hash();
}

void SightingTable::restore(std::span<const facts::RecordPtr> records, std::string_view host) {
  for (const facts::RecordPtr& record : records) {
    const auto* sighting = std::get_if<facts::Sighting>(&record->body);
    if (sighting == nullptr || record->state == facts::State::kClosed) continue;
    const std::string& key = record->key.value;
    const std::string_view rest = std::string_view(key).substr(std::min(key.find('/'), key.size()));
    const bool ours = rest.size() > host.size() && rest.substr(1, host.size()) == host &&
                      (rest.size() == host.size() + 1 || rest[host.size() + 1] == '/');
    if (record->engine != engine_ || (!host.empty() && !ours)) continue;
    entries_[key] = {*sighting, record->subject, identity_of(*sighting), record->ts, record->ts, 0};
  }
}

void SightingTable::begin(Timestamp now) { now_ = now; }

void SightingTable::see(const std::string& key, std::string subject, facts::Sighting sighting,
                        std::string sentence, std::string coverage) {
  const std::uint64_t identity = identity_of(sighting);
  const auto found = entries_.find(key);
  if (found == entries_.end()) {
    const Entry& entry =
        entries_[key] = {std::move(sighting), std::move(subject), identity, now_, now_, 1};
    draft(key, entry, facts::State::kOpen, std::move(sentence), std::move(coverage));
    return;
  }
  Entry& entry = found->second;
  entry.seen = now_;
  if (entry.identity == identity) return;
  if (now_ - entry.hour >= hours(1) || now_ < entry.hour) {
    entry.hour = now_;
    entry.changes = 0;
  }
  if (entry.changes >= max_changes_) {
    ++held_back_;  // the entry keeps what was said last: the change is written when the hour is
                   // over
    return;
  }
  ++entry.changes;
  entry.sighting = std::move(sighting);
  entry.identity = identity;
  draft(key, entry, facts::State::kChanged, std::move(sentence), std::move(coverage));
}

void SightingTable::close(std::string_view key, std::string sentence, facts::Sighting last) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  found->second.sighting = std::move(last);
  draft(found->first, found->second, facts::State::kClosed, std::move(sentence), {});
  entries_.erase(found);
}

void SightingTable::close_unseen(std::size_t kind, Duration grace) {
  for (auto each = entries_.begin(); each != entries_.end();) {
    const Entry& entry = each->second;
    if (entry.sighting.what.index() != kind || entry.seen == now_ || now_ - entry.seen < grace) {
      ++each;
      continue;
    }
    draft(each->first, entry, facts::State::kClosed, fmt::format("{} is gone", entry.subject), {});
    each = entries_.erase(each);
  }
}

void SightingTable::draft(const std::string& key, const Entry& entry, facts::State state,
                          std::string sentence, std::string coverage) {
  facts::Record record;
  record.ts = now_;
  record.subject = entry.subject;
  record.key = WorryKey(key);
  record.state = state;
  record.engine = engine_;
  record.sentence = std::move(sentence);
  record.coverage = std::move(coverage);
  record.body = entry.sighting;
  drafts_.push_back(std::move(record));
}

std::vector<facts::Record> SightingTable::take() { return std::exchange(drafts_, {}); }

}  // namespace daytwo::observe
