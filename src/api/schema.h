// Schema: the types of the API as values, read off the descriptions of model/json.h. OpenAPI and
// TypeScript are two printings of it.
// Thread rule: built by one thread; then immutable.
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/json.h"

namespace daytwo::api {

// The shape of one value. `inner` is set for lists, maps and what may be null; `name` for structs
// and enums.
struct SchemaType {
  enum class Kind : std::uint8_t {
    kBoolean,
    kInteger,
    kTime,  // milliseconds since the epoch
    kNumber,
    kString,
    kList,
    kMap,
    kNullable,
    kStruct,
    kEnum,
  };
  Kind kind = Kind::kString;
  std::string name;
  std::shared_ptr<const SchemaType> inner;
};

// One field of a struct. `optional`: whoever writes it may leave it out.
struct SchemaField {
  std::string name;
  SchemaType type;
  bool optional = false;
};

// A struct with fields, or an enum with names.
struct SchemaDefinition {
  std::vector<SchemaField> fields;
  std::vector<std::string> names;
  [[nodiscard]] bool is_enum() const { return !names.empty(); }
};

// All named types that were added, with all they hold.
class Schema {
 public:
  // The shape of T; named types are defined on first sight. REQUIRES: one name, one type.
  template <class T>
  SchemaType add();

  [[nodiscard]] const std::map<std::string, SchemaDefinition>& definitions() const {
    return definitions_;
  }

 private:
  template <class T>
  SchemaType wrap(SchemaType::Kind kind) {
    return {kind, "", std::make_shared<const SchemaType>(add<T>())};
  }

  std::map<std::string, SchemaDefinition> definitions_;
};

// The visitor that lists the fields of a struct with their types.
struct SchemaVisitor {
  Schema& schema;
  std::vector<SchemaField>& fields;
  template <class T>
  void operator()(std::string_view name, const T&) {
    fields.push_back({std::string(name), schema.add<T>(), false});
  }
  template <class T>
  void optional(std::string_view name, const T&) {
    fields.push_back({std::string(name), schema.add<T>(), true});
  }
};

// One branch for each kind of type that model/json.h knows.
template <class T>
SchemaType Schema::add() {
  using Kind = SchemaType::Kind;
  if constexpr (std::same_as<T, bool>) {
    return {Kind::kBoolean, "", nullptr};
  } else if constexpr (std::floating_point<T>) {
    return {Kind::kNumber, "", nullptr};
  } else if constexpr (std::integral<T>) {
    return {Kind::kInteger, "", nullptr};
  } else if constexpr (std::same_as<T, std::string>) {
    return {Kind::kString, "", nullptr};
  } else if constexpr (std::same_as<T, Timestamp> || std::same_as<T, Duration>) {
    return {Kind::kTime, "", nullptr};
  } else if constexpr (model::JsonEnum<T>) {
    const std::string name(json_type_name(T{}));
    SchemaDefinition& definition = definitions_[name];
    definition.names.clear();
    for (const std::string_view value : json_names(T{})) definition.names.emplace_back(value);
    return {Kind::kEnum, name, nullptr};
  } else if constexpr (model::JsonShape<T>::kOptional) {
    return wrap<typename T::value_type>(Kind::kNullable);
  } else if constexpr (model::JsonShape<T>::kList) {
    return wrap<typename T::value_type>(Kind::kList);
  } else if constexpr (model::JsonShape<T>::kMap) {
    return wrap<typename T::mapped_type>(Kind::kMap);
  } else {
    static_assert(model::JsonStruct<T>, "describe this type for JSON");
    const std::string name(model::JsonFields<T>::kName);
    if (!definitions_.contains(name)) {
      definitions_[name];  // before its fields: a type may hold lists of itself
      std::vector<SchemaField> fields;
      SchemaVisitor visitor{*this, fields};
      const T example{};
      model::JsonFields<T>::describe(visitor, example);
      definitions_[name].fields = std::move(fields);
    }
    return {Kind::kStruct, name, nullptr};
  }
}

}  // namespace daytwo::api
