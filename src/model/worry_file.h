// Worries and options as files: the YAML that `worries:` of daytwo.yml names.
//   risks:
//     - id: provider-lost
//       estimate: "30% a year that payments is down, 2h to 8h"
//       service: payments
//       option: {name: a second provider, once: "$40k", takes: 5 to 15 person-days, cuts: 60% to
//       90%} evidence: {events: "sum(increase(payments_outages_total[365d]))"} causes: {provider:
//       0.7, network: 0.3} source: storage on-call reviewed: 2026-11-03
//   options:
//     - {id: mfa, kind: security, once: "$30k to $50k", per_year: "$20k", team: platform,
//        days: 8 to 15, blocks: {phishing: 20% to 40%}}
//     - {id: one-page-checkout, kind: feature, once: "$20k", worth: "$10k to $90k"}
//   stakes: ["an hour of payments down costs $2k to $20k"]
//   floors:
//     - {loss_of: records-escape, at_most: "$50k"}
// `worries` is another word for `risks`.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/sentence.h"
#include "model/stakes.h"
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

// An option that may serve several worries: a safeguard, a feature, a clean-up. Causes are those of
// the worries, or the id of a worry that names none.
struct SharedOption {
  std::string id;
  std::string kind;  // security, reliability, feature, cost, ...: how the split is shown
  std::optional<Quantity> once;
  std::optional<Quantity> per_year;
  std::optional<Quantity> worth;           // money a year besides the losses it avoids
  std::optional<Quantity> days;            // of work, in person-hours
  std::string team;                        // whose days; empty: anybody's
  std::map<std::string, Quantity> blocks;  // chance that it stops an event of that cause
  std::map<std::string, Quantity> cuts;    // share it takes off the loss of one
  std::vector<std::string> requires_ids;
  std::vector<std::string> excludes;
  bool must = false;
  bool operator==(const SharedOption&) const = default;
};

// What no budget may trade away: the expected yearly loss that a plan leaves of a worry or cause.
struct LossFloor {
  std::string loss_of;
  Quantity at_most;
  bool operator==(const LossFloor&) const = default;
};

// One file.
struct WorryFile {
  std::vector<FiledWorry> worries;
  std::vector<SharedOption> options;
  std::vector<LossFloor> floors;
  std::vector<Stake> stakes;
};

// Adds what `more` states to `all`: several files share one budget.
void append(WorryFile& all, WorryFile more);

// Reads a file. Errors: kInvalid with every problem: syntax, unknown keys, a sentence or quantity
// that does not read (at its place in the file), an id twice, causes that do not add to 1, shares
// outside 0 to 1, requires or excludes of an unknown option, both at once, or in a circle, a floor
// or an option for a cause that no worry of the file has.
[[nodiscard]] Result<WorryFile> parse_worry_file(std::string_view text, std::string path);

}  // namespace daytwo::model
