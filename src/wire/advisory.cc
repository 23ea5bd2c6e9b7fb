#include "wire/advisory.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "base/text.h"

namespace daytwo::wire {
namespace {

namespace dom = simdjson::dom;

// The text under `key`; empty when absent or no text.
std::string_view text_at(const dom::object& object, std::string_view key) {
  std::string_view text;
  if (object[key].get(text) != simdjson::SUCCESS) return {};
  return text;
}

Timestamp time_at(const dom::object& object, std::string_view key) {
  const auto at = parse_rfc3339(text_at(object, key));
  return at ? *at : Timestamp{};
}

// "2025-08-25" as midnight UTC.
Timestamp day(std::string_view text) {
  const auto at = parse_rfc3339(fmt::format("{}T00:00:00Z", text.substr(0, 10)));
  return at ? *at : Timestamp{};
}

// One record while it is read; `why` tells what is wrong with it.
struct Reader {
  std::string why;
  std::size_t rows = 0;

  bool bad(std::string_view reason) {
    if (why.empty()) why = reason;
    return false;
  }

  bool take(std::string_view text, std::string& out) {
    if (text.size() > kMaxAdvisoryString) return bad("a text longer than 64 KiB");
    out = text;
    return true;
  }

  bool take_list(const dom::object& object, std::string_view key, std::vector<std::string>& out) {
    dom::array list;
    if (object[key].get(list) != simdjson::SUCCESS) return true;
    for (const dom::element item : list) {
      std::string_view text;
      if (item.get(text) != simdjson::SUCCESS) return bad(fmt::format("{} holds no text", key));
      if (++rows > kMaxAdvisoryRows) return bad("more than 100,000 rows");
      if (!take(text, out.emplace_back())) return false;
    }
    return true;
  }

  bool take_severity(const dom::object& object, std::vector<std::string>& out) {
    dom::array list;
    if (object["severity"].get(list) != simdjson::SUCCESS) return true;
    for (const dom::element item : list) {
      dom::object severity;
      if (item.get(severity) != simdjson::SUCCESS) continue;
      const std::string_view score = text_at(severity, "score");
      const bool known = std::find(out.begin(), out.end(), score) != out.end();
      if (!score.empty() && !known && !take(score, out.emplace_back())) return false;
    }
    return true;
  }

  bool take_event(const dom::element& item, OsvEvent& event) {
    constexpr std::array<std::pair<std::string_view, OsvEvent::Edge>, 4> kEdges = {{
        {"introduced", OsvEvent::Edge::kIntroduced},
        {"fixed", OsvEvent::Edge::kFixed},
        {"last_affected", OsvEvent::Edge::kLastAffected},
        {"limit", OsvEvent::Edge::kLimit},
    }};
    dom::object object;
    if (item.get(object) != simdjson::SUCCESS) return bad("an event that is no object");
    int keys = 0;
    for (const auto& [key, edge] : kEdges) {
      std::string_view version;
      if (object[key].get(version) != simdjson::SUCCESS) continue;
      ++keys;
      event.edge = edge;
      if (!take(version, event.version)) return false;
    }
    if (keys != 1 || event.version.empty()) return bad("an event without exactly one version");
    return true;
  }

  bool take_range(const dom::element& item, OsvRange& range) {
    dom::object object;
    dom::array events;
    if (item.get(object) != simdjson::SUCCESS) return bad("a range that is no object");
    const std::string_view type = text_at(object, "type");
    if (type == "SEMVER") {
      range.type = OsvRange::Type::kSemver;
    } else if (type == "GIT") {
      range.type = OsvRange::Type::kGit;
    } else if (type != "ECOSYSTEM") {
      return bad("a range of unknown type");
    }
    if (object["events"].get(events) != simdjson::SUCCESS) return bad("a range without events");
    for (const dom::element event : events) {
      if (++rows > kMaxAdvisoryRows) return bad("more than 100,000 rows");
      if (!take_event(event, range.events.emplace_back())) return false;
    }
    return true;
  }

  bool take_affected(const dom::element& item, OsvRecord& record) {
    dom::object object;
    if (item.get(object) != simdjson::SUCCESS) return bad("affected holds no object");
    OsvAffected affected;
    dom::object package;
    if (object["package"].get(package) == simdjson::SUCCESS) {
      if (!take(text_at(package, "ecosystem"), affected.ecosystem)) return false;
      if (!take(text_at(package, "name"), affected.package)) return false;
    }
    if (!take_severity(object, record.cvss)) return false;
    dom::array ranges;
    if (object["ranges"].get(ranges) == simdjson::SUCCESS) {
      for (const dom::element range : ranges) {
        if (!take_range(range, affected.ranges.emplace_back())) return false;
      }
    }
    if (!take_list(object, "versions", affected.versions)) return false;
    record.affected.push_back(std::move(affected));
    return true;
  }

  bool take_record(const dom::element& document, OsvRecord& record) {
    dom::object object;
    if (document.get(object) != simdjson::SUCCESS) return bad("no JSON object");
    if (!take(text_at(object, "id"), record.id)) return false;
    if (record.id.empty()) return bad("no id");
    record.modified = time_at(object, "modified");
    record.published = time_at(object, "published");
    record.withdrawn = time_at(object, "withdrawn");
    record.summary = text_at(object, "summary").substr(0, 1024);
    if (!is_utf8(record.summary)) record.summary = to_utf8(record.summary);
    if (!take_list(object, "aliases", record.aliases)) return false;
    if (!take_list(object, "upstream", record.upstream)) return false;
    if (!take_list(object, "related", record.related)) return false;
    if (!take_severity(object, record.cvss)) return false;
    dom::array affected;
    if (object["affected"].get(affected) != simdjson::SUCCESS) return true;
    for (const dom::element item : affected) {
      if (++rows > kMaxAdvisoryRows) return bad("more than 100,000 rows");
      if (!take_affected(item, record)) return false;
    }
    return true;
  }
};

void add_record(const dom::element& document, std::size_t line, OsvFeed& feed) {
  Reader reader;
  OsvRecord record;
  if (!reader.take_record(document, record)) {
    feed.skipped.add(line, record.id, reader.why);
    return;
  }
  feed.newest = std::max(feed.newest, record.modified);
  feed.records.push_back(std::move(record));
}

// A parser whose nesting is bounded.
bool prepare(dom::parser& parser, std::size_t bytes) {
  return parser.allocate(std::max<std::size_t>(bytes, 1024), kMaxAdvisoryDepth) ==
         simdjson::SUCCESS;
}

void parse_lines(dom::parser& parser, std::string_view text, OsvFeed& feed) {
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.empty()) continue;
    if (line.size() > kMaxAdvisoryBytes) {
      feed.skipped.add(number, "", "a record larger than 8 MiB");
      continue;
    }
    dom::element document;
    if (const auto error = parser.parse(line.data(), line.size()).get(document)) {
      feed.skipped.add(number, "", simdjson::error_message(error));
    } else {
      add_record(document, number, feed);
    }
  }
}

std::string_view without_bom(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

// The value after `name:` in "#model_version:v2023,score_date:2026-08-16T00:00:00Z".
std::string_view remark(std::string_view line, std::string_view name) {
  const std::size_t at = line.find(name);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = line.substr(at + name.size());
  return rest.substr(0, rest.find(','));
}

std::optional<double> ratio(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value >= 0 && value <= 1 ? std::optional(value) : std::nullopt;
}

}  // namespace

void Skipped::add(std::size_t line, std::string_view record, std::string_view why) {
  if (++count > 1) return;
  const std::string_view name = record.empty() ? "a record" : record;
  first = line > 0 ? fmt::format("line {}, {}: {}", line, to_utf8(name), why)
                   : fmt::format("{}: {}", to_utf8(name), why);
}

OsvFeed parse_osv(std::string_view text) {
  OsvFeed feed;
  text = without_bom(text);
  dom::parser parser;
  if (!prepare(parser, std::min<std::size_t>(text.size(), kMaxAdvisoryBytes))) return feed;
  const std::string_view first = trim(text.substr(0, text.find('\n')));
  dom::element document;
  const bool lines = first.size() <= kMaxAdvisoryBytes && !first.starts_with('[') &&
                     parser.parse(first.data(), first.size()).get(document) == simdjson::SUCCESS;
  if (lines) {
    parse_lines(parser, text, feed);
    return feed;
  }
  dom::parser whole;
  if (!prepare(whole, text.size())) return feed;
  if (whole.parse(text.data(), text.size()).get(document) != simdjson::SUCCESS) {
    parse_lines(parser, text, feed);  // says line by line what is wrong
    return feed;
  }
  dom::array records;
  if (document.get(records) == simdjson::SUCCESS) {
    for (const dom::element record : records) add_record(record, 0, feed);
  } else {
    add_record(document, 0, feed);
  }
  return feed;
}

Result<KevFeed> parse_kev(std::string_view text) {
  text = without_bom(text);
  dom::parser parser;
  dom::element document;
  dom::object object;
  dom::array entries;
  if (!prepare(parser, text.size()) ||
      parser.parse(text.data(), text.size()).get(document) != simdjson::SUCCESS ||
      document.get(object) != simdjson::SUCCESS ||
      object["vulnerabilities"].get(entries) != simdjson::SUCCESS) {
    return fail(Code::kInvalid, "no KEV catalogue: want an object with `vulnerabilities`");
  }
  KevFeed feed;
  feed.released = time_at(object, "dateReleased");
  for (const dom::element item : entries) {
    dom::object one;
    if (item.get(one) != simdjson::SUCCESS) {
      feed.skipped.add(0, "", "no JSON object");
      continue;
    }
    const std::string_view cve = text_at(one, "cveID");
    if (!cve.starts_with("CVE-") || cve.size() > 32) {
      feed.skipped.add(0, cve.substr(0, 32), "no cveID");
      continue;
    }
    feed.entries.push_back({std::string(cve),
                            to_utf8(text_at(one, "vulnerabilityName").substr(0, 256)),
                            day(text_at(one, "dateAdded")), day(text_at(one, "dueDate")),
                            text_at(one, "knownRansomwareCampaignUse") == "Known"});
  }
  return feed;
}

Result<EpssFeed> parse_epss(std::string_view text) {
  EpssFeed feed;
  text = without_bom(text);
  bool heading = false;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (line.starts_with('#')) {
      feed.model = to_utf8(remark(line, "model_version:"));
      feed.dated = day(remark(line, "score_date:"));
      continue;
    }
    const char separator = line.find(';') != std::string_view::npos ? ';' : ',';
    const auto cells = split(line, separator);
    if (!heading) {
      if (cells.size() < 3 || trim(cells[0]) != "cve" || trim(cells[1]) != "epss") {
        return fail(Code::kInvalid,
                    fmt::format("line {}: want the columns cve,epss,percentile", number));
      }
      heading = true;
      continue;
    }
    const auto probability = cells.size() > 1 ? ratio(trim(cells[1])) : std::nullopt;
    const auto percentile = cells.size() > 2 ? ratio(trim(cells[2])) : std::nullopt;
    if (!probability || !percentile || !cells[0].starts_with("CVE-") || cells[0].size() > 32) {
      feed.skipped.add(number, cells[0].substr(0, 32), "want CVE, probability, percentile");
      continue;
    }
    feed.scores.push_back({std::string(cells[0]), *probability, *percentile});
  }
  if (!heading) return fail(Code::kInvalid, "empty: want the columns cve,epss,percentile");
  return feed;
}

}  // namespace daytwo::wire
