// YAML as users write it: a tree that remembers where each thing stood, and a reader of maps that
// reports every problem with file, line and column instead of the first one.
//   Diagnostics problems;
//   TRY(const YamlNode root, parse_yaml(text, path));
//   YamlMap map(root, problems);
//   auto name = map.text("name");                     // nothing when absent or wrong
//   map.finish();                                     // names unknown keys, suggests known ones
//   if (!problems.empty()) return fail(problems);
// Anchors and aliases work; merge keys (<<) and custom tags do not. YAML 1.2 [yaml.org/spec/1.2.2].
// Thread rule: nodes are immutable and shared; any thread may read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "base/time.h"
#include "model/place.h"

namespace daytwo::model {

// Nodes one file may hold once its aliases are followed: far above any file a person writes, far
// below what a "billion laughs" file expands to.
inline constexpr std::size_t kMaxYamlNodes = 1'000'000;
// Nesting that is followed before the file is refused.
inline constexpr int kMaxYamlDepth = 100;

// The four shapes of a node.
enum class YamlKind : std::uint8_t { kNull, kScalar, kList, kMap };

// One node of a file. Copying is cheap; a node keeps its file alive.
class YamlNode {
 public:
  struct File;
  struct Tree;
  YamlNode(std::shared_ptr<const File> file, std::shared_ptr<const Tree> tree);

  [[nodiscard]] YamlKind kind() const;
  // The text of a scalar, empty for other kinds.
  [[nodiscard]] const std::string& text() const;
  // Quoted scalars are text whatever they look like.
  [[nodiscard]] bool quoted() const;
  // Where the node begins, counted from 1.
  [[nodiscard]] int line() const;
  [[nodiscard]] int column() const;
  // The path that parse_yaml was given.
  [[nodiscard]] const std::string& file() const;
  // Items of a list; none for other kinds.
  [[nodiscard]] std::vector<YamlNode> items() const;
  // Keys and values of a map, in the order of the file; none for other kinds.
  [[nodiscard]] std::vector<std::pair<YamlNode, YamlNode>> entries() const;

  // A problem with this node.
  [[nodiscard]] Diagnostic problem(std::string text, std::string expected = {},
                                   std::string suggestion = {}) const;
  // Moves the diagnostics of a text that stood in this scalar (a sentence, a query) to where they
  // are in the file.
  [[nodiscard]] Diagnostics placed(Diagnostics inner) const;

 private:
  std::shared_ptr<const File> file_;
  std::shared_ptr<const Tree> tree_;
};

// The one document of `text`; an empty one is a null node. `file` is the path to print. Errors:
// kInvalid with line and column (syntax, a key given twice, an unknown alias, two documents);
// kLimit for kMaxYamlNodes and kMaxYamlDepth.
[[nodiscard]] Result<YamlNode> parse_yaml(std::string_view text, std::string file);

// All documents of `text`, separated by "---". Errors: as parse_yaml.
[[nodiscard]] Result<std::vector<YamlNode>> parse_yaml_documents(std::string_view text,
                                                                 std::string file);

// Reads a scalar as a type. Each adds one problem and returns nothing when the node is another.
[[nodiscard]] std::optional<std::string> yaml_text(const YamlNode& node, Diagnostics& problems);
// Decimal or scientific; no NaN, no infinity.
[[nodiscard]] std::optional<double> yaml_number(const YamlNode& node, Diagnostics& problems);
// A whole number that fits in 64 bits.
[[nodiscard]] std::optional<std::int64_t> yaml_integer(const YamlNode& node, Diagnostics& problems);
// true, false, yes, no, on, off.
[[nodiscard]] std::optional<bool> yaml_boolean(const YamlNode& node, Diagnostics& problems);
// Prometheus style, "1h30m".
[[nodiscard]] std::optional<Duration> yaml_duration(const YamlNode& node, Diagnostics& problems);

// Keys and values of a map; one problem and none of them for a node of another kind. A null node
// has none.
[[nodiscard]] std::vector<std::pair<YamlNode, YamlNode>> yaml_entries(const YamlNode& node,
                                                                      Diagnostics& problems);

// Reads one map and collects problems. A key that was asked for is a known key; finish() reports
// the others. A null value counts as absent. REQUIRES: `problems` outlives the reader.
class YamlMap {
 public:
  // Adds a problem when `node` is neither a map nor null.
  YamlMap(YamlNode node, Diagnostics& problems);

  // The value under `key`, or nothing.
  [[nodiscard]] std::optional<YamlNode> node(std::string_view key);
  [[nodiscard]] std::optional<std::string> text(std::string_view key);
  [[nodiscard]] std::optional<double> number(std::string_view key);
  [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key);
  [[nodiscard]] std::optional<bool> boolean(std::string_view key);
  [[nodiscard]] std::optional<Duration> duration(std::string_view key);
  // A list's items; a single value counts as a list of one; none when absent.
  [[nodiscard]] std::vector<YamlNode> list(std::string_view key);
  // A list of scalars.
  [[nodiscard]] std::vector<std::string> texts(std::string_view key);
  // The same as text, but a missing key is a problem (where there is a map at all).
  [[nodiscard]] std::string required_text(std::string_view key);
  // Accepts `key` without reading it.
  void ignore(std::string_view key);
  // Reports every key nobody asked for, with the nearest one that somebody did, or else all of
  // them when they are few.
  void finish();
  // Where the map stands, for problems of the whole.
  [[nodiscard]] const YamlNode& whole() const { return node_; }

 private:
  YamlNode node_;
  Diagnostics& problems_;
  std::vector<std::pair<YamlNode, YamlNode>> entries_;
  std::vector<std::string> known_;
  bool readable_ = true;  // a map, or nothing
};

// Where `node` begins.
[[nodiscard]] Place place_of(const YamlNode& node);

}  // namespace daytwo::model
