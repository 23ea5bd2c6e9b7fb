// Check: what is wrong with a design before it runs: promises that cannot be kept, services on
// which too much hangs, what nobody owns or measures. Each finding names the place and what would
// mend it. Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "chance/seed.h"
#include "decide/design/design.h"
#include "decide/design/feasibility.h"
#include "model/place.h"
#include "model/service.h"
#include "model/stakes.h"

namespace daytwo::decide::design {

// How much a finding weighs: an error is a promise that will be broken.
enum class Level : std::uint8_t { kError, kWarning, kNote };

// "error", "warning", "note".
[[nodiscard]] std::string_view to_string(Level level);

// A kind of finding. `id` is stable: tools keep it.
struct Rule {
  std::string_view id;
  Level level = Level::kWarning;
  std::string_view summary;  // what it finds
  std::string_view help;     // why that matters and what to do
};

// All rules, by id.
[[nodiscard]] std::span<const Rule> rules();

// One thing that is wrong.
struct Finding {
  const Rule* rule = nullptr;  // of rules()
  std::string service;
  model::Place place;
  std::string text;
  std::string mend;  // what would make it right; may be empty

  // The same finding in another report: rule, service and what it is about.
  [[nodiscard]] std::string key() const;
  std::string about;  // part of the key: an objective, a need
};

// What a check found.
struct Report {
  std::vector<Feasibility> promises;  // by service, in the order written
  std::vector<Finding> findings;      // worst level first, then by place
  std::size_t services = 0;

  // The worst that was found, in one sentence.
  [[nodiscard]] std::string sentence() const;
};

// Checks every service of the catalog. Never fails: what cannot be computed is a finding.
[[nodiscard]] Report check_design(const model::Catalog& catalog, const MeasuredOf& measured,
                                  const model::Stakes& stakes, chance::Seed seed);

}  // namespace daytwo::decide::design
