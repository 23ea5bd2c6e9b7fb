// Feasibility: can a service keep the availability that it promises, given what it needs?
// Model: the ceiling is what its needs leave when it never fails by itself. A promise above every
// way in which their failures may hang together is infeasible; one that they break when they fail
// one by one holds only as far as they fail together; else what is left of the budget is its own
// [Treynor, Dahlin, Rau, Beyer 2017, "The Calculus of Service Availability", ACM Queue 15(2)].
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "chance/estimate.h"
#include "chance/seed.h"
#include "decide/design/design.h"
#include "model/objective.h"
#include "model/place.h"
#include "model/service.h"
#include "model/stakes.h"

namespace daytwo::decide::design {

// kUnknown: it needs services, and nothing is known of any.
enum class Standing : std::uint8_t { kKept, kOverlap, kInfeasible, kUnknown };

// "kept", "needs overlap", "infeasible", "unknown".
[[nodiscard]] std::string_view to_string(Standing standing);

// What one of the services below takes of the budget, if it fails as often as its total says.
struct Taker {
  std::string service;
  Source source = Source::kUnknown;
  double availability = 1;
  double takes = 0;  // of the budget: 1 is all of it
};

// One change that would make the promise feasible, and the ceiling it leads to.
struct Remedy {
  std::string words;
  double ceiling = 0;
};

// Money a year, with its 90 % interval.
struct Cost {
  std::string currency;
  chance::Estimate a_year;
};

// What can be said of one promise.
struct Feasibility {
  std::string service;
  std::string objective;
  std::int64_t target_ppb = 0;
  Duration window;
  model::Place place;
  Standing standing = Standing::kUnknown;
  Ceiling ceiling;
  double chance = 1;   // that the ceiling reaches the target, over what is not known
  double overlap = 0;  // of the way from failing apart to failing together that keeps the promise
  double left = 1;     // of the budget, for the service itself; negative when it is overdrawn
  std::vector<Taker> takers;       // needs whose total is known, greediest first
  std::vector<std::string> blind;  // needs, direct or not, of which nothing is known
  std::vector<Remedy> remedies;    // empty where the promise can be kept
  std::optional<Cost> cost;        // of the downtime that its needs cause, where an hour is priced
  std::string sentence;
};

// Every availability that `service` promises. Errors: kInvalid for a circle of needs, named.
// REQUIRES: a service of the catalog that `design` was made from.
[[nodiscard]] Result<std::vector<Feasibility>> feasibility_of(const model::Service& service,
                                                              const Design& design,
                                                              const model::Stakes& stakes,
                                                              chance::Seed seed);

}  // namespace daytwo::decide::design
