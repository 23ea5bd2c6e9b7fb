#include "app/pages/intake_pages.h"

#include <fmt/format.h>

#include "base/text.h"
#include "observe/importer/import.h"
#include "observe/receive/node_report.h"

namespace daytwo::app {

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

}  // namespace daytwo::app
