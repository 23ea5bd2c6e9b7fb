#include "model/contract.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "model/sentence.h"

namespace daytwo::model {
namespace {

// A percentage as a share, strictly between 0 and 100 unless its ends are allowed.
std::optional<double> percentage(YamlMap& map, const std::string& key, Diagnostics& problems) {
  const auto number = map.number(key);
  if (!number) return std::nullopt;
  if (*number > 0 && *number <= 100) return *number / 100;
  if (const auto at = map.node(key)) {
    problems.push_back(at->problem(fmt::format("{} is no percentage", format_double(*number)),
                                   "above 0, at most 100"));
  }
  return std::nullopt;
}

void read_tiers(YamlMap& map, const YamlNode& node, Contract& out, Diagnostics& problems) {
  for (const YamlNode& each : map.list("tiers")) {
    YamlMap inner(each, problems);
    const auto below = percentage(inner, "below", problems);
    const auto credit = percentage(inner, "credit", problems);
    inner.finish();
    if (below && credit) {
      out.tiers.push_back({*below, *credit});
    } else if (!inner.node("below") || !inner.node("credit")) {
      problems.push_back(each.problem("a tier has two parts", "{below: 99.9, credit: 10}"));
    }
  }
  std::ranges::sort(out.tiers, [](const auto& a, const auto& b) { return a.below > b.below; });
  for (std::size_t i = 1; i < out.tiers.size(); ++i) {
    if (out.tiers[i].below < out.tiers[i - 1].below &&
        out.tiers[i].credit > out.tiers[i - 1].credit) {
      continue;
    }
    problems.push_back(node.problem(fmt::format("below {} % gives back no more than below {} %",
                                                format_double(out.tiers[i].below * 100),
                                                format_double(out.tiers[i - 1].below * 100)),
                                    "a larger credit for each lower availability"));
    return;
  }
  if (out.tiers.empty()) {
    problems.push_back(
        node.problem("a contract needs tiers", "tiers: [{below: 99.9, credit: 10}]"));
  }
}

void read_fee(YamlMap& map, const YamlNode& node, Contract& out, Diagnostics& problems) {
  const auto at = map.node("per_year");
  const auto text = map.text("per_year");
  if (!at || !text) {
    problems.push_back(node.problem("a contract needs its fee", "per_year: \"$1M to $1.4M\""));
    return;
  }
  auto fee = parse_quantity(*text);
  if (!fee) {
    Diagnostics placed = at->placed(fee.error().diagnostics);
    problems.insert(problems.end(), placed.begin(), placed.end());
  } else if (fee->unit.size() != 3 || fee->low <= 0) {
    problems.push_back(at->problem("a fee is money above 0", "such as \"$1M to $1.4M\""));
  } else {
    out.per_year = *std::move(fee);
  }
}

}  // namespace

double Contract::credit_at(double availability) const {
  double out = 0;
  for (const CreditTier& tier : tiers) {
    if (availability < tier.below) out = tier.credit;
  }
  return out;
}

Contract read_contract(const YamlNode& node, Diagnostics& problems) {
  Contract out;
  YamlMap map(node, problems);
  out.with = map.required_text("with");
  if (const auto owed = map.text("owed")) {
    out.owed_to_us = *owed == "to us";
    if (*owed != "to us" && *owed != "by us") {
      problems.push_back(node.problem("'" + *owed + "' says not who owes", "to us, or by us"));
    }
  }
  const auto promise = percentage(map, "promise", problems);
  read_fee(map, node, out, problems);
  read_tiers(map, node, out, problems);
  map.finish();
  if (!out.tiers.empty()) {
    out.promise = promise.value_or(out.tiers.front().below);
    if (out.promise < out.tiers.front().below) {
      problems.push_back(node.problem("credits begin above the promise",
                                      "a promise of the first tier's availability or more"));
    }
  }
  return out;
}

}  // namespace daytwo::model
