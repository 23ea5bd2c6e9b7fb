#include "orient/cpu_use.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"
#include "facts/sighting.h"
#include "model/service.h"
#include "orient/columns.h"
#include "orient/detector.h"
#include "orient/holder.h"

namespace daytwo::orient {
namespace {

using Uses = std::map<std::string, CpuUse>;

// Idle and total processor seconds.
struct Load {
  double idle = 0;
  double all = 0;
  Duration span;
};

Result<Uses> whole_hosts(const View& view, Duration back, Duration least) {
  TRY(const auto columns, recent(view, "node_cpu_seconds_total", back));
  std::map<std::string, Load> loads;
  for (const auto& [labels, column] : columns) {
    const Increase increase = increase_of(column, view.now - back, view.now);
    const Duration span = increase.last - increase.first;
    if (increase.increments == 0 || span < least) continue;
    Load& load = loads[host_of(labels, view)];
    const std::string_view mode = labels.get("mode");
    if (mode == "idle" || mode == "iowait") load.idle += increase.value;
    load.all += increase.value;
    load.span = std::max(load.span, span);
  }
  Uses out;
  for (const auto& [host, load] : loads) {
    if (load.all <= 0) continue;
    CpuUse use;
    use.span = load.span;
    use.busy = std::clamp(1 - load.idle / load.all, 0.0, 1.0);
    // Every processor counts a second each second, in one mode or another.
    use.processors = std::max(std::round(load.all / load.span.seconds()), 1.0);
    out.emplace(host, std::move(use));
  }
  return out;
}

Result<void> add_waiting(Uses& uses, const View& view, Duration back) {
  TRY(const auto columns, recent(view, "node_pressure_cpu_waiting_seconds_total", back));
  for (const auto& [labels, column] : columns) {
    const auto use = uses.find(host_of(labels, view));
    const Increase increase = increase_of(column, view.now - back, view.now);
    const double seconds = (increase.last - increase.first).seconds();
    if (use != uses.end() && seconds > 0) {
      use->second.waiting = std::min(increase.value / seconds, 1.0);
    }
  }
  return {};
}

// The service of processes that are measured together under one workload and name.
std::string service_of_group(std::string_view workload, std::string_view name, const View& view,
                             const Processes& processes) {
  for (const auto& process : processes) {
    if (process.what->workload != workload || process.what->name != name) continue;
    const model::Service* service = service_of(*process.what, view.catalog);
    return service == nullptr ? std::string() : service->id.value;
  }
  const model::Service* service = view.catalog.running(workload);
  if (service == nullptr) service = view.catalog.running(name);
  return service == nullptr ? std::string() : service->id.value;
}

Result<void> add_processes(Uses& uses, const View& view, Duration back) {
  TRY(const auto columns, recent(view, "daytwo_process_cpu_seconds_total", back));
  const Processes processes = seen<facts::ProcessSeen>(view.snapshot);
  for (const auto& [labels, column] : columns) {
    const auto use = uses.find(host_of(labels, view));
    const Increase increase = increase_of(column, view.now - back, view.now);
    const double seconds = (increase.last - increase.first).seconds();
    if (use == uses.end() || seconds <= 0) continue;
    const std::string name(labels.get("name"));
    use->second.by_process[name] += increase.value / seconds;
    const std::string service = service_of_group(labels.get("workload"), name, view, processes);
    if (!service.empty()) use->second.by_service[service] += increase.value / seconds;
  }
  return {};
}

}  // namespace

Result<std::map<std::string, CpuUse>> cpu_use(const View& view, Duration back, Duration least) {
  TRY(Uses uses, whole_hosts(view, back, least));
  TRY_VOID(add_waiting(uses, view, back));
  TRY_VOID(add_processes(uses, view, back));
  return uses;
}

}  // namespace daytwo::orient
