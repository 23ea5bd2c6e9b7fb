#include "app/filed.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "facts/filed.h"
#include "facts/written.h"
#include "model/verdict.h"

namespace daytwo::app {
namespace {

// The input that tells a worry of a file from one that was typed.
constexpr const char* kFiled = "stated in";

bool same_inputs(const facts::Record& a, const facts::Record& b) {
  return std::equal(a.inputs.begin(), a.inputs.end(), b.inputs.begin(), b.inputs.end(),
                    [](const facts::Input& left, const facts::Input& right) {
                      return left.name == right.name && left.value == right.value;
                    });
}

bool same_statement(const facts::Record& a, const facts::Record& b) {
  return a.state != facts::State::kClosed && a.sentence == b.sentence && a.subject == b.subject &&
         facts::body_as<facts::Finding>(a)->title == facts::body_as<facts::Finding>(b)->title &&
         same_inputs(a, b);
}

facts::Record ended(const facts::Record& known, std::string sentence, Timestamp now) {
  facts::Record out = known;
  out.id = {};
  out.ts = now;
  out.state = facts::State::kClosed;
  out.causes = {known.id};
  out.sentence = std::move(sentence);
  return out;
}

// The decision that an acceptance is.
facts::Record accepted(const model::Acceptance& stated, const Config& config, Timestamp now) {
  const auto& worries = config.written.worries;
  const auto worry = std::find_if(worries.begin(), worries.end(),
                                  [&](const auto& each) { return each.id == stated.worry; });
  const std::string subject = worry == worries.end() ? "" : worry->service;
  facts::Record out = facts::decided(WorryKey("written/" + stated.worry), subject,
                                     model::Verdict::kLeave, "accepted until " + stated.until,
                                     stated.by.empty() ? config.file : stated.by, stated.at, now);
  out.inputs.push_back({facts::kAcceptance, stated.id});
  return out;
}

void take_acceptances(const Config& config, const facts::Snapshot& snapshot, Timestamp now,
                      std::vector<facts::Record>& out) {
  std::set<std::string> stated;
  for (const model::Acceptance& acceptance : config.written.acceptances) {
    facts::Record record = accepted(acceptance, config, now);
    stated.insert(record.key.value);
    const facts::RecordPtr known = snapshot.find("decided", record.key);
    const bool holds = known != nullptr && known->state != facts::State::kClosed;
    const bool by_hand = holds && known->find_input(facts::kAcceptance).empty();
    if (by_hand || (holds && known->sentence == record.sentence)) continue;
    if (holds) record.state = facts::State::kChanged;
    out.push_back(std::move(record));
  }
  for (const facts::RecordPtr& known : snapshot.open("decided")) {
    if (known->find_input(facts::kAcceptance).empty() || stated.contains(known->key.value))
      continue;
    out.push_back(ended(*known, "no file accepts it any more", now));
  }
}

}  // namespace

Result<std::vector<facts::Record>> filed_records(const Config& config,
                                                 const facts::Snapshot& snapshot,
                                                 std::optional<double> deploys_a_year,
                                                 Timestamp now) {
  std::vector<facts::Record> out;
  std::set<std::string> stated;
  for (const model::FiledWorry& worry : config.written.worries) {
    TRY(facts::Record record, facts::filed_worry(worry, deploys_a_year, now));
    record.inputs.push_back({kFiled, config.file});
    stated.insert(record.key.value);
    const facts::RecordPtr known = snapshot.find("written", record.key);
    if (known != nullptr && same_statement(*known, record)) continue;
    if (known != nullptr && known->state != facts::State::kClosed) {
      record.state = facts::State::kChanged;
    }
    out.push_back(std::move(record));
  }
  for (const facts::RecordPtr& known : snapshot.open("written")) {
    if (known->find_input(kFiled).empty() || stated.contains(known->key.value)) continue;
    out.push_back(ended(*known, "no file states it any more", now));
  }
  take_acceptances(config, snapshot, now, out);
  return out;
}

}  // namespace daytwo::app
