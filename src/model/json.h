// JSON for structs that describe themselves: one description serves the writer, the reader and the
// schema (OpenAPI, TypeScript).
//   struct Owner {
//     std::string name;
//     std::optional<bool> has_power;
//     static constexpr std::string_view kName = "Owner";
//     template <class V, class Self> static void describe(V& v, Self& self) {
//       v("name", self.name);
//       v.optional("has_power", self.has_power);     // may be left out by whoever writes it
//     }
//   };
// Fields may be bool, numbers, std::string, std::optional, std::vector, std::map<std::string, T>,
// Timestamp and Duration (milliseconds), Id, enums with names, and described structs.
// An enum is named by a function beside it, values counted from 0:
//   constexpr std::array<std::string_view, 2> json_names(Verdict) { return {"do", "leave"}; }
// A foreign struct is described by specialising JsonFields.
// Numbers: what is not finite is written as null, and null reads as NaN into a double.
// Thread rule: plain values.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"

namespace daytwo::model {

// The description of T: its own, or a specialisation for a struct of another room.
template <class T>
struct JsonFields {
  static constexpr std::string_view kName = T::kName;
  template <class V, class Self>
  static void describe(V& visitor, Self& self) {
    T::describe(visitor, self);
  }
};

// A struct with a description.
template <class T>
concept JsonStruct = requires { JsonFields<T>::kName; };

// An enum with names.
template <class T>
concept JsonEnum = std::is_enum_v<T> && requires(T value) { json_names(value); };

// Tells templates of the standard library and of base/id.h apart.
template <class T>
struct JsonShape {
  static constexpr bool kOptional = false;
  static constexpr bool kList = false;
  static constexpr bool kMap = false;
  static constexpr bool kId = false;
};
template <class T>
struct JsonShape<std::optional<T>> : JsonShape<void> {
  static constexpr bool kOptional = true;
};
template <class T>
struct JsonShape<std::vector<T>> : JsonShape<void> {
  static constexpr bool kList = true;
};
template <class T>
struct JsonShape<std::map<std::string, T>> : JsonShape<void> {
  static constexpr bool kMap = true;
};
template <class Tag, class Rep>
struct JsonShape<Id<Tag, Rep>> : JsonShape<void> {
  static constexpr bool kId = true;
};

// Appends JSON to a string, commas included. The caller keeps begin and end in pairs.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  // Escapes as RFC 8259 asks; bytes that are no UTF-8 become U+FFFD.
  void string(std::string_view text);
  // Shortest digits that read back to the same bits; null when not finite.
  void number(double value);
  void integer(std::int64_t value);
  void unsigned_integer(std::uint64_t value);
  void boolean(bool value) { raw(value ? "true" : "false"); }
  void null() { raw("null"); }
  // Text that is JSON already.
  void raw(std::string_view json) {
    before_value();
    out_ += json;
    comma_ = true;
  }

 private:
  void before_value() {
    if (comma_) out_ += ',';
  }
  void open(char bracket) {
    before_value();
    out_ += bracket;
    comma_ = false;
  }
  void close(char bracket) {
    out_ += bracket;
    comma_ = true;
  }

  std::string& out_;
  bool comma_ = false;
};

// Appends `text` as a JSON string, quotes included; as JsonWriter::string.
void append_json_string(std::string& out, std::string_view text);

// What a reader does with keys that the description does not have, or does not find.
struct JsonRules {
  bool skip_unknown = false;   // false: an unknown key is an error, with the nearest known one
  bool allow_missing = false;  // true: every absent field keeps its default (older versions)
};

// Reads JSON from a text and collects what is wrong with it, by line and column. Strict RFC 8259,
// UTF-8 only, nesting at most 64 deep, no key twice. After a syntax error everything reads as end.
class JsonReader {
 public:
  JsonReader(std::string_view text, std::string source, JsonRules rules)
      : text_(text), source_(std::move(source)), rules_(rules) {}

  [[nodiscard]] const JsonRules& rules() const { return rules_; }
  [[nodiscard]] bool failed() const { return !diagnostics_.empty(); }
  // Where the next value starts, after white space.
  [[nodiscard]] std::size_t position();

  // "{" or "["; false (with a complaint) when something else stands there, which is skipped.
  [[nodiscard]] bool begin(char bracket, std::string_view expected);
  // The next key of the object begun last; false at its end.
  [[nodiscard]] bool next_key(std::string& name, bool first);
  // True when the array begun last has one more item; false at its end.
  [[nodiscard]] bool next_item(bool first);
  [[nodiscard]] bool eat_null();
  // False when no string stood there (and that was complained about).
  bool read_string(std::string& out);
  void read_bool(bool& out);
  void read_double(double& out);
  // An integer within [low, high].
  void read_integer(std::int64_t& out, std::int64_t low, std::int64_t high);
  void read_unsigned(std::uint64_t& out, std::uint64_t high);
  void skip_value();
  // Nothing but white space may follow.
  void end();

  void complain(std::size_t at, std::string text, std::string expected = "",
                std::string suggestion = "");
  [[nodiscard]] Diagnostics take_diagnostics() { return std::move(diagnostics_); }

 private:
  void skip_space();
  void syntax_error(std::string text);
  void wrong_type(std::string_view expected);
  [[nodiscard]] bool eat_word(std::string_view word);
  [[nodiscard]] bool scan_string(std::string& out);
  [[nodiscard]] bool scan_escape(std::string& out);
  [[nodiscard]] bool scan_hex(std::uint32_t& unit);
  [[nodiscard]] std::string_view scan_number();

  std::string_view text_;
  std::string source_;
  JsonRules rules_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool broken_ = false;
  Diagnostics diagnostics_;
};

// Writes one value of any supported type.
// Writes any value that has a JSON form.
template <class T>
void write_json(JsonWriter& writer, const T& value);

// Reads one value of any supported type; problems are collected in the reader.
// Reads any value that has a JSON form; the reader keeps the first error.
template <class T>
void read_json(JsonReader& reader, T& value);

// The visitor that writes each field of a described struct.
struct JsonWriteVisitor {
  JsonWriter& writer;
  template <class T>
  void operator()(std::string_view name, const T& value) {
    writer.key(name);
    write_json(writer, value);
  }
  template <class T>
  void optional(std::string_view name, const T& value) {
    (*this)(name, value);
  }
};

// The visitor that reads the value of the one field called `name`.
struct JsonReadVisitor {
  JsonReader& reader;
  std::string_view name;
  std::uint64_t& seen;  // one bit a field, in order
  bool found = false;
  bool twice = false;
  unsigned index = 0;
  template <class T>
  void operator()(std::string_view field, T& value) {
    if (!found && field == name) {
      const std::uint64_t bit = std::uint64_t{1} << (index % 64);
      found = true;
      twice = (seen & bit) != 0;
      seen |= bit;
      read_json(reader, value);
    }
    ++index;
  }
  template <class T>
  void optional(std::string_view field, T& value) {
    (*this)(field, value);
  }
};

// The visitor that lists the fields: all names, and those that must be there.
struct JsonNameVisitor {
  std::vector<std::string> all;
  std::vector<bool> required;
  template <class T>
  void operator()(std::string_view field, const T&) {
    all.emplace_back(field);
    required.push_back(true);
  }
  template <class T>
  void optional(std::string_view field, const T&) {
    all.emplace_back(field);
    required.push_back(false);
  }
};

// Complains about the key `name`, which is none of `known`; then skips its value.
void complain_unknown_key(JsonReader& reader, std::size_t at, const std::string& name,
                          const std::vector<std::string>& known);
// Complains about a string that is none of the names of an enum.
void complain_unknown_name(JsonReader& reader, std::size_t at, const std::string& name,
                           const std::vector<std::string>& known);

// The members of a described struct.
template <JsonStruct T>
void read_json_struct(JsonReader& reader, T& value) {
  const std::size_t start = reader.position();
  if (!reader.begin('{', JsonFields<T>::kName)) return;
  std::uint64_t seen = 0;
  std::string name;
  for (bool first = true; reader.next_key(name, first); first = false) {
    const std::size_t at = reader.position();
    JsonReadVisitor visitor{reader, name, seen};
    JsonFields<T>::describe(visitor, value);
    if (visitor.twice) reader.complain(at, "the key '" + name + "' stands twice");
    if (visitor.found) continue;
    if (reader.rules().skip_unknown) {
      reader.skip_value();
      continue;
    }
    JsonNameVisitor names;
    JsonFields<T>::describe(names, value);
    complain_unknown_key(reader, at, name, names.all);
  }
  if (reader.rules().allow_missing) return;
  JsonNameVisitor names;
  JsonFields<T>::describe(names, value);
  for (std::size_t i = 0; i < names.all.size(); ++i) {
    if (names.required[i] && (seen >> (i % 64) & 1U) == 0) {
      reader.complain(start, "the key '" + names.all[i] + "' is missing");
    }
  }
}

// As declared above: one branch for each kind of type.
template <class T>
void write_json(JsonWriter& writer, const T& value) {
  if constexpr (std::same_as<T, bool>) {
    writer.boolean(value);
  } else if constexpr (std::floating_point<T>) {
    writer.number(value);
  } else if constexpr (std::unsigned_integral<T>) {
    writer.unsigned_integer(value);
  } else if constexpr (std::integral<T>) {
    writer.integer(value);
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    writer.string(value);
  } else if constexpr (std::same_as<T, Timestamp> || std::same_as<T, Duration>) {
    writer.integer(value.ms);
  } else if constexpr (JsonEnum<T>) {
    writer.string(json_names(value)[static_cast<std::size_t>(value)]);
  } else if constexpr (JsonShape<T>::kOptional) {
    value ? write_json(writer, *value) : writer.null();
  } else if constexpr (JsonShape<T>::kId) {
    write_json(writer, value.value);
  } else if constexpr (JsonShape<T>::kList) {
    writer.begin_array();
    for (const auto& item : value) write_json(writer, item);
    writer.end_array();
  } else if constexpr (JsonShape<T>::kMap) {
    writer.begin_object();
    for (const auto& [name, item] : value) {
      writer.key(name);
      write_json(writer, item);
    }
    writer.end_object();
  } else {
    static_assert(JsonStruct<T>, "describe this type for JSON");
    writer.begin_object();
    JsonWriteVisitor visitor{writer};
    JsonFields<T>::describe(visitor, value);
    writer.end_object();
  }
}

// As declared above: one branch for each kind of type.
template <class T>
void read_json(JsonReader& reader, T& value) {
  if constexpr (std::same_as<T, bool>) {
    reader.read_bool(value);
  } else if constexpr (std::floating_point<T>) {
    reader.read_double(value);
  } else if constexpr (std::unsigned_integral<T>) {
    std::uint64_t number = 0;
    reader.read_unsigned(number, std::numeric_limits<T>::max());
    value = static_cast<T>(number);
  } else if constexpr (std::integral<T>) {
    std::int64_t number = 0;
    reader.read_integer(number, std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
    value = static_cast<T>(number);
  } else if constexpr (std::same_as<T, std::string>) {
    reader.read_string(value);
  } else if constexpr (std::same_as<T, Timestamp> || std::same_as<T, Duration>) {
    reader.read_integer(value.ms, kMinTimestamp.ms, kMaxTimestamp.ms);
  } else if constexpr (JsonEnum<T>) {
    const std::size_t at = reader.position();
    std::string name;
    if (!reader.read_string(name)) return;
    std::vector<std::string> known;
    for (const std::string_view candidate : json_names(T{})) {
      if (candidate == name) value = static_cast<T>(known.size());
      if (candidate == name) return;
      known.emplace_back(candidate);
    }
    complain_unknown_name(reader, at, name, known);
  } else if constexpr (JsonShape<T>::kOptional) {
    value.reset();
    if (!reader.eat_null()) read_json(reader, value.emplace());
  } else if constexpr (JsonShape<T>::kId) {
    read_json(reader, value.value);
  } else if constexpr (JsonShape<T>::kList) {
    value.clear();
    if (!reader.begin('[', "a list")) return;
    for (bool first = true; reader.next_item(first); first = false) {
      read_json(reader, value.emplace_back());
    }
  } else if constexpr (JsonShape<T>::kMap) {
    value.clear();
    if (!reader.begin('{', "an object")) return;
    std::string name;
    for (bool first = true; reader.next_key(name, first); first = false) {
      read_json(reader, value[name]);
    }
  } else {
    static_assert(JsonStruct<T>, "describe this type for JSON");
    read_json_struct(reader, value);
  }
}

// The value as JSON, without white space. Cost: one pass over it.
template <class T>
[[nodiscard]] std::string to_json(const T& value) {
  std::string out;
  JsonWriter writer(out);
  write_json(writer, value);
  return out;
}

// Reads a whole text as one value. `source` names it in diagnostics ("body", a path).
// Errors: kInvalid with all diagnostics found; a broken text stops at the first.
template <class T>
[[nodiscard]] Result<T> from_json(std::string_view text, std::string source = "body",
                                  JsonRules rules = {}) {
  JsonReader reader(text, std::move(source), rules);
  T value{};
  read_json(reader, value);
  reader.end();
  if (reader.failed()) return fail(reader.take_diagnostics());
  return value;
}

}  // namespace daytwo::model
