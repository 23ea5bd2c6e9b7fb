#include "app/query_source.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <type_traits>
#include <utility>
#include <variant>

#include "api/prometheus_reply.h"
#include "app/ask.h"
#include "base/percent.h"
#include "promql/parse.h"

namespace daytwo::app {
namespace {

constexpr std::string_view kOwn = "daytwo_";
constexpr std::string_view kShared = "probe_";
constexpr const char* kOwnPattern = "(daytwo|probe)_.*";
constexpr Duration kAwayFor = seconds(5);

// The metric that `matchers` pin down, or empty.
std::string_view pinned_name(std::span<const series::Matcher> matchers) {
  for (const series::Matcher& matcher : matchers) {
    if (matcher.op() == series::MatchOp::kEqual && matcher.name() == series::kMetricName) {
      return matcher.value();
    }
  }
  return {};
}

// `matchers`, and that the name is one of daytwo's.
Result<std::vector<series::Matcher>> only_own(std::span<const series::Matcher> matchers) {
  TRY(series::Matcher own, series::Matcher::make(series::MatchOp::kRegex,
                                                 std::string(series::kMetricName), kOwnPattern));
  std::vector<series::Matcher> out(matchers.begin(), matchers.end());
  out.push_back(std::move(own));
  return out;
}

// Both lists in order; of elements that are neither before the other, the one of `first` stays.
template <class T, class Before>
std::vector<T> unite(std::vector<T> first, std::vector<T> second, Before before) {
  std::vector<T> out;
  out.reserve(first.size() + second.size());
  std::set_union(std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()),
                 std::make_move_iterator(second.begin()), std::make_move_iterator(second.end()),
                 std::back_inserter(out), before);
  return out;
}

std::string form_of(const http::Params& params) {
  std::string out;
  for (const auto& [name, value] : params.all()) {
    if (!out.empty()) out += '&';
    out += percent_encode(name) + '=' + percent_encode(value);
  }
  return out;
}

}  // namespace

bool is_own_name(std::string_view metric) {
  return metric.starts_with(kOwn) || metric.starts_with(kShared);
}

bool names_own(const promql::Node& node) {
  const auto below = [](const promql::NodePtr& child) {
    return child != nullptr && names_own(*child);
  };
  return std::visit(
      [&](const auto& kind) {
        using Kind = std::decay_t<decltype(kind)>;
        if constexpr (std::is_same_v<Kind, promql::Selector>) {
          return is_own_name(pinned_name(kind.matchers));
        } else if constexpr (std::is_same_v<Kind, promql::RangeSelector>) {
          return is_own_name(pinned_name(kind.selector.matchers));
        } else if constexpr (std::is_same_v<Kind, promql::Call>) {
          return std::any_of(kind.arguments.begin(), kind.arguments.end(), below);
        } else if constexpr (std::is_same_v<Kind, promql::Aggregate>) {
          return below(kind.inner) || below(kind.parameter);
        } else if constexpr (std::is_same_v<Kind, promql::Binary>) {
          return below(kind.left) || below(kind.right);
        } else if constexpr (std::is_same_v<Kind, promql::Number> ||
                             std::is_same_v<Kind, promql::Text>) {
          return false;
        } else {
          return below(kind.inner);
        }
      },
      node.kind);
}

std::optional<http::Response> QuerySource::forward(const api::Context& context) {
  const auto query = promql::parse(context.params.get("query"));
  if (query && names_own(*query->root)) return std::nullopt;
  auto passed = peer_.forward(context.request.path, form_of(context.params));
  if (!passed) return api::reply_prometheus_error(passed.error());
  // Never its own content type: what is JSON cannot become a page of ours.
  http::Response response =
      http::make_response(passed->status, "application/json", std::move(passed->body));
  response.set(kAnsweredBy, "remote");
  return response;
}

std::optional<double> QuerySource::ask(const std::string& query, Timestamp now) {
  if (const auto known = app::ask(own_, query, now)) return known;
  const remote::PeerState state = peer_.state();
  const bool failed = !state.up && !state.last_error.empty();
  if (failed && state.last_error_at + kAwayFor > now) return std::nullopt;
  const auto parsed = promql::parse(query);
  if (parsed && names_own(*parsed->root)) return app::ask(*this, query, now);
  const auto asked = peer_.number(query, now);
  return asked ? *asked : std::nullopt;
}

Result<std::vector<series::SeriesColumn>> QuerySource::select(
    std::span<const series::Matcher> matchers, series::TimeRange range,
    const series::Hints& hints) const {
  const std::string_view name = pinned_name(matchers);
  if (name.starts_with(kOwn)) return own_.select(matchers, range, hints);
  if (!name.empty() && !is_own_name(name)) return peer_.select(matchers, range, hints);
  TRY(const std::vector<series::Matcher> own_matchers, only_own(matchers));
  TRY(std::vector<series::SeriesColumn> own, own_.select(own_matchers, range, hints));
  if (name.starts_with(kShared)) {
    TRY(const bool readable, peer_.has_remote_read());
    if (!readable) return own;
  }
  TRY(std::vector<series::SeriesColumn> theirs, peer_.select(matchers, range, hints));
  std::size_t samples = 0;
  for (const series::SeriesColumn& one : own) samples += one.column.size();
  for (const series::SeriesColumn& one : theirs) samples += one.column.size();
  if (hints.max_samples != 0 && samples > hints.max_samples) {
    return fail(Code::kLimit, "the query asks for more samples than it may hold");
  }
  return unite(std::move(theirs), std::move(own),
               [](const auto& a, const auto& b) { return a.labels < b.labels; });
}

Result<std::vector<series::Labels>> QuerySource::series(std::span<const series::Matcher> matchers,
                                                        series::TimeRange range,
                                                        std::size_t limit) const {
  TRY(const std::vector<series::Matcher> own_matchers, only_own(matchers));
  TRY(std::vector<series::Labels> own, own_.series(own_matchers, range, limit));
  TRY(std::vector<series::Labels> theirs, peer_.series(matchers, range, limit));
  std::vector<series::Labels> all = unite(std::move(theirs), std::move(own), std::less<>());
  if (limit > 0 && all.size() > limit) all.resize(limit);
  return all;
}

Result<std::vector<std::string>> QuerySource::label_names(std::span<const series::Matcher> matchers,
                                                          series::TimeRange range) const {
  TRY(const std::vector<series::Matcher> own_matchers, only_own(matchers));
  TRY(std::vector<std::string> own, own_.label_names(own_matchers, range));
  TRY(std::vector<std::string> theirs, peer_.label_names(matchers, range));
  return unite(std::move(theirs), std::move(own), std::less<>());
}

Result<std::vector<std::string>> QuerySource::label_values(
    const std::string& name, std::span<const series::Matcher> matchers,
    series::TimeRange range) const {
  TRY(const std::vector<series::Matcher> own_matchers, only_own(matchers));
  TRY(std::vector<std::string> own, own_.label_values(name, own_matchers, range));
  TRY(std::vector<std::string> theirs, peer_.label_values(name, matchers, range));
  return unite(std::move(theirs), std::move(own), std::less<>());
}

Result<std::vector<series::Metadata>> QuerySource::metadata(const std::string& family) const {
  TRY(std::vector<series::Metadata> own, own_.metadata(family));
  std::erase_if(own, [](const auto& one) { return !is_own_name(one.family); });
  TRY(std::vector<series::Metadata> theirs, peer_.metadata(family));
  return unite(std::move(theirs), std::move(own),
               [](const auto& a, const auto& b) { return a.family < b.family; });
}

}  // namespace daytwo::app
