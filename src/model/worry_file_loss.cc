// Parts of a loss: {revenue: duration, fine: {amount: "$50k to $2M", chance: 5%, cap: gdpr-83-5}}.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "model/field.h"
#include "model/legal_cap.h"
#include "model/worry_file.h"
#include "model/worry_file_parts.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

constexpr double kHoursAYear = kDaysPerYear * 24;

// A cap of the law, by its name.
void read_legal_cap(const YamlNode& node, const LegalCap& law, LossPart& part,
                    const Reading& reading) {
  if (!reading.turnover) {
    reading.problems.push_back(
        node.problem(std::string(law.source) + " is a share of the turnover, which nobody states",
                     "turnover: \"$30M\" at the top of the file"));
    return;
  }
  const std::string& unit = reading.turnover->unit;
  double rate = 1;
  if (unit != law.currency) {
    const auto known = reading.rates.find(std::string(law.currency));
    if (known == reading.rates.end()) {
      reading.problems.push_back(
          node.problem(std::string(law.source) + " is in " + std::string(law.currency) +
                           ", the turnover in " + unit,
                       "rates: {" + std::string(law.currency) +
                           ": 1.1} at the top of the file: what one is in " + unit));
      return;
    }
    rate = known->second;
  }
  part.cap = exact_field(law.at(reading.turnover->mean, rate), unit);
  part.cap_text = law.source;
}

// An amount, or the name of a cap of the law.
void read_cap(const YamlNode& node, LossPart& part, const Reading& reading) {
  const auto text = yaml_text(node, reading.problems);
  if (!text) return;
  if (const LegalCap* law = find_legal_cap(*text)) {
    read_legal_cap(node, *law, part, reading);
    return;
  }
  part.cap = read_field(*text, Measure::kMoney, reading.quantities).value_or(Field{});
  if (!part.cap->unit.empty()) {
    part.cap_text = "stated";
    return;
  }
  part.cap.reset();
  std::vector<std::string> names;
  for (const LegalCap& each : legal_caps()) names.emplace_back(each.id);
  reading.problems.push_back(node.problem("'" + *text + "' is no cap",
                                          "an amount such as $2M, or gdpr-83-4, gdpr-83-5, "
                                          "nis2-34-essential, nis2-34-important",
                                          nearest_word(*text, names)));
}

std::optional<LossPart> read_part(const YamlNode& node, std::string name, const Reading& reading) {
  LossPart out;
  out.name = std::move(name);
  if (node.kind() != YamlKind::kMap) {
    auto amount = field_of(node, Measure::kLoss, reading);
    if (!amount) return std::nullopt;
    out.amount = *std::move(amount);
    return out;
  }
  YamlMap map(node, reading.problems);
  auto amount = field_of(map, "amount", Measure::kLoss, reading);
  if (!map.node("amount")) {
    reading.problems.push_back(
        node.problem("'" + out.name + "' says no amount: a cap bounds, it is no estimate",
                     "{amount: \"$50k to $2M\", chance: 5%}"));
  }
  out.chance = field_of(map, "chance", Measure::kShare, reading);
  if (const auto cap = map.node("cap")) read_cap(*cap, out, reading);
  if (const auto over = field_of(map, "over", Measure::kDuration, reading)) {
    out.over_years = over->mean / kHoursAYear;
  }
  map.finish();
  if (!amount) return std::nullopt;
  out.amount = *std::move(amount);
  if (out.cap && out.amount.money() && out.amount.unit != out.cap->unit) {
    reading.problems.push_back(
        node.problem("the amount is in " + out.amount.unit + ", its cap in " + out.cap->unit));
  }
  return out;
}

}  // namespace

std::vector<LossPart> read_parts(const YamlNode& node, std::string_view whole,
                                 std::span<const std::string_view> names, const Reading& reading) {
  std::vector<LossPart> out;
  if (node.kind() != YamlKind::kMap) {
    if (auto part = read_part(node, std::string(whole), reading)) out.push_back(*std::move(part));
    return out;
  }
  YamlMap map(node, reading.problems);
  for (const std::string_view name : names) {
    const auto value = map.node(name);
    if (!value) continue;
    if (auto part = read_part(*value, std::string(name), reading)) out.push_back(*std::move(part));
  }
  map.finish();
  return out;
}

}  // namespace daytwo::model
