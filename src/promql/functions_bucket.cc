// Functions of classic histograms (series with `le`): quantiles and shares.
#include <fast_float/fast_float.h>  // IWYU pragma: keep
#include <fast_float/parse_number.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "promql/ast.h"
#include "promql/buckets.h"
#include "promql/evaluation.h"
#include "promql/families.h"
#include "promql/frame.h"
#include "promql/functions.h"
#include "promql/quantile.h"
#include "series/labels.h"

namespace daytwo::promql {
namespace {

constexpr std::string_view kBound = "le";

// The bound that a label value says: "0.5", "+Inf", "1e3".
std::optional<double> bound_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  double bound = 0;
  const auto read = fast_float::from_chars(text.begin(), text.end(), bound);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.end()) return std::nullopt;
  if (std::isnan(bound)) return std::nullopt;  // it has no place among the others
  return bound;
}

// Buckets that belong to one histogram, as lines.
struct BucketGroup {
  series::Labels labels;  // without name and le
  std::string name;       // of the metric, for annotations
  std::vector<std::pair<double, const Line*>> lines;
};

std::string for_metric(const std::string& name) {
  return name.empty() ? "" : " for metric name " + go_quoted(name);
}

// Sorts the lines of a vector into histograms; warns of bounds that cannot be read.
std::vector<BucketGroup> group_buckets(Evaluation& evaluation, const Lines& lines, ByteSpan span) {
  std::vector<BucketGroup> groups;
  std::unordered_map<series::Labels, std::size_t> index;
  for (const Line& line : lines) {
    const std::string name(metric_name(line.labels));
    const bool any_float =
        std::find(line.cells.begin(), line.cells.end(), Cell::kFloat) != line.cells.end();
    if (!line.histograms.empty()) {
      evaluation.annotations().inform("ignored native histograms" + for_metric(name), span);
    }
    if (!any_float) continue;
    const std::string_view text = line.labels.get(kBound);
    const std::optional<double> bound = bound_of(text);
    if (!bound) {
      evaluation.annotations().warn(
          fmt::format("bucket label \"le\" is missing or has a malformed value of {}{}",
                      go_quoted(text), for_metric(name)),
          span);
      continue;
    }
    series::Labels key = line.labels.without(kBound).without(series::kMetricName);
    const auto [it, is_new] = index.try_emplace(key, groups.size());
    if (is_new) groups.push_back({std::move(key), name, {}});
    groups[it->second].lines.emplace_back(*bound, &line);
  }
  return groups;
}

// All repairs of one metric in a query, told in one info.
struct RepairNote {
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -std::numeric_limits<double>::infinity();
  double max_difference = 0;
  std::size_t samples = 0;
  Timestamp from;
  Timestamp to;

  void add(const BucketRepair& repair, Timestamp at) {
    lowest = std::min(lowest, repair.lowest);
    highest = std::max(highest, repair.highest);
    max_difference = std::max(max_difference, repair.max_difference);
    from = samples == 0 ? at : std::min(from, at);
    to = samples == 0 ? at : std::max(to, at);
    ++samples;
  }
};

void tell_repairs(Evaluation& evaluation, const std::map<std::string, RepairNote>& notes,
                  ByteSpan span) {
  for (const auto& [name, note] : notes) {
    evaluation.annotations().inform(
        fmt::format("input to histogram_quantile needed to be fixed for monotonicity (see "
                    "https://prometheus.io/docs/prometheus/latest/querying/functions/"
                    "#histogram_quantile){}, from buckets {} to {}, with a max diff of {:.2g}, "
                    "over {} samples from {} to {}",
                    for_metric(name), go_number(note.lowest), go_number(note.highest),
                    note.max_difference, note.samples, to_rfc3339(note.from), to_rfc3339(note.to)),
        span);
  }
}

// One line per histogram: value(buckets, step) of its repaired buckets at each step.
template <typename F>
Result<Outcome> over_buckets(Evaluation& evaluation, const Node& argument, F&& value) {
  TRY(const Outcome in, evaluation.eval(argument));
  const Steps& steps = evaluation.steps();
  const ByteSpan span = without_parens(argument).span;
  std::map<std::string, RepairNote> notes;
  Lines out;
  std::vector<Bucket> buckets;
  for (const BucketGroup& group : group_buckets(evaluation, in.lines, span)) {
    TRY_VOID(evaluation.check_stop());
    Line line(group.labels, false, steps.count);
    for (std::size_t i = 0; i < steps.count; ++i) {
      buckets.clear();
      for (const auto& [bound, from] : group.lines) {
        if (from->is_float(i)) buckets.push_back({bound, from->numbers[i]});
      }
      if (buckets.empty()) continue;
      const BucketRepair repaired = repair(buckets);
      if (repaired.forced) notes[group.name].add(repaired, steps.at(i));
      line.set(i, value(buckets, i));
    }
    if (!line.empty()) out.push_back(std::move(line));
  }
  tell_repairs(evaluation, notes, span);
  return Outcome(std::move(out));
}

Result<Outcome> histogram_quantile(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome q, evaluation.eval(*call.arguments[0]));
  warn_of_quantiles(evaluation.annotations(), q.scalars, call.arguments[0]->span);
  return over_buckets(evaluation, *call.arguments[1],
                      [&](const std::vector<Bucket>& buckets, std::size_t step) {
                        return bucket_quantile(q.scalars[step], buckets);
                      });
}

Result<Outcome> histogram_fraction(Evaluation& evaluation, const Call& call) {
  TRY(const Outcome lower, evaluation.eval(*call.arguments[0]));
  TRY(const Outcome upper, evaluation.eval(*call.arguments[1]));
  return over_buckets(evaluation, *call.arguments[2],
                      [&](const std::vector<Bucket>& buckets, std::size_t step) {
                        return bucket_fraction(lower.scalars[step], upper.scalars[step], buckets);
                      });
}

constexpr std::array<Function, 2> kRows = {{
    {"histogram_fraction", takes({Type::kScalar, Type::kScalar, Type::kVector}), Type::kVector,
     false, "share of a histogram's observations between the two numbers", histogram_fraction},
    {"histogram_quantile", takes({Type::kScalar, Type::kVector}), Type::kVector, false,
     "quantile (0 to 1) of a histogram", histogram_quantile},
}};

}  // namespace

std::span<const Function> bucket_functions() { return kRows; }

}  // namespace daytwo::promql
