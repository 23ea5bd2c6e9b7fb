// and, or, unless: elements come and go by whether the other side has their signature.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "promql/ast.h"
#include "promql/binary.h"
#include "promql/frame.h"

namespace daytwo::promql {
namespace {

// For each signature: at which steps some line of the side has a value.
class Presence {
 public:
  Presence(Signatures& signatures, const Lines& lines, std::size_t steps) : steps_(steps) {
    for (const Line& line : lines) {
      const std::size_t number = signatures.number(line.labels);
      if (number >= present_.size()) present_.resize(number + 1);
      if (present_[number].empty()) present_[number].resize(steps, 0);
      for (std::size_t i = 0; i < steps_; ++i) {
        if (line.present(i)) present_[number][i] = 1;
      }
    }
  }
  [[nodiscard]] bool at(std::size_t number, std::size_t step) const {
    return number < present_.size() && !present_[number].empty() && present_[number][step] != 0;
  }

 private:
  std::size_t steps_;
  std::vector<std::vector<std::uint8_t>> present_;
};

// Erases the cells of `lines` where the other side's presence is not `wanted`.
void keep_where(Lines& lines, Signatures& signatures, const Presence& other, bool wanted) {
  for (Line& line : lines) {
    const std::size_t number = signatures.number(line.labels);
    for (std::size_t i = 0; i < line.cells.size(); ++i) {
      if (line.present(i) && other.at(number, i) != wanted) line.erase(i);
    }
  }
  std::erase_if(lines, [](const Line& line) { return line.empty(); });
}

}  // namespace

Lines combine_sets(const Binary& binary, std::size_t steps, Lines left, Lines right) {
  Signatures signatures(binary.matching);
  if (binary.op != BinaryOp::kOr) {
    const Presence of_right(signatures, right, steps);
    keep_where(left, signatures, of_right, binary.op == BinaryOp::kAnd);
    return left;
  }
  const Presence of_left(signatures, left, steps);
  keep_where(right, signatures, of_left, false);
  // The same series may stand on the left at one step and on the right at another.
  LineIndex all(steps);
  for (const Lines* side : {&left, &right}) {
    for (const Line& line : *side) {
      Line& out = all.line(line.labels, line.nameless);
      for (std::size_t i = 0; i < steps; ++i) out.copy(i, line);
    }
  }
  return all.take();
}

}  // namespace daytwo::promql
