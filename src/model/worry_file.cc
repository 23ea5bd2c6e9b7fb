#include "model/worry_file.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/result.h"
#include "base/text.h"
#include "model/amount.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

constexpr std::string_view kParts[] = {"events", "size", "price", "effect", "work", "hour", "once"};

// What a quantity may be, and an example for who wrote something else.
enum class Measure : std::uint8_t { kMoney, kWork, kShare };

bool measures(const Quantity& quantity, Measure measure) {
  switch (measure) {
    case Measure::kMoney:
      return quantity.unit.size() == 3;
    case Measure::kWork:
      return quantity.unit == kPersonHours || quantity.unit == kHoursLost;
    case Measure::kShare:
      return quantity.unit == kProbability && quantity.low >= 0 && quantity.high <= 1;
  }
  return false;
}

std::string_view example(Measure measure) {
  switch (measure) {
    case Measure::kMoney:
      return "money such as $40k";
    case Measure::kWork:
      return "work such as 2 to 5 person-days";
    case Measure::kShare:
      return "a share such as 60% to 90%";
  }
  return {};
}

// What is wrong with the text of `node`, at its place in the file.
void place(const YamlNode& node, const Error& error, Diagnostics& problems) {
  const Diagnostics placed = node.placed(error.diagnostics);
  problems.insert(problems.end(), placed.begin(), placed.end());
  if (placed.empty()) problems.push_back(node.problem(error.text));
}

std::optional<Quantity> quantity(const YamlNode& node, const std::string& text, Measure measure,
                                 Diagnostics& problems) {
  auto read = parse_quantity(text);
  if (!read) {
    place(node, read.error(), problems);
    return std::nullopt;
  }
  if (!measures(*read, measure)) {
    problems.push_back(
        node.problem("'" + text + "' is in the wrong unit", std::string(example(measure))));
    return std::nullopt;
  }
  return *std::move(read);
}

std::optional<Quantity> quantity(YamlMap& map, std::string_view key, Measure measure,
                                 Diagnostics& problems) {
  const auto node = map.node(key);
  if (!node) return std::nullopt;
  const auto text = yaml_text(*node, problems);
  return text ? quantity(*node, *text, measure, problems) : std::nullopt;
}

// As quantity(), but the text as it was written.
std::string written(YamlMap& map, std::string_view key, Measure measure, Diagnostics& problems) {
  const auto node = map.node(key);
  if (!node || !quantity(map, key, measure, problems)) return {};
  return yaml_text(*node, problems).value_or("");
}

std::string id_of(YamlMap& map, std::set<std::string>& known, Diagnostics& problems) {
  const std::string id = map.required_text("id");
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  const auto at = map.node("id");
  if (id.empty() || !at) return id;
  if (!std::all_of(id.begin(), id.end(), allowed)) {
    problems.push_back(at->problem("'" + id + "' is no id", "letters, digits, '-', '_' and '.'"));
  } else if (!known.insert(id).second) {
    problems.push_back(at->problem("id '" + id + "' is given twice"));
  }
  return id;
}

std::map<std::string, double> shares(YamlMap& map, std::string_view key, Diagnostics& problems) {
  std::map<std::string, double> out;
  const auto node = map.node(key);
  if (!node) return out;
  YamlMap inner(*node, problems);
  for (const auto& [name, value] : node->entries()) {
    inner.ignore(name.text());
    const auto share = yaml_number(value, problems);
    if (!share) continue;
    if (*share < 0 || *share > 1) {
      problems.push_back(value.problem("a share lies between 0 and 1"));
    }
    out[name.text()] = *share;
  }
  return out;
}

FiledWorry read_worry(const YamlNode& node, std::set<std::string>& ids, Diagnostics& problems) {
  YamlMap map(node, problems);
  FiledWorry out;
  out.id = id_of(map, ids, problems);
  out.sentence = map.required_text("estimate");
  if (const auto at = map.node("estimate"); at && !out.sentence.empty()) {
    if (const auto read = parse_sentence(out.sentence); !read) place(*at, read.error(), problems);
  }
  out.title = map.text("title").value_or("");
  out.service = map.text("service").value_or("");
  out.source = map.text("source").value_or("");
  out.by = map.text("by").value_or("");
  out.reviewed = map.text("reviewed").value_or("");
  out.causes = shares(map, "causes", problems);
  double sum = 0;
  for (const auto& [cause, share] : out.causes) sum += share;
  if (const auto at = map.node("causes"); at && !out.causes.empty() && std::abs(sum - 1) > 1e-9) {
    problems.push_back(at->problem("causes add to " + format_double(sum) + ", not to 1"));
  }
  if (const auto at = map.node("option")) {
    YamlMap option(*at, problems);
    out.option.name = option.text("name").value_or("");
    out.option.once = written(option, "once", Measure::kMoney, problems);
    out.option.takes = written(option, "takes", Measure::kWork, problems);
    out.option.cuts = written(option, "cuts", Measure::kShare, problems);
    option.finish();
  }
  if (const auto at = map.node("evidence")) {
    YamlMap evidence(*at, problems);
    for (const std::string_view part : kParts) {
      if (auto query = evidence.text(part)) out.evidence.emplace_back(part, *std::move(query));
    }
    evidence.finish();
  }
  map.finish();
  return out;
}

// Shares by cause, as plain numbers or ranges.
std::map<std::string, Quantity> effects(YamlMap& map, std::string_view key, Diagnostics& problems) {
  std::map<std::string, Quantity> out;
  const auto node = map.node(key);
  if (!node) return out;
  YamlMap inner(*node, problems);
  for (const auto& [name, value] : node->entries()) {
    inner.ignore(name.text());
    const auto text = yaml_text(value, problems);
    if (!text) continue;
    if (text->find_first_not_of("0123456789.-") == std::string::npos) {
      const auto share = yaml_number(value, problems);
      if (!share) continue;
      if (*share < 0 || *share > 1) {
        problems.push_back(value.problem("a share lies between 0 and 1"));
      }
      out[name.text()] = {*share, *share, 0.9, {}, {}, std::string(kProbability)};
    } else if (auto read = quantity(value, *text, Measure::kShare, problems)) {
      out[name.text()] = *std::move(read);
    }
  }
  return out;
}

// "12", "8 to 15", "8 to 15 person-days": days where nothing else is said.
std::optional<Quantity> days_of_work(YamlMap& map, Diagnostics& problems) {
  const auto node = map.node("days");
  if (!node) return std::nullopt;
  const auto text = yaml_text(*node, problems);
  if (!text) return std::nullopt;
  const bool bare = text->find_first_not_of("0123456789.- to") == std::string::npos;
  auto out = quantity(*node, bare ? *text + " person-days" : *text, Measure::kWork, problems);
  if (out && out->low < 0) problems.push_back(node->problem("days of work are not below 0"));
  return out;
}

SharedOption read_option(const YamlNode& node, std::set<std::string>& ids, Diagnostics& problems) {
  YamlMap map(node, problems);
  SharedOption out;
  out.id = id_of(map, ids, problems);
  out.kind = map.text("kind").value_or("");
  out.once = quantity(map, "once", Measure::kMoney, problems);
  out.per_year = quantity(map, "per_year", Measure::kMoney, problems);
  out.worth = quantity(map, "worth", Measure::kMoney, problems);
  out.days = days_of_work(map, problems);
  out.team = map.text("team").value_or("");
  out.blocks = effects(map, "blocks", problems);
  out.cuts = effects(map, "cuts", problems);
  out.requires_ids = map.texts("requires");
  out.excludes = map.texts("excludes");
  out.must = map.boolean("must").value_or(false);
  map.finish();
  return out;
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

LossFloor read_floor(const YamlNode& node, const std::vector<std::string>& known,
                     Diagnostics& problems) {
  YamlMap map(node, problems);
  LossFloor out;
  out.loss_of = map.required_text("loss_of");
  if (!out.loss_of.empty()) check_cause(out.loss_of, known, node, problems);
  if (auto most = quantity(map, "at_most", Measure::kMoney, problems)) {
    out.at_most = *std::move(most);
  } else if (!map.node("at_most")) {
    problems.push_back(node.problem("a floor says how much may be left", "at_most: \"$50k\""));
  }
  map.finish();
  return out;
}

// Options that need or exclude each other: known, not both, not in a circle.
void check_relations(const std::vector<SharedOption>& options, const std::vector<YamlNode>& nodes,
                     Diagnostics& problems) {
  std::map<std::string, const SharedOption*> by_id;
  std::vector<std::string> names;
  for (const SharedOption& option : options) {
    by_id[option.id] = &option;
    names.push_back(option.id);
  }
  for (std::size_t i = 0; i < options.size(); ++i) {
    for (const auto* list : {&options[i].requires_ids, &options[i].excludes}) {
      for (const std::string& other : *list) {
        if (by_id.contains(other)) continue;
        problems.push_back(nodes[i].problem("no option '" + other + "' is declared", "",
                                            nearest_word(other, names)));
      }
    }
    for (const std::string& other : options[i].requires_ids) {
      const auto& no = options[i].excludes;
      if (std::find(no.begin(), no.end(), other) != no.end()) {
        problems.push_back(
            nodes[i].problem("'" + options[i].id + "' both requires and excludes '" + other + "'"));
      }
    }
  }
  // Depth-first: an option met again on its own path closes a circle.
  std::map<std::string, int> state;  // 1 on the path, 2 done
  const std::function<bool(const std::string&)> circles = [&](const std::string& id) {
    if (state[id] == 1) return true;
    if (state[id] == 2 || !by_id.contains(id)) return false;
    state[id] = 1;
    const auto& needs = by_id.at(id)->requires_ids;
    const bool found = std::any_of(needs.begin(), needs.end(), circles);
    state[id] = 2;
    return found;
  };
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (state[options[i].id] == 0 && circles(options[i].id)) {
      problems.push_back(nodes[i].problem("'" + options[i].id + "' requires itself in a circle"));
    }
  }
}

}  // namespace

void append(WorryFile& all, WorryFile more) {
  std::ranges::move(more.worries, std::back_inserter(all.worries));
  std::ranges::move(more.options, std::back_inserter(all.options));
  std::ranges::move(more.floors, std::back_inserter(all.floors));
  std::ranges::move(more.stakes, std::back_inserter(all.stakes));
}

Result<WorryFile> parse_worry_file(std::string_view text, std::string path) {
  TRY(const YamlNode root, parse_yaml(text, std::move(path)));
  Diagnostics problems;
  YamlMap map(root, problems);
  WorryFile out;
  std::set<std::string> worry_ids;
  std::set<std::string> option_ids;
  for (const std::string_view key : {"risks", "worries"}) {
    for (const YamlNode& node : map.list(key)) {
      out.worries.push_back(read_worry(node, worry_ids, problems));
    }
  }
  const std::vector<YamlNode> options = map.list("options");
  for (const YamlNode& node : options) {
    out.options.push_back(read_option(node, option_ids, problems));
  }
  check_relations(out.options, options, problems);
  const std::vector<std::string> known = causes_of(out.worries);
  for (std::size_t i = 0; i < options.size(); ++i) {
    for (const auto* acted : {&out.options[i].blocks, &out.options[i].cuts}) {
      for (const auto& [cause, share] : *acted) check_cause(cause, known, options[i], problems);
    }
  }
  for (const YamlNode& node : map.list("stakes")) {
    const auto written = yaml_text(node, problems);
    if (!written) continue;
    if (auto stake = parse_stake(*written)) {
      out.stakes.push_back(*std::move(stake));
    } else {
      place(node, stake.error(), problems);
    }
  }
  for (const YamlNode& node : map.list("floors")) {
    out.floors.push_back(read_floor(node, known, problems));
  }
  map.finish();
  if (!problems.empty()) return fail(std::move(problems));
  return out;
}

}  // namespace daytwo::model
