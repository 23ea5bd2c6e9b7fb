#include "app/pages/intake_pages.h"

#include <fmt/format.h>

#include "base/text.h"
#include "observe/importer/focus.h"
#include "observe/importer/import.h"
#include "observe/receive/node_report.h"

namespace daytwo::app {
namespace {

// Of broken rows, those that a report names.
constexpr std::size_t kMaxProblems = 20;

}  // namespace

Result<void> IntakePages::load() {
  alerts_.restore(context_.journal.snapshot().of_room("observe"));
  return counts_.load(context_.source, context_.clock.wall());
}

Result<void> IntakePages::step() {
  const Timestamp now = context_.clock.wall();
  std::vector<facts::Record> ended = alerts_.step(now);
  if (!ended.empty()) TRY_VOID(context_.journal.append(std::move(ended)));
  return counts_.refresh(now);
}

Result<void> IntakePages::alerts(std::vector<facts::AlertSeen> alerts) {
  std::vector<facts::Record> records = alerts_.take(alerts, context_.clock.wall());
  if (records.empty()) return {};
  TRY_VOID(context_.journal.append(std::move(records)));
  context_.wake();
  return {};
}

Result<void> IntakePages::count(const std::string& name, double amount,
                                const series::Labels& labels) {
  TRY(const observe::CountName parsed, observe::parse_count_name(name));
  TRY_VOID(counts_.add(parsed, amount, labels, context_.clock.wall()));
  return {};
}

Result<void> IntakePages::sightings(std::vector<facts::Record> records) {
  if (records.empty()) return {};
  TRY(const std::string host, observe::check_report(records));
  if (context_.node() != nullptr && host == context_.host) {
    return fail(Code::kConflict, fmt::format("{} is observed by this server itself", host));
  }
  TRY_VOID(context_.journal.append(std::move(records)));
  return {};
}

Result<api::ImportReport> IntakePages::import(const std::string& kind, const std::string& text,
                                              const std::string&) {
  if (kind == "cost") return import_cost(text);
  TRY(const observe::ImportKind parsed, observe::parse_import_kind(kind));
  TRY(observe::Imported read, observe::import_rows(parsed, text, "body", context_.clock.wall()));
  const std::size_t known = observe::drop_known(read.records, context_.journal.snapshot());
  api::ImportReport report;
  stamp(context_, report);
  report.taken = static_cast<std::int64_t>(read.records.size());
  if (!read.records.empty()) {
    TRY_VOID(context_.journal.append(std::move(read.records)));
    context_.wake();
  }
  report.sentence = fmt::format("{} read: {} new", counted(read.rows, "row", "rows"), report.taken);
  if (known > 0) report.sentence += fmt::format(", {} known already", known);
  if (!read.ignored.empty()) {
    report.sentence += fmt::format("; ignored columns: {}", join_words(read.ignored));
  }
  return report;
}

Result<api::ImportReport> IntakePages::import_cost(const std::string& text) {
  observe::FocusReader reader;
  TRY_VOID(reader.read(text, "body"));
  const observe::FocusBill& bill = reader.bill();
  std::vector<facts::Record> records = observe::to_records(bill, context_.journal.snapshot());
  api::ImportReport report;
  stamp(context_, report);
  report.taken = static_cast<std::int64_t>(records.size());
  report.skipped = static_cast<std::int64_t>(bill.broken);
  for (const Diagnostic& each : bill.problems) {
    if (report.problems.size() == kMaxProblems) break;
    report.problems.push_back({each.file, each.line, each.column, each.text, each.source_line,
                               each.expected, each.suggestion});
  }
  if (!records.empty()) {
    TRY_VOID(context_.journal.append(std::move(records)));
    context_.wake();
  }
  report.sentence = fmt::format("{} read: {} new or changed", counted(bill.rows, "row", "rows"),
                                counted(static_cast<std::size_t>(report.taken),
                                        "month of a resource", "months of resources"));
  if (bill.broken > 0) report.sentence += fmt::format(", {} left out", bill.broken);
  return report;
}

}  // namespace daytwo::app
