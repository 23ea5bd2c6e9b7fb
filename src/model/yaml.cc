// tidy-allow-file(banned): yaml-cpp's handlers return void, so a handler leaves the parse by an
// exception; it is caught in this file.
#include "model/yaml.h"

#include <yaml-cpp/anchor.h>
#include <yaml-cpp/emitterstyle.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/diagnostic.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "base/time.h"

namespace daytwo::model {

// What was parsed, shared by all its nodes.
struct YamlNode::File {
  std::string path;
  std::vector<std::string> lines;
};

// One node. `size` counts the nodes below it with aliases followed.
struct YamlNode::Tree {
  YamlKind kind = YamlKind::kNull;
  std::string text;
  bool quoted = false;
  int line = 1;
  int column = 1;
  std::size_t size = 1;
  std::vector<std::shared_ptr<const Tree>> items;
  std::vector<std::pair<std::shared_ptr<const Tree>, std::shared_ptr<const Tree>>> entries;
};

namespace {

using Tree = YamlNode::Tree;
using TreePtr = std::shared_ptr<const Tree>;

// Thrown out of the callbacks and caught in parse_yaml_documents; never leaves this file.
struct Refused {
  Code code;
  YAML::Mark mark;
  std::string text;
};

// Builds trees from yaml-cpp's events. A frame is a list or map that is still open.
class Builder : public YAML::EventHandler {
 public:
  // REQUIRES: `text` outlives the builder.
  explicit Builder(std::string_view text) : text_(text) {}

  TreePtr take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    // Where no value can begin, as at a comma, yaml-cpp begins the same document for ever.
    if (mark.pos <= begun_) throw Refused{Code::kInvalid, mark, "a value cannot begin here"};
    begun_ = mark.pos;
    root_ = nullptr;
    anchors_.clear();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(make(mark, YamlKind::kNull), anchor, mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) throw Refused{Code::kInvalid, mark, "alias inside its own anchor"};
    add(found->second, YAML::NullAnchor, mark);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    auto tree = make(mark, YamlKind::kScalar);
    tree->text = value;
    tree->quoted = tag == "!";
    if (tree->quoted) check_closed(mark);
    add(std::move(tree), anchor, mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, YamlKind::kList, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& /*tag*/, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, YamlKind::kMap, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    std::shared_ptr<Tree> tree;
    YAML::anchor_t anchor;
    TreePtr key;  // of a map whose value comes next
  };

  static std::shared_ptr<Tree> make(const YAML::Mark& mark, YamlKind kind) {
    auto tree = std::make_shared<Tree>();
    tree->kind = kind;
    tree->line = mark.line + 1;
    tree->column = mark.column + 1;
    return tree;
  }

  void open(const YAML::Mark& mark, YamlKind kind, YAML::anchor_t anchor) {
    if (frames_.size() >= static_cast<std::size_t>(kMaxYamlDepth)) {
      throw Refused{Code::kLimit, mark, "nested deeper than " + std::to_string(kMaxYamlDepth)};
    }
    frames_.push_back({make(mark, kind), anchor, nullptr});
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    const YAML::Mark mark = mark_of(*frame.tree);
    add(std::move(frame.tree), frame.anchor, mark);
  }

  static YAML::Mark mark_of(const Tree& tree) {
    YAML::Mark mark;
    mark.line = tree.line - 1;
    mark.column = tree.column - 1;
    return mark;
  }

  // yaml-cpp takes the end of the file for the closing quote; a person has forgotten one.
  void check_closed(const YAML::Mark& mark) const {
    auto at = static_cast<std::size_t>(mark.pos);
    if (at >= text_.size() || (text_[at] != '"' && text_[at] != '\'')) return;
    const char quote = text_[at];
    for (++at; at < text_.size(); ++at) {
      const bool doubled = text_.substr(at, 2) == "''" && quote == '\'';
      if (doubled || (text_[at] == '\\' && quote == '"')) {
        ++at;
      } else if (text_[at] == quote) {
        return;
      }
    }
    throw Refused{Code::kInvalid, mark, "this quote is never closed"};
  }

  void add(TreePtr tree, YAML::anchor_t anchor, const YAML::Mark& mark) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = tree;
    if (frames_.empty()) {
      root_ = std::move(tree);
      return;
    }
    Frame& frame = frames_.back();
    frame.tree->size += tree->size;
    if (frame.tree->size > kMaxYamlNodes) {
      throw Refused{Code::kLimit, mark, "more than " + std::to_string(kMaxYamlNodes) + " values"};
    }
    if (frame.tree->kind == YamlKind::kList) {
      frame.tree->items.push_back(std::move(tree));
    } else if (frame.key == nullptr) {
      check_key(*frame.tree, *tree);
      frame.key = std::move(tree);
    } else {
      frame.tree->entries.emplace_back(std::move(frame.key), std::move(tree));
      frame.key = nullptr;
    }
  }

  void check_key(const Tree& map, const Tree& key) {
    const YAML::Mark mark = mark_of(key);
    if (key.kind != YamlKind::kScalar) throw Refused{Code::kInvalid, mark, "a key must be a word"};
    if (key.text == "<<" && !key.quoted) {
      throw Refused{Code::kInvalid, mark, "merge keys are not supported: write the keys out"};
    }
    if (map.entries.empty()) keys_.erase(&map);
    const auto [known, fresh] = keys_[&map].emplace(key.text, key.line);
    if (!fresh) {
      throw Refused{
          Code::kInvalid, mark,
          "key '" + key.text + "' is given twice, first on line " + std::to_string(known->second)};
    }
  }

  const std::string_view text_;
  TreePtr root_;
  int begun_ = -1;  // where the last document began
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, TreePtr> anchors_;
  std::map<const Tree*, std::map<std::string, int>> keys_;
};

Diagnostic at(const YamlNode::File& file, int line, int column, std::string text) {
  Diagnostic out;
  out.file = file.path;
  out.line = line;
  out.column = column;
  out.text = std::move(text);
  if (line >= 1 && static_cast<std::size_t>(line) <= file.lines.size()) {
    out.source_line = file.lines[static_cast<std::size_t>(line) - 1];
  }
  return out;
}

tl::unexpected<Error> refuse(const YamlNode::File& file, Code code, const YAML::Mark& mark,
                             std::string text) {
  const bool known = mark.line >= 0 && mark.column >= 0;
  Error error = make_error(
      {at(file, known ? mark.line + 1 : 0, known ? mark.column + 1 : 0, std::move(text))});
  error.code = code;
  return fail(std::move(error));
}

std::shared_ptr<YamlNode::File> make_file(std::string_view text, std::string path) {
  auto file = std::make_shared<YamlNode::File>();
  file->path = std::move(path);
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    file->lines.emplace_back(line);
  }
  return file;
}

// Where the first character stands that no YAML text has [YAML 1.2.2, 5.1]; yaml-cpp takes one of
// them for the end of the file. A carriage return at the end of a line is cut off already.
std::optional<YAML::Mark> control_character(const YamlNode::File& file) {
  for (std::size_t line = 0; line < file.lines.size(); ++line) {
    const std::string& text = file.lines[line];
    const auto found = std::find_if(text.begin(), text.end(), [](char each) {
      const auto byte = static_cast<unsigned char>(each);
      return (byte < 0x20 && each != '\t' && each != '\r') || byte == 0x7F;
    });
    if (found == text.end()) continue;
    YAML::Mark out;
    out.line = static_cast<int>(line);
    out.column = static_cast<int>(found - text.begin());
    return out;
  }
  return std::nullopt;
}

std::string kind_words(const YamlNode& node) {
  switch (node.kind()) {
    case YamlKind::kNull:
      return "nothing";
    case YamlKind::kScalar:
      return "'" + node.text() + "'";
    case YamlKind::kList:
      return "a list";
    case YamlKind::kMap:
      return "a map";
  }
  return "";
}

Diagnostic no_map(const YamlNode& node) {
  return node.problem("found " + kind_words(node), "a map of keys and values");
}

// Known keys that are all named where an unknown one is like none of them.
constexpr std::size_t kFewKeys = 16;

// What yaml-cpp says of a broken text, in words that say what to do about it.
constexpr std::pair<std::string_view, std::string_view> kSyntaxWords[] = {
    {"end of map flow not found", "a '{' before this is never closed"},
    {"end of map not found", "this stands neither below nor beside the key before it"},
    {"end of sequence flow not found", "a '[' before this is never closed"},
    {"end of sequence not found", "this is no item of the list before it"},
    {"illegal map value", "a ':' where no key can stand: a text that holds ': ' needs quotes"},
    {"illegal flow end", "a '}' or ']' that nothing opens"},
    {"invalid map", "a key and its value stand here where there is no map"}};

// Whether a tab stands before the first word of the line: YAML indents by spaces alone, and says
// something else about it.
bool indented_by_tab(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  return line.substr(0, first).find('\t') != std::string_view::npos;
}

tl::unexpected<Error> refuse_syntax(const YamlNode::File& file, const YAML::Exception& problem) {
  const auto line = static_cast<std::size_t>(std::max(problem.mark.line, 0));
  if (line < file.lines.size() && indented_by_tab(file.lines[line])) {
    YAML::Mark start = problem.mark;
    start.column = static_cast<int>(file.lines[line].find('\t'));
    return refuse(file, Code::kInvalid, start, "a tab: YAML is indented by spaces alone");
  }
  std::string text = problem.msg;
  for (const auto& [theirs, ours] : kSyntaxWords) {
    if (text == theirs) text = ours;
  }
  return refuse(file, Code::kInvalid, problem.mark, std::move(text));
}

// The scalar's text, or a problem that says what was expected.
std::optional<std::string> scalar(const YamlNode& node, const char* expected,
                                  Diagnostics& problems) {
  if (node.kind() == YamlKind::kScalar) return node.text();
  problems.push_back(node.problem("found " + kind_words(node), expected));
  return std::nullopt;
}

}  // namespace

YamlNode::YamlNode(std::shared_ptr<const File> file, std::shared_ptr<const Tree> tree)
    : file_(std::move(file)), tree_(std::move(tree)) {
  CHECK(file_ != nullptr, "a node belongs to a file");
  CHECK(tree_ != nullptr, "a node has a place in its file");
}

YamlKind YamlNode::kind() const { return tree_->kind; }
const std::string& YamlNode::text() const { return tree_->text; }
bool YamlNode::quoted() const { return tree_->quoted; }
int YamlNode::line() const { return tree_->line; }
int YamlNode::column() const { return tree_->column; }
const std::string& YamlNode::file() const { return file_->path; }

std::vector<YamlNode> YamlNode::items() const {
  std::vector<YamlNode> out;
  out.reserve(tree_->items.size());
  for (const auto& item : tree_->items) out.emplace_back(file_, item);
  return out;
}

std::vector<std::pair<YamlNode, YamlNode>> YamlNode::entries() const {
  std::vector<std::pair<YamlNode, YamlNode>> out;
  out.reserve(tree_->entries.size());
  for (const auto& [key, value] : tree_->entries) {
    out.emplace_back(YamlNode(file_, key), YamlNode(file_, value));
  }
  return out;
}

Diagnostic YamlNode::problem(std::string text, std::string expected, std::string suggestion) const {
  Diagnostic out = at(*file_, tree_->line, tree_->column, std::move(text));
  out.expected = std::move(expected);
  out.suggestion = std::move(suggestion);
  return out;
}

Diagnostics YamlNode::placed(Diagnostics inner) const {
  const Diagnostic here = problem("");
  // Within a plain or quoted scalar on one line the columns add up; in folded text they do not.
  const std::size_t start = static_cast<std::size_t>(tree_->column) - (tree_->quoted ? 0U : 1U);
  const bool exact = start <= here.source_line.size() &&
                     here.source_line.compare(start, tree_->text.size(), tree_->text) == 0;
  for (Diagnostic& each : inner) {
    each.file = here.file;
    each.line = here.line;
    each.source_line = here.source_line;
    each.column = exact && each.column > 0 ? static_cast<int>(start) + each.column : here.column;
  }
  return inner;
}

Result<std::vector<YamlNode>> parse_yaml_documents(std::string_view text, std::string file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // a byte order mark
  const std::shared_ptr<const YamlNode::File> shared = make_file(text, std::move(file));
  if (!is_utf8(text)) return refuse(*shared, Code::kInvalid, {}, "the file is not UTF-8 text");
  if (const auto mark = control_character(*shared)) {
    return refuse(*shared, Code::kInvalid, *mark, "a control character, which no YAML text has");
  }
  std::vector<YamlNode> out;
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    Builder builder(text);
    while (parser.HandleNextDocument(builder)) {
      TreePtr tree = builder.take();
      if (tree == nullptr) tree = std::make_shared<Tree>();
      out.emplace_back(shared, std::move(tree));
    }
  } catch (const Refused& refused) {
    return refuse(*shared, refused.code, refused.mark, refused.text);
  } catch (const YAML::Exception& problem) {
    return refuse_syntax(*shared, problem);
  } catch (const std::exception& problem) {
    return refuse(*shared, Code::kInvalid, YAML::Mark::null_mark(), problem.what());
  }
  return out;
}

Result<YamlNode> parse_yaml(std::string_view text, std::string file) {
  TRY(std::vector<YamlNode> documents, parse_yaml_documents(text, file));
  if (documents.empty()) {
    return YamlNode(make_file(text, std::move(file)), std::make_shared<Tree>());
  }
  if (documents.size() > 1) {
    return fail({documents[1].problem("a second document begins here", "one document a file")});
  }
  return documents.front();
}

std::optional<std::string> yaml_text(const YamlNode& node, Diagnostics& problems) {
  return scalar(node, "text", problems);
}

std::optional<double> yaml_number(const YamlNode& node, Diagnostics& problems) {
  const auto text = scalar(node, "a number", problems);
  if (!text) return std::nullopt;
  double value = 0;
  const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (code == std::errc{} && end == text->data() + text->size() && std::isfinite(value)) {
    return value;
  }
  problems.push_back(node.problem("'" + *text + "' is not a number", "a number"));
  return std::nullopt;
}

std::optional<std::int64_t> yaml_integer(const YamlNode& node, Diagnostics& problems) {
  const auto text = scalar(node, "a whole number", problems);
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (code == std::errc{} && end == text->data() + text->size()) return value;
  problems.push_back(node.problem("'" + *text + "' is not a whole number", "a whole number"));
  return std::nullopt;
}

std::optional<bool> yaml_boolean(const YamlNode& node, Diagnostics& problems) {
  const auto text = scalar(node, "true or false", problems);
  if (!text) return std::nullopt;
  const std::string word = to_lower(*text);
  if (word == "true" || word == "yes" || word == "on") return true;
  if (word == "false" || word == "no" || word == "off") return false;
  problems.push_back(node.problem("'" + *text + "' is neither true nor false", "true or false"));
  return std::nullopt;
}

std::optional<Duration> yaml_duration(const YamlNode& node, Diagnostics& problems) {
  constexpr const char* kExpected = "a duration such as 30s, 5m or 1h30m";
  const auto text = scalar(node, kExpected, problems);
  if (!text) return std::nullopt;
  const auto span = parse_duration(*text);
  if (span) return *span;
  problems.push_back(node.problem("'" + *text + "' is not a duration", kExpected));
  return std::nullopt;
}

std::vector<std::pair<YamlNode, YamlNode>> yaml_entries(const YamlNode& node,
                                                        Diagnostics& problems) {
  if (node.kind() != YamlKind::kMap && node.kind() != YamlKind::kNull) {
    problems.push_back(no_map(node));
  }
  return node.entries();
}

YamlMap::YamlMap(YamlNode node, Diagnostics& problems)
    : node_(std::move(node)), problems_(problems), entries_(node_.entries()) {
  readable_ = node_.kind() == YamlKind::kMap || node_.kind() == YamlKind::kNull;
  if (!readable_) problems_.push_back(no_map(node_));
}

std::optional<YamlNode> YamlMap::node(std::string_view key) {
  ignore(key);
  for (const auto& [name, value] : entries_) {
    if (name.text() == key && value.kind() != YamlKind::kNull) return value;
  }
  return std::nullopt;
}

std::optional<std::string> YamlMap::text(std::string_view key) {
  const auto found = node(key);
  return found ? yaml_text(*found, problems_) : std::nullopt;
}

std::optional<double> YamlMap::number(std::string_view key) {
  const auto found = node(key);
  return found ? yaml_number(*found, problems_) : std::nullopt;
}

std::optional<std::int64_t> YamlMap::integer(std::string_view key) {
  const auto found = node(key);
  return found ? yaml_integer(*found, problems_) : std::nullopt;
}

std::optional<bool> YamlMap::boolean(std::string_view key) {
  const auto found = node(key);
  return found ? yaml_boolean(*found, problems_) : std::nullopt;
}

std::optional<Duration> YamlMap::duration(std::string_view key) {
  const auto found = node(key);
  return found ? yaml_duration(*found, problems_) : std::nullopt;
}

std::vector<YamlNode> YamlMap::list(std::string_view key) {
  const auto found = node(key);
  if (!found) return {};
  if (found->kind() == YamlKind::kList) return found->items();
  return {*found};
}

std::vector<std::string> YamlMap::texts(std::string_view key) {
  std::vector<std::string> out;
  for (const YamlNode& item : list(key)) {
    if (auto text = yaml_text(item, problems_)) out.push_back(*std::move(text));
  }
  return out;
}

std::string YamlMap::required_text(std::string_view key) {
  const auto found = node(key);
  if (!found) {
    if (readable_) {
      problems_.push_back(node_.problem("key '" + std::string(key) + "' is missing"));
    }
    return {};
  }
  return yaml_text(*found, problems_).value_or(std::string());
}

void YamlMap::ignore(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
}

void YamlMap::finish() {
  for (const auto& [key, value] : entries_) {
    if (std::find(known_.begin(), known_.end(), key.text()) != known_.end()) continue;
    std::string nearest = nearest_word(key.text(), known_);
    const bool list = nearest.empty() && !known_.empty() && known_.size() <= kFewKeys;
    problems_.push_back(key.problem("unknown key '" + key.text() + "'",
                                    list ? "one of " + join_words(known_) : "",
                                    std::move(nearest)));
  }
}

Place place_of(const YamlNode& node) {
  const Diagnostic here = node.problem("");
  return {here.file, here.line, here.column, here.source_line};
}

}  // namespace daytwo::model
