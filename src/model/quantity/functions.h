// Functions of the quantity language: one table of what each takes, says and shows, and a call that
// checks the arguments. Families of functions stand in a file each.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "chance/distribution.h"
#include "model/quantity/evaluate.h"
#include "model/quantity/expression.h"
#include "model/quantity/measure.h"
#include "model/quantity/plan.h"
#include "model/quantity/value.h"

namespace daytwo::model::quantity {

// Everything that one evaluation has.
struct Workshop {
  const Program& program;
  const EvaluationOptions& options;
  Plan plan;
  std::vector<Value> values;            // of the nodes so far
  std::vector<Understood> understood;   // what was read into ranges and functions, in order
  std::vector<std::string> notes = {};  // what was changed or is doubtful, in sentences
};

struct Function;

// One call: its arguments in the order of the function's parameters, as nodes of the program.
class Call {
 public:
  Call(Workshop& workshop, const Function& function, std::size_t node)
      : workshop_(workshop), function_(function), node_(node) {}

  // Binds places and names to parameters. Errors: kInvalid for one too many, one missing, one
  // unknown (with the nearest name), one given twice.
  [[nodiscard]] Result<void> bind();

  [[nodiscard]] Workshop& workshop() const { return workshop_; }
  [[nodiscard]] Plan& plan() const { return workshop_.plan; }
  [[nodiscard]] std::size_t node() const { return node_; }
  // Whether parameter `at` was given.
  [[nodiscard]] bool has(std::size_t at) const { return arguments_[at].has_value(); }
  // The argument. REQUIRES: given.
  [[nodiscard]] const Value& value(std::size_t at) const;
  [[nodiscard]] const Node& node_of(std::size_t at) const;
  // Arguments of the variadic parameter, which is the first one.
  [[nodiscard]] std::span<const std::size_t> rest() const { return rest_; }
  [[nodiscard]] const Value& value_of_node(std::size_t node) const;
  // The node of item `i` of the list `at`; of the list when it was named elsewhere.
  [[nodiscard]] std::size_t item_node(std::size_t at, std::size_t i) const;

  // The argument as an exact number in base measures. Errors: kInvalid for an uncertain one.
  [[nodiscard]] Result<double> number(std::size_t at) const;
  // As a plain number without a unit; or `fallback` when it was not given.
  [[nodiscard]] Result<double> plain(std::size_t at) const;
  [[nodiscard]] Result<double> plain_or(std::size_t at, double fallback) const;
  // As a probability, 0 to 1; `open` leaves the ends out.
  [[nodiscard]] Result<double> probability(std::size_t at, bool open) const;
  // Numbers of one unit: a bare one takes the unit of the others, which is returned in `unit`.
  [[nodiscard]] Result<std::vector<double>> alike(std::span<const std::size_t> parameters,
                                                  Unit& unit) const;
  // The items of a list of numbers of one unit.
  [[nodiscard]] Result<std::vector<double>> list(std::size_t at, Unit& unit) const;

  // A new variable with this distribution, echoed. Errors: kInvalid under the call for parameters
  // outside their bounds.
  [[nodiscard]] Result<Value> variable(Result<chance::Distribution> law, Unit unit) const;
  // The value of a figure that was measured.
  [[nodiscard]] Value figure(const Figure& figure, Unit unit) const;

  // A problem under argument `at`, or under the call.
  [[nodiscard]] Error problem_at(std::size_t at, std::string text, std::string expected = {}) const;
  [[nodiscard]] Error problem(std::string text, std::string expected = {}) const;
  // A problem under a node.
  [[nodiscard]] Error problem_under(std::size_t node, std::string text,
                                    std::string expected = {}) const;

 private:
  // The node of parameter `at`. REQUIRES: given.
  [[nodiscard]] std::size_t place_of(std::size_t at) const;
  // A value and the node under which a problem with it is told.
  struct Placed {
    const Value* value = nullptr;
    std::size_t node = 0;
  };
  [[nodiscard]] Result<std::vector<double>> same_units(std::span<const Placed> given,
                                                       Unit& unit) const;
  Workshop& workshop_;
  const Function& function_;
  std::size_t node_;
  // Adds an argument to the list that stands without brackets.
  void gather(std::size_t at, std::size_t node);

  std::vector<std::optional<std::size_t>> arguments_;
  std::vector<std::size_t> rest_;
  // A list that was written without its brackets: of which parameter, its items, their nodes.
  std::optional<std::size_t> gathered_;
  Value gathered_list_;
  std::vector<std::size_t> gathered_nodes_;
};

// One function.
struct Function {
  std::string_view name;
  std::string_view parameters;  // "least flows[] weight?" ("?" optional, "..." many, "[]" a list)
  std::string_view says;
  std::string_view example;  // runs in a test
  Result<Value> (*run)(Call& call) = nullptr;
};

// The families.
[[nodiscard]] std::span<const Function> distribution_functions();
[[nodiscard]] std::span<const Function> shape_functions();
[[nodiscard]] std::span<const Function> measure_functions();
[[nodiscard]] std::span<const Function> loss_functions();
[[nodiscard]] std::span<const Function> learning_functions();
[[nodiscard]] std::span<const Function> knowing_functions();
[[nodiscard]] std::span<const Function> spending_functions();

// After the last of some correlate(...) statements, which ends at `node`: takes the nearest
// correlations that can hold together where the stated ones cannot, and notes it. Errors: kInvalid
// when that would change what was used already; as Plan::settle.
[[nodiscard]] Result<void> settle_correlations(Workshop& workshop, std::size_t node);

// A family under its heading, in the order of the reference.
struct FunctionGroup {
  std::string_view title;
  std::span<const Function> functions;
};

// All of them.
[[nodiscard]] std::span<const FunctionGroup> function_groups();
// The function called `name`, or null.
[[nodiscard]] const Function* find_function(std::string_view name);

}  // namespace daytwo::model::quantity
