#include "decide/live.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "decide/case.h"
#include "facts/journal.h"
#include "facts/record.h"
#include "model/amount.h"

namespace daytwo::decide {
namespace {

// The inputs under which a verdict keeps a live value.
constexpr std::string_view kLiveInput = "live input";
constexpr std::string_view kLiveValue = "live value";
constexpr std::string_view kLiveQuery = "live query";

}  // namespace

facts::RecordPtr crossed_of(const facts::Snapshot& snapshot, const WorryKey& key) {
  return snapshot.find("tripwire", WorryKey("tripwire/" + key.value));
}

std::optional<Live> stored_live(const facts::Record& verdict) {
  if (verdict.find_input(kLiveInput).empty()) return std::nullopt;
  const auto stored = number_of(verdict, kLiveValue);
  if (!stored) return std::nullopt;
  return Live{std::string(verdict.find_input(kLiveInput)), *stored,
              std::string(verdict.find_input(kLiveQuery))};
}

std::optional<Live> live_of(const facts::Snapshot& snapshot, const WorryKey& key) {
  const facts::RecordPtr crossed = crossed_of(snapshot, key);
  const model::Amount* value = crossed ? crossed->find_amount("value") : nullptr;
  if (value != nullptr && crossed->state != facts::State::kClosed) {
    return Live{std::string(crossed->find_input("input")), value->estimate.mean,
                std::string(crossed->find_input("query"))};
  }
  const facts::RecordPtr said = snapshot.find("verdict", key);
  return said ? stored_live(*said) : std::nullopt;
}

std::vector<facts::Input> inputs_of(const Live& live) {
  return {{std::string(kLiveInput), live.input},
          {std::string(kLiveValue), format_double(live.value)},
          {std::string(kLiveQuery), live.query}};
}

void take_live_value(const std::optional<Live>& live, Case& item) {
  if (!live) return;
  for (std::size_t i = 0; i < kParts; ++i) {
    auto& part = item.parts.at(i);
    const auto which = static_cast<Part>(i);
    if (!part || to_string(which) != live->input || item.query(which) != live->query) continue;
    const double mean = part->what.mean();
    if (!(mean > 0) || !(live->value > 0)) continue;
    const bool share = which == Part::kEffect;
    part = Uncertain{share ? chance::point(std::min(live->value, 1.0))
                           : chance::scaled(part->what, live->value / mean),
                     "measured: " + live->query};
  }
}

}  // namespace daytwo::decide
