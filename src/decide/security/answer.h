// The answer to "what do we promise, is it kept, and what does it cost to break it?", for us and
// for a client. What a client may see is a type of its own, without a host, a package or a name of
// a vulnerability: what it does not hold cannot leak.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "chance/estimate.h"
#include "decide/security/clause.h"
#include "decide/security/measure.h"
#include "decide/security/mending.h"
#include "decide/security/price.h"
#include "decide/security/span.h"
#include "model/security_promise.h"
#include "model/service.h"
#include "model/stakes.h"

namespace daytwo::decide::security {

// Who judged, with version.
inline constexpr std::string_view kEngine = "decide.security/1";

// One promise, measured and priced.
struct Answer {
  model::SecurityPromise promise;
  std::set<std::string> services;
  bool was_looked = false;  // packages were held against advisories
  Measured measured;
  Mending mending;
  std::optional<Timestamp> turns_if_left;  // see turns_at
  std::optional<Timestamp> turns_if_mended;
  Price price;
  std::string unit;        // of `price`: a currency, or model::kIncidents without a stake
  std::string stake;       // the words that the price rests on; empty without one
  std::vector<Owed> owed;  // by contract
  std::string sentence;
};

// The instant of a question and what is known by then.
struct Known {
  const model::Catalog& catalog;
  const model::Stakes& stakes;
  std::span<const ExposureSpan> spans;
  std::optional<Timestamp> matched_since;
  Timestamp now;
};

// What an incident of the service costs prices its exposures; without such a stake they are counted
// in incidents. `known.spans` must outlive the result.
[[nodiscard]] Answer answer_of(const model::SecurityPromise& promise, const Known& known);

// Whether a promise is kept.
enum class Standing : std::uint8_t { kUnknown, kKept, kBroken };

// What a client may see.
struct Posture {
  std::string service;
  std::string promise;
  Timestamp from;
  Timestamp to;
  double measured_share = 0;
  Standing standing = Standing::kUnknown;
  std::optional<double> within;       // rounded down to a tenth of a percent
  std::optional<double> median_days;  // that mending takes, in whole days upwards
  std::string sentence;
};

// The same answer, for a client.
[[nodiscard]] Posture posture_of(const Answer& answer);

}  // namespace daytwo::decide::security
