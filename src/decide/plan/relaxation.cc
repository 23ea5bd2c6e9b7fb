#include "decide/plan/relaxation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace daytwo::decide::plan {
namespace {

constexpr int kDoublings = 60;
constexpr int kHalvings = 10;

// What the parts that the knapsack takes reach. REQUIRES: `items` as knapsack() left them.
double reached(const std::vector<Item>& items, double budget) {
  double out = 0;
  for (const Item& item : items) {
    if (item.score <= 0) break;
    if (item.price > budget) return out + item.reach * (budget / item.price);
    out += item.reach;
    budget -= item.price;
  }
  return out;
}

}  // namespace

double knapsack(std::vector<Item>& items, double budget, double worth) {
  for (Item& item : items) {
    item.score = item.gain + worth * item.reach;
    const double free = item.score > 0 ? std::numeric_limits<double>::infinity() : item.score;
    item.density = item.price > 0 ? item.score / item.price : free;
  }
  std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    if ((a.score > 0) != (b.score > 0)) return a.score > 0;
    return a.density != b.density ? a.density > b.density : a.option < b.option;
  });
  double out = 0;
  for (const Item& item : items) {
    if (item.score <= 0) break;
    if (item.price > budget) return out + item.score * (budget / item.price);
    out += item.score;
    budget -= item.price;
  }
  return out;
}

Relaxed relaxed(std::vector<Item>& items, double budget, double needed) {
  Relaxed out{knapsack(items, budget, 0), 0};
  if (needed <= 0 || reached(items, budget) >= needed) return out;
  double gain = 0;
  double reach = 0;
  for (const Item& item : items) {
    gain = std::max(gain, std::fabs(item.gain));
    reach += item.reach;
  }
  // The bound is convex in the multiplier, and falls as long as too little is reached.
  double low = 0;
  double high = std::max(gain, 1e-12) / std::max(reach, 1e-12);
  const auto enough = [&](double worth) {
    const double at = knapsack(items, budget, worth) - worth * needed;
    if (at < out.gain) out = {at, worth};
    return reached(items, budget) >= needed;
  };
  for (int i = 0; !enough(high); ++i, high *= 2) {
    if (i == kDoublings) return {-std::numeric_limits<double>::infinity(), high};
    low = high;
  }
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (enough(middle) ? high : low) = middle;
  }
  static_cast<void>(knapsack(items, budget, out.worth));
  return out;
}

}  // namespace daytwo::decide::plan
