// Risks of a worry file: a sentence, or how often and what an event costs.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/diagnostic.h"
#include "base/result.h"
#include "base/text.h"
#include "chance/distribution.h"
#include "model/field.h"
#include "model/sentence.h"
#include "model/worry_file.h"
#include "model/worry_file_parts.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

constexpr std::string_view kParts[] = {"events", "size", "price", "effect", "work", "hour", "once"};

// What stands after a frequency so that the two are a sentence.
constexpr std::string_view kAnySize = ", 1h";

constexpr std::array<std::string_view, 7> kLossParts = {"revenue", "credits", "response", "churn",
                                                        "data",    "fine",    "other"};
constexpr std::array<std::string_view, 3> kHarmParts = {"customers", "public", "other"};

std::map<std::string, double> causes_of(YamlMap& map, Diagnostics& problems) {
  std::map<std::string, double> out;
  const auto node = map.node("causes");
  if (!node) return out;
  YamlMap inner(*node, problems);
  double sum = 0;
  for (const auto& [name, value] : node->entries()) {
    inner.ignore(name.text());
    const auto share = yaml_number(value, problems);
    if (!share) continue;
    if (*share < 0 || *share > 1) {
      problems.push_back(value.problem("a share lies between 0 and 1"));
    }
    out[name.text()] = *share;
    sum += *share;
  }
  if (!out.empty() && std::abs(sum - 1) > 1e-9) {
    problems.push_back(node->problem("causes add to " + format_double(sum) + ", not to 1"));
  }
  return out;
}

// The program of a field, or nothing written.
std::string written(YamlMap& map, std::string_view key, Measure measure, const Reading& reading) {
  const auto field = field_of(map, key, measure, reading);
  return field ? field->program : "";
}

FiledOption option_of(YamlMap& map, const Reading& reading) {
  FiledOption out;
  const auto node = map.node("option");
  if (!node) return out;
  YamlMap option(*node, reading.problems);
  out.name = option.text("name").value_or("");
  out.once = written(option, "once", Measure::kMoney, reading);
  out.takes = written(option, "takes", Measure::kWork, reading);
  out.cuts = written(option, "cuts", Measure::kShare, reading);
  option.finish();
  return out;
}

// "30% a year, at most once" in its two parts; a sentence has the size between them.
std::pair<std::string, std::string> halves(const std::string& rate) {
  const std::size_t comma = rate.find(',');
  if (comma == std::string::npos || !rate.ends_with("at most once")) return {rate, ""};
  return {rate.substr(0, comma), rate.substr(comma)};
}

// Whether a sentence says all of it: not the name of a part.
bool plain(const FiledWorry& worry, const std::vector<LossPart>& loss) {
  return !worry.duration && loss.size() == 1 && loss.front().name == "loss" &&
         loss.front() == LossPart{loss.front().name, loss.front().amount, {}, {}, {}, 0} &&
         loss.front().amount.uses.empty() && parse_sentence(worry.sentence).has_value();
}

// What is shown where no sentence says it.
std::string shown(const FiledRate& rate, const std::vector<LossPart>& loss) {
  auto [out, once] = halves(rate.text);
  for (const LossPart& part : loss) {
    out += ", " + (part.name == "loss" ? "" : part.name + " ") + part.amount.text;
  }
  return out + once;
}

// `frequency` with `loss`.
void read_loss(const YamlNode& frequency, const YamlNode& loss, FiledWorry& out,
               const Reading& reading) {
  auto rate = read_rate(frequency, reading);
  std::vector<LossPart> parts = read_parts(loss, "loss", kLossParts, reading);
  if (!rate || parts.empty()) return;
  out.sentence = shown(*rate, parts);
  if (plain(out, parts)) return;
  out.rate = *std::move(rate);
  out.loss = std::move(parts);
}

// `estimate`, or `frequency` with `loss`.
void read_estimate(YamlMap& map, FiledWorry& out, const Reading& reading) {
  const auto estimate = map.node("estimate");
  const auto frequency = map.node("frequency");
  const auto loss = map.node("loss");
  if (!estimate && frequency && loss) {
    read_loss(*frequency, *loss, out, reading);
    return;
  }
  if (!estimate && (frequency || loss)) {
    reading.problems.push_back(
        map.whole().problem(frequency ? "key 'loss' is missing" : "key 'frequency' is missing",
                            "frequency: 30% a year, and loss: \"$20k to $300k\""));
    return;
  }
  out.sentence = map.required_text("estimate");
  if (out.sentence.empty() || !estimate) return;
  if (frequency || loss) {
    reading.problems.push_back(estimate->problem(
        "an estimate says how often and how much: frequency and loss would say it again"));
  }
  if (const auto read = parse_sentence(out.sentence); !read) {
    add_placed(*estimate, read.error(), reading.problems);
  }
}

}  // namespace

std::optional<FiledRate> read_rate(const YamlNode& node, const Reading& reading) {
  const auto text = yaml_text(node, reading.problems);
  if (!text) return std::nullopt;
  FiledRate out;
  out.text = *text;
  const auto [often, once] = halves(*text);
  auto sentence = parse_sentence(often + std::string(kAnySize) + once);
  if (sentence && sentence->what.empty()) {
    out.written = sentence->frequency;
    return out;
  }
  auto field = read_field(*text, Measure::kRate, reading.quantities);
  if (field) {
    out.field = *std::move(field);
    return out;
  }
  const bool arithmetic = text->find_first_of("*/+()") != std::string::npos;
  if (!sentence && !arithmetic && !sentence.error().diagnostics.empty() &&
      sentence.error().diagnostics.front().column > static_cast<int>(often.size())) {
    reading.problems.push_back(node.problem("'" + *text + "' has no period",
                                            "2 to 6 a year, 30% a year, 1 in 20 deploys"));
    return std::nullopt;
  }
  add_placed(node, sentence || arithmetic ? field.error() : sentence.error(), reading.problems);
  return std::nullopt;
}

Result<chance::Distribution> FiledRate::events_a_year(std::optional<double> trials_a_year) const {
  if (written) return written->events_a_year(trials_a_year);
  CHECK(field.has_value(), "a rate is written one way or the other");
  if (field->unit != "per deploy") return field->law;
  if (!trials_a_year) return fail(Code::kNotFound, "'" + text + "' counts on deploys");
  if (field->law.is_point()) return chance::point(field->law.a * *trials_a_year);
  return chance::scalable(field->law)
             ? chance::scaled(field->law, *trials_a_year)
             : Result<chance::Distribution>(fail(
                   Code::kInvalid, "'" + text + "' cannot be counted by deploys: write a range"));
}

void check_triggers(const std::vector<FiledWorry>& worries, const std::vector<YamlNode>& nodes,
                    Diagnostics& problems) {
  std::map<std::string, const FiledWorry*> by_id;
  std::vector<std::string> names;
  for (const FiledWorry& worry : worries) {
    by_id[worry.id] = &worry;
    names.push_back(worry.id);
  }
  for (std::size_t i = 0; i < worries.size(); ++i) {
    for (const auto& [id, chance] : worries[i].triggers) {
      if (by_id.contains(id)) continue;
      problems.push_back(
          nodes[i].problem("no worry '" + id + "' is declared", "", nearest_word(id, names)));
    }
    // Follows certain triggers from here; a path that comes back would never end.
    std::vector<std::string> path = {worries[i].id};
    std::vector<std::string> seen;
    const std::function<bool(const FiledWorry&)> returns = [&](const FiledWorry& at) {
      for (const auto& [id, chance] : at.triggers) {
        if (chance.low < 1 || !by_id.contains(id)) continue;
        path.push_back(id);
        if (id == worries[i].id) return true;
        if (std::find(seen.begin(), seen.end(), id) == seen.end()) {
          seen.push_back(id);
          if (returns(*by_id.at(id))) return true;
        }
        path.pop_back();
      }
      return false;
    };
    if (returns(worries[i])) {
      problems.push_back(nodes[i].problem(fmt::format(
          "these set each other off for certain, without end: {}", fmt::join(path, " -> "))));
      return;
    }
  }
}

FiledWorry read_worry(const YamlNode& node, Ids& ids, const Reading& reading) {
  YamlMap map(node, reading.problems);
  FiledWorry out;
  out.id = read_id(map, ids, reading.problems);
  out.place = place_of(node);
  Definitions known = reading.quantities;
  if (const auto duration = map.node("duration")) {
    out.duration = field_of(*duration, Measure::kDuration, reading);
    if (out.duration && !known.add(std::string(kDuration), out.duration->text)) {
      reading.problems.push_back(
          duration->problem("'duration' is the name of a quantity already: give that another one"));
    }
  }
  const Reading inner{reading.problems, known, reading.turnover, reading.rates};
  read_estimate(map, out, inner);
  if (const auto harm = map.node("harm")) out.harm = read_parts(*harm, "harm", kHarmParts, inner);
  out.never_above = field_of(map, "never_above", Measure::kMoney, reading);
  out.triggers = fields_of(map, "triggers", Measure::kShare, reading);
  out.alerts = fields_of(map, "alerts", Measure::kShare, reading);
  for (const auto& [alert, chance] : out.alerts) {
    if (chance.mean > 0 && chance.low < 1 && chance.mean < 1) continue;
    reading.problems.push_back(node.problem(
        fmt::format("the chance that a day of {} becomes an event lies between 0 % and 100 %",
                    alert),
        "such as 5%, or 2% to 10%"));
  }
  out.title = map.text("title").value_or("");
  out.service = map.text("service").value_or("");
  out.source = map.text("source").value_or("");
  out.by = map.text("by").value_or("");
  out.reviewed = map.text("reviewed").value_or("");
  out.causes = causes_of(map, reading.problems);
  out.option = option_of(map, reading);
  if (const auto at = map.node("evidence")) {
    YamlMap evidence(*at, reading.problems);
    for (const std::string_view part : kParts) {
      if (auto query = evidence.text(part)) out.evidence.emplace_back(part, *std::move(query));
    }
    evidence.finish();
  }
  map.finish();
  return out;
}

}  // namespace daytwo::model
