// Record: one entry of the journal, where the five rooms meet. The room follows from the body:
// Sighting = observe, Finding = orient, Choice = decide, Deed = act, Lesson = learn. The same key
// is the same thing: a change or an end is a new record under it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "chance/seed.h"
#include "facts/judgement.h"
#include "facts/sighting.h"
#include "model/amount.h"

namespace daytwo::facts {

enum class State : std::uint8_t { kOpen, kChanged, kClosed };

// A named input of a judgement, as text that a person can read ("target": "99.9").
struct Input {
  std::string name;
  std::string value;
};

// Input of a finding: when it began to hold (RFC 3339), kept while it changes.
inline constexpr std::string_view kBegan = "began";

// A named uncertain number.
struct NamedAmount {
  std::string name;
  model::Amount amount;
};

// What a record says: one struct a room of the loop.
using Body = std::variant<Sighting, Finding, Choice, Deed, Lesson>;

struct Record {
  RecordId id;  // given by the journal
  Timestamp ts;
  std::string subject;  // what it is about: "host-1", "checkout", "/var"
  WorryKey key;
  State state = State::kOpen;
  std::vector<RecordId> causes;
  std::vector<Input> inputs;
  chance::Seed seed;
  std::string engine;  // who judged, with version: "orient.runout/1"
  std::vector<NamedAmount> amounts;
  std::string sentence;
  std::string coverage;  // "34 of 120 processes seen"; empty = complete
  Body body;

  // The amount called `name`, or null.
  [[nodiscard]] const model::Amount* find_amount(std::string_view name) const;
  // The input called `name`, or empty.
  [[nodiscard]] std::string_view find_input(std::string_view name) const;
};

// "observe", "orient", "decide", "act", "learn".
[[nodiscard]] std::string_view room_of(const Record& record);

// Unique over all rooms. A sighting's is its struct's name: "process_seen", "listener_seen"; the
// others are the names of their enum: "runout", "burn", "verdict", "stake", "queued", "forecast".
[[nodiscard]] std::string_view kind_of(const Record& record);

// The names of findings, as kind_of prints them.
[[nodiscard]] std::string_view to_string(FindingKind kind);
// Typed access: the body if it is of that kind, else null.
template <typename T>
[[nodiscard]] const T* body_as(const Record& record) {
  if constexpr (std::is_same_v<T, Sighting> || std::is_same_v<T, Finding> ||
                std::is_same_v<T, Choice> || std::is_same_v<T, Deed> || std::is_same_v<T, Lesson>) {
    return std::get_if<T>(&record.body);
  } else {
    const auto* sighting = std::get_if<Sighting>(&record.body);
    return sighting == nullptr ? nullptr : std::get_if<T>(&sighting->what);
  }
}

}  // namespace daytwo::facts
