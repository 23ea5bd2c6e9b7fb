#include "observe/feeds/feed_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/text.h"
#include "wire/advisory.h"
#include "wire/inflate.h"

namespace daytwo::observe {
namespace {

enum class FeedKind { kOsv, kKev, kEpss };

// What the beginning of a text looks like.
FeedKind kind_of_text(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string_view head = trim(text.substr(0, 4096));
  if (head.starts_with("#model_version") || head.starts_with("cve,") || head.starts_with("cve;")) {
    return FeedKind::kEpss;
  }
  const bool catalogue = head.find("\"catalogVersion\"") != std::string_view::npos ||
                         head.find("\"vulnerabilities\"") != std::string_view::npos;
  return catalogue ? FeedKind::kKev : FeedKind::kOsv;
}

model::AffectedRange to_model(wire::OsvRange range) {
  model::AffectedRange out;
  // The two lists of names stand in the same order.
  out.type = static_cast<model::RangeType>(range.type);
  for (wire::OsvEvent& event : range.events) {
    out.events.push_back({static_cast<model::RangeEdge>(event.edge), std::move(event.version)});
  }
  return out;
}
static_assert(static_cast<int>(model::RangeType::kGit) ==
              static_cast<int>(wire::OsvRange::Type::kGit));
static_assert(static_cast<int>(model::RangeType::kSemver) ==
              static_cast<int>(wire::OsvRange::Type::kSemver));
static_assert(static_cast<int>(model::RangeEdge::kLastAffected) ==
              static_cast<int>(wire::OsvEvent::Edge::kLastAffected));
static_assert(static_cast<int>(model::RangeEdge::kFixed) ==
              static_cast<int>(wire::OsvEvent::Edge::kFixed));

model::OsvRecord to_model(wire::OsvRecord record) {
  model::OsvRecord out;
  out.id = std::move(record.id);
  out.modified = record.modified;
  out.published = record.published;
  out.withdrawn = record.withdrawn;
  out.aliases = std::move(record.aliases);
  out.upstream = std::move(record.upstream);
  out.related = std::move(record.related);
  out.summary = std::move(record.summary);
  out.cvss = std::move(record.cvss);
  for (wire::OsvAffected& affected : record.affected) {
    model::Affected one{std::move(affected.ecosystem), std::move(affected.package), {}, {}};
    for (wire::OsvRange& range : affected.ranges) one.ranges.push_back(to_model(std::move(range)));
    one.versions = std::move(affected.versions);
    out.affected.push_back(std::move(one));
  }
  return out;
}

// What one configured path held.
struct PathContent {
  FeedKind kind = FeedKind::kOsv;
  std::vector<model::OsvRecord> osv;
  std::vector<model::KevEntry> kev;
  std::vector<model::EpssScore> epss;
  std::int64_t records = 0;
  wire::Skipped skipped;
  Timestamp dated;

  // Takes what one file held.
  void add(PathContent&& file, const std::string& path) {
    if (skipped.count == 0 && file.skipped.count > 0) {
      skipped.first = fmt::format("{}, {}", path, file.skipped.first);
    }
    skipped.count += file.skipped.count;
    kind = file.kind;
    records += file.records;
    dated = std::max(dated, file.dated);
    std::move(file.osv.begin(), file.osv.end(), std::back_inserter(osv));
    std::move(file.kev.begin(), file.kev.end(), std::back_inserter(kev));
    std::move(file.epss.begin(), file.epss.end(), std::back_inserter(epss));
  }
};

void take_osv(std::string_view text, PathContent& content) {
  wire::OsvFeed feed = wire::parse_osv(text);
  content.skipped = std::move(feed.skipped);
  content.dated = std::max(content.dated, feed.newest);
  content.records += static_cast<std::int64_t>(feed.records.size());
  for (wire::OsvRecord& record : feed.records) content.osv.push_back(to_model(std::move(record)));
}

[[nodiscard]] Result<void> take_kev(std::string_view text, PathContent& content) {
  TRY(wire::KevFeed feed, wire::parse_kev(text));
  content.kind = FeedKind::kKev;
  content.skipped = std::move(feed.skipped);
  content.dated = std::max(content.dated, feed.released);
  content.records += static_cast<std::int64_t>(feed.entries.size());
  for (wire::KevEntry& entry : feed.entries) {
    content.kev.push_back(
        {std::move(entry.cve), std::move(entry.name), entry.added, entry.due, entry.ransomware});
  }
  return {};
}

[[nodiscard]] Result<void> take_epss(std::string_view text, PathContent& content) {
  TRY(wire::EpssFeed feed, wire::parse_epss(text));
  content.kind = FeedKind::kEpss;
  content.skipped = std::move(feed.skipped);
  content.dated = std::max(content.dated, feed.dated);
  content.records += static_cast<std::int64_t>(feed.scores.size());
  for (wire::EpssScore& score : feed.scores) {
    content.epss.push_back({std::move(score.cve), score.probability, score.percentile});
  }
  return {};
}

// What one file holds. Errors: kInvalid for a file without a single advisory.
[[nodiscard]] Result<PathContent> read_content(const env::Files& files, const std::string& path) {
  TRY(const std::string packed, files.read(path, kMaxFeedBytes));
  TRY(const std::string text, wire::inflate(packed, kMaxFeedBytes));
  PathContent content;
  switch (kind_of_text(text)) {
    case FeedKind::kKev:
      TRY_VOID(take_kev(text, content));
      break;
    case FeedKind::kEpss:
      TRY_VOID(take_epss(text, content));
      break;
    case FeedKind::kOsv:
      take_osv(text, content);
      break;
  }
  if (content.records > 0) return content;
  const bool said = content.skipped.count > 0;
  return fail(Code::kInvalid,
              fmt::format("no advisory in it{}", said ? ": " + content.skipped.first : ""));
}

std::string_view name_of(FeedKind kind) {
  switch (kind) {
    case FeedKind::kOsv:
      return "osv";
    case FeedKind::kKev:
      return "kev";
    case FeedKind::kEpss:
      return "epss";
  }
  return "";
}

void merge(PathContent content, model::AdvisoryFeeds& feeds) {
  feeds.has_osv = feeds.has_osv || !content.osv.empty();
  feeds.has_kev = feeds.has_kev || !content.kev.empty();
  feeds.has_epss = feeds.has_epss || !content.epss.empty();
  if (!content.epss.empty()) feeds.epss_dated = std::max(feeds.epss_dated, content.dated);
  std::move(content.osv.begin(), content.osv.end(), std::back_inserter(feeds.osv));
  std::move(content.kev.begin(), content.kev.end(), std::back_inserter(feeds.kev));
  std::move(content.epss.begin(), content.epss.end(), std::back_inserter(feeds.epss));
}

}  // namespace

FeedReader::FeedReader(const env::Files& files, std::vector<std::string> paths)
    : files_(files), paths_(std::move(paths)), sightings_(kFeedEngine, 1000) {}

void FeedReader::restore(std::span<const facts::RecordPtr> records) {
  sightings_.restore(records, "");
  for (const facts::RecordPtr& record : records) {
    const auto* seen = facts::body_as<facts::FeedSeen>(*record);
    if (seen != nullptr && record->state != facts::State::kClosed) {
      counts_[seen->path] = seen->records;
    }
  }
}

std::vector<std::string> FeedReader::expand(const std::string& path,
                                            std::vector<std::string>* problems) const {
  const auto facts = files_.facts(path);
  if (facts && facts->kind != env::FileFacts::Kind::kDirectory) return {path};
  const auto names =
      facts ? files_.list(path) : Result<std::vector<std::string>>(fail(facts.error()));
  if (!names) {
    if (problems != nullptr) problems->push_back(fmt::format("{}: {}", path, names.error().text));
    return {};
  }
  std::vector<std::string> found;
  for (const std::string& name : *names) {
    const bool wanted =
        name.find(".json") != std::string::npos || name.find(".csv") != std::string::npos;
    if (wanted && found.size() < kMaxFeedFiles) found.push_back(fmt::format("{}/{}", path, name));
  }
  std::sort(found.begin(), found.end());
  if (found.empty() && problems != nullptr) {
    problems->push_back(fmt::format("{}: a directory without .json, .jsonl or .csv files", path));
  }
  return found;
}

std::map<std::string, FeedReader::Stamp> FeedReader::stamps() const {
  std::map<std::string, Stamp> all;
  for (const std::string& path : paths_) {
    for (const std::string& file : expand(path, nullptr)) {
      if (const auto facts = files_.facts(file))
        all[file] = {facts->size_bytes, facts->modified.ms};
    }
  }
  return all;
}

bool FeedReader::changed() const { return stamps() != read_; }

void FeedReader::load_path(const std::string& path, bool accept_shrunk, LoadedFeeds& out) {
  PathContent content;
  for (const std::string& file : expand(path, &out.problems)) {
    auto held = read_content(files_, file);
    if (held) {
      content.add(std::move(*held), file);
    } else {
      out.problems.push_back(fmt::format("{}: {}", file, held.error().to_string()));
    }
  }
  if (content.records == 0) return;
  const auto before = counts_.find(path);
  if (!accept_shrunk && before != counts_.end() && content.records * 2 < before->second) {
    out.problems.push_back(
        fmt::format("{}: {} records where there were {}: refused until somebody accepts it", path,
                    content.records, before->second));
    return;
  }
  counts_[path] = content.records;
  facts::FeedSeen seen{std::string(name_of(content.kind)),
                       path,
                       content.records,
                       static_cast<std::int64_t>(content.skipped.count),
                       content.skipped.first,
                       content.dated};
  std::string sentence = fmt::format(
      "{} has {} of {}{}", path,
      counted(static_cast<std::size_t>(content.records), "record", "records"), seen.feed,
      seen.skipped > 0
          ? fmt::format("; {} skipped, the first: {}", seen.skipped, seen.first_skipped)
          : "");
  sightings_.see("feed/" + path, path, {std::move(seen)}, std::move(sentence));
  merge(std::move(content), out.feeds);
}

LoadedFeeds FeedReader::load(Timestamp now, bool accept_shrunk) {
  LoadedFeeds out;
  read_ = stamps();
  sightings_.begin(now);
  for (const std::string& path : paths_) load_path(path, accept_shrunk, out);
  if (out.problems.empty()) sightings_.close_unseen<facts::FeedSeen>();
  out.records = sightings_.take();
  return out;
}

}  // namespace daytwo::observe
