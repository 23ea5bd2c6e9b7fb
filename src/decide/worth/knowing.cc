#include "decide/worth/knowing.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "base/check.h"
#include "decide/worth/model.h"

namespace daytwo::decide::worth {
namespace {

using Means = std::vector<double>;  // by alternative

std::size_t best_of(const Means& means) {
  return static_cast<std::size_t>(std::max_element(means.begin(), means.end()) - means.begin());
}

Means means_of(const Expectations& of) {
  Means out;
  for (const Draws& draws : of) out.push_back(mean_of(draws));
  return out;
}

// The means of all alternatives with the input at `value`.
Means held(const Model& model, const Alternatives& among, std::size_t input, double value) {
  Means out;
  for (const Choices& each : among) {
    out.push_back(each.empty() ? 0 : mean_of(model.net(each, Hold{input, value})));
  }
  return out;
}

// The means of all alternatives as straight lines between nodes of an input.
class Response {
 public:
  Response(const Model& model, const Alternatives& among, std::size_t input) {
    Draws sorted = model.inputs[input].draws;
    std::sort(sorted.begin(), sorted.end());
    const auto node = [&](std::size_t at, std::size_t of) {
      const double x = sorted[at * (sorted.size() - 1) / of];
      if (!at_.empty() && x <= at_.back()) return;
      at_.push_back(x);
      means_.push_back(held(model, among, input, x));
    };
    for (std::size_t i = 0; i <= 2; ++i) node(i, 2);
    if (at_.size() < 3 || straight()) return;
    at_.clear();
    means_.clear();
    for (std::size_t i = 0; i < kNodes; ++i) node(i, kNodes - 1);
  }

  [[nodiscard]] double mean(std::size_t alternative, double x) const {
    if (at_.size() == 1) return means_.front()[alternative];
    const auto above = std::upper_bound(at_.begin() + 1, at_.end() - 1, x);
    const auto high = static_cast<std::size_t>(above - at_.begin());
    const double share = (x - at_[high - 1]) / (at_[high] - at_[high - 1]);
    return means_[high - 1][alternative] +
           share * (means_[high][alternative] - means_[high - 1][alternative]);
  }

 private:
  // Whether the middle node lies on the line between the ends, for all alternatives.
  [[nodiscard]] bool straight() const {
    const double share = (at_[1] - at_[0]) / (at_[2] - at_[0]);
    for (std::size_t k = 0; k < means_[0].size(); ++k) {
      const double line = means_[0][k] + share * (means_[2][k] - means_[0][k]);
      const double size = std::fabs(means_[2][k]) + std::fabs(means_[0][k]);
      if (std::fabs(line - means_[1][k]) > 1e-9 * size) return false;
    }
    return true;
  }

  std::vector<double> at_;
  std::vector<Means> means_;
};

// Finds where, from the mean of an input outwards, the best alternative changes.
class FlipSearch {
 public:
  FlipSearch(const Model& model, const Alternatives& among, std::size_t input, std::size_t now)
      : model_(model), among_(among), input_(input), now_(now) {}

  // Outwards by factors, then halved. Nothing within kReach.
  [[nodiscard]] std::optional<Flip> towards(bool above) const {
    const double mean = model_.inputs[input_].mean();
    if (mean <= 0) return std::nullopt;
    const double most = model_.inputs[input_].measure == Measure::kShare ? 1 : mean * kReach;
    double near = mean;
    if (best(near) != now_) return std::nullopt;  // bent: the mean is on the other side
    while (true) {
      const double far = above ? std::min(near * kStep, most) : near / kStep;
      if (best(far) != now_) return halve(near, far, mean, above);
      if (far >= most || far <= mean / kReach) break;
      near = far;
    }
    // Not within reach of the mean: for nothing at all it may.
    if (!above && best(0) != now_ && model_.inputs[input_].measure == Measure::kShare) {
      return halve(mean / kReach, 0, mean, above);
    }
    return std::nullopt;
  }

 private:
  static constexpr double kReach = 1e6;
  static constexpr double kStep = 8;

  [[nodiscard]] Means means(double value) const { return held(model_, among_, input_, value); }
  [[nodiscard]] std::size_t best(double value) const { return best_of(means(value)); }

  // What today's choice is worth more than the best other at this value.
  [[nodiscard]] double lead(double value) const {
    Means all = means(value);
    const double own = all[now_];
    all[now_] = -std::numeric_limits<double>::infinity();
    return own - *std::max_element(all.begin(), all.end());
  }

  // False position with the Illinois weight: exact at once where the input enters as a straight
  // line, which is nearly always.
  [[nodiscard]] Flip halve(double near, double far, double mean, bool above) const {
    constexpr int kSteps = 60;
    double lead_near = lead(near);
    double lead_far = lead(far);
    for (int i = 0; i < kSteps && std::fabs(far - near) > 1e-9 * std::max(near, far); ++i) {
      const double between = near + (far - near) * lead_near / (lead_near - lead_far);
      const double found = lead(between);
      if (std::fabs(found) <= 1e-9 * std::fabs(lead(mean))) {
        far = between;
        break;
      }
      if (found >= 0) {
        near = between;
        lead_near = found;
        lead_far /= 2;
      } else {
        far = between;
        lead_far = found;
        lead_near /= 2;
      }
    }
    const double beyond = above ? far * (1 + 1e-6) : far * (1 - 1e-6);
    return {input_, far, above, std::fabs(std::log(std::max(far, 1e-300) / mean)), best(beyond)};
  }

  const Model& model_;
  const Alternatives& among_;
  const std::size_t input_;
  const std::size_t now_;
};

}  // namespace

std::size_t best_of(const Expectations& of) { return best_of(means_of(of)); }

Expectations all_known(const Model& model, const Alternatives& among) {
  Expectations out;
  for (const Choices& each : among) {
    out.push_back(each.empty() ? Draws(model.worlds, 0) : model.net(each));
  }
  return out;
}

Expectations one_known(const Model& model, const Alternatives& among, std::size_t input) {
  const Response response(model, among, input);
  const Draws& draws = model.inputs[input].draws;
  Expectations out(among.size(), Draws(draws.size()));
  for (std::size_t k = 0; k < among.size(); ++k) {
    for (std::size_t w = 0; w < draws.size(); ++w) out[k][w] = response.mean(k, draws[w]);
  }
  return out;
}

Expectations some_known(const Model& model, const Alternatives& among,
                        const std::vector<std::size_t>& inputs) {
  CHECK(!inputs.empty(), "something to know");
  if (inputs.size() == 1) return one_known(model, among, inputs.front());
  std::vector<bool> known(model.inputs.size(), false);
  for (const std::size_t input : inputs) known[input] = true;
  for (const Derived& derived : model.derived) {
    const auto is_known = [&](const auto& use) { return known[use.second]; };
    if (std::any_of(derived.uses.begin(), derived.uses.end(), is_known)) {
      known[derived.input] = true;
    }
  }
  Model held = model;
  for (std::size_t i = 0; i < known.size(); ++i) {
    Draws& draws = held.inputs[i].draws;
    if (!known[i]) draws.assign(draws.size(), mean_of(draws));
  }
  return all_known(held, among);
}

Gain gain_of(const Expectations& known, double share, const std::vector<double>& delay) {
  CHECK(share >= 0 && share <= 1, "a share of the spread");
  CHECK(delay.size() == known.size(), "a delay for each alternative");
  const Means means = means_of(known);
  const std::size_t now = best_of(means);
  const double moves = std::sqrt(share);
  const std::size_t worlds = known.front().size();
  Gain out;
  std::size_t flips = 0;
  for (std::size_t w = 0; w < worlds; ++w) {
    double most = 0;
    std::size_t choice = 0;
    for (std::size_t k = 0; k < known.size(); ++k) {
      const double expected = means[k] + moves * (known[k][w] - means[k]) - delay[k];
      if (k > 0 && expected <= most) continue;
      most = expected;
      choice = k;
    }
    out.value += most;
    if (choice != now) ++flips;
  }
  const auto count = static_cast<double>(worlds);
  out.value = out.value / count - means[now];
  out.flip_chance = static_cast<double>(flips) / count;
  return out;
}

Gain gain_of_test(const Expectations& known, const Draws& input, const Test& test,
                  const std::vector<double>& delay) {
  CHECK(delay.size() == known.size(), "a delay for each alternative");
  const Means means = means_of(known);
  const std::size_t now = best_of(means);
  const auto count = static_cast<double>(input.size());
  Gain out;
  out.value = -means[now];
  for (const bool says_above : {false, true}) {
    Means sums(known.size(), 0);
    double chance = 0;
    for (std::size_t w = 0; w < input.size(); ++w) {
      const double says = input[w] > test.limit ? test.sensitivity : 1 - test.specificity;
      const double weight = (says_above ? says : 1 - says) / count;
      chance += weight;
      for (std::size_t k = 0; k < known.size(); ++k) sums[k] += weight * known[k][w];
    }
    for (std::size_t k = 0; k < known.size(); ++k) sums[k] -= chance * delay[k];
    const std::size_t choice = best_of(sums);
    out.value += sums[choice];
    if (choice != now) out.flip_chance += chance;
  }
  return out;
}

std::vector<Flip> flips_of(const Model& model, const Alternatives& among) {
  const std::size_t now = best_of(all_known(model, among));
  std::vector<Flip> out;
  for (std::size_t input = 0; input < model.inputs.size(); ++input) {
    const FlipSearch search(model, among, input, now);
    std::optional<Flip> nearest;
    for (const bool above : {false, true}) {
      const auto flip = search.towards(above);
      if (flip && (!nearest || flip->distance < nearest->distance)) nearest = flip;
    }
    if (nearest) out.push_back(*nearest);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Flip& a, const Flip& b) { return a.distance < b.distance; });
  return out;
}

}  // namespace daytwo::decide::worth
