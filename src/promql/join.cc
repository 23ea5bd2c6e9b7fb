// Vector matching: each element of the "many" side meets the one element of the other side that has
// its signature. Signatures are computed once per series; duplicates are judged step by step, as
// elements that are not there at the same time do not meet.
#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "promql/ast.h"
#include "promql/binary.h"
#include "promql/evaluation.h"
#include "promql/frame.h"
#include "promql/label_text.h"
#include "series/labels.h"

namespace daytwo::promql {
namespace {

constexpr std::string_view kManyToOneText =
    "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)";
constexpr std::string_view kGroupingText =
    "multiple matches for labels: grouping labels must ensure unique matches";
constexpr std::string_view kSameLabels = "vector cannot contain metrics with the same labelset";

class Join {
 public:
  Join(Evaluation& evaluation, const Binary& binary, ByteSpan span, const Lines& left,
       const Lines& right)
      : evaluation_(evaluation),
        binary_(binary),
        span_(span),
        swapped_(binary.matching.cardinality == Cardinality::kOneToMany),
        many_(swapped_ ? right : left),
        one_(swapped_ ? left : right),
        signatures_(binary.matching),
        out_(evaluation.steps().count) {}

  Result<Lines> run() {
    if (many_.empty() || one_.empty()) return Lines();
    std::vector<std::vector<const Line*>> ones;
    for (const Line& line : one_) {
      const std::size_t number = signatures_.number(line.labels);
      if (number >= ones.size()) ones.resize(number + 1);
      ones[number].push_back(&line);
    }
    for (const auto& group : ones) TRY_VOID(check_unique(group));
    for (const Line& line : many_) {
      TRY_VOID(evaluation_.check_stop());
      const std::size_t number = signatures_.number(line.labels);
      if (number >= ones.size()) continue;
      for (const Line* other : ones[number]) TRY_VOID(meet(line, *other, number));
    }
    return out_.take();
  }

 private:
  // Errors when two elements of one group are there at a step at which anything could match.
  Result<void> check_unique(const std::vector<const Line*>& group) const {
    if (group.size() < 2) return {};
    for (std::size_t i = 0; i < evaluation_.steps().count; ++i) {
      std::vector<const Line*> here;
      for (const Line* line : group) {
        if (line->present(i)) here.push_back(line);
      }
      if (here.size() < 2) continue;
      const bool any_many = std::any_of(many_.begin(), many_.end(),
                                        [i](const Line& line) { return line.present(i); });
      if (!any_many) continue;
      std::string first = label_text(here[0]->labels);
      std::string second = label_text(here[1]->labels);
      if (second < first) std::swap(first, second);
      return execution_error(fmt::format(
          "found duplicate series for the match group {} on the {} hand-side of the operation: "
          "[{}, {}];many-to-many matching not allowed: matching labels must be unique on one side",
          label_text(signatures_.key(here[0]->labels)), swapped_ ? "left" : "right", first,
          second));
    }
    return {};
  }

  Result<void> meet(const Line& many, const Line& one, std::size_t signature) {
    const series::Labels labels = result_labels(many.labels, one.labels);
    // A filter forgets that the name was to go; bool only marks it.
    Line* out = nullptr;
    std::size_t* owner = nullptr;
    for (std::size_t i = 0; i < evaluation_.steps().count; ++i) {
      if (!many.present(i) || !one.present(i)) continue;
      double number = 0;
      if (!combine(swapped_ ? one : many, swapped_ ? many : one, i, number)) continue;
      if (out == nullptr) {
        out = &out_.line(labels, binary_.returns_bool);
        owner = &owners_.try_emplace(labels, signature).first->second;
      }
      if (out->present(i)) {
        if (*owner != signature) return execution_error(std::string(kSameLabels));
        const bool one_to_one = binary_.matching.cardinality == Cardinality::kOneToOne;
        return execution_error(std::string(one_to_one ? kManyToOneText : kGroupingText));
      }
      out->set(i, number);
    }
    return {};
  }

  // The value of one pair; false when there is none.
  bool combine(const Line& left, const Line& right, std::size_t step, double& number) {
    if (!left.is_float(step) || !right.is_float(step)) {
      const auto kind = [step](const Line& line) {
        return line.is_histogram(step) ? "histogram" : "float";
      };
      evaluation_.annotations().inform(
          fmt::format("incompatible sample types encountered for binary operator {}: {} {} {}",
                      go_quoted(name_of(binary_.op)), kind(left), name_of(binary_.op), kind(right)),
          span_);
      return false;
    }
    const double a = left.numbers[step];
    const double b = right.numbers[step];
    if (!is_comparison(binary_.op)) {
      number = calculate(binary_.op, a, b);
      return true;
    }
    const bool holds = compare(binary_.op, a, b);
    number = binary_.returns_bool ? (holds ? 1.0 : 0.0) : a;
    return holds || binary_.returns_bool;
  }

  [[nodiscard]] series::Labels result_labels(const series::Labels& many,
                                             const series::Labels& one) const {
    const Matching& matching = binary_.matching;
    series::Labels out = is_comparison(binary_.op) ? many : many.without(series::kMetricName);
    if (matching.cardinality == Cardinality::kOneToOne) {
      return matching.on ? keep_labels(out, matching.labels) : drop_labels(out, matching.labels);
    }
    for (const std::string& name : matching.include) out = out.with(name, one.get(name));
    return out;
  }

  Evaluation& evaluation_;
  const Binary& binary_;
  ByteSpan span_;
  bool swapped_;
  const Lines& many_;
  const Lines& one_;
  Signatures signatures_;
  LineIndex out_;
  std::unordered_map<series::Labels, std::size_t> owners_;  // signature that made each line
};

}  // namespace

Result<Lines> join(Evaluation& evaluation, const Binary& binary, ByteSpan span, const Lines& left,
                   const Lines& right) {
  return Join(evaluation, binary, span, left, right).run();
}

}  // namespace daytwo::promql
