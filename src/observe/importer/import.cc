#include "observe/importer/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "observe/importer/table.h"
#include "observe/observation.h"
#include "observe/sighting_table.h"

namespace daytwo::observe {
namespace {

// In the order of ImportKind.
constexpr std::array<std::string_view, 5> kKinds = {"incidents", "deploys", "items", "near-misses",
                                                    "alerts"};

std::vector<TableColumn> columns_of(ImportKind kind) {
  switch (kind) {
    case ImportKind::kIncidents:
      return {{"service", true, {"component", "system"}},
              {"title", true, {"summary", "name"}},
              {"began", true, {"start", "started", "started_at", "created", "created_at"}},
              {"ended", false, {"end", "resolved", "resolved_at", "closed", "closed_at"}},
              {"severity", false, {"priority", "sev"}},
              {"link", false, {"url"}}};
    case ImportKind::kDeploys:
      return {{"service", true, {"component", "app", "repository"}},
              {"at", true, {"time", "date", "deployed", "deployed_at", "finished_at"}},
              {"what", false, {"kind", "type"}},
              {"version", false, {"commit", "tag", "sha"}},
              {"by", false, {"author", "user", "who"}},
              {"link", false, {"url"}}};
    case ImportKind::kItems:
      return {{"service", true, {"component", "system"}},
              {"title", true, {"summary", "name"}},
              {"state", false, {"status"}},
              {"owner", false, {"assignee"}},
              {"person_days", false, {"days", "estimate"}},
              {"link", false, {"url", "key", "id"}}};
    case ImportKind::kNearMisses:
      return {{"service", true, {"component", "system"}},
              {"title", true, {"summary", "name"}},
              {"at", true, {"time", "date", "began", "start", "created", "created_at"}},
              {"link", false, {"url"}}};
    case ImportKind::kAlerts:
      return {{"alert", true, {"alertname", "name", "title"}},
              {"at", true, {"began", "start", "started", "starts_at", "time", "date"}},
              {"service", false, {"component", "system"}}};
  }
  return {};
}

// One row on its way to a record; its problems are added to the table's.
class RowReader {
 public:
  RowReader(const TableRow& row, Table& table, Timestamp now)
      : row_(row), table_(table), now_(now) {}

  std::string text(std::string_view name) const { return std::string(trim(row_.cell(name).text)); }

  Timestamp time(std::string_view name) {
    const std::string written = text(name);
    if (written.empty()) return {};
    const auto at = parse_people_time(written);
    if (!at) {
      table_.wrong(row_, name, fmt::format("\"{}\" is no time", written),
                   "2026-11-22T17:00:00Z, 2026-11-22 17:00 or 2026-11-22");
      return {};
    }
    if (*at > now_ + days(1)) {
      table_.wrong(row_, name, fmt::format("\"{}\" is yet to come", written), "a time in the past");
    }
    return *at;
  }

  double amount(std::string_view name) {
    const std::string written = text(name);
    if (written.empty()) return 0;
    double value = 0;
    const char* const last = written.data() + written.size();
    const auto [end, error] = std::from_chars(written.data(), last, value);
    if (error != std::errc() || end != last || !std::isfinite(value) || value < 0) {
      table_.wrong(row_, name, fmt::format("\"{}\" is no amount", written), "a number such as 2.5");
    }
    return value;
  }

  facts::Record incident() {
    facts::IncidentSeen seen{text("service"), text("title"), text("severity"),
                             time("began"),   time("ended"), text("link")};
    if (seen.ended != Timestamp{} && seen.ended < seen.began) {
      table_.wrong(row_, "ended", "it ended before it began", "a time after `began`");
    }
    const std::string lasted =
        seen.ended == Timestamp{} ? "still open" : "lasted " + to_words(seen.ended - seen.began);
    return record(fmt::format("incident/{}/{}/{}", seen.service, to_rfc3339(seen.began),
                              short_id(seen.title)),
                  seen.service, seen.began,
                  fmt::format("{}: {} ({})", seen.service, seen.title, lasted), {seen});
  }

  facts::Record deploy() {
    facts::ChangeSeen seen{text("what"), text("service"), text("version"),
                           text("by"),   text("link"),    time("at")};
    if (seen.what.empty()) seen.what = "deploy";
    if (seen.what != "deploy" && seen.what != "config" && seen.what != "flag") {
      table_.wrong(row_, "what", fmt::format("\"{}\" is no kind of change", seen.what),
                   "deploy, config or flag");
    }
    return record(fmt::format("change/{}/{}/{}/{}", seen.service, to_rfc3339(seen.at), seen.what,
                              seen.version),
                  seen.service, seen.at,
                  fmt::format("{}: {} {}{}", seen.service, seen.what, seen.version,
                              seen.by.empty() ? "" : " by " + seen.by),
                  {seen});
  }

  facts::Record near_miss() {
    facts::NearMissSeen seen{text("service"), text("title"), time("at"), text("link")};
    return record(
        fmt::format("near_miss/{}/{}/{}", seen.service, to_rfc3339(seen.at), short_id(seen.title)),
        seen.service, seen.at, fmt::format("{}: {} (a near miss)", seen.service, seen.title),
        {seen});
  }

  facts::Record alert_day() {
    facts::AlertDaySeen seen{text("alert"), text("service"), time("at")};
    const std::string date = to_rfc3339(seen.at).substr(0, 10);
    return record(fmt::format("alert_day/{}/{}/{}", seen.alert, seen.service, date), seen.alert,
                  seen.at, fmt::format("{} fired on {}", seen.alert, date), {seen});
  }

  facts::Record item() {
    facts::ItemSeen seen{text("service"), text("title"),         text("state"),
                         text("owner"),   amount("person_days"), text("link")};
    const std::string id = seen.link.empty() ? short_id(seen.title) : seen.link;
    return record(fmt::format("item/{}/{}", seen.service, id), seen.service, now_,
                  fmt::format("{}: {}", seen.service, seen.title), {seen});
  }

 private:
  static facts::Record record(std::string key, std::string subject, Timestamp at,
                              std::string sentence, facts::Sighting sighting) {
    facts::Record out;
    out.ts = at;
    out.subject = std::move(subject);
    out.key = WorryKey(std::move(key));
    out.engine = kImportEngine;
    out.sentence = std::move(sentence);
    out.body = std::move(sighting);
    return out;
  }

  const TableRow& row_;
  Table& table_;
  const Timestamp now_;
};

}  // namespace

Result<ImportKind> parse_import_kind(std::string_view word) {
  if (word == "backlog") return ImportKind::kItems;
  const auto* found = std::find(kKinds.begin(), kKinds.end(), word);
  if (found == kKinds.end()) {
    const std::vector<std::string> known(kKinds.begin(), kKinds.end());
    const std::string nearest = nearest_word(word, known);
    return fail(Code::kInvalid,
                fmt::format("\"{}\" cannot be imported: expected incidents, near-misses, alerts, "
                            "deploys or items{}",
                            to_utf8(word),
                            nearest.empty() ? "" : fmt::format("; did you mean {}?", nearest)));
  }
  return static_cast<ImportKind>(found - kKinds.begin());
}

ImportFormat import_format(ImportKind kind) {
  ImportFormat out;
  for (const TableColumn& column : columns_of(kind)) {
    (column.required ? out.required : out.optional).push_back(column.name);
  }
  switch (kind) {
    case ImportKind::kIncidents:
      out.example =
          "service,title,began,ended\n"
          "payments,provider down,2026-03-01 10:00,2026-03-01 12:30\n";
      break;
    case ImportKind::kDeploys:
      out.example = "service,at,what,version\ncheckout,2026-03-02T14:05:00Z,deploy,v1.8.2\n";
      break;
    case ImportKind::kItems:
      out.example = "service,title,owner,person_days\nsearch,cache the suggestions,ann,3\n";
      break;
    case ImportKind::kNearMisses:
      out.example = "service,title,at\npayments,provider answered slowly,2026-04-11 09:20\n";
      break;
    case ImportKind::kAlerts:
      out.example = "alert,at,service\nPaymentsSlow,2026-04-11 09:20,payments\n";
      break;
  }
  return out;
}

Result<Imported> import_rows(ImportKind kind, std::string_view text, std::string_view source,
                             Timestamp now, const ImportProgress& progress) {
  TRY(Table table, Table::read(text, source, columns_of(kind)));
  Imported out;
  out.ignored = table.ignored();
  const std::size_t total = table.rows().size();
  for (const TableRow& row : table.rows()) {
    if (progress && out.rows % 1000 == 0) progress(out.rows, total);
    RowReader reader(row, table, now);
    switch (kind) {
      case ImportKind::kIncidents:
        out.records.push_back(reader.incident());
        break;
      case ImportKind::kDeploys:
        out.records.push_back(reader.deploy());
        break;
      case ImportKind::kItems:
        out.records.push_back(reader.item());
        break;
      case ImportKind::kNearMisses:
        out.records.push_back(reader.near_miss());
        break;
      case ImportKind::kAlerts:
        out.records.push_back(reader.alert_day());
        break;
    }
    ++out.rows;
  }
  if (progress) progress(out.rows, total);
  TRY_VOID(table.finish());
  return out;
}

std::size_t drop_known(std::vector<facts::Record>& records, const facts::Snapshot& snapshot) {
  return std::erase_if(records, [&](facts::Record& record) {
    const facts::RecordPtr known = snapshot.find(facts::kind_of(record), record.key);
    if (known == nullptr || known->state == facts::State::kClosed) return false;
    record.state = facts::State::kChanged;
    const auto* before = std::get_if<facts::Sighting>(&known->body);
    const auto* now = std::get_if<facts::Sighting>(&record.body);
    return before != nullptr && now != nullptr && identity_of(*before) == identity_of(*now);
  });
}

}  // namespace daytwo::observe
