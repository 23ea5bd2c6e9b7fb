// Plan: how a quantity without a closed form is drawn: variables and the steps over them, each step
// after those that it reads. The same seed gives the same draws, whatever else is asked.
// Thread rule: one evaluation's; not shared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "chance/seed.h"
#include "model/quantity/law.h"

namespace daytwo::model::quantity {

// What a step does to one draw of what it reads.
enum class Op : std::uint8_t {
  kConstant,
  kVariable,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kPower,
  kLeast,
  kMost,
  kExponential,
  kLogarithm,
  kRoot,
  kAbsolute,
};

// How the draws of a variable lie: each anywhere, or one in each of as many slices of equal chance,
// so that means settle far faster.
enum class Drawing : std::uint8_t { kFree, kStratified };

class Plan {
 public:
  // REQUIRES: samples >= 1.
  Plan(std::size_t samples, chance::Seed seed, Drawing drawing = Drawing::kFree)
      : samples_(samples), seed_(seed), variables_from_(seed), drawing_(drawing) {}

  // Variables from here on are numbered from 0 and drawn from `seed`, whatever was made before: a
  // definition that stands in two programs is the same unknown in both.
  void begin(chance::Seed seed) {
    variables_from_ = seed;
    next_index_ = 0;
  }

  // Steps; `node` is the place in the program that a failure is told at.
  [[nodiscard]] std::size_t constant(double value);
  // A new variable, drawn from `law`; its number counts from 0.
  [[nodiscard]] std::size_t variable(const Law& law, std::size_t node);
  [[nodiscard]] std::size_t step(Op op, std::size_t a, std::size_t b, std::size_t node);

  // The step of variable `number`, and its law.
  [[nodiscard]] std::size_t step_of(std::size_t number) const { return variables_[number].step; }
  [[nodiscard]] const Law& law_of(std::size_t number) const { return variables_[number].law; }
  [[nodiscard]] std::size_t variables() const { return variables_.size(); }

  // States that two variables have the normal scores of this correlation; the last word counts.
  // Nothing may be drawn before the next settle().
  void correlate(std::size_t one, std::size_t other, double correlation);
  // What settle() changed most in one group of variables.
  struct Change {
    std::size_t one = 0;
    std::size_t other = 0;
    double from = 0;
    double to = 0;
  };
  // Takes the nearest correlations that can hold together in place of those that cannot
  // (chance::repaired). Errors: kLimit for more than chance::kMaxCorrelated that hang together.
  [[nodiscard]] Result<std::vector<Change>> settle();
  // The variables whose draws hang together with those of `variable`, itself among them; sorted.
  [[nodiscard]] std::vector<std::size_t> group_of(std::size_t variable) const;
  // 0 when nothing was stated, 1 for the same variable.
  [[nodiscard]] double correlation(std::size_t one, std::size_t other) const;
  // True when no variable of one is a variable of the other, nor correlated with one.
  [[nodiscard]] bool independent(std::span<const std::size_t> one,
                                 std::span<const std::size_t> other) const;

  // The draws of a step. Errors: kInvalid where a draw is no finite number, told at the step's node
  // by `failed_node`; kLimit when that needs more than kMaxDraws numbers. The span holds until the
  // next call of a verb of this plan.
  [[nodiscard]] Result<std::span<const double>> draws(std::size_t step);
  [[nodiscard]] std::size_t failed_node() const { return failed_node_; }

  [[nodiscard]] std::size_t samples() const { return samples_; }
  [[nodiscard]] chance::Seed seed() const { return seed_; }

 private:
  struct Step {
    Op op = Op::kConstant;
    std::size_t a = 0;  // of a variable: its number
    std::size_t b = 0;
    std::size_t node = 0;
    double value = 0;
    std::vector<double> drawn;
  };
  struct Variable {
    Law law;
    std::size_t step = 0;
    chance::Seed seed;
    std::size_t index = 0;  // of its stream
  };
  struct Tie {
    std::size_t one = 0;
    std::size_t other = 0;
    double correlation = 0;
  };
  [[nodiscard]] Result<void> draw(Step& step);
  [[nodiscard]] Result<void> draw_variable(Step& step);
  // The uniforms of a variable, one a draw.
  [[nodiscard]] std::vector<double> uniforms(const Variable& variable) const;
  // Sets the correlation of two variables in place of an earlier one.
  void tie(std::size_t one, std::size_t other, double correlation);
  // The nearest of one group; what was changed most.
  [[nodiscard]] Result<Change> repair(std::span<const std::size_t> group);
  // Correlations of a group, row by row.
  [[nodiscard]] std::vector<double> matrix_of(std::span<const std::size_t> group) const;

  std::size_t samples_;
  chance::Seed seed_;
  chance::Seed variables_from_;
  std::size_t next_index_ = 0;
  Drawing drawing_;
  std::vector<Step> steps_;
  std::vector<Variable> variables_;
  std::vector<Tie> ties_;
  std::size_t failed_node_ = 0;
};

// Numbers that one evaluation may hold: 1 GB.
inline constexpr std::size_t kMaxDraws = 125'000'000;

}  // namespace daytwo::model::quantity
