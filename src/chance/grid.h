// Grid: sizes as masses on cells, tilted for the exact engine. Cell k holds the mass of [(k - 1/2)
// width, (k + 1/2) width) and stands for k width. Tilting by e^(-15 k / cells) lets what lies
// beyond the grid fold back into it with a weight of e^-15 only; rounding grows by e^15 [Grubel,
// Hermesmeier 1999]. Inner header of the room.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "chance/distribution.h"

namespace daytwo::chance {

class Grid {
 public:
  struct Weighted {
    double weight = 0;
    const Distribution* size = nullptr;
  };

  // REQUIRES: cells is a power of two, at least 256; width > 0.
  Grid(std::size_t cells, double width);

  [[nodiscard]] std::size_t cells() const { return cells_; }
  [[nodiscard]] double width() const { return width_; }

  // sum of weight_i P(X_i in cell k) e^(-15 k / cells). Mass beyond the grid is left out.
  [[nodiscard]] std::vector<double> tilted(const std::vector<Weighted>& sizes) const;
  // Multiplies cell k by e^(15 k / cells).
  void untilt(std::span<double> masses) const;

 private:
  void multiply(std::span<double> masses, double tilt) const;

  std::size_t cells_;
  double width_;
};

}  // namespace daytwo::chance
