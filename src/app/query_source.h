// Whom a query asks when a Prometheus is attached. One rule, by the names of metrics:
//   daytwo_*   what daytwo counts and measures itself: its own store alone
//   probe_*    its own probes and the team's: both, united
//   all else   the attached server alone
// A query that names nothing of daytwo's goes to the attached server whole, so that its own engine
// answers; one that does is evaluated here, over raw samples.
// Thread rule: any thread; calls block as those of remote::Prometheus do.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/prometheus_routes.h"
#include "promql/ast.h"
#include "remote/prometheus.h"
#include "series/source.h"

namespace daytwo::app {

// The response header that says "remote" when the attached server answered.
inline constexpr std::string_view kAnsweredBy = "X-Daytwo-Source";

// True for daytwo_* and probe_*.
[[nodiscard]] bool is_own_name(std::string_view metric);

// True when some selector below `node` names a metric of daytwo's.
[[nodiscard]] bool names_own(const promql::Node& node);

// The attached server, and daytwo's own metrics beside it.
class QuerySource final : public series::Source {
 public:
  // Both outlive this object. `own` is the embedded store.
  QuerySource(const series::Source& own, remote::Prometheus& peer) : own_(own), peer_(peer) {}

  // The answer of the attached server, unchanged; nothing when the query names metrics of daytwo's.
  // A query that our parser does not know (MetricsQL) goes there too.
  [[nodiscard]] std::optional<http::Response> forward(const api::Context& context);

  // One number for a page: from the embedded store, and where that has none, from the attached
  // server unless it was away a moment ago.
  [[nodiscard]] std::optional<double> ask(const std::string& query, Timestamp now);

  // Source: the attached server's series and daytwo's own; of equal label sets the attached
  // server's counts. A server without raw samples (VictoriaMetrics) adds none to probe_*.
  [[nodiscard]] Result<std::vector<series::SeriesColumn>> select(
      std::span<const series::Matcher> matchers, series::TimeRange range,
      const series::Hints& hints) const override;
  [[nodiscard]] Result<std::vector<series::Labels>> series(
      std::span<const series::Matcher> matchers, series::TimeRange range,
      std::size_t limit) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_names(
      std::span<const series::Matcher> matchers, series::TimeRange range) const override;
  [[nodiscard]] Result<std::vector<std::string>> label_values(
      const std::string& name, std::span<const series::Matcher> matchers,
      series::TimeRange range) const override;
  [[nodiscard]] Result<std::vector<series::Metadata>> metadata(
      const std::string& family) const override;

 private:
  const series::Source& own_;
  remote::Prometheus& peer_;
};

}  // namespace daytwo::app
