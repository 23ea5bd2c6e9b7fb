#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "api/prometheus_params.h"
#include "api/prometheus_reply.h"
#include "api/prometheus_routes.h"
#include "api/prometheus_tree.h"
#include "promql/engine.h"
#include "promql/parse.h"
#include "promql/print.h"

namespace daytwo::api {
namespace {

constexpr std::string_view kTruncated = "results truncated due to limit";

// Asks a query to give up at its deadline.
class Deadline final : public promql::Stop {
 public:
  Deadline(env::Clock& clock, Duration timeout) : clock_(clock), end_(clock.mono() + timeout) {}
  [[nodiscard]] Reason asked() const override {
    return clock_.mono() >= end_ ? Reason::kTimeout : Reason::kNone;
  }

 private:
  env::Clock& clock_;
  const Duration end_;
};

// What the two query routes share, read from the parameters.
struct Asked {
  promql::Expression expression;
  promql::EngineOptions options;
  Duration timeout;
  std::size_t limit = 0;
  bool stats = false;
};

Result<promql::Expression> query_parameter(const http::Params& params) {
  auto expression = promql::parse(params.get("query"));
  if (!expression) return bad_parameter("query", expression.error().text);
  return expression;
}

Result<Asked> read_asked(const QueryLimits& limits, const http::Params& params) {
  Asked asked;
  TRY(asked.timeout, span_parameter(params, "timeout", limits.timeout));
  asked.timeout = std::min(asked.timeout, limits.timeout);
  TRY(asked.limit, limit_parameter(params));
  TRY(asked.options.lookback, span_parameter(params, "lookback_delta", limits.lookback));
  asked.options.max_samples = limits.max_samples;
  asked.stats = !params.get("stats").empty();
  TRY(asked.expression, query_parameter(params));
  return asked;
}

void append_vector(std::string& out, const promql::VectorAnswer& vector) {
  out += '[';
  for (std::size_t i = 0; i < vector.size(); ++i) {
    if (i > 0) out += ',';
    out += "{\"metric\":";
    append_labels(out, vector[i].labels);
    const series::Sample& sample = vector[i].sample;
    out += sample.value.is_histogram() ? ",\"histogram\":[" : ",\"value\":[";
    append_time(out, sample.at);
    out += ',';
    if (sample.value.is_histogram()) {
      append_histogram(out, *sample.value.histogram);
    } else {
      append_value(out, sample.value.number);
    }
    out += "]}";
  }
  out += ']';
}

void append_matrix(std::string& out, const promql::MatrixAnswer& matrix) {
  std::size_t points = 0;
  for (const series::SeriesColumn& one : matrix) points += one.column.size();
  out.reserve(out.size() + points * 32 + matrix.size() * 256);
  out += '[';
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    if (i > 0) out += ',';
    append_column(out, matrix[i].labels, matrix[i].column);
  }
  out += ']';
}

// {"resultType":..,"result":..} of an answer.
std::string result_of(const promql::Answer& answer) {
  std::string out = "{\"resultType\":\"";
  if (const auto* scalar = std::get_if<promql::ScalarAnswer>(&answer.value)) {
    out += "scalar\",\"result\":[";
    append_time(out, scalar->at);
    out += ',';
    append_value(out, scalar->value);
    out += ']';
  } else if (const auto* text = std::get_if<promql::TextAnswer>(&answer.value)) {
    out += "string\",\"result\":[";
    append_time(out, text->at);
    out += ',';
    model::append_json_string(out, text->value);
    out += ']';
  } else if (const auto* vector = std::get_if<promql::VectorAnswer>(&answer.value)) {
    out += "vector\",\"result\":";
    append_vector(out, *vector);
  } else {
    out += "matrix\",\"result\":";
    append_matrix(out, std::get<promql::MatrixAnswer>(answer.value));
  }
  return out;
}

// Cuts an answer to `limit` series; true when something was cut.
bool truncate(promql::Answer& answer, std::size_t limit) {
  const auto cut = [limit](auto& list) {
    if (limit == 0 || list.size() <= limit) return false;
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(limit), list.end());
    return true;
  };
  if (auto* vector = std::get_if<promql::VectorAnswer>(&answer.value)) return cut(*vector);
  if (auto* matrix = std::get_if<promql::MatrixAnswer>(&answer.value)) return cut(*matrix);
  return false;
}

http::Response reply_answer(const QueryParts& parts, const Asked& asked,
                            Result<promql::Answer> answer) {
  const std::string_view outcome = answer ? "success" : promql::error_class(answer.error());
  parts.registry
      .counter("daytwo_queries_total", "Queries answered, by outcome",
               {{"outcome", std::string(outcome)}})
      .add();
  if (!answer) return reply_prometheus_error(outcome, answer.error().to_string());
  parts.registry.counter("daytwo_query_samples_total", "Samples read by queries")
      .add(static_cast<double>(answer->samples_read));
  Remarks remarks{std::move(answer->warnings), std::move(answer->infos)};
  if (truncate(*answer, asked.limit)) remarks.warnings.emplace_back(kTruncated);
  std::string data = result_of(*answer);
  if (asked.stats) {
    data += fmt::format(",\"stats\":{{\"samples\":{{\"totalQueryableSamples\":{}}}}}",
                        answer->samples_read);
  }
  data += '}';
  return reply_prometheus(data, remarks);
}

std::optional<http::Response> forwarded(const QueryParts& parts, const Context& context) {
  return parts.forward ? parts.forward(context) : std::nullopt;
}

http::Response instant(const QueryParts& parts, const Context& context) {
  if (auto passed = forwarded(parts, context)) return *std::move(passed);
  const auto at = time_parameter(context.params, "time", parts.clock.wall());
  if (!at) return reply_prometheus_error(at.error());
  const auto asked = read_asked(parts.limits, context.params);
  if (!asked) return reply_prometheus_error(asked.error());
  const Deadline deadline(parts.clock, asked->timeout);
  const promql::Engine engine(parts.source, asked->options);
  return reply_answer(parts, *asked, engine.instant(asked->expression, *at, deadline));
}

http::Response range(const QueryParts& parts, const Context& context) {
  if (auto passed = forwarded(parts, context)) return *std::move(passed);
  const auto window = window_parameters(context.params);
  if (!window) return reply_prometheus_error(window.error());
  const auto asked = read_asked(parts.limits, context.params);
  if (!asked) return reply_prometheus_error(asked.error());
  const Deadline deadline(parts.clock, asked->timeout);
  const promql::Engine engine(parts.source, asked->options);
  return reply_answer(
      parts, *asked,
      engine.range(asked->expression, window->from, window->to, window->step, deadline));
}

// Exemplars are not kept, so every sound query has none.
http::Response exemplars(const Context& context) {
  const auto window = range_parameters(context.params);
  if (!window) return reply_prometheus_error(window.error());
  const auto expression = query_parameter(context.params);
  if (!expression) return reply_prometheus_error(expression.error());
  return reply_prometheus("[]");
}

http::Response format_query(const Context& context) {
  const auto expression = query_parameter(context.params);
  if (!expression) return reply_prometheus_error(expression.error());
  return reply_prometheus(model::to_json(promql::format(*expression->root)));
}

http::Response parse_query(const Context& context) {
  const auto expression = query_parameter(context.params);
  if (!expression) return reply_prometheus_error(expression.error());
  return reply_prometheus(to_json_tree(*expression->root));
}

}  // namespace

void add_read_route(RouteTable& table, std::string path, std::string summary,
                    std::vector<Parameter> parameters, RouteHandler handler) {
  Route route;
  route.path = std::move(path);
  route.summary = std::move(summary);
  route.parameters = std::move(parameters);
  route.handler = std::move(handler);
  route.bulk = true;
  route.method = "GET";
  table.add(route);
  route.method = "POST";
  table.add(std::move(route));
}

void add_query_routes(RouteTable& table, const QueryParts& parts) {
  const Parameter query{"query", "a PromQL expression", true};
  add_read_route(table, "/api/v1/query", "The value of an expression at one instant",
                 {query,
                  {"time", "seconds or RFC 3339; default now", false},
                  {"timeout", "at most --query.timeout", false},
                  {"limit", "series to return; 0 = all", false},
                  {"lookback_delta", "how far back a selector looks", false},
                  {"stats", "not empty: also count samples", false}},
                 [parts](const Context& context) { return instant(parts, context); });
  add_read_route(table, "/api/v1/query_range", "The values of an expression over time",
                 {query,
                  {"start", "seconds or RFC 3339", true},
                  {"end", "seconds or RFC 3339, included", true},
                  {"step", "seconds or a span such as 5m", true},
                  {"timeout", "at most --query.timeout", false},
                  {"limit", "series to return; 0 = all", false}},
                 [parts](const Context& context) { return range(parts, context); });
  add_read_route(table, "/api/v1/query_exemplars", "Exemplars: none are kept", {query}, exemplars);
  add_read_route(table, "/api/v1/format_query", "The expression, laid out", {query}, format_query);
  add_read_route(table, "/api/v1/parse_query", "The expression as a tree", {query}, parse_query);
}

}  // namespace daytwo::api
