#include "model/worry_file.h"

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
#include "base/diagnostic_order.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "model/field.h"
#include "model/stakes.h"
#include "model/worry_file_parts.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

// Quantities in the order in which they stand; one that is wrong is left out.
void read_quantities(YamlMap& map, Definitions& names, Diagnostics& problems) {
  const auto node = map.node("quantities");
  if (!node) return;
  YamlMap inner(*node, problems);
  for (const auto& [name, value] : node->entries()) {
    inner.ignore(name.text());
    const auto text = yaml_text(value, problems);
    if (!text) continue;
    const auto added = names.add(name.text(), *text);
    if (!added) {
      add_placed(added.error().in_name ? name : value, added.error().error, problems);
    }
  }
}

// What options and floors may act on: the causes of the worries, and the worries themselves.
std::vector<std::string> causes_of(const std::vector<FiledWorry>& worries) {
  std::vector<std::string> out;
  for (const FiledWorry& worry : worries) {
    out.push_back(worry.id);
    for (const auto& [cause, share] : worry.causes) out.push_back(cause);
  }
  return out;
}

void check_cause(const std::string& name, const std::vector<std::string>& known,
                 const YamlNode& node, Diagnostics& problems) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  problems.push_back(node.problem("no worry of this file is or has the cause '" + name + "'", "",
                                  nearest_word(name, known)));
}

// Where an option's `cuts` or `blocks` names `cause`.
YamlNode place_of_effect(const YamlNode& option, const std::string& cause) {
  for (const auto& [key, effects] : option.entries()) {
    if (key.text() != "cuts" && key.text() != "blocks") continue;
    for (const auto& [name, share] : effects.entries()) {
      if (name.text() == cause) return name;
    }
  }
  return option;
}

bool has_key(const YamlNode& node, std::string_view key) {
  if (node.kind() != YamlKind::kMap) return false;
  const auto entries = node.entries();
  return std::any_of(entries.begin(), entries.end(),
                     [&](const auto& entry) { return entry.first.text() == key; });
}

LossFloor read_floor(const YamlNode& node, const std::vector<std::string>& known,
                     const Reading& reading) {
  YamlMap map(node, reading.problems);
  LossFloor out;
  out.loss_of = map.required_text("loss_of");
  if (!out.loss_of.empty()) {
    check_cause(out.loss_of, known, map.node("loss_of").value_or(node), reading.problems);
  }
  if (auto most = field_of(map, "at_most", Measure::kMoney, reading)) {
    out.at_most = *std::move(most);
  } else if (!map.node("at_most")) {
    reading.problems.push_back(
        node.problem("a floor says how much may be left", "at_most: \"$50k\""));
  }
  map.finish();
  return out;
}

void read_stakes(YamlMap& map, WorryFile& out, Diagnostics& problems) {
  for (const YamlNode& node : map.list("stakes")) {
    const auto written = yaml_text(node, problems);
    if (!written) continue;
    if (auto stake = parse_stake(*written)) {
      out.stakes.push_back(*std::move(stake));
      out.stake_files.push_back(node.file());
    } else {
      add_placed(node, stake.error(), problems);
    }
  }
}

// Reads all files in step: what one file declares, another may name.
class Reader {
 public:
  explicit Reader(const std::vector<YamlNode>& roots) {
    for (const YamlNode& root : roots) maps_.emplace_back(root, problems_);
  }

  Result<WorryFile> run() {
    for (YamlMap& map : maps_) read_quantities(map, out_.quantities, problems_);
    Reading reading{problems_, out_.quantities};
    for (YamlMap& map : maps_) read_law(map, reading);
    Ids worries;
    Ids options;
    std::vector<YamlNode> worry_nodes;
    std::vector<YamlNode> option_nodes;
    std::vector<YamlNode> acceptance_nodes;
    for (YamlMap& map : maps_) {
      for (const std::string_view key : {"risks", "worries"}) {
        for (const YamlNode& node : map.list(key)) {
          out_.worries.push_back(read_worry(node, worries, reading));
          worry_nodes.push_back(node);
        }
      }
      for (const YamlNode& node : map.list("options")) {
        if (has_key(node, "accept")) {
          out_.acceptances.push_back(read_acceptance(node, options, reading));
          acceptance_nodes.push_back(node);
          continue;
        }
        out_.options.push_back(read_option(node, options, reading));
        option_nodes.push_back(node);
      }
      for (const YamlNode& node : map.list("studies")) {
        out_.options.push_back(read_study(node, options, reading));
        option_nodes.push_back(node);
      }
    }
    check_triggers(out_.worries, worry_nodes, problems_);
    check_relations(out_.options, option_nodes, problems_);
    const std::vector<std::string> known = causes_of(out_.worries);
    for (std::size_t i = 0; i < option_nodes.size(); ++i) {
      for (const auto* acted : {&out_.options[i].blocks, &out_.options[i].cuts}) {
        for (const auto& [cause, share] : *acted) {
          check_cause(cause, known, place_of_effect(option_nodes[i], cause), problems_);
        }
      }
    }
    check_studied(out_, option_nodes, acceptance_nodes, known, problems_);
    for (YamlMap& map : maps_) {
      read_stakes(map, out_, problems_);
      read_whole(map, worries, reading, out_);
      for (const YamlNode& node : map.list("floors")) {
        out_.floors.push_back(read_floor(node, known, reading));
      }
      map.finish();
    }
    sort_by_place(problems_);
    if (!problems_.empty()) return fail(std::move(problems_));
    return std::move(out_);
  }

 private:
  Diagnostics problems_;
  std::vector<YamlMap> maps_;
  WorryFile out_;
};

}  // namespace

void add_placed(const YamlNode& node, const Error& error, Diagnostics& problems) {
  const Diagnostics placed = node.placed(error.diagnostics);
  problems.insert(problems.end(), placed.begin(), placed.end());
  if (placed.empty()) problems.push_back(node.problem(error.text));
}

std::string read_id(YamlMap& map, Ids& known, Diagnostics& problems) {
  const std::string id = map.required_text("id");
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  const auto at = map.node("id");
  if (id.empty() || !at) return id;
  if (!std::all_of(id.begin(), id.end(), allowed)) {
    problems.push_back(at->problem("'" + id + "' is no id", "letters, digits, '-', '_' and '.'"));
    return id;
  }
  const auto [first, added] = known.try_emplace(id, *at);
  if (!added) {
    problems.push_back(at->problem("id '" + id + "' is given twice: first in " +
                                   first->second.file() + ":" +
                                   std::to_string(first->second.line())));
  }
  return id;
}

std::optional<Field> field_of(const YamlNode& node, Measure measure, const Reading& reading) {
  const auto text = yaml_text(node, reading.problems);
  if (!text) return std::nullopt;
  auto field = read_field(*text, measure, reading.quantities);
  if (field) return *std::move(field);
  add_placed(node, field.error(), reading.problems);
  return std::nullopt;
}

std::optional<Field> field_of(YamlMap& map, std::string_view key, Measure measure,
                              const Reading& reading) {
  const auto node = map.node(key);
  return node ? field_of(*node, measure, reading) : std::nullopt;
}

std::map<std::string, Field> fields_of(YamlMap& map, std::string_view key, Measure measure,
                                       const Reading& reading) {
  std::map<std::string, Field> out;
  const auto node = map.node(key);
  if (!node) return out;
  YamlMap inner(*node, reading.problems);
  for (const auto& [name, value] : node->entries()) {
    inner.ignore(name.text());
    if (auto field = field_of(value, measure, reading)) out[name.text()] = *std::move(field);
  }
  return out;
}

Result<WorryFile> parse_worry_files(std::span<const WorrySource> sources) {
  std::vector<YamlNode> roots;
  for (const WorrySource& source : sources) {
    TRY(YamlNode root, parse_yaml(source.text, source.path));
    roots.push_back(std::move(root));
  }
  return Reader(roots).run();
}

Result<WorryFile> parse_worry_file(std::string_view text, std::string path) {
  const WorrySource source{std::string(text), std::move(path)};
  return parse_worry_files({&source, 1});
}

}  // namespace daytwo::model
