#include "facts/written.h"

#include <fmt/format.h>

#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "model/sentence.h"
#include "model/stakes.h"

namespace daytwo::facts {
namespace {

constexpr const char* kEngine = "facts.written/1";

// "payments is down" from the sentence, else the sentence itself.
std::string title_of(const model::WorrySentence& sentence) {
  return sentence.what.empty() ? sentence.text : sentence.what;
}

// The service of "payments is down": the one word before the verb, unless it points elsewhere.
std::string subject_of(const std::string& what) {
  const std::vector<std::string_view> words = split(what, ' ');
  if (words.size() < 2) return {};
  const bool verb = words[1] == "is" || words[1] == "are" || words[1] == "goes";
  const std::string first = to_lower(words[0]);
  for (const char* vague :
       {"it", "this", "that", "something", "everything", "we", "nobody", "there"}) {
    if (first == vague) return {};
  }
  return verb ? first : std::string();
}

// "an hour", "a person-hour": what one stake is counted over.
std::string one_of(model::StakeOf of) {
  const std::string name(model::to_string(of));
  const bool vowel = of == model::StakeOf::kServiceHour || of == model::StakeOf::kIncident;
  return (vowel ? "an " : "a ") + name;
}

}  // namespace

Result<Record> written_worry(const WrittenWorry& worry, std::span<const std::string> services,
                             std::optional<double> trials_a_year, Timestamp now) {
  const std::string text(trim(worry.text));
  TRY(const model::WorrySentence sentence, model::parse_sentence(text));
  Finding finding;
  finding.kind = FindingKind::kWritten;
  finding.title = title_of(sentence);
  finding.written = text;
  finding.service = worry.service.empty() ? model::mentioned(text, services) : worry.service;
  auto echo = model::echo(sentence, trials_a_year);
  if (echo) {
    finding.understood = std::move(*echo);
  } else if (echo.error().code == Code::kNotFound) {
    // Said per deploy, and no deploys are known: taken, and said what is missing.
    TRY(finding.understood, model::echo_per_trial(sentence));
  } else {
    return fail(std::move(echo).error());
  }
  if (finding.service.empty()) {
    finding.service = subject_of(sentence.what);
    if (!finding.service.empty()) {
      finding.understood.push_back("about " + finding.service +
                                   ", which is in no catalog file yet");
    }
  }
  Record record;
  record.ts = now;
  record.subject = finding.service.empty() ? finding.title : finding.service;
  record.key = WorryKey("written/" + short_id(to_lower(text)));
  record.engine = kEngine;
  record.inputs = {{"sentence", text}, {"by", worry.by}};
  if (trials_a_year) {
    record.amounts = {
        {"trials_per_year",
         {chance::exactly(*trials_a_year), "trials", std::string(model::kAYear), now, kEngine}}};
  }
  state_laws(sentence, record);
  record.sentence = text;
  record.body = std::move(finding);
  return record;
}

void state_laws(const model::WorrySentence& sentence, Record& record) {
  // A rate by trial moves with the trials that were counted: it is no statement about a year.
  if (sentence.frequency.kind != model::Frequency::Kind::kPerTrial) {
    if (const auto events = sentence.frequency.events_a_year({})) {
      record.inputs.push_back({kStatedEvents, events->to_string()});
    }
  }
  if (sentence.size.unit != model::kHoursLost) return;
  if (const auto hours = sentence.size.fit()) {
    record.inputs.push_back({kStatedHours, hours->distribution.to_string()});
  }
}

Result<Record> stated_stake(const std::string& text, const std::string& by, Timestamp now) {
  TRY(const model::Stake stake, model::parse_stake(text));
  TRY(const chance::Fit fit, stake.worth.fit());
  Record record;
  record.ts = now;
  record.subject = stake.service;
  record.key = WorryKey("stake/" + stake.key());
  record.engine = kEngine;
  record.inputs = {{"sentence", text}, {"by", by}};
  record.amounts = {
      {"stake", {fit.distribution.estimate(), stake.worth.unit, one_of(stake.of), now, kEngine}}};
  record.sentence = text;
  Choice choice;
  choice.kind = ChoiceKind::kStake;
  choice.text = text;
  choice.by = by;
  choice.source = stake.source.empty() ? by : stake.source;
  record.body = std::move(choice);
  return record;
}

Record decided(const WorryKey& key, const std::string& subject, model::Verdict verdict,
               const std::string& reason, const std::string& by, Timestamp until, Timestamp now,
               model::Verdict then) {
  Record record;
  record.ts = now;
  record.subject = subject;
  record.key = key;
  record.engine = kEngine;
  record.inputs = {{"by", by}, {kVerdictThen, std::string(model::to_string(then))}};
  if (until.ms != 0) record.inputs.push_back({"until", to_rfc3339(until)});
  record.sentence = fmt::format("{} decided: {}{}{}", by, model::to_words(verdict),
                                reason.empty() ? "" : ": " + reason,
                                until.ms == 0 ? "" : ", until " + to_rfc3339(until));
  Choice choice;
  choice.kind = ChoiceKind::kDecided;
  choice.verdict = verdict;
  choice.reason = reason;
  choice.by = by;
  if (until.ms != 0) {
    choice.tripwire =
        model::Tripwire{"looked at again at " + to_rfc3339(until), "date", ">=", 0, "", until, ""};
  }
  record.body = std::move(choice);
  return record;
}

}  // namespace daytwo::facts
