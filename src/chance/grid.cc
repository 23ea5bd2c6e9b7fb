#include "chance/grid.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "base/check.h"
#include "chance/distribution.h"
#include "chance/grid_kernels.h"

namespace daytwo::chance {
namespace {

// Aliasing falls by e^-kTilt, rounding grows by e^kTilt; 10 to 20 in the literature.
constexpr double kTilt = 15;
// The midpoint rule with correction holds 1e-8 from this many cells a deviation on.
constexpr double kCellsADeviation = 80;

// Adds weight * P(cell) by differences of the CDF, for cells [from, to).
void add_differences(std::span<double> cells, const Grid::Weighted& size, double width,
                     std::size_t from, std::size_t to) {
  const Distribution& x = *size.size;
  const auto edge = [&](std::size_t k) { return (static_cast<double>(k) + 0.5) * width; };
  double below = from == 0 ? 0 : x.cdf(edge(from - 1));
  for (std::size_t k = from; k < to; ++k) {
    const double at = x.cdf(edge(k));
    cells[k] += size.weight * (at - below);
    below = at;
    if (at >= 1) return;
  }
}

// The chunks in which a lognormal is smooth enough for the midpoint rule, and not clipped.
LognormalCells smooth_part(const Grid::Weighted& size, double width, std::size_t cells) {
  const Distribution& x = *size.size;
  const auto round_up = [](double k) {
    return static_cast<std::size_t>(std::ceil(k / kCellChunk)) * kCellChunk;
  };
  LognormalCells out{size.weight, x.a, x.b, cells, cells};
  if (!(x.b > 0)) return out;
  double first = kCellsADeviation / x.b;
  if (x.floor > 0) first = std::max(first, x.floor / width + 2);
  if (first >= static_cast<double>(cells)) return out;
  out.from = std::max(round_up(first), kCellChunk);
  const double last = std::isinf(x.cap) ? static_cast<double>(cells) : x.cap / width - 1;
  if (last < static_cast<double>(cells)) {
    out.to = static_cast<std::size_t>(std::max(0.0, last)) / kCellChunk * kCellChunk;
  }
  if (out.to <= out.from) out.from = out.to = cells;
  return out;
}

// Sorts the parts of mixtures among the others.
void flatten(const Grid::Weighted& size, std::vector<Grid::Weighted>& out) {
  if (size.size->family != Family::kMixture) {
    out.push_back(size);
    return;
  }
  for (std::size_t i = 0; i < size.size->parts.size(); ++i) {
    flatten({size.weight * size.size->points[i], &size.size->parts[i]}, out);
  }
}

}  // namespace

Grid::Grid(std::size_t cells, double width) : cells_(cells), width_(width) {
  CHECK(cells >= 256 && std::has_single_bit(cells), "the number of cells is a power of two");
  CHECK(width > 0 && std::isfinite(width), "cells have a width");
}

std::vector<double> Grid::tilted(const std::vector<Weighted>& sizes) const {
  std::vector<double> out(cells_);
  std::vector<Weighted> flat;
  for (const Weighted& size : sizes) flatten(size, flat);
  std::vector<LognormalCells> smooth;
  for (const Weighted& size : flat) {
    const Distribution& x = *size.size;
    if (x.is_point()) {
      const double cell = std::floor(x.quantile(.5) / width_ + 0.5);
      if (cell < static_cast<double>(cells_)) out[static_cast<std::size_t>(cell)] += size.weight;
      continue;
    }
    if (x.family != Family::kLognormal || x.is_truncated()) {
      add_differences(out, size, width_, 0, cells_);
      continue;
    }
    smooth.push_back(smooth_part(size, width_, cells_));
    add_differences(out, size, width_, 0, smooth.back().from);
    if (smooth.back().to < cells_) add_differences(out, size, width_, smooth.back().to, cells_);
  }
  if (!smooth.empty()) add_lognormal_cells(smooth, width_, out);
  multiply(out, -kTilt);
  return out;
}

void Grid::untilt(std::span<double> masses) const { multiply(masses, kTilt); }

void Grid::multiply(std::span<double> masses, double tilt) const {
  CHECK(masses.size() == cells_, "a mass for each cell");
  const double step = tilt / static_cast<double>(cells_);
  std::array<double, 256> fine{};
  for (std::size_t i = 0; i < fine.size(); ++i) fine[i] = std::exp(step * static_cast<double>(i));
  for (std::size_t k = 0; k < cells_; k += fine.size()) {
    const double coarse = std::exp(step * static_cast<double>(k));
    for (std::size_t i = 0; i < fine.size(); ++i) masses[k + i] *= coarse * fine[i];
  }
}

}  // namespace daytwo::chance
