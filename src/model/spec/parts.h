// What the readers of specifications share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/spec/spec.h"
#include "model/yaml.h"

namespace daytwo::model {

// The value under `key` of a map, or nothing. Does not make the key known to a YamlMap.
[[nodiscard]] std::optional<YamlNode> child_of(const YamlNode& node, std::string_view key);

// The scalar under `key`, or "".
[[nodiscard]] std::string text_below(const YamlNode& node, std::string_view key);

// A query under `key`; empty when absent.
[[nodiscard]] SpecQuery read_query(YamlMap& map, std::string_view key);

// A map of texts.
[[nodiscard]] SpecTexts read_texts(YamlMap& map, std::string_view key, Diagnostics& problems);

// A percentage above 0 and at most `most`, into target and percent. `share`: it is written as 0 to
// 1.
void read_percent(const YamlNode& node, bool share, SpecObjective& out, Diagnostics& problems);

// Reads one document of Sloth, either form, or its AlertWindows.
void read_sloth(const YamlNode& node, Specs& out, Diagnostics& problems);

// Reads one document of Pyrra.
void read_pyrra(const YamlNode& node, Specs& out, Diagnostics& problems);

// Reads the objects of OpenSLO, of all files, and ties their references.
void read_openslo(const std::vector<YamlNode>& objects, Specs& out, Diagnostics& problems);

// Takes the objectives of a catalog of daytwo.
void read_own(const Catalog& catalog, Specs& out);

}  // namespace daytwo::model
