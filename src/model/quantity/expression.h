// Expression: a program of quantities as read, before it is worth anything: `2h to 8h * $12k/h`.
//   program   = [ statement ] { ( ";" | new line ) [ statement ] }
//   statement = name "=" expression | "correlate" "(" name "," name "," number ")"
//             | worry (model/sentence.h) | expression
// The whole grammar with an example per production: docs/reference/quantities.md.
// Thread rule: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/grammar.h"
#include "model/quantity/unit.h"
#include "model/sentence.h"

namespace daytwo::model::quantity {

// What a node of an expression is.
enum class NodeKind : std::uint8_t {
  kAmount,     // one amount or a range, as written: `measured`
  kFrequency,  // "30% a year": `frequency`
  kEvidence,   // "7 of 60", "3 in 2.5 years": `count` of `many`, beside what it is as a frequency
  kUnit,       // a unit word alone, one of it: `measured`
  kName,       // a named quantity: `text`
  kNegative,   // minus its child
  kBinary,     // `text` is + - * / or ^
  kCall,       // `text` is the function; `labels` name the arguments, "" for those by place
  kList,       // [a, b, c]
};

// One node; its children stand before it in the program.
struct Node {
  NodeKind kind = NodeKind::kAmount;
  std::string text;  // amounts and frequencies: as written, blanks folded
  std::size_t begin = 0;
  std::size_t end = 0;  // bytes of the program, half open
  std::vector<std::size_t> children;
  std::vector<std::string> labels;
  Measured measured;
  Frequency frequency;
  double count = 0;
  double many = 0;
  std::string worry;  // of a call that was written as a sentence
};

// `name` is empty for what is to be shown, and for correlate, whose node is a call.
struct Statement {
  std::string name;
  std::size_t node = 0;
};

// A program, read.
struct Program {
  std::string text;
  std::vector<Node> nodes;
  std::vector<Statement> statements;  // at least one

  // With single blanks and no needless brackets; reads back to the same program.
  [[nodiscard]] std::string to_string() const;
  // Of one node.
  [[nodiscard]] std::string to_string(std::size_t node) const;
  // A problem under the node.
  [[nodiscard]] Diagnostic problem(std::size_t node, std::string text,
                                   std::string expected = {}) const;
};

// Brackets within brackets, and nodes, that one program may have: more was not written by a person.
inline constexpr std::size_t kMaxDepth = 50;
inline constexpr std::size_t kMaxNodes = 2000;

// Reads a program. `functions` are the words that may stand before a bracket. Errors: kInvalid with
// a place for each statement that is wrong; kLimit for too long, too deep or too large a text.
[[nodiscard]] Result<Program> parse_program(std::string_view text,
                                            const std::vector<std::string>& functions);

}  // namespace daytwo::model::quantity
