// Rule files, read and written.
#include "model/rule_file.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/diagnostic_order.h"
#include "base/text.h"

namespace daytwo::model {
namespace {

// [a-zA-Z_][a-zA-Z0-9_]*, and colons in metric names.
bool is_identifier(std::string_view text, bool colons) {
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text.front())) != 0) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || (colons && c == ':');
  });
}

// Reads the documents of one file.
class Reader {
 public:
  explicit Reader(Diagnostics& problems) : problems_(problems) {}

  void document(const YamlNode& node, std::vector<RuleGroup>& out) {
    YamlMap map(node, problems_);
    for (const YamlNode& each : map.list("groups")) {
      RuleGroup read = group(each);
      if (!read.name.empty() && !names_.insert(read.name).second) {
        problems_.push_back(each.problem(fmt::format("group '{}' is there twice", read.name)));
      }
      out.push_back(std::move(read));
    }
    map.ignore("namespace");  // cortextool and mimirtool write it
    map.finish();
  }

 private:
  RuleGroup group(const YamlNode& node) {
    YamlMap map(node, problems_);
    RuleGroup out;
    out.name = map.required_text("name");
    out.interval = map.duration("interval");
    static_cast<void>(map.duration("query_offset"));
    static_cast<void>(map.integer("limit"));
    const RuleTexts shared = texts(map, "labels", true);
    std::set<std::pair<std::string, RuleTexts>> seen;
    for (const YamlNode& each : map.list("rules")) {
      Rule read = rule(each);
      for (const auto& [name, value] : shared) read.labels.emplace(name, value);
      // Two alerts of one name may differ in their query; two records would overwrite each other.
      if (!read.record.empty() && !seen.emplace(read.record, read.labels).second) {
        problems_.push_back(
            each.problem(fmt::format("'{}' is recorded twice with the same labels", read.record)));
      }
      out.rules.push_back(std::move(read));
    }
    map.finish();
    return out;
  }

  Rule rule(const YamlNode& node) {
    YamlMap map(node, problems_);
    Rule out;
    out.at = node;
    out.record = map.text("record").value_or("");
    out.alert = map.text("alert").value_or("");
    out.query_at = map.node("expr");
    out.query = map.required_text("expr");
    out.pending = map.duration("for").value_or(Duration{});
    out.keep_firing = map.duration("keep_firing_for").value_or(Duration{});
    out.labels = texts(map, "labels", true);
    out.annotations = texts(map, "annotations", false);
    map.finish();
    if (out.record.empty() == out.alert.empty()) {
      problems_.push_back(node.problem("a rule records or alerts", "one of record and alert"));
    }
    if (!out.record.empty()) check_record(node, out);
    return out;
  }

  void check_record(const YamlNode& node, const Rule& rule) {
    if (!is_identifier(rule.record, true)) {
      problems_.push_back(node.problem(fmt::format("'{}' is no metric name", rule.record)));
    }
    const bool alerts = rule.pending.ms != 0 || rule.keep_firing.ms != 0;
    if (alerts || !rule.annotations.empty()) {
      problems_.push_back(
          node.problem("a rule that records has no for, keep_firing_for and "
                       "annotations"));
    }
  }

  RuleTexts texts(YamlMap& map, std::string_view key, bool labels) {
    RuleTexts out;
    const auto node = map.node(key);
    if (!node) return out;
    for (const auto& [name, value] : yaml_entries(*node, problems_)) {
      const auto text = yaml_text(value, problems_);
      const bool good = is_identifier(name.text(), false) && (!labels || name.text() != "__name__");
      if (!good) problems_.push_back(name.problem(fmt::format("'{}' is no name", name.text())));
      if (text) out.emplace(name.text(), *text);
    }
    return out;
  }

  Diagnostics& problems_;
  std::set<std::string> names_;
};

// The lines of a literal block, indented; only for texts that such a block gives back unchanged.
std::string literal_block(std::string_view text, std::string_view indent) {
  std::string out = text.ends_with('\n') ? "|\n" : "|-\n";
  if (text.ends_with('\n')) text.remove_suffix(1);
  for (const std::string_view line : split(text, '\n')) {
    if (!line.empty()) out += fmt::format("{}{}", indent, line);
    out += '\n';
  }
  return out;
}

bool fits_literal_block(std::string_view text) {
  if (text.find('\n') == std::string_view::npos || !is_utf8(text)) return false;
  if (text.front() == ' ' || text.front() == '\n' || text.ends_with("\n\n")) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 ? c != 0x7f : c == '\n';
  });
}

void write_texts(std::string_view key, const RuleTexts& texts, std::string& out) {
  if (texts.empty()) return;
  out += fmt::format("    {}:\n", key);
  for (const auto& [name, value] : texts) {
    out += fmt::format("      {}: {}\n", name, yaml_scalar(value));
  }
}

void write_rule(const Rule& rule, std::string& out) {
  out += fmt::format("  - {}: {}\n", rule.record.empty() ? "alert" : "record",
                     yaml_scalar(rule.name()));
  out += "    expr: ";
  out += fits_literal_block(rule.query) ? literal_block(rule.query, "      ")
                                        : yaml_scalar(rule.query) + "\n";
  if (rule.pending.ms != 0) out += fmt::format("    for: {}\n", to_string(rule.pending));
  if (rule.keep_firing.ms != 0) {
    out += fmt::format("    keep_firing_for: {}\n", to_string(rule.keep_firing));
  }
  write_texts("labels", rule.labels, out);
  write_texts("annotations", rule.annotations, out);
}

}  // namespace

Result<std::vector<RuleGroup>> parse_rule_file(std::string_view text, const std::string& path) {
  TRY(const auto documents, parse_yaml_documents(text, path));
  Diagnostics problems;
  std::vector<RuleGroup> out;
  Reader reader(problems);
  for (const YamlNode& node : documents) reader.document(node, out);
  sort_by_place(problems);
  if (!problems.empty()) return fail(std::move(problems));
  return out;
}

std::string to_rule_yaml(std::span<const RuleGroup> groups) {
  std::string out = groups.empty() ? "groups: []\n" : "groups:\n";
  for (const RuleGroup& group : groups) {
    out += fmt::format("- name: {}\n", yaml_scalar(group.name));
    if (group.interval) out += fmt::format("  interval: {}\n", to_string(*group.interval));
    out += group.rules.empty() ? "  rules: []\n" : "  rules:\n";
    for (const Rule& rule : group.rules) write_rule(rule, out);
  }
  return out;
}

std::string yaml_scalar(std::string_view text) {
  // A word that begins with a letter and is no keyword is text to every reader of YAML.
  static constexpr std::string_view kInside = "_-./:";
  const bool plain = !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0 &&
                     text.back() != ':' && std::all_of(text.begin(), text.end(), [](char c) {
                       return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                              kInside.find(c) != std::string_view::npos;
                     });
  static const std::set<std::string> kWords = {"true", "false", "yes", "no",  "on", "off",
                                               "null", "y",     "n",   "inf", "nan"};
  if (plain && !kWords.contains(to_lower(text))) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02x}", byte);
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace daytwo::model
