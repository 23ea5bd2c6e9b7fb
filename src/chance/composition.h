// Composition: the availability of a whole from a graph of parts that share parts.
// Model: each part works or not, independently; a request succeeds with the chance that the states
// leave it, and what it asks of parts that work is independent again. Parts that all requests need
// count once; those that several ways lead to are conditioned on, so that the result is exact up to
// kExactShared of them, and has a standard error beyond. [Barlow, Proschan 1975, "Statistical
// Theory of Reliability", ch. 1: factoring; Fleming 1975: the beta factor; Rueger 1978, "Scharfe
// untere und obere Schranken fuer die Wahrscheinlichkeit der Realisation von k unter n
// Ereignissen", Metrika 25: the bounds]. Thread rule: immutable after construction; any thread may
// read.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "chance/availability.h"
#include "chance/seed.h"

namespace daytwo::chance {

// What a part needs: `least` of the parts `on`, for a share of the requests.
struct PartNeed {
  std::vector<std::size_t> on;  // by number; each once
  std::size_t least = 1;
  double share = 1;  // of requests that need it; one with a way around it needs it not
  // Of the unavailability, by itself, of the most reliable of several: the share that takes all.
  double common = 0;
  std::size_t tries = 1;
  double persistent = 1;  // the share of failures that the next try meets again
};

// One part of a whole.
struct Part {
  std::string name;
  std::vector<PartNeed> needs;
};

// An availability, with the standard error of how it was computed: 0 = exactly.
struct Composed {
  double availability = 0;
  double error = 0;
};

// At most as many shared parts are conditioned on exactly.
inline constexpr std::size_t kExactShared = 16;

// What one part of a graph rests on.
class Composition {
 public:
  // Of part `root` of `parts`. Errors: kInvalid for parts that need each other in a circle (named),
  // for a need of none, of more parts than there are, or of the same twice, and for shares outside
  // [0, 1]. REQUIRES: numbers below parts.size(). Cost: parts and needs.
  [[nodiscard]] static Result<Composition> make(std::vector<Part> parts, std::size_t root);

  // The availability of the whole where part i by itself, all it needs working, has works[i].
  // `common` are the shares of the needs that have one, in the order of common_causes(); empty = as
  // declared. REQUIRES: one share in [0, 1] a part; as many of `common` as there are, or none.
  // Cost: 2^shared() visits of what is shared and above it; beyond kExactShared, and in graphs of
  // many parts, a sample.
  [[nodiscard]] Composed availability(std::span<const double> works, Seed seed,
                                      std::span<const double> common = {}) const;

  // However the parts hang together. `low` counts parts that all requests need once.
  [[nodiscard]] Bounds bounds(std::span<const double> works) const;

  // Parts without which nothing works, by number, rising; the root is one of them.
  [[nodiscard]] const std::vector<std::size_t>& musts() const { return musts_; }
  // Parts below the root, by number, rising; it is one of them.
  [[nodiscard]] const std::vector<std::size_t>& reached() const { return reached_; }
  // The same, those that are needed before those that need them.
  [[nodiscard]] std::vector<std::size_t> in_order() const;
  // Parts to be conditioned on: several ways lead to them, and the whole can do without.
  [[nodiscard]] std::size_t shared() const { return shared_.size(); }
  // The part and the number of each need that has a common cause.
  struct CommonCause {
    std::size_t part = 0;
    std::size_t need = 0;
  };
  [[nodiscard]] const std::vector<CommonCause>& common_causes() const { return common_; }

 private:
  Composition() = default;

  // Chances by node: the parts, and one hidden node for each common cause.
  [[nodiscard]] std::vector<double> nodes(std::span<const double> works,
                                          std::span<const double> common) const;
  // That a request gets past the need, where `again` of its failures stay after all tries.
  [[nodiscard]] static double need_met(const PartNeed& need, const std::vector<double>& succeeds,
                                       double again);
  // What stays of a failure after all tries, by need, as if nothing were shared.
  [[nodiscard]] std::vector<double> tried_again(const std::vector<double>& works) const;
  // The chance that a request succeeds, by node. REQUIRES: what `order` needs comes first.
  void evaluate(std::span<const std::size_t> order, const std::vector<double>& works,
                const std::vector<double>& again, std::vector<double>& succeeds) const;
  [[nodiscard]] Composed exactly(const std::vector<std::size_t>& open, std::vector<double> works,
                                 const std::vector<double>& again,
                                 std::vector<double> succeeds) const;
  [[nodiscard]] Composed sampled(const std::vector<std::size_t>& open, std::vector<double> works,
                                 const std::vector<double>& again, std::vector<double> succeeds,
                                 Seed seed) const;
  void prepare();

  std::vector<Part> parts_;  // with the hidden nodes behind those declared
  std::size_t declared_ = 0;
  std::size_t root_ = 0;
  std::vector<CommonCause> common_;
  std::vector<std::size_t> order_;        // below the root, what is needed first
  std::vector<std::size_t> above_;        // those of order_ that are shared or rest on such
  std::vector<std::size_t> first_again_;  // by part: the place of its first need among all
  std::size_t needs_ = 0;
  std::vector<std::size_t> reached_;
  std::vector<std::size_t> musts_;
  std::vector<std::size_t> must_nodes_;  // musts_ and hidden ones
  std::vector<std::size_t> shared_;      // nodes
};

}  // namespace daytwo::chance
