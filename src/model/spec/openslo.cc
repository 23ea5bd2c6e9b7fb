// OpenSLO: v1alpha, v1 and v2alpha. Objects are read by kind; an SLO takes its indicator, its alert
// policies and their conditions from where they stand or by reference.
#include <fmt/core.h>

#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "model/spec/openslo_objective.h"
#include "model/spec/parts.h"

namespace daytwo::model {
namespace {

constexpr std::size_t kMaxDescription = 1050;

// Kinds that are read for their keys alone: nothing of them is evaluated.
const std::set<std::string>& other_kinds() {
  static const std::set<std::string> kKinds = {"DataSource", "Service", "AlertNotificationTarget"};
  return kKinds;
}

// One file's objects, by kind and name.
class Objects {
 public:
  Objects(Specs& out, Diagnostics& problems) : specs_(out), problems_(problems) {}

  void index(const YamlNode& node) {
    const std::string kind = text_below(node, "kind");
    const auto metadata = child_of(node, "metadata");
    const std::string name = metadata ? text_below(*metadata, "name") : "";
    if (!name.empty()) refer_.by_kind[kind].emplace(name, node);
  }

  void read(const YamlNode& node) {
    YamlMap map(node, problems_);
    const std::string version = map.text("apiVersion").value_or("");
    const std::string kind = map.required_text("kind");
    if (version != "openslo/v1alpha" && version != "openslo/v1" &&
        version != "openslo.com/v2alpha") {
      problems_.push_back(
          node.problem(fmt::format("'{}' is no version of OpenSLO that is read", version),
                       "openslo/v1alpha, openslo/v1 or openslo.com/v2alpha"));
    }
    const std::string name = metadata(map, version);
    const auto spec = map.node("spec");
    map.finish();
    if (!spec) {
      problems_.push_back(node.problem("'spec' is missing"));
      return;
    }
    read_kind(kind, *spec, version, name);
  }

 private:
  std::string metadata(YamlMap& map, const std::string& version) {
    const auto node = map.node("metadata");
    if (!node) {
      problems_.push_back(map.whole().problem("'metadata' is missing", "metadata: {name: ..}"));
      return {};
    }
    YamlMap inner(*node, problems_);
    std::string name = inner.required_text("name");
    // v2alpha took displayName out; saying so would help nobody who has one.
    inner.ignore("displayName");
    inner.ignore("annotations");
    if (const auto labels = inner.node("labels")) {
      for (const auto& [key, value] : yaml_entries(*labels, problems_)) {
        if (value.kind() == YamlKind::kList && version == "openslo.com/v2alpha") {
          problems_.push_back(value.problem("a label of v2alpha is a text"));
        }
      }
    }
    inner.finish();
    return name;
  }

  void read_kind(const std::string& kind, const YamlNode& spec, const std::string& version,
                 const std::string& name) {
    OpenSloReader reader(refer_, version, specs_, problems_);
    if (const std::string text = text_below(spec, "description"); text.size() > kMaxDescription) {
      problems_.push_back(spec.problem("a description has at most 1050 characters"));
    }
    if (kind == "SLO") {
      reader.slo(spec, name);
    } else if (kind == "SLI") {
      SpecObjective alone;
      reader.indicator(spec, alone);
      if (alone.signal == SpecSignal::kElsewhere) {
        specs_.notes.push_back(
            spec.problem(fmt::format("indicator '{}' cannot be evaluated: its data source is {}",
                                     name, alone.source.empty() ? "unknown" : alone.source)));
      }
    } else if (kind == "AlertPolicy") {
      static_cast<void>(reader.policy(spec));
    } else if (kind == "AlertCondition") {
      static_cast<void>(reader.condition(spec));
    } else if (other_kinds().contains(kind)) {
      other(kind, spec);
    } else {
      problems_.push_back(spec.problem(
          fmt::format("'{}' is no kind of OpenSLO", kind),
          "SLO, SLI, AlertPolicy, AlertCondition, AlertNotificationTarget, DataSource or Service"));
    }
  }

  void other(const std::string& kind, const YamlNode& spec) {
    YamlMap map(spec, problems_);
    static_cast<void>(map.text("description"));
    if (kind == "DataSource") {
      static_cast<void>(map.required_text("type"));
      map.ignore("connectionDetails");
    } else if (kind == "AlertNotificationTarget") {
      static_cast<void>(map.required_text("target"));
    }
    map.finish();
  }

  OpenSloReferences refer_;
  Specs& specs_;
  Diagnostics& problems_;
};

}  // namespace

void read_openslo(const std::vector<YamlNode>& objects, Specs& out, Diagnostics& problems) {
  Objects all(out, problems);
  for (const YamlNode& node : objects) all.index(node);
  for (const YamlNode& node : objects) all.read(node);
}

}  // namespace daytwo::model
