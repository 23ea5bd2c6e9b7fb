// A world for tests: a journal and samples in memory, and a turn of one detector.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "facts/memory_journal.h"
#include "orient/detector.h"
#include "orient/settle.h"
#include "series/memory_source.h"

namespace daytwo::orient {

// What detectors see, and a clock that tests move.
struct World {
  facts::MemoryJournal journal;
  series::MemorySource samples;
  model::Catalog catalog;
  std::string host = "host-1";
  Timestamp now{1'800'000'000'000};

  // Appends a sighting of `host` under `key`.
  template <typename T>
  void see(const std::string& key, T what, facts::State state = facts::State::kOpen) {
    facts::Record record;
    record.ts = now;
    record.key = WorryKey("seen/" + host + "/" + key);
    record.state = state;
    record.body = facts::Sighting{std::move(what)};
    CHECK(journal.append({std::move(record)}).has_value(), "a journal in memory takes all");
  }

  // One sample of one series, now.
  void sample(series::Labels labels, double value) {
    CHECK(samples.add(std::move(labels), {{now, {value, nullptr}}}).has_value(),
          "a time is sampled once");
  }

  // Judges, settles and appends; gives what was written, sources left out.
  std::vector<facts::Record> turn(Detector& detector) {
    const facts::Snapshot snapshot = journal.snapshot();
    Judgement judgement = detector.judge({snapshot, samples, catalog, now});
    auto records = settle(detector, std::move(judgement), snapshot, now);
    CHECK(journal.append(records).has_value(), "a journal in memory takes all");
    std::erase_if(records, [](const facts::Record& record) {
      return record.key.value.starts_with("source/");
    });
    return records;
  }

  // The open findings whose key starts with `prefix`, sources left out unless asked for.
  std::vector<facts::RecordPtr> open(const std::string& prefix) const {
    std::vector<facts::RecordPtr> out;
    for (const auto& record : journal.snapshot().of_room("orient")) {
      if (record->state != facts::State::kClosed && record->key.value.starts_with(prefix)) {
        out.push_back(record);
      }
    }
    return out;
  }

  // What source NAME says of itself; empty if it never spoke.
  std::string source(const std::string& name) const {
    const auto found = open("source/" + name);
    return found.empty() ? "" : found.front()->sentence;
  }
};

// The finding inside a record. REQUIRES: it holds one.
inline const facts::Finding& finding_in(const facts::Record& record) {
  return std::get<facts::Finding>(record.body);
}

}  // namespace daytwo::orient
