#include "orient/holder.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "facts/sighting.h"
#include "model/service.h"

namespace daytwo::orient {
namespace {

// "/usr/bin/daytwo demo" -> "daytwo demo": the folder of the first word alone.
std::string_view without_folder(std::string_view command) {
  const std::size_t slash = command.substr(0, command.find(' ')).rfind('/');
  return slash == std::string_view::npos ? command : command.substr(slash + 1);
}

}  // namespace

bool is_run_by(std::string_view command, std::string_view runs) {
  const std::string_view typed = without_folder(command);
  const std::string_view wanted = without_folder(runs);
  if (wanted.empty() || !typed.starts_with(wanted)) return false;
  return typed.size() == wanted.size() || typed[wanted.size()] == ' ';
}

const model::Service* service_of(const facts::ProcessSeen& process, const model::Catalog& catalog) {
  for (const std::string* name : {&process.workload, &process.executable, &process.name}) {
    if (const model::Service* service = catalog.running(*name)) return service;
  }
  for (const model::Service& service : catalog.all()) {
    const bool runs =
        std::any_of(service.runs.begin(), service.runs.end(),
                    [&](const std::string& text) { return is_run_by(process.command, text); });
    if (runs) return &service;
  }
  return nullptr;
}

const facts::ProcessSeen* holder_of(const facts::ListenerSeen& listener,
                                    const Processes& processes) {
  for (const auto& process : processes) {
    const bool holds = std::find(listener.pids.begin(), listener.pids.end(), process.what->pid) !=
                       listener.pids.end();
    if (holds) return process.what;
  }
  return nullptr;
}

const model::Service* holding_service(const facts::ListenerSeen& listener,
                                      const Processes& processes, const model::Catalog& catalog) {
  if (const model::Service* service = catalog.running(listener.workload)) return service;
  if (const model::Service* service = catalog.running(listener.executable)) return service;
  const facts::ProcessSeen* process = holder_of(listener, processes);
  return process == nullptr ? nullptr : service_of(*process, catalog);
}

}  // namespace daytwo::orient
