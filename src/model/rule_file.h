// Rule files of Prometheus: groups of recording and alerting rules. Their queries stay text here:
// promql reads them. Source: prometheus.io, "Defining recording rules" and "Alerting rules".
// Thread rule: plain values.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "base/time.h"
#include "model/yaml.h"

namespace daytwo::model {

// Names and values of labels or annotations.
using RuleTexts = std::map<std::string, std::string>;

// One rule: it records (`record` has a name) or it alerts (`alert` has one), never both.
struct Rule {
  std::string record;
  std::string alert;
  std::string query;
  Duration pending;      // `for`: how long an alert waits before it fires
  Duration keep_firing;  // `keep_firing_for`
  RuleTexts labels;
  RuleTexts annotations;
  std::optional<YamlNode> query_at;  // where the query stood, for rules that were read
  std::optional<YamlNode> at;        // where the rule stood

  [[nodiscard]] const std::string& name() const { return record.empty() ? alert : record; }
};

// Rules that are evaluated one after the other, every `interval` (nothing = the server's).
struct RuleGroup {
  std::string name;
  std::optional<Duration> interval;
  std::vector<Rule> rules;
};

// The groups of a rule file, of all its documents. Errors: kInvalid with every problem: unknown and
// missing keys, a group or a rule twice, a rule that both records and alerts or neither, names
// that Prometheus refuses; kLimit as parse_yaml.
[[nodiscard]] Result<std::vector<RuleGroup>> parse_rule_file(std::string_view text,
                                                             const std::string& path);

// One document that parse_rule_file reads back as the same groups.
[[nodiscard]] std::string to_rule_yaml(std::span<const RuleGroup> groups);

// A YAML scalar that reads back as `text`: plain where that is safe, else in double quotes.
[[nodiscard]] std::string yaml_scalar(std::string_view text);

}  // namespace daytwo::model
