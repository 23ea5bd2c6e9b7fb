#include "facts/record.h"

#include "facts/names.h"

namespace daytwo::facts {

const model::Amount* Record::find_amount(std::string_view name) const {
  for (const NamedAmount& named : amounts) {
    if (named.name == name) return &named.amount;
  }
  return nullptr;
}

std::string_view Record::find_input(std::string_view name) const {
  for (const Input& input : inputs) {
    if (input.name == name) return input.value;
  }
  return {};
}

std::string_view room_of(const Record& record) {
  constexpr std::array<std::string_view, 5> kRooms = {"observe", "orient", "decide", "act",
                                                      "learn"};
  return kRooms.at(record.body.index());
}

std::string_view kind_of(const Record& record) {
  if (const auto* sighting = std::get_if<Sighting>(&record.body)) {
    return kSightingKinds.at(sighting->what.index());
  }
  if (const auto* finding = std::get_if<Finding>(&record.body)) return to_string(finding->kind);
  const auto name = [](auto kind) { return json_names(kind).at(static_cast<std::size_t>(kind)); };
  if (const auto* choice = std::get_if<Choice>(&record.body)) return name(choice->kind);
  if (const auto* deed = std::get_if<Deed>(&record.body)) return name(deed->kind);
  return name(std::get<Lesson>(record.body).kind);
}

std::string_view to_string(FindingKind kind) {
  return json_names(kind).at(static_cast<std::size_t>(kind));
}

}  // namespace daytwo::facts
