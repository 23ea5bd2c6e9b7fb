// A promise of security: what is exposed is mended within so many days. Beside an objective of
// availability it counts days of exposure where that counts requests.
//   security:
//     - {name: known-exploited, covers: exploited, due: 21d, target: 99, window: 90d}
// `covers`: exploited = known to be exploited somewhere (KEV); running = all that is mapped into a
// process too. `counted`: publication = from when the world knew; sight = from when daytwo saw it.
// `contracts`: who gets money back when it is broken, as in contract.h; the tiers are of the share
// of exposure-days within what is due, the fee is that of one window.
// Thread rule: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/id.h"
#include "base/time.h"
#include "model/contract.h"
#include "model/yaml.h"

namespace daytwo::model {

// Which exposures are promised to be mended.
enum class Covered : std::uint8_t { kExploited, kRunning };

// From when the days of an exposure count. Publication is what customers and insurers count from:
// who looks late gains nothing. Known exploitation counts from the day KEV lists it.
enum class CountedFrom : std::uint8_t { kPublication, kSight };

// One promise of one service, for itself and what it depends on.
struct SecurityPromise {
  std::string name;
  ServiceId service;
  Covered covers = Covered::kExploited;
  CountedFrom counted = CountedFrom::kPublication;
  Duration due = days(21);                // the median that KEV gives US federal agencies
  std::int64_t target_ppb = 990'000'000;  // share of exposure-days within `due`
  Duration window = days(90);
  std::vector<Contract> contracts;
  bool operator==(const SecurityPromise&) const = default;

  // 1 - target.
  [[nodiscard]] double allowed() const;
};

// "known to be exploited", "loaded by what runs".
[[nodiscard]] std::string_view to_words(Covered covers);

// "known to be exploited: 99 % of exposure-days within 21 days of known exploitation, over 90
// days".
[[nodiscard]] std::string to_words(const SecurityPromise& promise);

// One promise of `service`. Problems are added, all of them.
[[nodiscard]] SecurityPromise read_security_promise(const YamlNode& node, const ServiceId& service,
                                                    Diagnostics& problems);

}  // namespace daytwo::model
