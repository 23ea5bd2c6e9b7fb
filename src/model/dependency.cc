// Reading one dependency from YAML.
#include "model/dependency.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/id.h"
#include "model/place.h"
#include "model/yaml.h"

namespace daytwo::model {

namespace {

// `beta: 0.05`, or `beta: [0.01, 0.05, 0.2]`: what is believed, with its 90 % interval.
void read_beta(YamlMap& map, Dependency& dependency, Diagnostics& problems) {
  const auto node = map.node("beta");
  if (!node) return;
  std::vector<double> values;
  for (const YamlNode& each :
       node->kind() == YamlKind::kList ? node->items() : std::vector{*node}) {
    const auto value = yaml_number(each, problems);
    if (!value) return;
    if (*value < 0 || *value > 1) {
      problems.push_back(
          each.problem("a share between 0 and 1 is wanted", "beta: [0.01, 0.05, 0.2]"));
      return;
    }
    values.push_back(*value);
  }
  if (values.size() == 1) values.assign(3, values.front());
  if (values.size() != 3 || !std::is_sorted(values.begin(), values.end())) {
    problems.push_back(node->problem("a beta is one share, or three that rise: low, middle, high",
                                     "beta: [0.01, 0.05, 0.2]"));
    return;
  }
  std::copy(values.begin(), values.end(), dependency.beta.begin());
}

void read_tries(YamlMap& map, Dependency& dependency, Diagnostics& problems) {
  const auto tries = map.node("tries");
  dependency.tries = map.integer("tries").value_or(1);
  const auto persistent = map.number("persistent");
  dependency.persistent = persistent.value_or(1);
  if (dependency.tries < 1 || dependency.tries > 100) {
    problems.push_back(map.whole().problem("tries lie between 1 and 100"));
    dependency.tries = 1;
  }
  if (dependency.persistent < 0 || dependency.persistent > 1) {
    problems.push_back(map.whole().problem("a share lies between 0 and 1"));
    dependency.persistent = 1;
  }
  if (dependency.tries > 1 && !persistent && tries) {
    problems.push_back(
        tries->problem("a second try helps only against what does not last",
                       "persistent: 0.3, the share of failures that it meets again"));
  }
}

// Numbers of a dependency that do not go together.
void check_numbers(const Dependency& dependency, const YamlNode& node, Diagnostics& problems) {
  if (dependency.on.empty()) {
    problems.push_back(node.problem("a dependency needs 'on'", "{on: payments}"));
  } else if (dependency.need < 1 ||
             dependency.need > static_cast<std::int64_t>(dependency.on.size())) {
    problems.push_back(
        node.problem("'need' is more than there are, or none", "{on: [db-a, db-b], need: 1}"));
  }
  if (dependency.share < 0 || dependency.share > 1) {
    problems.push_back(node.problem("a share lies between 0 and 1"));
  }
  std::vector<ServiceId> on = dependency.on;
  std::sort(on.begin(), on.end());
  if (std::adjacent_find(on.begin(), on.end()) != on.end()) {
    problems.push_back(node.problem("the same service twice is no second copy"));
  }
}

}  // namespace

Dependency read_dependency(const YamlNode& node, Diagnostics& problems) {
  Dependency dependency;
  dependency.place = place_of(node);
  if (node.kind() == YamlKind::kScalar) {
    dependency.on.emplace_back(node.text());
    return dependency;
  }
  YamlMap inner(node, problems);
  for (std::string& on : inner.texts("on")) dependency.on.emplace_back(std::move(on));
  dependency.critical = inner.boolean("critical").value_or(true);
  dependency.need = inner.integer("need").value_or(1);
  dependency.share = inner.number("share").value_or(1);
  dependency.fallback = inner.boolean("fallback").value_or(false);
  read_beta(inner, dependency, problems);
  read_tries(inner, dependency, problems);
  inner.finish();
  check_numbers(dependency, node, problems);
  return dependency;
}

}  // namespace daytwo::model
