#include "decide/security/span.h"

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "facts/journal.h"
#include "facts/judgement.h"
#include "facts/record.h"

namespace daytwo::decide::security {
namespace {

// Records that one question reads; of one exposure, the newest.
constexpr std::size_t kMostRecords = 100'000;
constexpr std::size_t kMostRecordsOfOne = 1'000;

// An input that is a date; 0 when it is none.
Timestamp date_of(const facts::Record& record, std::string_view input) {
  const std::string_view text = record.find_input(input);
  if (text.empty()) return {};
  return parse_rfc3339(std::string(text) + "T00:00:00Z").value_or(Timestamp{});
}

// A later record may know less (what is upgraded on disk is matched no more): what was known stays.
void take_facts(const facts::Record& record, const facts::Finding& finding, ExposureSpan& out) {
  out.title = finding.title;
  out.host = record.subject;
  out.next_step = finding.next_step;
  if (const Timestamp at = date_of(record, facts::kPublished); at.ms != 0) out.published = at;
  if (const Timestamp at = date_of(record, facts::kExploited); at.ms != 0) out.exploited = at;
  for (const facts::Input& input : record.inputs) {
    if (input.name == facts::kService) out.services.insert(input.value);
  }
  if (!finding.service.empty()) out.services.insert(finding.service);
  if (const auto* rate = record.find_amount("events_per_year")) {
    out.events_per_year = rate->estimate;
  }
}

}  // namespace

std::optional<ExposureSpan> span_of(std::span<const facts::RecordPtr> history) {
  ExposureSpan out;
  for (const facts::RecordPtr& record : history) {
    const auto* finding = facts::body_as<facts::Finding>(*record);
    if (finding == nullptr || finding->kind != facts::FindingKind::kExposure) continue;
    // Only single exposures say which package they are in.
    if (record->find_input("package").empty()) return std::nullopt;
    out.key = record->key.value;
    const bool was_open = !out.open.empty() && out.open.back().still_open;
    if (record->state == facts::State::kClosed) {
      if (was_open) out.open.back() = {out.open.back().from, record->ts, false};
      continue;
    }
    take_facts(*record, *finding, out);
    if (!was_open) out.open.push_back({record->ts, {}, true});
  }
  if (out.open.empty()) return std::nullopt;
  return out;
}

namespace {

// Days of exposure that nobody can read are not days without: a promise is not measured on them.
Result<void> whole(const facts::Past& past) {
  if (past.unreadable == 0) return {};
  return fail(Code::kCorrupt, "of the exposures, " + facts::unread_words(past.unreadable));
}

}  // namespace

Result<std::vector<ExposureSpan>> load_spans(const facts::Journal& journal, Timestamp from,
                                             Timestamp to) {
  const std::string kind(facts::to_string(facts::FindingKind::kExposure));
  std::set<std::string> keys;
  for (const facts::RecordPtr& record : journal.snapshot().open(kind)) {
    keys.insert(record->key.value);
  }
  TRY(const facts::Past changes, journal.between(kind, from, to, kMostRecords));
  TRY_VOID(whole(changes));
  if (changes.records.size() == kMostRecords) {
    return fail(Code::kLimit, "more than 100,000 changes of exposures: ask for a shorter window");
  }
  for (const facts::RecordPtr& record : changes.records) keys.insert(record->key.value);
  std::vector<ExposureSpan> out;
  for (const std::string& key : keys) {
    TRY(const facts::Past history, journal.history(WorryKey(key), kMostRecordsOfOne));
    TRY_VOID(whole(history));
    if (auto span = span_of(history.records)) out.push_back(*std::move(span));
  }
  return out;
}

std::optional<Timestamp> matched_since(std::span<const facts::RecordPtr> source) {
  for (const facts::RecordPtr& record : source) {
    if (!record->find_input(facts::kMatched).empty() && record->find_input(facts::kMatched) != "0")
      return record->ts;
  }
  return std::nullopt;
}

}  // namespace daytwo::decide::security
