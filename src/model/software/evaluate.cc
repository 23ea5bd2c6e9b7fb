// The evaluation of one `affected` entry [OSV schema, "Evaluation"].
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/software/advisory.h"
#include "model/software/advisory_index.h"
#include "model/software/version.h"

namespace daytwo::model {
namespace {

struct KeyedEvent {
  std::string key;  // empty = below every version
  RangeEdge edge = RangeEdge::kIntroduced;
  const std::string* version = nullptr;
};

// The events of a range with their keys, in the order of the list; nothing when one is no version.
std::optional<std::vector<KeyedEvent>> keyed(const AffectedRange& range, VersionOrder order) {
  std::vector<KeyedEvent> out;
  out.reserve(range.events.size());
  for (const RangeEvent& event : range.events) {
    if (event.edge == RangeEdge::kIntroduced && event.version == "0") {
      out.push_back({"", event.edge, &event.version});
      continue;
    }
    if (event.edge == RangeEdge::kLimit && event.version == "*") continue;
    auto key = version_key(order, event.version);
    if (!key) return std::nullopt;
    out.push_back({*std::move(key), event.edge, &event.version});
  }
  return out;
}

bool walk(const std::vector<KeyedEvent>& events, const std::string& key) {
  bool inside = false;
  for (const KeyedEvent& event : events) {
    if (event.edge == RangeEdge::kIntroduced && key >= event.key) inside = true;
    if (event.edge == RangeEdge::kFixed && key >= event.key) inside = false;
    if (event.edge == RangeEdge::kLastAffected && key > event.key) inside = false;
  }
  return inside;
}

// The union of the intervals as the list has them: each `introduced` with the end that follows it.
bool in_listed_intervals(const std::vector<KeyedEvent>& events, const std::string& key) {
  std::optional<std::string> from;
  for (const KeyedEvent& event : events) {
    if (event.edge == RangeEdge::kIntroduced) {
      if (from && key >= *from) return true;
      from = event.key;
    } else if (from && event.edge != RangeEdge::kLimit) {
      const bool below = event.edge == RangeEdge::kFixed ? key < event.key : key <= event.key;
      if (key >= *from && below) return true;
      from.reset();
    }
  }
  return from && key >= *from;
}

bool within_limits(const std::vector<KeyedEvent>& events, const std::string& key) {
  bool any = false;
  for (const KeyedEvent& event : events) {
    if (event.edge != RangeEdge::kLimit) continue;
    any = true;
    if (key < event.key) return true;
  }
  return !any;
}

// Lowest version above `key` that a range calls fixed.
void note_fix(const std::vector<KeyedEvent>& events, const std::string& key, std::string& best_key,
              std::string& fixed) {
  for (const KeyedEvent& event : events) {
    if (event.edge != RangeEdge::kFixed || event.key <= key) continue;
    if (best_key.empty() || event.key < best_key) {
      best_key = event.key;
      fixed = *event.version;
    }
  }
}

}  // namespace

std::optional<Evaluation> evaluate(const Affected& affected, VersionOrder order,
                                   std::string_view version) {
  const auto key = version_key(order, version);
  if (!key) return std::nullopt;
  Evaluation out;
  for (const std::string& entry : affected.versions) {
    if (entry == version || version_key(order, entry) == key) out.affected = true;
  }
  std::string best_key;
  for (const AffectedRange& range : affected.ranges) {
    if (range.type == RangeType::kGit) continue;
    auto events = keyed(range, order);
    if (!events) {
      // A bound that nobody can read: whether the version is inside is not known.
      out.ambiguous = true;
      continue;
    }
    if (!within_limits(*events, *key)) continue;
    const bool listed = in_listed_intervals(*events, *key);
    std::stable_sort(events->begin(), events->end(),
                     [](const KeyedEvent& a, const KeyedEvent& b) { return a.key < b.key; });
    const bool sorted = walk(*events, *key);
    out.ambiguous = out.ambiguous || sorted != listed;
    out.affected = out.affected || sorted;
    if (sorted) note_fix(*events, *key, best_key, out.fixed);
  }
  return out;
}

}  // namespace daytwo::model
