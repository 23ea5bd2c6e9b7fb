// Imported costs added up, exactly.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>

#include "base/nanos.h"
#include "facts/sighting.h"

namespace daytwo::facts {

inline constexpr std::size_t kCostKinds = 7;

// Both prices of some charges: what is invoiced, and what it costs once commitments are spread over
// what uses them. A sum is a lower part of the truth when not every charge says it.
struct Charged {
  NanoSum billed;
  NanoSum effective;
  bool billed_known = true;
  bool effective_known = true;
  void add(const CostSeen& cost);
  bool operator==(const Charged&) const = default;
};

// The charges of one currency: in all, by kind (the order of CostKind), and by service.
struct Bill {
  Charged all;
  std::array<Charged, kCostKinds> by_kind;
  std::map<std::string, Charged> by_service;
  std::map<std::string, std::size_t> resources;  // by service: how many records name one
  void add(const CostSeen& cost);
  // Those of `kind`.
  [[nodiscard]] const Charged& of(CostKind kind) const {
    return by_kind.at(static_cast<std::size_t>(kind));
  }
};

// By currency: two never add.
using Bills = std::map<std::string, Bill>;

}  // namespace daytwo::facts
