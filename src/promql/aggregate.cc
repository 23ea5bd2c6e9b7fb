#include "promql/aggregate.h"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "promql/annotations.h"
#include "promql/ast.h"
#include "promql/binary.h"
#include "promql/evaluation.h"
#include "promql/frame.h"
#include "promql/kahan.h"
#include "promql/quantile.h"
#include "series/labels.h"

namespace daytwo::promql {
namespace {

// Accumulators: add() every float of a group at one step, then value().
struct Sum {
  KahanSum sum;
  void add(double number) { sum.add(number); }
  [[nodiscard]] double value() const { return sum.value(); }
};

struct Min {
  double least = std::numeric_limits<double>::quiet_NaN();
  void add(double number) {
    if (number < least || std::isnan(least)) least = number;
  }
  [[nodiscard]] double value() const { return least; }
};

struct Max {
  double greatest = std::numeric_limits<double>::quiet_NaN();
  void add(double number) {
    if (number > greatest || std::isnan(greatest)) greatest = number;
  }
  [[nodiscard]] double value() const { return greatest; }
};

struct Stdvar {
  Welford spread;
  void add(double number) { spread.add(number); }
  [[nodiscard]] double value() const { return spread.variance(); }
};

struct Stddev : Stdvar {
  [[nodiscard]] double value() const { return std::sqrt(spread.variance()); }
};

// One output line per group by folding its members' floats, step by step.
template <typename Accumulator>
Lines fold(const std::vector<LineGroup>& groups, std::size_t steps) {
  Lines out;
  out.reserve(groups.size());
  for (const LineGroup& group : groups) {
    std::vector<Accumulator> folded(steps);
    Line line(group.labels, group.nameless, steps);
    for (const Line* member : group.members) {
      for (std::size_t i = 0; i < steps; ++i) {
        if (!member->is_float(i)) continue;
        folded[i].add(member->numbers[i]);
        line.cells[i] = Cell::kFloat;
      }
    }
    for (std::size_t i = 0; i < steps; ++i) {
      if (line.present(i)) line.numbers[i] = folded[i].value();
    }
    if (!line.empty()) out.push_back(std::move(line));
  }
  return out;
}

// count and group: they count histograms too.
Lines count_members(const std::vector<LineGroup>& groups, std::size_t steps, bool constant) {
  Lines out;
  for (const LineGroup& group : groups) {
    Line line(group.labels, group.nameless, steps);
    for (const Line* member : group.members) {
      for (std::size_t i = 0; i < steps; ++i) {
        if (!member->present(i)) continue;
        line.set(i, constant ? 1 : line.numbers[i] + 1);
      }
    }
    if (!line.empty()) out.push_back(std::move(line));
  }
  return out;
}

Lines quantiles(const std::vector<LineGroup>& groups, const std::vector<double>& q) {
  Lines out;
  std::vector<double> here;
  for (const LineGroup& group : groups) {
    Line line(group.labels, group.nameless, q.size());
    for (std::size_t i = 0; i < q.size(); ++i) {
      here.clear();
      for (const Line* member : group.members) {
        if (member->is_float(i)) here.push_back(member->numbers[i]);
      }
      if (!here.empty()) line.set(i, quantile(q[i], here));
    }
    if (!line.empty()) out.push_back(std::move(line));
  }
  return out;
}

// Takes the histograms out of what only floats can be folded into, and says so. A step at which
// sum or avg meets both kinds in a group has no value.
void settle_histograms(Evaluation& evaluation, const Aggregate& aggregate,
                       std::vector<LineGroup>& groups) {
  const bool adds = aggregate.op == AggregateOp::kSum || aggregate.op == AggregateOp::kAvg;
  const std::size_t steps = evaluation.steps().count;
  Annotations& notes = evaluation.annotations();
  for (LineGroup& group : groups) {
    for (std::size_t i = 0; i < steps; ++i) {
      bool floats = false;
      bool histograms = false;
      for (const Line* member : group.members) {
        floats = floats || member->is_float(i);
        histograms = histograms || member->is_histogram(i);
      }
      if (!histograms) continue;
      if (adds && floats) {
        for (Line* member : group.members) member->erase(i);
        notes.warn("encountered a mix of histograms and floats for aggregation",
                   aggregate.inner->span);
      } else {
        notes.inform(fmt::format("ignored histogram in {} aggregation", name_of(aggregate.op)),
                     aggregate.inner->span);
      }
    }
  }
}

bool has_histograms(const Lines& lines) {
  for (const Line& line : lines) {
    if (!line.histograms.empty()) return true;
  }
  return false;
}

}  // namespace

std::vector<LineGroup> group_lines(const Aggregate& aggregate, Lines& lines) {
  std::vector<LineGroup> groups;
  std::unordered_map<series::Labels, std::size_t> index;
  for (Line& line : lines) {
    series::Labels key =
        aggregate.without ? drop_labels(line.labels, aggregate.labels).without(series::kMetricName)
                          : keep_labels(line.labels, aggregate.labels);
    const auto [it, is_new] = index.try_emplace(key, groups.size());
    if (is_new) groups.push_back({std::move(key), false, {}});
    LineGroup& group = groups[it->second];
    group.nameless = group.nameless || line.nameless;
    group.members.push_back(&line);
  }
  return groups;
}

Result<Outcome> eval_aggregate(Evaluation& evaluation, const Aggregate& aggregate, ByteSpan span) {
  Outcome parameter;
  if (aggregate.parameter != nullptr) {
    TRY(parameter, evaluation.eval(*aggregate.parameter));
  }
  TRY(Outcome inner, evaluation.eval(*aggregate.inner));
  const std::size_t steps = evaluation.steps().count;
  switch (aggregate.op) {
    case AggregateOp::kTopk:
    case AggregateOp::kBottomk: {
      TRY(Lines ranked,
          eval_topk(evaluation, aggregate, span, std::move(inner.lines), parameter.scalars));
      return Outcome(std::move(ranked));
    }
    case AggregateOp::kCountValues: {
      TRY(Lines counted,
          eval_count_values(evaluation, aggregate, std::move(inner.lines), parameter.text));
      return Outcome(std::move(counted));
    }
    default:
      break;
  }
  std::vector<LineGroup> groups = group_lines(aggregate, inner.lines);
  const bool counts = aggregate.op == AggregateOp::kCount || aggregate.op == AggregateOp::kGroup;
  if (!counts && has_histograms(inner.lines)) settle_histograms(evaluation, aggregate, groups);
  switch (aggregate.op) {
    case AggregateOp::kSum:
      return Outcome(fold<Sum>(groups, steps));
    case AggregateOp::kAvg:
      return Outcome(fold<KahanMean>(groups, steps));
    case AggregateOp::kMin:
      return Outcome(fold<Min>(groups, steps));
    case AggregateOp::kMax:
      return Outcome(fold<Max>(groups, steps));
    case AggregateOp::kStddev:
      return Outcome(fold<Stddev>(groups, steps));
    case AggregateOp::kStdvar:
      return Outcome(fold<Stdvar>(groups, steps));
    case AggregateOp::kQuantile:
      warn_of_quantiles(evaluation.annotations(), parameter.scalars, aggregate.parameter->span);
      return Outcome(quantiles(groups, parameter.scalars));
    default:
      return Outcome(count_members(groups, steps, aggregate.op == AggregateOp::kGroup));
  }
}

}  // namespace daytwo::promql
