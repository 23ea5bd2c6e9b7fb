// Aggregations that look at single elements: topk, bottomk, count_values.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "promql/aggregate.h"
#include "promql/ast.h"
#include "promql/evaluation.h"
#include "promql/frame.h"

namespace daytwo::promql {
namespace {

// The best `size` elements seen, worst on top. Which of equal elements stays follows from the
// binary heap, as in Prometheus, so it is written out here.
class BestOf {
 public:
  struct Element {
    double number;
    Line* line;
  };
  BestOf(std::size_t size, bool greatest) : size_(size), greatest_(greatest) {}

  void offer(Element element) {
    if (heap_.size() < size_) {
      heap_.push_back(element);
      rise(heap_.size() - 1);
    } else if (is_worse(heap_.front(), element)) {
      heap_.front() = element;
      sink();
    }
  }
  // Best first, NaN last.
  [[nodiscard]] std::vector<Element> take() {
    std::stable_sort(heap_.begin(), heap_.end(),
                     [this](const Element& a, const Element& b) { return is_worse(b, a); });
    return std::move(heap_);
  }

 private:
  // NaN is worse than any number, and no worse than another NaN.
  [[nodiscard]] bool is_worse(const Element& a, const Element& b) const {
    if (std::isnan(a.number)) return !std::isnan(b.number);
    return greatest_ ? a.number < b.number : a.number > b.number;
  }
  void rise(std::size_t at) {
    while (at > 0) {
      const std::size_t parent = (at - 1) / 2;
      if (!is_worse(heap_[at], heap_[parent])) return;
      std::swap(heap_[at], heap_[parent]);
      at = parent;
    }
  }
  void sink() {
    std::size_t at = 0;
    while (true) {
      std::size_t child = 2 * at + 1;
      if (child >= heap_.size()) return;
      if (child + 1 < heap_.size() && is_worse(heap_[child + 1], heap_[child])) ++child;
      if (!is_worse(heap_[child], heap_[at])) return;
      std::swap(heap_[at], heap_[child]);
      at = child;
    }
  }

  std::size_t size_;
  bool greatest_;
  std::vector<Element> heap_;
};

// How many elements a step keeps of a group of `members`. Errors: as Prometheus says them.
Result<std::size_t> size_of(double k, std::size_t members) {
  if (std::isnan(k)) return execution_error("Parameter value is NaN");
  if (k >= 9.223372036854775807e18) {
    return execution_error(fmt::format("Scalar value {} overflows int64", go_number(k)));
  }
  if (k <= -9.223372036854775808e18) {
    return execution_error(fmt::format("Scalar value {} underflows int64", go_number(k)));
  }
  if (k < 1) return std::size_t{0};
  if (k >= static_cast<double>(members)) return members;
  return static_cast<std::size_t>(k);
}

}  // namespace

Result<Lines> eval_topk(Evaluation& evaluation, const Aggregate& aggregate, ByteSpan span,
                        Lines lines, const std::vector<double>& k) {
  const bool greatest = aggregate.op == AggregateOp::kTopk;
  const std::size_t steps = evaluation.steps().count;
  const std::vector<LineGroup> groups = group_lines(aggregate, lines);
  Lines out;
  bool ignored = false;
  for (const double each : k) {
    if (const auto size = size_of(each, 0); !size) return fail(size.error());
  }
  for (const LineGroup& group : groups) {
    TRY_VOID(evaluation.check_stop());
    std::unordered_map<Line*, Line> chosen;
    std::vector<Line*> order;
    for (std::size_t i = 0; i < steps; ++i) {
      TRY(const std::size_t size, size_of(k[i], group.members.size()));
      if (size == 0) continue;
      BestOf best(size, greatest);
      for (Line* member : group.members) {
        if (member->is_float(i)) best.offer({member->numbers[i], member});
        ignored = ignored || member->is_histogram(i);
      }
      for (const BestOf::Element& element : best.take()) {
        const auto [it, is_new] = chosen.try_emplace(element.line);
        if (is_new) {
          it->second = Line(element.line->labels, element.line->nameless, steps);
          order.push_back(element.line);
        }
        it->second.set(i, element.number);
      }
    }
    for (Line* line : order) out.push_back(std::move(chosen.at(line)));
  }
  if (ignored) {
    evaluation.annotations().inform(
        fmt::format("ignored histogram in {} aggregation", name_of(aggregate.op)), span);
  }
  return out;
}

Result<Lines> eval_count_values(Evaluation& evaluation, const Aggregate& aggregate, Lines lines,
                                const std::string& label) {
  if (label.empty() || !is_utf8(label)) {
    return execution_error("invalid label name " + label);
  }
  const std::size_t steps = evaluation.steps().count;
  LineIndex out(steps);
  for (const LineGroup& group : group_lines(aggregate, lines)) {
    std::unordered_map<std::uint64_t, series::Labels> labels_of;
    for (const Line* member : group.members) {
      for (std::size_t i = 0; i < steps; ++i) {
        if (member->is_histogram(i)) {
          evaluation.annotations().inform("ignored histogram in count_values aggregation",
                                          aggregate.inner->span);
        }
        if (!member->is_float(i)) continue;
        const double number = member->numbers[i];
        const auto [it, is_new] = labels_of.try_emplace(std::bit_cast<std::uint64_t>(number));
        if (is_new) it->second = group.labels.with(label, format_fixed(number));
        Line& line = out.line(it->second, group.nameless);
        line.set(i, line.present(i) ? line.numbers[i] + 1 : 1);
      }
    }
  }
  return out.take();
}

}  // namespace daytwo::promql
