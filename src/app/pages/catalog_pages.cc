#include "app/pages/catalog_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/pages/host_pages.h"
#include "app/pages/unknown_name.h"
#include "app/pages/worry_view.h"
#include "base/text.h"
#include "facts/fold.h"
#include "facts/names.h"
#include "series/labels.h"

namespace daytwo::app {
namespace {

using facts::RecordPtr;

// The newest sighting of a probe of `url`, or null.
RecordPtr probe_seen(const facts::Snapshot& snapshot, const std::string& url) {
  for (const RecordPtr& record : snapshot.open(facts::kind_name<facts::ProbeSeen>())) {
    const auto* seen = facts::body_as<facts::ProbeSeen>(*record);
    if (seen != nullptr && seen->url == url) return record;
  }
  return nullptr;
}

std::string selector(const std::string& metric, const std::string& url) {
  return series::Labels({{std::string(series::kMetricName), metric}, {"instance", url}})
      .to_string();
}

api::ProbeRow probe_row(const std::string& url, const facts::Snapshot& snapshot,
                        const PageContext& context) {
  api::ProbeRow row;
  row.url = url;
  row.sentence = "not probed yet";
  const RecordPtr record = probe_seen(snapshot, url);
  if (record == nullptr) return row;
  const auto* seen = facts::body_as<facts::ProbeSeen>(*record);
  row.up = seen->up;
  row.sentence = record->sentence;
  // The row names the URL already.
  if (row.sentence.starts_with(url + " is ")) row.sentence.erase(0, url.size() + 4);
  row.last = record->ts;
  if (seen->certificate_expires.ms != 0) {
    row.certificate_days = (seen->certificate_expires - context.clock.wall()).days();
  }
  for (const char* phase : {"resolve", "connect", "tls", "processing", "transfer"}) {
    const auto seconds_now = context.ask(
        fmt::format("probe_http_duration_seconds{{instance=\"{}\", phase=\"{}\"}}", url, phase));
    if (seconds_now) row.phases.push_back({phase, *seconds_now * 1000});
  }
  if (row.phases.empty()) {
    const auto whole = context.ask(selector("probe_duration_seconds", url));
    if (whole) row.phases.push_back({"whole", *whole * 1000});
  }
  return row;
}

std::vector<std::string> urls_of(const model::Service* service, const std::string& name) {
  return service == nullptr ? std::vector<std::string>{name} : service->probes;
}

void take_declared(api::ServicePage& page, const model::Service& service,
                   const facts::Snapshot& snapshot) {
  for (const model::DeclaredListener& wanted : service.listens) {
    api::DeclaredRow row;
    row.what = "listener";
    row.declared = fmt::format("{} {}:{}", wanted.protocol,
                               wanted.address.empty() ? "any" : wanted.address, wanted.port);
    row.state = "missing";
    for (const RecordPtr& record : snapshot.open(facts::kind_name<facts::ListenerSeen>())) {
      const auto* seen = facts::body_as<facts::ListenerSeen>(*record);
      if (seen->protocol != wanted.protocol || seen->port != wanted.port) continue;
      row.observed = fmt::format("{} {}:{}", seen->protocol, seen->address, seen->port);
      const bool as_said = wanted.address.empty() || wanted.address == seen->address;
      row.state = as_said ? "as declared" : "elsewhere";
      page.listeners.push_back(to_row(*seen, record->ts));
    }
    page.declared.push_back(std::move(row));
  }
}

void take_runs(api::ServicePage& page, const model::Catalog& catalog, const std::string& name,
               const std::shared_ptr<const observe::NodeView>& node) {
  if (node == nullptr) return;
  for (const observe::ProcessView& process : node->processes) {
    const model::Service* service = catalog.running(process.workload);
    if (service == nullptr) service = catalog.running(process.executable);
    if (service == nullptr) service = catalog.running(process.name);
    if (service != nullptr && service->id.value == name) page.runs.push_back(to_row(process));
  }
}

// Rate, errors, duration by the names that most libraries use.
std::vector<api::RedQuery> red_queries(const std::string& name) {
  return {{"requests", fmt::format("sum(rate(http_requests_total{{service=\"{}\"}}[5m]))", name),
           "1/s"},
          {"share that fails",
           fmt::format("sum(rate(http_requests_total{{service=\"{0}\", code=~\"5..\"}}[5m])) "
                       "/ sum(rate(http_requests_total{{service=\"{0}\"}}[5m]))",
                       name),
           "share"},
          {"duration, 99 % are shorter",
           fmt::format("histogram_quantile(0.99, sum by (le) "
                       "(rate(http_request_duration_seconds_bucket{{service=\"{}\"}}[5m])))",
                       name),
           "s"}};
}

}  // namespace

std::vector<std::string> CatalogPages::names() const {
  std::vector<std::string> out;
  const std::shared_ptr<const Config> config = context_.config();
  for (const model::Service& service : config->catalog.all()) out.push_back(service.id.value);
  for (const std::string& url : sources_.watched()) {
    if (config->catalog.probed(url) == nullptr) out.push_back(url);
  }
  return out;
}

std::vector<api::ProbeRow> CatalogPages::probes_of(const std::string& name,
                                                   const facts::Snapshot& snapshot) const {
  const std::shared_ptr<const Config> config = context_.config();
  std::vector<api::ProbeRow> out;
  for (const std::string& url : urls_of(config->catalog.find(ServiceId(name)), name)) {
    out.push_back(probe_row(url, snapshot, context_));
  }
  return out;
}

api::ServiceRow CatalogPages::row_of(const std::string& name,
                                     const facts::Snapshot& snapshot) const {
  api::ServiceRow row;
  row.name = name;
  const std::shared_ptr<const Config> config = context_.config();
  const model::Service* service = config->catalog.find(ServiceId(name));
  if (service != nullptr && service->owner) {
    row.owner.name = service->owner->team.value;
    row.owner.has_power = !service->owner->access.empty();
  } else {
    row.owner.sentence = "nobody owns it in the catalog";
  }
  std::size_t down = 0;
  std::size_t unknown = 0;
  const std::vector<api::ProbeRow> probes = probes_of(name, snapshot);
  for (const api::ProbeRow& probe : probes) {
    if (!probe.up) ++unknown;
    if (probe.up && !*probe.up) ++down;
  }
  for (const api::ObjectiveRow& objective : sources_.objectives()) {
    if (objective.service == name) ++row.objectives;
  }
  for (const model::Worry& worry : facts::worries(snapshot, false)) {
    if (worry.service == name || worry.subject == name) ++row.worries;
  }
  row.state = down > 0 ? "down" : probes.empty() || unknown > 0 ? "unknown" : "up";
  if (probes.empty()) {
    row.sentence = "nothing watches it: add probes: [URL]";
  } else if (down > 0) {
    row.sentence = fmt::format("{} of {} probes fail", down, probes.size());
  } else {
    row.sentence = unknown > 0 ? "not probed yet" : "every probe answers";
  }
  return row;
}

Result<api::ServicesPage> CatalogPages::services() {
  api::ServicesPage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  std::size_t down = 0;
  std::size_t unknown = 0;
  for (const std::string& name : names()) {
    page.services.push_back(row_of(name, snapshot));
    const std::string& state = page.services.back().state;
    if (state == "down") ++down;
    if (state == "unknown") ++unknown;
  }
  if (page.services.empty()) {
    page.sentence = "No service is declared or watched yet.";
    page.teach = "daytwo watch https://shop.example/health";
  } else {
    // What nobody looks at is not up.
    const std::string unseen = unknown == 0 ? "" : fmt::format(", {} unknown", unknown);
    page.sentence = fmt::format("{}, {} down{}.",
                                counted(page.services.size(), "service", "services"), down, unseen);
  }
  return page;
}

Result<api::ServicePage> CatalogPages::service(const std::string& name) {
  const std::vector<std::string> known = names();
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    return fail(unknown_name("service", name, known));
  }
  api::ServicePage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const std::shared_ptr<const Config> config = context_.config();
  page.service = row_of(name, snapshot);
  page.sentence = fmt::format("{}: {}, {}", name, page.service.state, page.service.sentence);
  page.probes = probes_of(name, snapshot);
  for (api::ObjectiveRow& row : sources_.objectives()) {
    if (row.service == name) page.objectives.push_back(std::move(row));
  }
  for (api::FlowRow& row : sources_.flows()) {
    if (row.service == name) page.flows.push_back(std::move(row));
  }
  for (const model::Worry& worry : facts::worries(snapshot, false)) {
    if (worry.service == name || worry.subject == name) {
      page.worries.push_back(to_row(worry, snapshot, context_));
    }
  }
  if (const model::Service* service = config->catalog.find(ServiceId(name))) {
    take_declared(page, *service, snapshot);
    take_runs(page, config->catalog, name, context_.node());
    page.red = red_queries(name);
    for (const model::Dependency& needed : service->depends) {
      for (const ServiceId& on : needed.on) {
        page.depends.push_back({on.value, needed.critical, row_of(on.value, snapshot).state});
      }
    }
  }
  return page;
}

Result<api::ObjectivesPage> CatalogPages::objectives() {
  api::ObjectivesPage page;
  stamp(context_, page);
  page.objectives = sources_.objectives();
  // The least budget left first; what is not known last.
  std::sort(page.objectives.begin(), page.objectives.end(),
            [](const api::ObjectiveRow& a, const api::ObjectiveRow& b) {
              return a.budget_left.value_or(2) < b.budget_left.value_or(2);
            });
  const auto burning = std::count_if(page.objectives.begin(), page.objectives.end(),
                                     [](const api::ObjectiveRow& row) {
                                       return row.state == api::ObjectiveState::kBurning ||
                                              row.state == api::ObjectiveState::kSpent;
                                     });
  page.sentence =
      page.objectives.empty()
          ? "No objective yet: a watched URL gets one from its first minute."
          : fmt::format("{}, {} burning or spent.",
                        counted(page.objectives.size(), "objective", "objectives"), burning);
  return page;
}

Result<api::ServicesPage> CatalogPages::watch(const api::WatchRequest& request,
                                              const std::string&) {
  Watch watch;
  watch.url = request.url;
  watch.body = request.match.value_or("");
  if (request.status) watch.status = {*request.status};
  TRY_VOID(sources_.watch(watch));
  context_.wake();
  TRY(api::ServicesPage page, services());
  page.sentence = fmt::format("Watching {} from now on.", request.url);
  return page;
}

}  // namespace daytwo::app
