// What a register says of the whole: turnover, rates, common causes, correlations, appetite.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "model/field.h"
#include "model/tail_limit.h"
#include "model/worry_file.h"
#include "model/worry_file_parts.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

void check_worry(const std::string& id, const std::vector<std::string>& ids, const YamlNode& node,
                 const Reading& reading) {
  if (std::find(ids.begin(), ids.end(), id) != ids.end()) return;
  reading.problems.push_back(
      node.problem("no worry '" + id + "' is declared", "", nearest_word(id, ids)));
}

void read_common_causes(YamlMap& map, const std::vector<std::string>& worries, Ids& ids,
                        const Reading& reading, WorryFile& out) {
  for (const YamlNode& node : map.list("common_causes")) {
    YamlMap inner(node, reading.problems);
    CommonCause cause;
    cause.id = read_id(inner, ids, reading.problems);
    const auto often = inner.node("frequency");
    const auto rate = often ? read_rate(*often, reading) : std::nullopt;
    if (!often) reading.problems.push_back(node.problem("key 'frequency' is missing"));
    cause.hits = fields_of(inner, "hits", Measure::kShare, reading);
    if (!inner.node("hits")) {
      reading.problems.push_back(
          node.problem("a common cause hits worries", "hits: {provider-lost: 90%}"));
    }
    for (const auto& [id, chance] : cause.hits) check_worry(id, worries, node, reading);
    inner.finish();
    if (!rate) continue;
    cause.rate = *rate;
    out.common_causes.push_back(std::move(cause));
  }
}

void read_correlations(YamlMap& map, const std::vector<std::string>& worries,
                       const Reading& reading, WorryFile& out) {
  for (const YamlNode& node : map.list("correlations")) {
    YamlMap inner(node, reading.problems);
    const std::vector<std::string> pair = inner.texts("between");
    const auto is = inner.number("is");
    inner.finish();
    if (pair.size() != 2 || pair[0] == pair[1] || !is || *is < -1 || *is > 1) {
      reading.problems.push_back(node.problem("a correlation is between two worries, from -1 to 1",
                                              "{between: [provider-lost, ransom], is: 0.4}"));
      continue;
    }
    for (const std::string& id : pair) check_worry(id, worries, node, reading);
    out.correlations.push_back({pair[0], pair[1], *is});
  }
}

void read_appetite(YamlMap& map, const Reading& reading, WorryFile& out) {
  const auto node = map.node("appetite");
  if (!node) return;
  YamlMap inner(*node, reading.problems);
  const auto loss = field_of(inner, "loss", Measure::kMoney, reading);
  const auto at_most = inner.node("at_most");
  const auto rate = at_most ? read_rate(*at_most, reading) : std::nullopt;
  inner.finish();
  const bool chance = rate && rate->written && rate->written->kind == Frequency::Kind::kChance &&
                      rate->written->low == rate->written->high && rate->written->years == 1;
  if (!loss || !chance) {
    if (!at_most || rate) {
      reading.problems.push_back(node->problem("an appetite is a chance a year and a loss",
                                               "{at_most: 5% a year, loss: \"$1M\"}"));
    }
    return;
  }
  out.appetite = Appetite{rate->written->low, *loss};
}

void read_tail_limit(YamlMap& map, const Reading& reading, WorryFile& out) {
  const auto node = map.node("tail_limit");
  const auto text = node ? yaml_text(*node, reading.problems) : std::nullopt;
  if (!text) return;
  if (const auto limit = parse_tail_limit(*text)) {
    out.tail_limit = *limit;
  } else {
    add_placed(*node, limit.error(), reading.problems);
  }
}

}  // namespace

void read_law(YamlMap& map, Reading& reading) {
  if (auto turnover = field_of(map, "turnover", Measure::kMoneyAYear, reading)) {
    reading.turnover = *std::move(turnover);
  }
  const auto node = map.node("rates");
  if (!node) return;
  YamlMap inner(*node, reading.problems);
  for (const auto& [name, value] : node->entries()) {
    inner.ignore(name.text());
    const auto rate = yaml_number(value, reading.problems);
    if (rate && *rate > 0) {
      reading.rates[name.text()] = *rate;
    } else if (rate) {
      reading.problems.push_back(value.problem("a rate of exchange is above 0"));
    }
  }
}

void read_whole(YamlMap& map, Ids& ids, const Reading& reading, WorryFile& out) {
  std::vector<std::string> worries;
  for (const FiledWorry& worry : out.worries) worries.push_back(worry.id);
  read_common_causes(map, worries, ids, reading, out);
  read_correlations(map, worries, reading, out);
  read_appetite(map, reading, out);
  read_tail_limit(map, reading, out);
  if (const auto node = map.node("harm_weight")) {
    out.harm_weight = yaml_number(*node, reading.problems).value_or(out.harm_weight);
    if (out.harm_weight < 0) {
      reading.problems.push_back(node->problem("a negative weight of harm",
                                               "0 (it does not count), 1 (as our own) or more"));
    }
  }
}

}  // namespace daytwo::model
