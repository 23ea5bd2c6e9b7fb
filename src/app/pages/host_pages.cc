#include "app/pages/host_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/view_base.h"
#include "app/pages/drift_view.h"
#include "app/pages/fan_view.h"
#include "base/hash.h"
#include "base/text.h"
#include "facts/names.h"
#include "orient/detector.h"

namespace daytwo::app {
namespace {

using facts::RecordPtr;

// The open run-out finding about `mount`, or null.
RecordPtr runout_of(const facts::Snapshot& snapshot, const std::string& host,
                    const std::string& mount) {
  return snapshot.find("runout", WorryKey("runout/" + host + "/filesystem:" + mount));
}

api::FilesystemRow to_row(const observe::FilesystemView& filesystem,
                          const facts::Snapshot& snapshot, const std::string& host) {
  api::FilesystemRow row;
  row.mount = filesystem.facts.mount;
  row.device = filesystem.facts.device;
  row.size_bytes = filesystem.facts.size_bytes;
  row.used_bytes = filesystem.used_bytes;
  if (filesystem.inodes > 0) {
    row.inodes_used_share =
        1 - static_cast<double>(filesystem.inodes_free) / static_cast<double>(filesystem.inodes);
  }
  row.runout = "no trend";
  const RecordPtr finding = runout_of(snapshot, host, filesystem.facts.mount);
  if (finding != nullptr && finding->state != facts::State::kClosed) {
    row.runout = finding->sentence;
    if (const auto* days = finding->find_amount("days_to_runout")) row.date = api::to_view(*days);
    row.fan = fan_of(*finding);
  }
  return row;
}

api::LimitRow to_row(const facts::LimitSeen& limit) {
  api::LimitRow row;
  row.cgroup = limit.cgroup;
  row.workload = limit.workload;
  row.limit_bytes = limit.limit_bytes;
  row.used_bytes = limit.used_bytes;
  row.oom_kills = limit.oom_kills;
  const double share = limit.limit_bytes > 0 ? static_cast<double>(limit.used_bytes) /
                                                   static_cast<double>(limit.limit_bytes)
                                             : 0;
  row.sentence = fmt::format("{} of {} ({:.0f} %)", to_words(Bytes{limit.used_bytes}),
                             to_words(Bytes{limit.limit_bytes}), share * 100);
  return row;
}

api::PressureRow pressure(const PageContext& context, const std::string& resource) {
  api::PressureRow row;
  row.resource = resource;
  const auto share = [&](const std::string& kind) {
    return context.ask(
        fmt::format("sum(rate(node_pressure_{}_{}_seconds_total[1m]))", resource, kind));
  };
  row.some10 = share("waiting");
  if (resource != "cpu") row.full10 = share("stalled");
  return row;
}

// Network first, then host, then loopback; by port within.
bool reaches_further(const api::ListenerRow& a, const api::ListenerRow& b) {
  if (a.reach != b.reach) return a.reach > b.reach;
  return a.port != b.port ? a.port < b.port : a.protocol < b.protocol;
}

}  // namespace

api::ProcessRow to_row(const observe::ProcessView& process) {
  api::ProcessRow row;
  row.pid = process.pid;
  row.name = process.name;
  row.user = process.user;
  row.command = process.command;
  row.package = process.package;
  row.cpu = process.cpu_share;
  row.rss_bytes = process.resident_bytes;
  row.threads = process.threads;
  row.descriptors = process.descriptors;
  row.started = process.started;
  row.listens = process.listens;
  if (!process.visible) row.coverage = "not visible: run as root or grant capabilities";
  return row;
}

api::ListenerRow to_row(const facts::ListenerSeen& listener, Timestamp first_seen) {
  api::ListenerRow row;
  row.protocol = listener.protocol;
  row.address = listener.address;
  row.port = listener.port;
  row.reach = static_cast<api::ReachView>(listener.reach);
  if (!listener.pids.empty()) row.pid = listener.pids.front();
  row.process = listener.executable;
  row.package = listener.package;
  row.first_seen = first_seen;
  return row;
}

Result<api::HostPage> HostPages::host() {
  api::HostPage page;
  stamp(context_, page);
  page.host = context_.host;
  const facts::Snapshot snapshot = context_.journal.snapshot();
  page.drift = drift_view(snapshot, context_.config()->catalog);
  const std::shared_ptr<const observe::NodeView> node = context_.node();
  if (node == nullptr || node->at.ms == 0) {
    page.sentence = node == nullptr ? "This host is not observed (--self.observe=false)."
                                    : "The first look at this host is under way.";
    return page;
  }
  page.kernel = node->host.kernel;
  page.release = node->host.release;
  page.coverage = node->coverage;
  for (const observe::ProcessView& process : node->processes) {
    page.processes.push_back(to_row(process));
  }
  for (const RecordPtr& record : snapshot.open(facts::kind_name<facts::ListenerSeen>())) {
    if (orient::host_of(*record) != context_.host) continue;
    page.listeners.push_back(to_row(*facts::body_as<facts::ListenerSeen>(*record), record->ts));
  }
  std::sort(page.listeners.begin(), page.listeners.end(), reaches_further);
  for (const observe::FilesystemView& filesystem : node->filesystems) {
    page.filesystems.push_back(to_row(filesystem, snapshot, context_.host));
  }
  for (const facts::LimitSeen& limit : node->limits) page.limits.push_back(to_row(limit));
  for (const char* resource : {"cpu", "memory", "io"}) {
    page.pressure.push_back(pressure(context_, resource));
  }
  page.packages.count = static_cast<std::int64_t>(node->packages);
  page.packages.sentence = node->packages == 0
                               ? "no package database was read"
                               : counted(node->packages, "package", "packages") + " installed";
  const auto beyond = std::count_if(
      page.listeners.begin(), page.listeners.end(),
      [](const api::ListenerRow& row) { return row.reach == api::ReachView::kNetwork; });
  page.sentence = fmt::format("{}, {}, {} reachable from the network.",
                              counted(page.processes.size(), "process", "processes"),
                              counted(page.listeners.size(), "listener", "listeners"), beyond);
  return page;
}

Result<api::HostPage> HostPages::learn_baseline(const std::string&) {
  TRY(const std::string sentence, learn_());
  context_.wake();
  TRY(api::HostPage page, host());
  page.drift.sentence = sentence;
  page.drift.teach.clear();
  return page;
}

namespace {

// The name of the difference that the drift worry `id` is about; `id` itself when it is none.
std::string difference_of(const facts::Snapshot& snapshot, const std::string& host,
                          const std::string& id) {
  const std::string prefix = "drift/" + host + "/";
  for (const RecordPtr& record : snapshot.open("drift")) {
    const std::string& key = record->key.value;
    if (key.starts_with(prefix) && short_id(key) == id) return key.substr(prefix.size());
  }
  return id;
}

}  // namespace

Result<api::AcceptPage> HostPages::accept_baseline(const api::AcceptRequest& request,
                                                   const std::string& by) {
  const std::string asked = request.what.value_or("");
  if (asked.empty() == !request.all.value_or(false)) {
    return fail(Code::kInvalid, "say which difference is accepted, or that all are");
  }
  const std::string what = difference_of(context_.journal.snapshot(), context_.host, asked);
  const std::string reason = request.why.value_or("");
  const bool dry_run = request.dry_run.value_or(false);
  TRY(const AcceptedBaseline done,
      accept_(what, reason.empty() ? "accepted by " + by : fmt::format("{} ({})", reason, by),
              dry_run));
  if (!dry_run) context_.wake();
  api::AcceptPage page;
  stamp(context_, page);
  page.file = context_.config()->baseline;
  for (const model::Difference& difference : done.accepted) {
    page.accepted.push_back(to_words(difference));
  }
  page.sentence =
      fmt::format("{} {} {}.", counted(done.accepted.size(), "difference", "differences"),
                  dry_run ? "would be written to" : "accepted, written to", page.file);
  return page;
}

}  // namespace daytwo::app
