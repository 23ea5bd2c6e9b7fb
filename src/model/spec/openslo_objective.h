// The parts of OpenSLO that an objective is made of.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/objective.h"
#include "model/spec/spec.h"
#include "model/yaml.h"

namespace daytwo::model {

// Whole objects by kind, then by name: what references point to.
struct OpenSloReferences {
  std::map<std::string, std::map<std::string, YamlNode>> by_kind;
};

// Reads the `spec` of objects. REQUIRES: what it is given outlives it.
class OpenSloReader {
 public:
  OpenSloReader(const OpenSloReferences& refer, std::string version, Specs& out,
                Diagnostics& problems)
      : refer_(refer), version_(std::move(version)), specs_(out), problems_(problems) {}

  // An SLO: one objective, or `<name>-<index>` for each of several (and always in v1alpha).
  void slo(const YamlNode& spec, const std::string& name);
  // An SLI's spec: how to count.
  void indicator(const YamlNode& spec, SpecObjective& out);
  // The burn rate of an AlertPolicy's one condition, or nothing.
  [[nodiscard]] std::optional<BurnRule> policy(const YamlNode& spec);
  // The burn rate of an AlertCondition, or nothing.
  [[nodiscard]] std::optional<BurnRule> condition(const YamlNode& spec);

 private:
  [[nodiscard]] std::optional<YamlNode> spec_of(std::string_view kind, const YamlNode& name);
  [[nodiscard]] std::optional<YamlNode> own_or_named(const YamlNode& whole, YamlMap& map,
                                                     std::string_view inline_key,
                                                     std::string_view reference_key,
                                                     std::string_view kind, bool required);
  [[nodiscard]] SpecQuery source(const YamlNode& node, SpecObjective& out);
  [[nodiscard]] SpecQuery metric(YamlMap& map, std::string_view key, SpecObjective& out);
  void ratio(const YamlNode& node, SpecObjective& out);
  void ratio_of_v1alpha(const YamlNode& node, SpecObjective& out);
  void time_window(YamlMap& map, SpecObjective& out);
  void time_window_of_v1alpha(const YamlNode& node, SpecObjective& out);
  void calendar(const YamlNode& node, const std::string& duration, SpecObjective& out);
  void policies(YamlMap& map, SpecObjective& out);
  [[nodiscard]] SpecObjective objective(const YamlNode& node, const SpecObjective& shared,
                                        bool indicated);
  void slice(YamlMap& map, SpecObjective& out);
  void target(YamlMap& map, SpecObjective& out);
  void problem(const YamlNode& at, std::string text, std::string expected = {});

  const OpenSloReferences& refer_;
  std::string version_;
  Specs& specs_;
  Diagnostics& problems_;
};

}  // namespace daytwo::model
