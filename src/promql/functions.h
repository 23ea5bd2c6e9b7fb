// The table of functions: one row says how a function is called, what it means and how it is
// evaluated. The checker, the engine, completion and the reference page all read this table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"
#include "promql/ast.h"

namespace daytwo::promql {

class Evaluation;  // evaluation.h
struct Outcome;    // frame.h

// How the last argument may repeat or be left out.
enum class Arity : std::uint8_t {
  kExact,
  kLastOptional,
  kLastRepeated,  // any number of times, none included
};

// Types of the arguments, in order.
struct Parameters {
  std::array<Type, 5> types{};
  std::size_t count = 0;
  Arity arity = Arity::kExact;
};

// Computes a call at every step. REQUIRES: the call passed the checker.
using Implementation = Result<Outcome> (*)(Evaluation& evaluation, const Call& call);

// One row of the table.
struct Function {
  std::string_view name;
  Parameters parameters;
  Type result = Type::kVector;
  bool asks_time = false;  // its value depends on the evaluation time even over pinned selectors
  std::string_view description;
  Implementation implementation = nullptr;
};

// All functions, sorted by name.
[[nodiscard]] std::span<const Function> functions();

// The function of that name, case included, or null.
[[nodiscard]] const Function* find_function(std::string_view name);

}  // namespace daytwo::promql
