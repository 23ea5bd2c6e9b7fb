#include "facts/filed.h"

#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "model/amount.h"
#include "model/sentence.h"
#include "model/worry_file.h"

namespace daytwo::facts {
namespace {

constexpr const char* kEngine = "facts.filed/1";

void add_input(Record& record, std::string name, const std::string& value) {
  if (!value.empty()) record.inputs.push_back({std::move(name), value});
}

}  // namespace

Result<Record> filed_worry(const model::FiledWorry& entry, std::optional<double> trials_a_year,
                           Timestamp now) {
  TRY(const model::WorrySentence sentence, model::parse_sentence(entry.sentence));
  Finding finding;
  finding.kind = FindingKind::kWritten;
  finding.written = entry.sentence;
  finding.title = !entry.title.empty()     ? entry.title
                  : !sentence.what.empty() ? sentence.what
                                           : entry.sentence;
  finding.service = entry.service;
  finding.option = entry.option.name;
  const auto understood = model::echo(sentence, trials_a_year);
  if (understood) {
    finding.understood = *understood;
  } else if (understood.error().code == Code::kNotFound) {
    TRY(finding.understood, model::echo_per_trial(sentence));
  } else {
    return fail(understood.error());
  }
  for (const auto& [part, query] : entry.evidence) {
    finding.evidence.push_back({part, query, 0});
  }
  Record record;
  record.ts = now;
  record.subject = entry.service.empty() ? finding.title : entry.service;
  record.key = WorryKey("written/" + (entry.id.empty() ? short_id(entry.sentence) : entry.id));
  record.engine = kEngine;
  record.sentence = entry.sentence;
  add_input(record, "by", entry.by);
  add_input(record, "source", entry.source.empty() ? sentence.source : entry.source);
  add_input(record, "option.once", entry.option.once);
  add_input(record, "option.takes", entry.option.takes);
  add_input(record, "option.cuts", entry.option.cuts);
  for (const auto& [part, query] : entry.evidence) add_input(record, "query:" + part, query);
  if (trials_a_year) {
    record.amounts.push_back(
        {"trials_per_year",
         {chance::exactly(*trials_a_year), "trials", std::string(model::kAYear), now, kEngine}});
  }
  record.body = std::move(finding);
  return record;
}

}  // namespace daytwo::facts
