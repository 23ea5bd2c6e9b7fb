#include "app/history.h"

#include <fmt/format.h>

#include "api/view_history.h"
#include "app/client.h"
#include "base/error.h"
#include "base/text.h"
#include "base/time.h"

namespace daytwo::app {
namespace {

constexpr const char* kNone = "none";
// A server that nobody named is on this host: it answers at once, or it is none.
constexpr Duration kPatience = seconds(3);

decide::History history_of(const api::HistoryPage& page, Timestamp now) {
  decide::History out;
  for (const api::PastIncident& each : page.incidents) {
    out.incidents.push_back({each.service, each.title, each.began, each.hours});
  }
  for (const api::PastIncident& each : page.near_misses) {
    out.near_misses.push_back({each.service, each.title, each.began, 0});
  }
  for (const api::PastAlert& each : page.alert_days) {
    out.alert_days.push_back({each.alert, each.service, each.at});
  }
  for (const api::PastDeploys& each : page.deploys) {
    out.deploys.push_back({each.service, each.count, each.since});
  }
  out.since = page.since.value_or(now);
  return out;
}

}  // namespace

std::vector<Option> history_options() {
  std::vector<Option> out = server_options();
  out.front().help =
      "the daytwo whose incidents and deploys teach the rates (or $DAYTWO_SERVER); none: as stated";
  return out;
}

Result<Taught> read_history(World& world, const Arguments& arguments, Timestamp now) {
  Taught out;
  out.history.since = now;
  if (arguments.get("--server") == kNone) {
    out.note = "rates are as the files state them: no server was asked";
    return out;
  }
  Client client(world, arguments);
  const bool named = arguments.has("--server");
  if (!named) client.set_timeout(kPatience);
  const auto page = client.get_as<api::HistoryPage>("/api/daytwo/v1/history");
  if (!page && named) return fail(page.error());
  if (!page) {
    out.note = fmt::format(
        "rates are as the files state them: no daytwo answers at {} to teach them by what happened",
        client.server());
    return out;
  }
  out.history = history_of(*page, now);
  out.note = fmt::format("{} knows {}", client.server(), history_sentence(out.history));
  return out;
}

std::string history_sentence(const decide::History& history) {
  const std::int64_t deploys = history.deploy_count();
  if (history.incidents.empty() && history.near_misses.empty() && history.alert_days.empty() &&
      deploys == 0) {
    return "no incident and no deploy yet";
  }
  std::string out = counted(history.incidents.size(), "incident", "incidents");
  if (!history.incidents.empty()) out += " since " + to_rfc3339(history.since).substr(0, 10);
  if (!history.near_misses.empty()) {
    out += ", " + counted(history.near_misses.size(), "near miss", "near misses");
  }
  if (!history.alert_days.empty()) {
    out += ", " + counted(history.alert_days.size(), "day", "days") + " of alerts";
  }
  return out + " and " + counted(static_cast<std::size_t>(deploys), "deploy", "deploys");
}

}  // namespace daytwo::app
