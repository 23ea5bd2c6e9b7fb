#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "api/own_routes.h"
#include "api/view_learn.h"
#include "base/limits.h"
#include "base/text.h"
#include "facts/codec.h"
#include "wire/alertmanager.h"

namespace daytwo::api {
namespace {

// A team's history of ten years is some megabytes.
constexpr std::size_t kMaxImport = 32U << 20U;

http::Response no_content() {
  http::Response response;
  response.status = 204;
  return response;
}

// The number of things to count: parameter or body, 1 when neither is given.
Result<double> parse_count(const Context& context) {
  std::string text = context.params.get("n");
  if (text.empty()) text = std::string(trim(context.request.body));
  if (text.empty()) return 1.0;
  double amount = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (done.ec != std::errc() || done.ptr != text.data() + text.size() || !std::isfinite(amount) ||
      amount < 0) {
    return fail(Code::kInvalid, fmt::format("'{}' is no count: a number from 0 up is", text));
  }
  return amount;
}

http::Response count(IntakeService& intake, const Context& context) {
  const auto amount = parse_count(context);
  if (!amount) return reply_error(amount.error());
  std::vector<series::Label> labels;
  for (const auto& [name, value] : context.params.all()) {
    if (name != "n") labels.push_back({name, value});
  }
  const auto counted = intake.count(context.path[0], *amount, series::Labels(std::move(labels)));
  return counted ? no_content() : reply_error(counted.error());
}

facts::AlertSeen to_sighting(const wire::Alert& alert, std::string_view sender) {
  facts::AlertSeen seen;
  seen.fingerprint = wire::fingerprint(alert.labels);
  seen.sender = sender;
  seen.labels = alert.labels;
  seen.annotations = alert.annotations;
  seen.starts = alert.starts;
  seen.ends = alert.ends;
  seen.firing = alert.firing;
  seen.generator_url = alert.generator_url;
  return seen;
}

Result<void> take_alerts(IntakeService& intake, const std::vector<wire::Alert>& alerts,
                         std::string_view sender) {
  std::vector<facts::AlertSeen> seen;
  for (const wire::Alert& alert : alerts) seen.push_back(to_sighting(alert, sender));
  if (seen.empty()) return {};
  return intake.alerts(std::move(seen));
}

// Alertmanager's API v2 answers errors as one JSON string.
http::Response alertmanager_error(int status, const std::string& text) {
  return reply_text(status, model::to_json(text));
}

http::Response post_alerts(IntakeService& intake, env::Clock& clock, const Context& context) {
  const auto batch = wire::parse_posted_alerts(context.request.body, clock.wall());
  if (!batch) return alertmanager_error(400, batch.error().text);
  const auto taken = take_alerts(intake, batch->alerts, "prometheus");
  if (!taken) return alertmanager_error(503, taken.error().to_string());
  if (batch->rejected.empty()) {
    http::Response response;
    response.status = 200;
    return response;
  }
  std::string text;
  for (const std::string& problem : batch->rejected) {
    if (!text.empty()) text += "; ";
    text += problem;
  }
  return alertmanager_error(400, text);
}

http::Response post_webhook(IntakeService& intake, const Context& context) {
  const auto message = wire::parse_webhook(context.request.body);
  if (!message) return reply_error(message.error());
  const auto taken = take_alerts(intake, message->alerts, "alertmanager");
  return taken ? no_content() : reply_error(taken.error());
}

http::Response post_sightings(IntakeService& intake, const Context& context) {
  std::vector<facts::Record> records;
  for (const std::string_view line : split(context.request.body, '\n')) {
    if (trim(line).empty()) continue;
    auto record = facts::parse_line(line, "body");
    if (!record) return reply_error(record.error());
    records.push_back(std::move(*record));
  }
  const auto taken = intake.sightings(std::move(records));
  return taken ? no_content() : reply_error(taken.error());
}

Route ingest(std::string path, std::string summary, RouteHandler handler) {
  Route route;
  route.method = "POST";
  route.path = std::move(path);
  route.access = Access::kIngest;
  route.summary = std::move(summary);
  route.body_limit = kMaxBodyBytes;
  route.handler = std::move(handler);
  return route;
}

}  // namespace

void add_intake_routes(RouteTable& table, const Services& services, env::Clock& clock) {
  IntakeService& intake = services.intake;
  Route counting = ingest("/api/daytwo/v1/count/{name}",
                          "Count one end of a flow: orders.received, .processed or .dropped",
                          [&intake](const Context& context) { return count(intake, context); });
  counting.parameters.push_back({"n", "how many; also as the body; default 1", false});
  counting.body_limit = kSmallBody;
  table.add(std::move(counting));
  table.add(ingest(
      "/api/v2/alerts", "Alerts, as Prometheus sends them to an Alertmanager",
      [&intake, &clock](const Context& context) { return post_alerts(intake, clock, context); }));
  table.add(ingest("/api/daytwo/v1/in/alertmanager", "An Alertmanager's webhook, version 4",
                   [&intake](const Context& context) { return post_webhook(intake, context); }));
  table.add(ingest("/api/daytwo/v1/in/sightings", "Sightings of an agent, one record a line",
                   [&intake](const Context& context) { return post_sightings(intake, context); }));
  Route& import = table.act<ImportReport>(
      "/api/daytwo/v1/import/{kind}",
      "Import incidents, near misses, alerts, deploys or a backlog, as CSV or JSON, or bills in "
      "FOCUS as CSV (cost)",
      [&intake](const Context& context) {
        return intake.import(context.path[0], context.request.body, context.caller.name);
      });
  import.body_limit = kMaxImport;
  import.bulk = true;
}

}  // namespace daytwo::api
