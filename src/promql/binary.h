// Operators between two expressions: arithmetic, comparison, sets, with vector matching.
#pragma once

#include "base/result.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/frame.h"

namespace daytwo::promql {

// `binary` at every step; `span` is where it stands. Errors: kConflict when elements match more
// than once (Prometheus's texts), and those of its sides.
[[nodiscard]] Result<Outcome> eval_binary(Evaluation& evaluation, const Binary& binary,
                                          ByteSpan span);

// Arithmetic and comparison between two vectors, matched by labels (join.cc).
[[nodiscard]] Result<Lines> join(Evaluation& evaluation, const Binary& binary, ByteSpan span,
                                 const Lines& left, const Lines& right);

// and, or, unless (sets.cc).
[[nodiscard]] Lines combine_sets(const Binary& binary, std::size_t steps, Lines left, Lines right);

// `left op right` for the arithmetic operators.
[[nodiscard]] double calculate(BinaryOp op, double left, double right);

// `left op right` for the comparisons.
[[nodiscard]] bool compare(BinaryOp op, double left, double right);

// Numbers label sets by what a matching looks at, from 0 upwards.
class Signatures {
 public:
  // The matching must outlive this object.
  explicit Signatures(const Matching& matching) : matching_(matching) {}

  // The number of the labels' signature, new if it was not seen yet.
  [[nodiscard]] std::size_t number(const series::Labels& labels);
  // The labels that make up the signature.
  [[nodiscard]] series::Labels key(const series::Labels& labels) const;
  [[nodiscard]] std::size_t count() const { return numbers_.size(); }

 private:
  const Matching& matching_;
  std::unordered_map<series::Labels, std::size_t> numbers_;
};

// The labels whose names are listed, or those whose names are not.
[[nodiscard]] series::Labels keep_labels(const series::Labels& labels,
                                         const std::vector<std::string>& names);
[[nodiscard]] series::Labels drop_labels(const series::Labels& labels,
                                         const std::vector<std::string>& names);

}  // namespace daytwo::promql
