// Worries and options as files: the YAML that `worries:` of daytwo.yml names. Every amount is a
// field in the language of `daytwo calc` (model/field.h).
//   quantities: {licence: "$12 to $30", staff: 40 to 60}
//   risks:
//     - id: provider-lost
//       estimate: "30% a year that payments is down, 2h to 8h"
//       service: payments
//       option: {name: a second provider, once: "$40k", takes: 5 to 15 person-days}
//       evidence: {events: "sum(increase(payments_outages_total[365d]))"}
//       causes: {provider: 0.7, network: 0.3}
//       source: storage on-call
//       reviewed: 2026-11-03
//     - {id: audit, frequency: once in 3 years, loss: 10 days * $900/day + $5k to $20k}
//   options:
//     - {id: mfa, kind: security, once: licence * staff, per_year: "$20k", team: platform,
//        days: 8 to 15, blocks: {phishing: 20% to 40%}}
//     - {id: one-page-checkout, kind: feature, once: "$20k", worth: "$10k to $90k"}
//   studies:
//     - {id: ask-provider, days: 2, once: "$3k", narrows: {provider-lost: by half}}
//   stakes: ["an hour of payments down costs $2k to $20k"]
//   floors:
//     - {loss_of: records-escape, at_most: "$50k"}
// `worries` is another word for `risks`. Files that are read together are one register.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/distribution.h"
#include "model/field.h"
#include "model/place.h"
#include "model/sentence.h"
#include "model/stakes.h"
#include "model/tail_limit.h"
#include "model/teaching.h"
#include "model/yaml.h"

namespace daytwo::model {

// What would be done about one worry; programs of quantities that read alone.
struct FiledOption {
  std::string name;
  std::string once;   // money
  std::string takes;  // hours or person-days of work
  std::string cuts;   // share of the loss that it takes away
  bool operator==(const FiledOption&) const = default;
};

// How often, in words of a sentence ("30% a year", "1 in 20 deploys, at most once") or as an
// expression.
struct FiledRate {
  std::string text;
  std::optional<Frequency> written;
  std::optional<Field> field;  // where it is no words of a sentence
  // Events a year; the chance of a year where it happens at most once. Errors: as
  // Frequency::events_a_year.
  [[nodiscard]] Result<chance::Distribution> events_a_year(
      std::optional<double> trials_a_year) const;
  [[nodiscard]] bool at_most_once() const { return written && written->at_most_once; }
  bool operator==(const FiledRate&) const = default;
};

// One part of what an event costs: revenue, credits, response, churn, data, a fine; or of the harm
// that others bear.
struct LossPart {
  std::string name;
  Field amount;                 // money, or a natural unit that a stake prices
  std::optional<Field> chance;  // that an event has this part; nothing: each has
  std::optional<Field> cap;     // never above: it bounds, it is no estimate
  std::string cap_text;         // where the cap is from: "GDPR art. 83(5)"
  double over_years = 0;        // that it takes to come; 0: at once
  bool operator==(const LossPart&) const = default;
};

// One worry as a person wrote it: one sentence, or how often and what an event costs.
struct FiledWorry {
  std::string id;  // letters, digits, '-', '_', '.'; unique in the files
  // The estimate; put together from frequency and loss where those were written.
  std::string sentence;
  // Where the sentence cannot say it (an expression, parts): how often, and the parts of the loss.
  std::optional<FiledRate> rate;
  std::vector<LossPart> loss;
  std::vector<LossPart> harm;             // borne by customers or the public
  std::optional<Field> duration;          // hours of one event; parts name it `duration`
  std::optional<Field> never_above;       // what one event can cost us at most, in money
  std::map<std::string, Field> triggers;  // other worries that an event sets off, with its chance
  // Alerts that come before an event, with the chance that a day of one becomes an event.
  std::map<std::string, Field> alerts;
  std::string title;
  std::string service;
  std::string source;
  std::string by;
  std::string reviewed;  // a date
  FiledOption option;
  std::map<std::string, double> causes;                       // shares, summing to 1
  std::vector<std::pair<std::string, std::string>> evidence;  // part -> PromQL
  Place place;
  bool operator==(const FiledWorry&) const = default;
};

// An option that may serve several worries: a safeguard, a feature, a clean-up. Causes are those of
// the worries, or the id of a worry that names none.
struct SharedOption {
  std::string id;
  std::string kind;  // security, reliability, feature, cost, ...: how the split is shown
  std::optional<Field> once;
  std::optional<Field> per_year;
  std::optional<Field> worth;           // money a year besides the losses it avoids
  std::optional<Field> days;            // of work, in person-hours
  std::string team;                     // whose days; empty: anybody's
  std::map<std::string, Field> blocks;  // chance that it stops an event of that cause
  std::map<std::string, Field> cuts;    // share it takes off the loss of one
  std::vector<std::string> requires_ids;
  std::vector<std::string> excludes;
  bool must = false;
  // Of an investigation: what it teaches, by worry, cause, option, quantity, or one number of these
  // ("ransom.size", "mfa.once"); and how long what depends on it waits, in hours (of service).
  // Empty: no investigation.
  std::map<std::string, Teaching> narrows;
  std::optional<Field> delay;
  Place place;
  bool operator==(const SharedOption&) const = default;
};

// The kind of every option that narrows something: those of `studies`, and of `options`.
inline constexpr const char* kInvestigation = "investigation";

// A decision to keep a risk until a day: what acts on it alone is not weighed before.
struct Acceptance {
  std::string id;
  std::string worry;
  std::string until;  // a day, as 2027-03-01
  Timestamp at;       // its beginning, UTC
  std::string by;     // who accepts, and is told when the day has come; may be empty
  bool operator==(const Acceptance&) const = default;
};

// What no budget may trade away: the expected yearly loss that a plan leaves of a worry or cause.
struct LossFloor {
  std::string loss_of;
  Field at_most;
  bool operator==(const LossFloor&) const = default;
};

// One source whose events hit several worries, besides what each has of its own.
struct CommonCause {
  std::string id;
  FiledRate rate;
  std::map<std::string, Field> hits;  // by worry: the chance that an event of this hits it
  bool operator==(const CommonCause&) const = default;
};

// A stated correlation of the yearly losses of two worries (of a Gaussian copula).
struct StatedCorrelation {
  std::string one;
  std::string other;
  double is = 0;
  bool operator==(const StatedCorrelation&) const = default;
};

// The most often that a year may lose more than an amount.
struct Appetite {
  double at_most = 0;  // chance of a year
  Field loss;
  bool operator==(const Appetite&) const = default;
};

// One file, or several that are read together.
struct WorryFile {
  double harm_weight = 1;  // of harm beside our own loss, in verdicts and plans
  std::optional<Appetite> appetite;
  std::optional<StatedTail> tail_limit;  // of what a plan leaves
  std::vector<CommonCause> common_causes;
  std::vector<StatedCorrelation> correlations;
  std::vector<FiledWorry> worries;
  std::vector<SharedOption> options;
  std::vector<Acceptance> acceptances;
  std::vector<LossFloor> floors;
  std::vector<Stake> stakes;
  std::vector<std::string> stake_files;  // where each was stated
  Definitions quantities;
};

// A file with the path to print.
struct WorrySource {
  std::string text;
  std::string path;
};

// Reads files as one register: an option may require one of another file, and a name that one file
// gives to a quantity holds in all. Errors: kInvalid with every problem: syntax, unknown keys, a
// sentence or quantity that does not read (at its place in the file), an id twice (with both
// places), causes that do not add to 1, shares outside 0 to 1, requires or excludes of an unknown
// option, both at once, or in a circle, a floor or an option for a cause that no worry has.
[[nodiscard]] Result<WorryFile> parse_worry_files(std::span<const WorrySource> sources);

// The same of one file.
[[nodiscard]] Result<WorryFile> parse_worry_file(std::string_view text, std::string path);

}  // namespace daytwo::model
