#include "model/budget_policy.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/text.h"
#include "model/yaml.h"

namespace daytwo::model {
namespace {

constexpr std::array<std::string_view, 3> kActions = {"none", "warn", "gate"};

// "25%" or "25 %", as a share from 0 to 1.
std::optional<double> parse_share(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  if (text.ends_with(' ')) text.remove_suffix(1);
  double percent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!(percent >= 0 && percent <= 100)) return std::nullopt;
  return percent / 100;
}

void read_action(const std::string& text, const YamlNode& node, BudgetStep& step,
                 Diagnostics& problems) {
  const auto* const found = std::find(kActions.begin(), kActions.end(), text);
  if (found != kActions.end()) {
    step.action = static_cast<BudgetAction>(found - kActions.begin());
    return;
  }
  const std::vector<std::string> known(kActions.begin(), kActions.end());
  problems.push_back(node.problem(fmt::format("'{}' is no action of a budget policy", text),
                                  "none, warn or gate", nearest_word(text, known)));
}

}  // namespace

std::string_view to_string(BudgetAction action) {
  return kActions.at(static_cast<std::size_t>(action));
}

std::vector<BudgetStep> read_budget_policy(YamlMap& map, Diagnostics& problems) {
  std::vector<BudgetStep> out;
  for (const YamlNode& node : map.list("budget_policy")) {
    YamlMap inner(node, problems);
    BudgetStep step;
    const auto below = inner.node("left_below");
    const auto action = inner.node("action");
    step.message = inner.text("message").value_or("");
    inner.finish();
    if (!below || !action) {
      problems.push_back(node.problem("a step of a budget policy needs left_below and action",
                                      "{left_below: 25%, action: gate}"));
      continue;
    }
    const auto words = yaml_text(*below, problems);
    const auto share = words ? parse_share(*words) : std::nullopt;
    if (words && !share) {
      problems.push_back(below->problem(fmt::format("'{}' is no share of a budget", *words),
                                        "a percentage from 0% to 100%"));
    }
    const auto verb = yaml_text(*action, problems);
    if (verb) read_action(*verb, *action, step, problems);
    if (!share || !verb) continue;
    step.left_below = *share;
    const auto same = [&](const BudgetStep& other) { return other.left_below == step.left_below; };
    if (std::any_of(out.begin(), out.end(), same)) {
      problems.push_back(below->problem(fmt::format("two steps below {}", *words)));
    }
    out.push_back(std::move(step));
  }
  return out;
}

}  // namespace daytwo::model
