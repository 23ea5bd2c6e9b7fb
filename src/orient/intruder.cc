#include "orient/intruder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "base/time.h"
#include "facts/sighting.h"
#include "orient/columns.h"
#include "orient/detector.h"
#include "orient/holder.h"
#include "orient/words.h"

namespace daytwo::orient {
namespace {

constexpr std::string_view kCpu = "daytwo_process_cpu_seconds_total";
// Where every account of a host may write.
constexpr std::array<std::string_view, 3> kWritable = {"/tmp/", "/var/tmp/", "/dev/shm/"};

bool is_inside(std::string_view path, std::string_view cgroup) {
  if (path == cgroup || cgroup == "/") return true;
  return path.size() > cgroup.size() && path.starts_with(cgroup) && path[cgroup.size()] == '/';
}

bool is_writable(std::string_view executable) {
  return std::any_of(kWritable.begin(), kWritable.end(),
                     [&](std::string_view folder) { return executable.starts_with(folder); });
}

bool is_accounted(const facts::ProcessSeen& process, const View& view) {
  return !process.package.empty() || service_of(process, view.catalog) != nullptr;
}

bool knows_packages(const View& view, const std::string& host) {
  const auto packages = seen<facts::PackageSeen>(view.snapshot);
  return std::any_of(packages.begin(), packages.end(),
                     [&](const auto& package) { return host_of(*package.record) == host; });
}

// Processors used by processes of this workload and name, when each of the minutes was busy.
Result<std::optional<double>> steady_use(const View& view, const std::string& host,
                                         const facts::ProcessSeen& process) {
  TRY(const auto columns, recent(view, kCpu, minutes(kBusyMinutes + 1)));
  for (const auto& [labels, column] : columns) {
    if (labels.get("workload") != process.workload || labels.get("name") != process.name) continue;
    if (host_of(labels, view) != host) continue;
    double all = 0;
    bool busy = true;
    for (int back = kBusyMinutes; back > 0 && busy; --back) {
      const Increase use =
          increase_of(column, view.now - minutes(back), view.now - minutes(back - 1));
      const double seconds = (use.last - use.first).seconds();
      busy = seconds >= 30 && use.value / seconds >= kBusyProcessors;
      if (busy) all += use.value / seconds;
    }
    if (busy) return std::optional<double>(all / kBusyMinutes);
  }
  return std::optional<double>();
}

// What speaks for an intruder besides its use; empty where its company does not single it out.
std::vector<std::string> signs_of(const facts::ProcessSeen& process, std::size_t accounted) {
  std::vector<std::string> out;
  if (accounted > 0) {
    out.push_back(fmt::format("{} beside it {} owned or declared",
                              counted(accounted, "program", "programs"),
                              accounted == 1 ? "is" : "are"));
  }
  if (is_writable(process.executable)) out.emplace_back("it lies where anybody may write");
  if (process.executable_deleted) out.emplace_back("its file is deleted");
  if (out.empty()) return out;
  out.insert(out.begin(), "no package owns it and no service declares it");
  return out;
}

}  // namespace

Result<std::optional<Intruder>> find_intruder(const View& view, const std::string& host,
                                              const std::string& cgroup) {
  std::vector<Seen<facts::ProcessSeen>> strangers;
  std::size_t accounted = 0;
  for (auto& process : seen<facts::ProcessSeen>(view.snapshot)) {
    if (host_of(*process.record) != host || !is_inside(process.what->cgroup, cgroup)) continue;
    if (is_accounted(*process.what, view)) {
      ++accounted;
    } else if (!process.what->executable.empty()) {
      strangers.push_back(std::move(process));
    }
  }
  std::optional<Intruder> out;
  if (strangers.empty() || !knows_packages(view, host)) return out;
  for (const auto& stranger : strangers) {
    const facts::ProcessSeen& process = *stranger.what;
    std::vector<std::string> signs = signs_of(process, accounted);
    if (signs.empty()) continue;
    TRY(const std::optional<double> use, steady_use(view, host, process));
    if (!use || (out && out->processors >= *use)) continue;
    out = Intruder{process.executable,
                   process.pid,
                   process.user,
                   *use,
                   std::move(signs),
                   stranger.record->id.value,
                   fmt::format("rate({}{{workload={},name={}}}[1m])", kCpu,
                               go_quoted(process.workload), go_quoted(process.name))};
  }
  return out;
}

std::string intruder_words(const Intruder& intruder) {
  return fmt::format("{} (pid {} as {}) uses {} processors without a pause; {}",
                     intruder.executable, intruder.pid, intruder.user,
                     number_words(intruder.processors), join_words(intruder.signs));
}

}  // namespace daytwo::orient
