// Year: the loss of a stretch of time from its sources, worked out by the exact engine when a
// figure is asked for, and only then: a sum of twenty sources costs one transform. Thread rule: one
// evaluation's; not shared.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "chance/exact_loss.h"
#include "chance/risk.h"

namespace daytwo::model::quantity {

class Year {
 public:
  // Sources with names of their own. Errors: as chance::check_risks.
  [[nodiscard]] static Result<std::shared_ptr<const Year>> make(std::vector<chance::Risk> sources,
                                                                std::size_t cells);
  // Both together, as independent sources; nothing when they share a name.
  [[nodiscard]] static std::shared_ptr<const Year> sum(const Year& a, const Year& b);

  // Closed forms; the variance may be infinite.
  [[nodiscard]] double mean() const;
  [[nodiscard]] double variance() const;
  // P(no loss).
  [[nodiscard]] double chance_of_none() const;
  // The distribution, worked out on the first call.
  [[nodiscard]] const chance::ExactLoss& exact() const;
  // P(S > x): beyond the grid of exact(), on a longer one, up to kLongest times as long.
  [[nodiscard]] double chance_above(double x) const;

  // A longer grid has too few cells where the years are; above it, the chance of its end bounds.
  static constexpr double kLongest = 1000;

 private:
  Year(std::vector<chance::Risk> sources, std::size_t cells)
      : sources_(std::move(sources)), cells_(cells) {}

  std::vector<chance::Risk> sources_;
  std::size_t cells_;
  mutable std::optional<chance::ExactLoss> exact_;
};

}  // namespace daytwo::model::quantity
