// Stakes: what things are worth, in a person's own words. Money enters daytwo here and nowhere
// else: "an hour of checkout down costs $2k to $20k". Cited defaults are offered, never used until
// somebody accepts one. Thread rule: immutable after loading.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/sentence.h"

namespace daytwo::model {

// What one unit of which is priced.
enum class StakeOf : std::uint8_t {
  kServiceHour,    // an hour of a service down
  kRecord,         // a record exposed
  kIncident,       // an incident, all told
  kFailedRequest,  // a failed request
  kPersonHour,     // an hour of somebody's work
};

// "hour", "record", "incident", "failed request", "person-hour".
[[nodiscard]] std::string_view to_string(StakeOf of);
// The natural unit it prices (model/amount.h): kHoursLost, ...
[[nodiscard]] std::string_view unit_of(StakeOf of);
// Inverse of unit_of; nothing for another unit.
[[nodiscard]] std::optional<StakeOf> stake_for(std::string_view unit);

// What one unit is worth.
struct Stake {
  StakeOf of = StakeOf::kServiceHour;
  std::string service;  // empty: any service
  Quantity worth;       // money a unit of `of`
  std::string text;     // as written
  std::string source;   // who said it, or the citation of an accepted default

  // "hour/checkout": a later stake under the same key replaces it.
  [[nodiscard]] std::string key() const;
};

// Reads a stake:
//   stake = ("a"|"an"|"one") thing ["of" service] ["down"|"exposed"|"lost"] ("costs"|"is worth")
//   range
//           ["," "source" text]
//   thing = hour | minute | day | record | incident | "failed request" | person-hour | person-day
// or the same in the words and the order in which people say it ("when checkout is down we lose $2k
// an hour"; stake_sentence.h).
// Errors: kInvalid with the column: no money, an amount not above 0, an interval upside down.
[[nodiscard]] Result<Stake> parse_stake(std::string_view text);

// The question that a stake answers: "An hour of checkout down costs between ? and ?".
[[nodiscard]] std::string question(StakeOf of, std::string_view service);
// A sentence that would answer it, to show in the field: "an hour of checkout down costs $2k to
// $20k".
[[nodiscard]] std::string example(StakeOf of, std::string_view service);

// Everything that was stated.
class Stakes {
 public:
  // A later stake with the same key replaces an earlier one.
  void add(Stake stake);
  // The stake of this service, else the one of any service, else null.
  [[nodiscard]] const Stake* find(StakeOf of, std::string_view service) const;
  [[nodiscard]] std::span<const Stake> all() const { return stakes_; }
  [[nodiscard]] bool empty() const { return stakes_.empty(); }

 private:
  std::vector<Stake> stakes_;  // sorted by key
};

// A published base rate, with what one has to know before accepting it.
struct BaseRate {
  std::string_view id;
  StakeOf of;
  std::string_view sentence;  // a stake that parse_stake reads
  std::string_view source;    // publisher, title, where it was read
  int year = 0;
  std::string_view population;
  std::string_view caveat;
  double sample = 0;  // how many own observations it should weigh as much as
};

// The catalogue, in the order it is offered.
[[nodiscard]] std::span<const BaseRate> base_rates();
// What is offered for this kind of stake; empty when nothing citable is known.
[[nodiscard]] std::vector<BaseRate> offered(StakeOf of);

}  // namespace daytwo::model
