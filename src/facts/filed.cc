#include "facts/filed.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/hash.h"
#include "base/result.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/written.h"
#include "model/amount.h"
#include "model/sentence.h"
#include "model/worry_file.h"

namespace daytwo::facts {
namespace {

constexpr const char* kEngine = "facts.filed/1";

void add_input(Record& record, std::string name, const std::string& value) {
  if (!value.empty()) record.inputs.push_back({std::move(name), value});
}

// What was understood of a worry in parts: the 90 % interval of each an event.
std::vector<std::string> understood_parts(const model::FiledWorry& entry) {
  std::vector<std::string> out;
  const auto add = [&](const model::LossPart& part, std::string_view of) {
    out.push_back(fmt::format("{} '{}': {} to {} an event (90 %), mean {}", of, part.name,
                              model::money_words(part.amount.low, part.amount.unit),
                              model::money_words(part.amount.high, part.amount.unit),
                              model::money_words(part.amount.mean, part.amount.unit)));
  };
  for (const model::LossPart& part : entry.loss) add(part, "loss");
  for (const model::LossPart& part : entry.harm) add(part, "harm");
  return out;
}

// The laws that the parts state, as state_laws() does for a sentence.
Result<void> state_parts(const model::FiledRate& rate, const std::optional<model::Field>& duration,
                         Record& record) {
  const bool by_trial = rate.written && rate.written->kind == model::Frequency::Kind::kPerTrial;
  if (!by_trial) {
    if (const auto events = rate.events_a_year({})) {
      record.inputs.push_back({kStatedEvents, events->to_string()});
    } else if (events.error().code != Code::kNotFound) {
      return fail(events.error());
    }
  }
  if (duration) record.inputs.push_back({kStatedHours, duration->law.to_string()});
  return {};
}

// What a sentence says, echoed.
Result<std::vector<std::string>> understood_sentence(const model::WorrySentence& sentence,
                                                     std::optional<double> trials_a_year) {
  auto understood = model::echo(sentence, trials_a_year);
  if (understood || understood.error().code != Code::kNotFound) return understood;
  return model::echo_per_trial(sentence);
}

}  // namespace

Result<Record> filed_worry(const model::FiledWorry& entry, std::optional<double> trials_a_year,
                           Timestamp now) {
  Finding finding;
  finding.kind = FindingKind::kWritten;
  finding.written = entry.sentence;
  finding.title = entry.title.empty() ? entry.sentence : entry.title;
  finding.service = entry.service;
  finding.option = entry.option.name;
  std::string source = entry.source;
  if (entry.rate) {
    finding.understood = understood_parts(entry);
  } else {
    TRY(const model::WorrySentence sentence, model::parse_sentence(entry.sentence));
    if (entry.title.empty() && !sentence.what.empty()) finding.title = sentence.what;
    if (source.empty()) source = sentence.source;
    TRY(finding.understood, understood_sentence(sentence, trials_a_year));
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
  add_input(record, "source", source);
  add_input(record, "option.once", entry.option.once);
  add_input(record, "option.takes", entry.option.takes);
  add_input(record, "option.cuts", entry.option.cuts);
  for (const auto& [part, query] : entry.evidence) add_input(record, "query:" + part, query);
  if (trials_a_year) {
    record.amounts.push_back(
        {"trials_per_year",
         {chance::exactly(*trials_a_year), "trials", std::string(model::kAYear), now, kEngine}});
  }
  if (entry.rate) {
    TRY_VOID(state_parts(*entry.rate, entry.duration, record));
  } else {
    TRY(const model::WorrySentence sentence, model::parse_sentence(entry.sentence));
    state_laws(sentence, record);
  }
  record.body = std::move(finding);
  return record;
}

}  // namespace daytwo::facts
