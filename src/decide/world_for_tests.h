// A journal with findings and stakes, for the tests of this room.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "decide/answer.h"
#include "decide/decider.h"
#include "decide/replay.h"
#include "facts/filed.h"
#include "facts/memory_journal.h"
#include "facts/written.h"
#include "model/amount.h"
#include "model/worry_file.h"

namespace daytwo::decide {

// 2026-11-22T00:00:00Z.
inline constexpr Timestamp kNoon{1795305600000};

// Appends, lets the Decider turn, and appends what it says.
struct World {
  facts::MemoryJournal journal;
  Decider decider{chance::Seed{7}};
  Timestamp now = kNoon;

  void append(facts::Record record) {
    CHECK(journal.append({std::move(record)}).has_value(), "memory takes every record");
  }
  void state(const std::string& stake) { append(*facts::stated_stake(stake, "ann", now)); }
  // A written worry under `id`.
  void write(const std::string& id, const std::string& sentence, model::FiledOption option = {},
             const std::string& service = "checkout") {
    model::FiledWorry entry;
    entry.id = id;
    entry.sentence = sentence;
    entry.service = service;
    entry.option = std::move(option);
    append(*facts::filed_worry(entry, {}, now));
  }
  std::vector<facts::Record> turn() {
    std::vector<facts::Record> said = decider.step(journal.snapshot(), now);
    if (!said.empty()) CHECK(journal.append(said).has_value(), "memory takes every record");
    return said;
  }
  // The verdict on `key` that holds.
  [[nodiscard]] facts::Record verdict(const std::string& key) const {
    const auto record = journal.snapshot().find("verdict", WorryKey(key));
    CHECK(record != nullptr, "a verdict was given");
    return *record;
  }
  [[nodiscard]] facts::Choice choice(const std::string& key) const {
    return *facts::body_as<facts::Choice>(verdict(key));
  }
};

// The worries of one file, in the journal and before the Decider.
struct FiledWorld : World {
  std::shared_ptr<const model::WorryFile> file;

  explicit FiledWorld(const std::string& text) { configure(text); }
  void configure(const std::string& text, std::optional<double> trials_a_year = std::nullopt) {
    const std::vector<model::WorrySource> sources = {{text, "risks.yml"}};
    auto read = model::parse_worry_files(sources);
    CHECK(read.has_value(), "the file of a test reads");
    file = std::make_shared<const model::WorryFile>(*std::move(read));
    for (const model::FiledWorry& worry : file->worries) {
      append(*facts::filed_worry(worry, trials_a_year, now));
    }
    for (const model::Stake& stake : file->stakes) state(stake.text);
    decider.configure(file, sources);
  }
};

// A finding of orient's with amounts.
[[nodiscard]] inline facts::Record finding(facts::FindingKind kind, const std::string& key,
                                           std::vector<facts::NamedAmount> amounts) {
  facts::Record out;
  out.ts = kNoon;
  out.key = WorryKey(key);
  out.subject = key;
  out.amounts = std::move(amounts);
  facts::Finding body;
  body.kind = kind;
  body.title = key;
  body.service = "checkout";
  body.option = "mend it";
  body.horizon = days(1);
  out.body = std::move(body);
  return out;
}

// A named amount of a finding.
[[nodiscard]] inline facts::NamedAmount amount(std::string name, chance::Estimate estimate,
                                               std::string_view unit = "") {
  return {std::move(name), {estimate, std::string(unit), "", kNoon, "test"}};
}

}  // namespace daytwo::decide
