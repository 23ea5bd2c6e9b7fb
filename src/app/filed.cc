#include "app/filed.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "facts/filed.h"

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
    facts::Record ended = *known;
    ended.id = {};
    ended.ts = now;
    ended.state = facts::State::kClosed;
    ended.causes = {known->id};
    ended.sentence = "no file states it any more";
    out.push_back(std::move(ended));
  }
  return out;
}

}  // namespace daytwo::app
