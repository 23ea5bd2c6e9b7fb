// Options of a worry file, and the rules between them.
#include <fmt/ranges.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/text.h"
#include "base/time.h"
#include "model/field.h"
#include "model/worry_file.h"
#include "model/worry_file_parts.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

void check_known(const std::vector<SharedOption>& options, const std::vector<YamlNode>& nodes,
                 Diagnostics& problems) {
  std::vector<std::string> names;
  for (const SharedOption& option : options) names.push_back(option.id);
  for (std::size_t i = 0; i < options.size(); ++i) {
    for (const auto* list : {&options[i].requires_ids, &options[i].excludes}) {
      for (const std::string& other : *list) {
        if (std::find(names.begin(), names.end(), other) != names.end()) continue;
        problems.push_back(nodes[i].problem("no option '" + other + "' is declared", "",
                                            nearest_word(other, names)));
      }
    }
    for (const std::string& other : options[i].requires_ids) {
      const auto& no = options[i].excludes;
      if (std::find(no.begin(), no.end(), other) == no.end()) continue;
      problems.push_back(
          nodes[i].problem("'" + options[i].id + "' both requires and excludes '" + other + "'"));
    }
  }
}

}  // namespace

SharedOption read_option(const YamlNode& node, Ids& ids, const Reading& reading) {
  YamlMap map(node, reading.problems);
  SharedOption out;
  out.id = read_id(map, ids, reading.problems);
  out.place = place_of(node);
  out.kind = map.text("kind").value_or("");
  out.once = field_of(map, "once", Measure::kMoney, reading);
  out.per_year = field_of(map, "per_year", Measure::kMoneyAYear, reading);
  out.worth = field_of(map, "worth", Measure::kMoneyAYear, reading);
  out.days = field_of(map, "days", Measure::kWork, reading);
  out.team = map.text("team").value_or("");
  out.blocks = fields_of(map, "blocks", Measure::kShare, reading);
  out.cuts = fields_of(map, "cuts", Measure::kShare, reading);
  out.requires_ids = map.texts("requires");
  out.excludes = map.texts("excludes");
  out.must = map.boolean("must").value_or(false);
  out.narrows = read_narrows(map, reading);
  out.delay = field_of(map, "delay", Measure::kDuration, reading);
  map.finish();
  const bool acts = !out.blocks.empty() || !out.cuts.empty() || out.worth;
  if (out.kind == kInvestigation && out.narrows.empty()) {
    reading.problems.push_back(
        node.problem("an investigation says what it narrows", "narrows: {provider-lost: 50%}"));
  } else if (!out.narrows.empty() && (acts || out.must)) {
    reading.problems.push_back(node.problem(
        "an option either narrows what is not known, or acts: make it two, one requiring the "
        "other"));
  } else if (out.delay && out.narrows.empty()) {
    reading.problems.push_back(node.problem("only what narrows something has a delay"));
  }
  if (!out.narrows.empty()) out.kind = kInvestigation;
  return out;
}

Acceptance read_acceptance(const YamlNode& node, Ids& ids, const Reading& reading) {
  YamlMap map(node, reading.problems);
  Acceptance out;
  out.id = read_id(map, ids, reading.problems);
  out.worry = map.required_text("accept");
  out.until = map.required_text("until");
  out.by = map.text("by").value_or("");
  const auto until = map.node("until");
  map.finish();
  const auto at = parse_rfc3339(out.until + "T00:00:00Z");
  if (at) {
    out.at = *at;
  } else if (until && !out.until.empty()) {
    reading.problems.push_back(
        until->problem("'" + out.until + "' is no day", "until: 2027-03-01"));
  }
  return out;
}

void check_relations(const std::vector<SharedOption>& options, const std::vector<YamlNode>& nodes,
                     Diagnostics& problems) {
  check_known(options, nodes, problems);
  std::map<std::string, const SharedOption*> by_id;
  for (const SharedOption& option : options) by_id[option.id] = &option;
  // Depth-first: an option met again on its own path closes a circle.
  std::vector<std::string> path;
  std::set<std::string> done;
  const std::function<bool(const std::string&)> circles = [&](const std::string& id) {
    const auto met = std::find(path.begin(), path.end(), id);
    if (met != path.end()) {
      path.erase(path.begin(), met);
      path.push_back(id);
      return true;
    }
    if (!by_id.contains(id) || !done.insert(id).second) return false;
    path.push_back(id);
    const auto& needs = by_id.at(id)->requires_ids;
    if (std::any_of(needs.begin(), needs.end(), circles)) return true;
    path.pop_back();
    return false;
  };
  for (std::size_t i = 0; i < options.size(); ++i) {
    path.clear();
    if (done.contains(options[i].id) || !circles(options[i].id)) continue;
    problems.push_back(nodes[i].problem(
        fmt::format("these require each other in a circle: {}", fmt::join(path, " -> ")),
        "one of them without `requires`"));
  }
}

}  // namespace daytwo::model
