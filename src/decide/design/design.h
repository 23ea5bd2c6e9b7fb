// Design: what services promise and what they need, as a graph of parts with availabilities.
// Model: a service whose total is known (measured, else promised) fails by itself as often as
// its total leaves beside what it needs; one of which nothing is known never fails by itself, so
// that what comes out is a ceiling.
// Thread rule: pure functions over plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chance/availability.h"
#include "chance/composition.h"
#include "chance/seed.h"
#include "model/objective.h"
#include "model/service.h"

namespace daytwo::decide::design {

// What was measured of a service.
struct Measured {
  double bad = 0;
  double total = 0;
  std::string objective;
};
using MeasuredOf = std::function<std::optional<Measured>(const std::string& service)>;

// Whether an objective is about being there, not about being fast or coming out.
[[nodiscard]] bool promises_availability(const model::Objective& objective);
// The lowest availability that the service promises, or null.
[[nodiscard]] const model::Objective* promise_of(const model::Service& service);

// From where a part's availability is known.
enum class Source : std::uint8_t { kUnknown, kPromised, kMeasured };

// The availability of one service, all that it needs included.
struct Total {
  Source source = Source::kUnknown;
  double availability = 1;
  std::string objective;  // that says so
  double bad = 0;         // of kMeasured
  double count = 0;
};

// What one service and all below it comes to.
struct Ceiling {
  double availability = 1;  // where the service itself never fails
  double error = 0;         // standard error of how it was computed
  chance::Bounds bounds;    // however failures hang together
  double low = 1;           // 90 %, over what is not known: measured counts, common causes
  double high = 1;
  std::vector<double> worlds;  // what that is made of; empty where all is said
};

// A catalog as a graph.
class Design {
 public:
  // REQUIRES: `catalog` outlives it.
  Design(const model::Catalog& catalog, const MeasuredOf& measured);

  // The total of one service.
  [[nodiscard]] const Total& total_of(const std::string& service) const;
  // The ceiling of `service`. Errors: kInvalid for services that need each other in a circle.
  [[nodiscard]] Result<Ceiling> ceiling_of(const std::string& service, chance::Seed seed) const;
  // Services without which it does not work, itself left out, by name. Errors: as ceiling_of.
  [[nodiscard]] Result<std::vector<std::string>> musts_of(const std::string& service) const;
  // The services that it needs directly, in the order written.
  [[nodiscard]] std::vector<std::string> needs_of(const std::string& service) const;

  // The same with the total of one service at another value.
  [[nodiscard]] Design with_total(const std::string& service, double availability) const;
  // The same where `service` can do without `need`.
  [[nodiscard]] Design without(const std::string& service, const std::string& need) const;

 private:
  // The dependencies that a request of this service may fail with, in the order written.
  [[nodiscard]] std::vector<const model::Dependency*> counted(std::size_t at) const;
  // `whole`: services of a known total are not looked into.
  [[nodiscard]] std::vector<chance::Part> parts(bool whole) const;
  [[nodiscard]] Result<std::vector<double>> own_works(const std::vector<chance::Part>& parts,
                                                      std::size_t root, chance::Seed seed) const;
  void add_worlds(const chance::Composition& graph, const std::vector<double>& works,
                  std::size_t root, chance::Seed seed, Ceiling& out) const;

  const model::Catalog* catalog_;
  std::map<std::string, std::size_t> index_;
  std::vector<Total> totals_;
  std::map<std::size_t, std::vector<std::size_t>> dropped_;  // needs that were taken away
};

}  // namespace daytwo::decide::design
