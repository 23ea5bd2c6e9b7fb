#include "orient/settle.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/time.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "orient/detector.h"

namespace daytwo::orient {
namespace {

// Input under which a record keeps its claim's state, so that the next turn can compare.
constexpr std::string_view kState = "state";

bool owns(const Detector& detector, std::string_view key) {
  const std::string name(detector.name());
  return key.starts_with(name + "/") || key == "source/" + name;
}

bool is_unknown(const Judgement& judgement, std::string_view key) {
  return std::any_of(judgement.unknown.begin(), judgement.unknown.end(),
                     [&](const std::string& prefix) { return key.starts_with(prefix); });
}

// Open findings of this detector, by key. A kind is owned by one or more detectors; keys tell.
std::map<std::string, facts::RecordPtr> open_findings(const Detector& detector,
                                                      const facts::Snapshot& snapshot) {
  std::map<std::string, facts::RecordPtr> out;
  for (auto& record : snapshot.of_room("orient")) {
    if (record->state == facts::State::kClosed || !owns(detector, record->key.value)) continue;
    out.emplace(record->key.value, record);
  }
  return out;
}

// When it began to hold: since `before`, or now.
std::string began(const facts::Record* before, Timestamp now) {
  if (before == nullptr) return to_rfc3339(now);
  const std::string_view since = before->find_input(facts::kBegan);
  return since.empty() ? to_rfc3339(before->ts) : std::string(since);
}

facts::Record stamped(Claim claim, const facts::Record* before, const Detector& detector,
                      Timestamp now) {
  facts::Record record = std::move(claim.record);
  record.ts = now;
  record.engine = detector.engine();
  record.inputs.push_back({std::string(kState), std::move(claim.state)});
  record.inputs.push_back({std::string(facts::kBegan), began(before, now)});
  for (auto& named : record.amounts) {
    named.amount.as_of = now;
    named.amount.version = detector.engine();
  }
  return record;
}

facts::Record closed(const facts::Record& before, const Detector& detector, Timestamp now) {
  facts::Record record = before;
  record.id = {};
  record.ts = now;
  record.state = facts::State::kClosed;
  record.engine = detector.engine();
  record.causes = {before.id};
  record.sentence = detector.closing_sentence(before);
  return record;
}

}  // namespace

std::vector<facts::Record> settle(const Detector& detector, Judgement judgement,
                                  const facts::Snapshot& snapshot, Timestamp now) {
  std::map<std::string, facts::RecordPtr> open = open_findings(detector, snapshot);
  std::vector<facts::Record> out;
  std::set<std::string> told;
  for (Claim& claim : judgement.claims) {
    CHECK(owns(detector, claim.record.key.value), "a detector claims its own keys only");
    // Two things that a user gave one name: the first is told.
    if (!told.insert(claim.record.key.value).second) continue;
    const auto before = open.find(claim.record.key.value);
    const std::string state = claim.state;
    const facts::Record* known = before == open.end() ? nullptr : before->second.get();
    facts::Record record = stamped(std::move(claim), known, detector, now);
    if (before == open.end()) {
      record.state = facts::State::kOpen;
      out.push_back(std::move(record));
      continue;
    }
    const bool changed =
        before->second->find_input(kState) != state || detector.moved(*before->second, record);
    if (changed) {
      record.state = facts::State::kChanged;
      record.causes.push_back(before->second->id);
      out.push_back(std::move(record));
    }
    open.erase(before);
  }
  for (const auto& [key, record] : open) {
    if (!is_unknown(judgement, key)) out.push_back(closed(*record, detector, now));
  }
  return out;
}

}  // namespace daytwo::orient
