// Objectives as rules of Prometheus, for those who evaluate them there.
// Model of the Sloth form: the groups, names and arithmetic of sloth.dev's generated rules, its two
// roundings of doubles included, and its mean of ratios over the period.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "model/rule_file.h"
#include "model/spec/spec.h"

namespace daytwo::orient {

// What the rules say of themselves.
struct ExportOptions {
  std::string generator_version = "daytwo";  // label sloth_version
  model::RuleTexts extra_labels;             // of every recording rule
};

// The rules that Sloth generates from each objective. Objectives of other tools are written as the
// error and total queries that they amount to. Errors: kInvalid with every problem at its place: an
// objective that no ratio of two queries says or that has burn rules of its own, a query that does
// not parse.
[[nodiscard]] Result<std::vector<model::RuleGroup>> export_as_sloth(const model::Specs& specs,
                                                                    const ExportOptions& options);

}  // namespace daytwo::orient
