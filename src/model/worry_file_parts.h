// Readers of the parts of a worry file. Inner header of the room: worry_file.cc puts them together.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "model/field.h"
#include "model/worry_file.h"
#include "model/yaml.h"

namespace daytwo::model {

// What all readers of one register share. REQUIRES: `problems` outlives it.
struct Reading {
  Diagnostics& problems;
  const Definitions& quantities;
  std::optional<Field> turnover = {};        // worldwide, a year; for legal caps
  std::map<std::string, double> rates = {};  // one of a currency, in that of the turnover
};

// Ids of one kind with the place of each, to name both places of one that is given twice.
using Ids = std::map<std::string, YamlNode>;

// What is wrong with the text of `node`, at its place in the file.
void add_placed(const YamlNode& node, const Error& error, Diagnostics& problems);

// The key `id`, which must be new and of letters, digits, '-', '_' and '.'.
[[nodiscard]] std::string read_id(YamlMap& map, Ids& known, Diagnostics& problems);

// The field under `key`, or nothing when absent or wrong; of one node.
[[nodiscard]] std::optional<Field> field_of(YamlMap& map, std::string_view key, Measure measure,
                                            const Reading& reading);
[[nodiscard]] std::optional<Field> field_of(const YamlNode& node, Measure measure,
                                            const Reading& reading);

// Fields by name: {phishing: 20% to 40%}.
[[nodiscard]] std::map<std::string, Field> fields_of(YamlMap& map, std::string_view key,
                                                     Measure measure, const Reading& reading);

// One item of `risks`.
[[nodiscard]] FiledWorry read_worry(const YamlNode& node, Ids& ids, const Reading& reading);

// How often, in words or as an expression.
[[nodiscard]] std::optional<FiledRate> read_rate(const YamlNode& node, const Reading& reading);

// `loss` or `harm`: an amount, or parts by name, of which `names` are the known ones.
[[nodiscard]] std::vector<LossPart> read_parts(const YamlNode& node, std::string_view whole,
                                               std::span<const std::string_view> names,
                                               const Reading& reading);

// One item of `options` that accepts a risk: {id: wait, accept: ransom, until: 2027-03-01}.
// REQUIRES: the node has the key `accept`.
[[nodiscard]] Acceptance read_acceptance(const YamlNode& node, Ids& ids, const Reading& reading);

// One item of `studies`: an option that narrows what is not known, and does nothing else.
[[nodiscard]] SharedOption read_study(const YamlNode& node, Ids& ids, const Reading& reading);

// The key `narrows`: what is taught, by name.
[[nodiscard]] std::map<std::string, Teaching> read_narrows(YamlMap& map, const Reading& reading);

// Whether what studies and acceptances look at is declared, and can be learned so. `options` and
// `acceptances` are their nodes.
void check_studied(const WorryFile& file, const std::vector<YamlNode>& options,
                   const std::vector<YamlNode>& acceptances, std::span<const std::string> causes,
                   Diagnostics& problems);

// One item of `options`.
[[nodiscard]] SharedOption read_option(const YamlNode& node, Ids& ids, const Reading& reading);

// `turnover` and `rates`, which caps of fines need.
void read_law(YamlMap& map, Reading& reading);

// What is said of the whole register, once its worries are known.
void read_whole(YamlMap& map, Ids& ids, const Reading& reading, WorryFile& out);

// Certain triggers of worries that set each other off in a circle would never end.
void check_triggers(const std::vector<FiledWorry>& worries, const std::vector<YamlNode>& nodes,
                    Diagnostics& problems);

// Options that need or exclude each other: known, not both, not in a circle. `nodes` are theirs.
void check_relations(const std::vector<SharedOption>& options, const std::vector<YamlNode>& nodes,
                     Diagnostics& problems);

}  // namespace daytwo::model
