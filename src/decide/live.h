// Live: the value of one part of a worry as a tripwire measured it, which then stands in place of
// what was stated; and how it stays with the verdict. Thread rule: plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "decide/case.h"
#include "facts/journal.h"
#include "facts/record.h"

namespace daytwo::decide {

// The measured value of one input, brought by a tripwire that was crossed.
struct Live {
  std::string input;  // "events", "ransom.events"
  double value = 0;
  std::string query;
  bool operator==(const Live&) const = default;
};

// The tripwire of the worry under `key` when it was crossed last; null if it never was.
[[nodiscard]] facts::RecordPtr crossed_of(const facts::Snapshot& snapshot, const WorryKey& key);

// What a crossed tripwire measured. It stays with the verdict when the tripwire, which then watches
// the way back, is no longer crossed.
[[nodiscard]] std::optional<Live> live_of(const facts::Snapshot& snapshot, const WorryKey& key);

// What `verdict` says that it was judged with; nothing for a verdict on what was stated.
[[nodiscard]] std::optional<Live> stored_live(const facts::Record& verdict);

// The inputs from which stored_live() reads `live` back, to the last bit.
[[nodiscard]] std::vector<facts::Input> inputs_of(const Live& live);

// The part that was measured keeps its shape and moves to the live value.
void take_live_value(const std::optional<Live>& live, Case& item);

}  // namespace daytwo::decide
