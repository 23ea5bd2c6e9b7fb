// Worries and options as files: the YAML that `worries:` of daytwo.yml names.
//   risks:
//     - id: provider-lost
//       estimate: "30% a year that payments is down, 2h to 8h"
//       service: payments
//       option: {name: a second provider, once: "$40k", takes: 5 to 15 person-days, cuts: 60% to
//       90%} evidence: {events: "sum(increase(payments_outages_total[365d]))"} causes: {provider:
//       0.7, network: 0.3} source: storage on-call reviewed: 2026-11-03
//   options:
//     - {id: mfa, once: "$40k", per_year: "$20k", days: 12, blocks: {phishing: 0.3}}
// `worries` is another word for `risks`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/yaml.h"

namespace daytwo::model {

// What would be done about one worry; quantities as written.
struct FiledOption {
  std::string name;
  std::string once;   // money
  std::string takes;  // hours or person-days of work
  std::string cuts;   // share of the loss that it takes away
  bool operator==(const FiledOption&) const = default;
};

// One worry as a person wrote it.
struct FiledWorry {
  std::string id;  // letters, digits, '-', '_', '.'; unique in the files
  std::string sentence;
  std::string title;
  std::string service;
  std::string source;
  std::string by;
  std::string reviewed;  // a date
  FiledOption option;
  std::map<std::string, double> causes;                       // shares, summing to 1
  std::vector<std::pair<std::string, std::string>> evidence;  // part -> PromQL
  bool operator==(const FiledWorry&) const = default;
};

// An option that may serve several worries.
struct SharedOption {
  std::string id;
  std::string once;
  std::string per_year;
  double days = 0;                       // person-days
  std::map<std::string, double> blocks;  // chance that it stops an event of that cause
  std::map<std::string, double> cuts;    // share it takes off the loss of one
  std::vector<std::string> requires_ids;
  std::vector<std::string> excludes;
  bool operator==(const SharedOption&) const = default;
};

// One file.
struct WorryFile {
  std::vector<FiledWorry> worries;
  std::vector<SharedOption> options;
};

// Reads a file. Errors: kInvalid with every problem: syntax, unknown keys, a sentence or quantity
// that does not read (at its place in the file), an id twice, causes that do not add to 1, shares
// outside 0 to 1, requires or excludes of an unknown option, both at once, or in a circle.
[[nodiscard]] Result<WorryFile> parse_worry_file(std::string_view text, std::string path);

}  // namespace daytwo::model
