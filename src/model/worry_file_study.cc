// Studies of a worry file: what could be found out, and about what.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/text.h"
#include "model/field.h"
#include "model/teaching.h"
#include "model/worry_file.h"
#include "model/worry_file_parts.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

using How = Teaching::How;

// The numbers of a worry, as a study names them.
void add_numbers(const FiledWorry& worry, std::vector<std::string>& out) {
  const std::string prefix = worry.id + ".";
  out.push_back(prefix + "events");
  if (worry.loss.empty()) out.push_back(prefix + "size");
  if (worry.duration) out.push_back(prefix + std::string(kDuration));
  const auto add = [&](const std::vector<LossPart>& parts, const std::string& before) {
    for (const LossPart& part : parts) {
      out.push_back(before + part.name);
      if (part.chance) out.push_back(before + part.name + ".chance");
    }
  };
  add(worry.loss, prefix);
  add(worry.harm, prefix + "harm.");
}

// Those of an option.
void add_numbers(const SharedOption& option, std::vector<std::string>& out) {
  const std::string prefix = option.id + ".";
  if (option.once) out.push_back(prefix + "once");
  if (option.per_year) out.push_back(prefix + "per_year");
  if (option.worth) out.push_back(prefix + "worth");
  if (option.days) out.push_back(prefix + "days");
  for (const auto& [name, share] : option.blocks) {
    out.push_back(fmt::format("{}blocks.{}", prefix, name));
  }
  for (const auto& [name, share] : option.cuts) {
    out.push_back(fmt::format("{}cuts.{}", prefix, name));
  }
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// What a study can be about.
struct Subjects {
  std::vector<std::string> worries;
  std::vector<std::string> wholes;   // worries, causes, options
  std::vector<std::string> numbers;  // one number of those, or a quantity
};

void check(const std::string& name, const Teaching& teaching, const Subjects& subjects,
           const YamlNode& node, Diagnostics& problems) {
  const bool is_number = contains(subjects.numbers, name);
  if (!is_number && !contains(subjects.wholes, name)) {
    std::vector<std::string> known = subjects.wholes;
    known.insert(known.end(), subjects.numbers.begin(), subjects.numbers.end());
    problems.push_back(node.problem("no worry, cause or option '" + name + "' to narrow", "",
                                    nearest_word(name, known)));
    return;
  }
  if (is_number && teaching.how != How::kYears) return;
  if (teaching.how == How::kReading || teaching.how == How::kTest) {
    problems.push_back(
        node.problem("'" + teaching.text + "' reads one number, and '" + name + "' has several",
                     name + ".size: " + teaching.text));
  }
  const bool is_rate = name.ends_with(".events") || contains(subjects.worries, name);
  if (teaching.how == How::kYears && !is_rate) {
    problems.push_back(
        node.problem("years of logs tell how often: name a worry", "ransom: 3 years"));
  }
}

}  // namespace

std::map<std::string, Teaching> read_narrows(YamlMap& map, const Reading& reading) {
  std::map<std::string, Teaching> out;
  const auto node = map.node("narrows");
  if (!node) return out;
  YamlMap inner(*node, reading.problems);
  for (const auto& [name, value] : node->entries()) {
    inner.ignore(name.text());
    const auto text = yaml_text(value, reading.problems);
    if (!text) continue;
    if (auto teaching = parse_teaching(*text, reading.quantities)) {
      out[name.text()] = *std::move(teaching);
    } else {
      add_placed(value, teaching.error(), reading.problems);
    }
  }
  const bool test = std::any_of(out.begin(), out.end(),
                                [](const auto& each) { return each.second.how == How::kTest; });
  if (test && out.size() > 1) {
    reading.problems.push_back(
        node->problem("a test tells about one number: make a study of its own for the others"));
  }
  return out;
}

SharedOption read_study(const YamlNode& node, Ids& ids, const Reading& reading) {
  YamlMap map(node, reading.problems);
  SharedOption out;
  out.id = read_id(map, ids, reading.problems);
  out.kind = kInvestigation;
  out.once = field_of(map, "once", Measure::kMoney, reading);
  out.days = field_of(map, "days", Measure::kWork, reading);
  out.team = map.text("team").value_or("");
  out.delay = field_of(map, "delay", Measure::kDuration, reading);
  const std::optional<YamlNode> narrows = map.node("narrows");
  out.narrows = read_narrows(map, reading);
  map.finish();
  if (!narrows || narrows->entries().empty()) {
    reading.problems.push_back(
        node.problem("a study says what it narrows", "narrows: {provider-lost: by half}"));
  }
  return out;
}

void check_studied(const WorryFile& file, const std::vector<YamlNode>& options,
                   const std::vector<YamlNode>& acceptances, std::span<const std::string> causes,
                   Diagnostics& problems) {
  Subjects subjects;
  subjects.wholes.assign(causes.begin(), causes.end());
  subjects.numbers = file.quantities.names();
  for (const FiledWorry& worry : file.worries) {
    subjects.worries.push_back(worry.id);
    add_numbers(worry, subjects.numbers);
  }
  for (const SharedOption& option : file.options) {
    if (!option.narrows.empty()) continue;
    subjects.wholes.push_back(option.id);
    add_numbers(option, subjects.numbers);
  }
  for (std::size_t i = 0; i < acceptances.size(); ++i) {
    const std::string& worry = file.acceptances[i].worry;
    if (contains(subjects.worries, worry)) continue;
    problems.push_back(acceptances[i].problem("no worry '" + worry + "' is declared to accept", "",
                                              nearest_word(worry, subjects.worries)));
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    for (const auto& [name, teaching] : file.options[i].narrows) {
      check(name, teaching, subjects, options[i], problems);
    }
  }
}

}  // namespace daytwo::model
