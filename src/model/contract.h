// Contract: a promise of availability with money on it. Who breaks it gives back a share of the
// month's fee, in steps. Thread rule: plain values.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "model/sentence.h"
#include "model/yaml.h"

namespace daytwo::model {

// A month below this availability gives back this share of its fee.
struct CreditTier {
  double below = 0;
  double credit = 0;
  bool operator==(const CreditTier&) const = default;
};

struct Contract {
  std::string with;
  bool owed_to_us = false;        // else we owe the credits
  double promise = 0;             // availability; the highest tier's when none was written
  Quantity per_year;              // the fee, money a year
  std::vector<CreditTier> tiers;  // by falling availability, so by rising credit
  bool operator==(const Contract&) const = default;

  // The share of a month's fee that is given back at this availability of the month.
  [[nodiscard]] double credit_at(double availability) const;
};

// One contract of a service:
//   {with: shops, promise: 99.9, per_year: "$1M to $1.4M",
//    tiers: [{below: 99.9, credit: 10}, {below: 99, credit: 30}]}
//   {with: the provider, owed: to us, ...}
// Percentages. Problems are added, all of them: no tier, a fee that is no money, a credit outside 0
// to 100, tiers that give less back for less availability, a promise below the first tier.
[[nodiscard]] Contract read_contract(const YamlNode& node, Diagnostics& problems);

}  // namespace daytwo::model
