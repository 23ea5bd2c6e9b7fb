// Names of kinds, as the journal stores them and everything prints them. One list an enum; the
// order is the enum's.
#pragma once

#include <array>
#include <string_view>

#include "facts/judgement.h"
#include "facts/record.h"
#include "facts/sighting.h"

namespace daytwo::facts {

// Names of the enums, for JSON and for people.
constexpr std::array<std::string_view, 3> json_names(State) {
  return {"open", "changed", "closed"};
}
constexpr std::array<std::string_view, 3> json_names(Reach) {
  return {"loopback", "host", "network"};
}
constexpr std::array<std::string_view, 13> json_names(FindingKind) {
  return {"runout", "burn", "exposure", "drift",    "memory_cap", "alert",    "probe",
          "flow",   "cpu",  "written",  "tripwire", "source",     "objective"};
}
constexpr std::array<std::string_view, 7> json_names(CostKind) {
  return {"usage", "unused", "purchase", "tax", "credit", "adjustment", "correction"};
}
constexpr std::array<std::string_view, 5> json_names(ChoiceKind) {
  return {"verdict", "decided", "stake", "question", "premise"};
}
constexpr std::array<std::string_view, 10> json_names(DeedKind) {
  return {"routed",    "queued", "attempt", "sent",     "undeliverable",
          "cancelled", "acked",  "snoozed", "feedback", "shadow"};
}
constexpr std::array<std::string_view, 3> json_names(LessonKind) {
  return {"forecast", "scored", "void"};
}

// Kinds of sightings, in the order of the variant.
inline constexpr std::array<std::string_view, std::variant_size_v<decltype(Sighting::what)>>
    kSightingKinds = {"host_seen",     "process_seen",    "listener_seen",  "package_seen",
                      "mapping_seen",  "filesystem_seen", "limit_seen",     "coverage_seen",
                      "feed_seen",     "probe_seen",      "alert_seen",     "change_seen",
                      "incident_seen", "item_seen",       "near_miss_seen", "alert_day_seen",
                      "cost_seen"};
static_assert(!kSightingKinds.back().empty(), "each kind has its name");

// Calls `use.operator()<T>()` with each struct of the variant `Sighting::what`, in order.
template <typename Use>
void for_each_sighting(Use use) {
  [&]<typename... T>(std::variant<T...>*) {
    (use.template operator()<T>(), ...);
  }(static_cast<decltype(Sighting::what)*>(nullptr));
}

// The kind of the sighting struct T: kind_name<ProcessSeen>() is "process_seen".
template <typename T>
[[nodiscard]] std::string_view kind_name() {
  static const std::size_t kIndex = Sighting{T{}}.what.index();
  return kSightingKinds[kIndex];
}

}  // namespace daytwo::facts
