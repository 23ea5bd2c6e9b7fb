// Reading one dependency from YAML.
#include "model/dependency.h"

#include <string>
#include <utility>

#include "base/diagnostic.h"
#include "model/yaml.h"

namespace daytwo::model {

Dependency read_dependency(const YamlNode& node, Diagnostics& problems) {
  Dependency dependency;
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
  inner.finish();
  if (dependency.on.empty()) {
    problems.push_back(node.problem("a dependency needs 'on'", "{on: payments}"));
  }
  if (dependency.share < 0 || dependency.share > 1) {
    problems.push_back(node.problem("a share lies between 0 and 1"));
  }
  return dependency;
}

}  // namespace daytwo::model
