#include "observe/node/process_groups.h"

#include <algorithm>
#include <tuple>

namespace daytwo::observe {
namespace {

// What the members of groups use together.
struct Sum {
  double resident_bytes = 0;
  double threads = 0;
  double descriptors = 0;
  bool descriptors_known = false;
  std::optional<double> tightest;  // largest share of open descriptors against their limit
  double processes = 0;
  std::optional<double> oldest_seconds;
};

void add(const ProcessGroup& group, Sum& sum) {
  for (const Process* process : group.members) {
    sum.resident_bytes += static_cast<double>(process->resident_bytes);
    sum.threads += static_cast<double>(process->threads);
    sum.processes += 1;
    const double started =
        process->started.ms == 0 ? 0 : static_cast<double>(process->started.ms) / 1000;
    sum.oldest_seconds = std::min(sum.oldest_seconds.value_or(started), started);
    if (!process->descriptors) continue;
    sum.descriptors_known = true;
    sum.descriptors += static_cast<double>(*process->descriptors);
    if (process->descriptor_limit && *process->descriptor_limit > 0) {
      const double share = static_cast<double>(*process->descriptors) /
                           static_cast<double>(*process->descriptor_limit);
      sum.tightest = std::max(sum.tightest.value_or(0), share);
    }
  }
}

void write_sum(const Sum& sum, double cpu_seconds, const std::string& workload,
               const std::string& name, MetricWriter& out) {
  const MetricWriter::Extra labels = {{"workload", workload}, {"name", name}};
  out.counter("daytwo_process_cpu_seconds_total", cpu_seconds, labels);
  out.gauge("daytwo_process_count", sum.processes, labels);
  out.gauge("daytwo_process_resident_memory_bytes", sum.resident_bytes, labels);
  out.gauge("daytwo_process_threads", sum.threads, labels);
  if (sum.descriptors_known) {
    out.gauge("daytwo_process_open_descriptors", sum.descriptors, labels);
  }
  if (sum.tightest) out.gauge("daytwo_process_descriptors_used_ratio", *sum.tightest, labels);
  if (sum.oldest_seconds && *sum.oldest_seconds > 0) {
    out.gauge("daytwo_process_start_time_seconds", *sum.oldest_seconds, labels);
  }
}

// How much a group matters: memory in GB plus cores in use.
double weight(const ProcessGroup& group) {
  double sum = 0;
  for (const Process* process : group.members) {
    sum += static_cast<double>(process->resident_bytes) / 1e9 + process->cpu_share;
  }
  return sum;
}

}  // namespace

void ProcessGroups::update(const ProcessTable& processes, std::int64_t ticks, Timestamp now) {
  for (auto& [key, group] : groups_) group.members.clear();
  for (const Process& process : processes.all()) {
    ProcessGroup& group = groups_[{process.workload, process.name}];
    if (group.name.empty()) {
      group.workload = process.workload;
      group.name = process.name;
    }
    group.members.push_back(&process);
    group.seen = now;
    const double used = static_cast<double>(process.ticks_since) / static_cast<double>(ticks);
    group.cpu_seconds += used;
    if (!group.own_series) rest_cpu_seconds_ += used;
  }
  std::erase_if(groups_, [&](const auto& each) { return now - each.second.seen > kGroupKept; });
  for (auto& [key, group] : groups_) {
    std::sort(group.members.begin(), group.members.end(), [](const Process* a, const Process* b) {
      return std::tie(a->start_ticks, a->pid) < std::tie(b->start_ticks, b->pid);
    });
  }
  choose();
}

void ProcessGroups::choose() {
  std::size_t own = 0;
  std::vector<ProcessGroup*> others;
  for (auto& [key, group] : groups_) {
    if (group.own_series) {
      ++own;
    } else {
      others.push_back(&group);
    }
  }
  const std::size_t room = own < kMaxGroups ? kMaxGroups - own : 0;
  std::stable_sort(others.begin(), others.end(), [](const ProcessGroup* a, const ProcessGroup* b) {
    return weight(*a) > weight(*b);
  });
  for (std::size_t i = 0; i < std::min(room, others.size()); ++i) others[i]->own_series = true;
}

void ProcessGroups::write(MetricWriter& out) const {
  Sum rest;
  bool has_rest = false;
  for (const auto& [key, group] : groups_) {
    if (!group.own_series) {
      add(group, rest);
      has_rest = true;
      continue;
    }
    Sum sum;
    add(group, sum);
    write_sum(sum, group.cpu_seconds, group.workload, group.name, out);
  }
  if (has_rest) write_sum(rest, rest_cpu_seconds_, "rest", "rest", out);
}

}  // namespace daytwo::observe
