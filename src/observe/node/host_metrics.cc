#include "observe/node/host_metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "observe/node/text.h"

namespace daytwo::observe {
namespace {

// Order of the columns of a cpu line in /proc/stat [proc(5)].
constexpr std::array<std::string_view, 8> kModes = {"user",   "nice", "system",  "idle",
                                                    "iowait", "irq",  "softirq", "steal"};

bool write_cpu(std::string_view cpu, std::string_view rest, double ticks, MetricWriter& out) {
  for (const std::string_view mode : kModes) {
    const auto value = to_decimal(next_word(rest));
    if (!value) return false;
    out.counter("node_cpu_seconds_total", *value / ticks, {{"cpu", cpu}, {"mode", mode}});
  }
  for (const std::string_view mode : {"user", "nice"}) {
    const auto value = to_decimal(next_word(rest));
    if (!value) break;  // kernels before 2.6.24
    out.counter("node_cpu_guest_seconds_total", *value / ticks, {{"cpu", cpu}, {"mode", mode}});
  }
  return true;
}

// node_exporter turns "Active(anon)" into "Active_anon".
std::string memory_name(std::string_view key) {
  std::string name(key);
  std::erase(name, ')');
  std::replace(name.begin(), name.end(), '(', '_');
  return name;
}

bool is_wanted_vmstat(std::string_view name) {
  return name == "oom_kill" || name.starts_with("pgpg") || name.starts_with("pswp") ||
         (name.starts_with("pg") && name.find("fault") != std::string_view::npos);
}

// Loop and ram devices, floppies, and partitions of sd, hd, vd, xvd, nvme and mmc devices.
bool is_ignored_disk(std::string_view device) {
  const auto digits_after = [&](std::string_view prefix) {
    if (!device.starts_with(prefix)) return false;
    const std::string_view rest = device.substr(prefix.size());
    return !rest.empty() && rest.find_first_not_of("0123456789") == std::string_view::npos;
  };
  if (digits_after("ram") || digits_after("zram") || digits_after("loop") || digits_after("fd")) {
    return true;
  }
  const bool ends_in_digit = !device.empty() && device.back() >= '0' && device.back() <= '9';
  for (const std::string_view prefix : {"sd", "hd", "vd", "xvd"}) {
    if (device.starts_with(prefix)) return ends_in_digit;
  }
  return ends_in_digit && (device.starts_with("nvme") || device.starts_with("mmcblk")) &&
         device.find('p') != std::string_view::npos;
}

struct DiskColumn {
  std::string_view name;
  double scale;
  bool gauge = false;
};

// Columns 4 to 20 of /proc/diskstats [kernel: Documentation/admin-guide/iostats.rst]. A sector is
// 512 bytes whatever the device says; times are in ms.
constexpr std::array<DiskColumn, 17> kDiskColumns = {{
    {"node_disk_reads_completed_total", 1},
    {"node_disk_reads_merged_total", 1},
    {"node_disk_read_bytes_total", 512},
    {"node_disk_read_time_seconds_total", .001},
    {"node_disk_writes_completed_total", 1},
    {"node_disk_writes_merged_total", 1},
    {"node_disk_written_bytes_total", 512},
    {"node_disk_write_time_seconds_total", .001},
    {"node_disk_io_now", 1, true},
    {"node_disk_io_time_seconds_total", .001},
    {"node_disk_io_time_weighted_seconds_total", .001},
    {"node_disk_discards_completed_total", 1},
    {"node_disk_discards_merged_total", 1},
    {"node_disk_discarded_sectors_total", 1},
    {"node_disk_discard_time_seconds_total", .001},
    {"node_disk_flush_requests_total", 1},
    {"node_disk_flush_requests_time_seconds_total", .001},
}};

// Columns of /proc/net/dev after the colon.
constexpr std::array<std::string_view, 16> kNetworkColumns = {
    "receive_bytes",  "receive_packets",  "receive_errs",       "receive_drop",
    "receive_fifo",   "receive_frame",    "receive_compressed", "receive_multicast",
    "transmit_bytes", "transmit_packets", "transmit_errs",      "transmit_drop",
    "transmit_fifo",  "transmit_colls",   "transmit_carrier",   "transmit_compressed"};

// The values that answer everyday questions; node_exporter exports a similar list.
constexpr std::array<std::string_view, 30> kNetstatWanted = {"Icmp_InErrors",
                                                             "Icmp_InMsgs",
                                                             "Icmp_OutMsgs",
                                                             "Ip_Forwarding",
                                                             "TcpExt_ListenDrops",
                                                             "TcpExt_ListenOverflows",
                                                             "TcpExt_SyncookiesFailed",
                                                             "TcpExt_SyncookiesRecv",
                                                             "TcpExt_SyncookiesSent",
                                                             "TcpExt_TCPSynRetrans",
                                                             "TcpExt_TCPTimeouts",
                                                             "TcpExt_TCPOFOQueue",
                                                             "TcpExt_TCPRcvQDrop",
                                                             "Tcp_ActiveOpens",
                                                             "Tcp_CurrEstab",
                                                             "Tcp_InErrs",
                                                             "Tcp_InSegs",
                                                             "Tcp_OutRsts",
                                                             "Tcp_OutSegs",
                                                             "Tcp_PassiveOpens",
                                                             "Tcp_RetransSegs",
                                                             "Udp_InDatagrams",
                                                             "Udp_InErrors",
                                                             "Udp_NoPorts",
                                                             "Udp_OutDatagrams",
                                                             "Udp_RcvbufErrors",
                                                             "Udp_SndbufErrors",
                                                             "IpExt_InOctets",
                                                             "IpExt_OutOctets",
                                                             "Tcp_EstabResets"};

}  // namespace

std::size_t write_stat(std::string_view text, std::int64_t ticks, MetricWriter& out) {
  struct Single {
    std::string_view key;
    std::string_view name;
    bool gauge = false;
  };
  constexpr std::array<Single, 6> kSingles = {{{"ctxt", "node_context_switches_total"},
                                               {"intr", "node_intr_total"},
                                               {"processes", "node_forks_total"},
                                               {"btime", "node_boot_time_seconds", true},
                                               {"procs_running", "node_procs_running", true},
                                               {"procs_blocked", "node_procs_blocked", true}}};
  std::size_t skipped = 0;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view key = next_word(line);
    if (key.size() > 3 && key.starts_with("cpu")) {
      if (!write_cpu(key.substr(3), line, static_cast<double>(ticks), out)) ++skipped;
      continue;
    }
    for (const Single& single : kSingles) {
      if (key != single.key) continue;
      const auto value = to_decimal(next_word(line));
      if (!value) {
        ++skipped;
      } else if (single.gauge) {
        out.gauge(single.name, *value);
      } else {
        out.counter(single.name, *value);
      }
    }
  }
  return skipped;
}

std::int64_t boot_seconds(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (next_word(line) == "btime") return to_count(next_word(line)).value_or(0);
  }
  return 0;
}

std::size_t write_meminfo(std::string_view text, MetricWriter& out) {
  std::size_t skipped = 0;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (line.empty()) continue;
    std::string_view key = next_word(line);
    const auto value = to_decimal(next_word(line));
    if (!key.ends_with(':') || !value) {
      ++skipped;
      continue;
    }
    key.remove_suffix(1);
    const std::string name = memory_name(key);
    if (next_word(line) == "kB") {
      out.gauge(fmt::format("node_memory_{}_bytes", name), *value * 1024);
    } else {
      out.gauge(fmt::format("node_memory_{}", name), *value);
    }
  }
  return skipped;
}

std::int64_t memory_total_bytes(std::string_view text) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (next_word(line) == "MemTotal:") return to_count(next_word(line)).value_or(0) * 1024;
  }
  return 0;
}

std::size_t write_loadavg(std::string_view text, MetricWriter& out) {
  for (const std::string_view name : {"node_load1", "node_load5", "node_load15"}) {
    const auto value = to_decimal(next_word(text));
    if (!value) return 1;
    out.gauge(name, *value);
  }
  return 0;
}

std::size_t write_vmstat(std::string_view text, MetricWriter& out) {
  std::size_t skipped = 0;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view name = next_word(line);
    if (!is_wanted_vmstat(name)) continue;
    const auto value = to_decimal(next_word(line));
    if (value) {
      out.counter(fmt::format("node_vmstat_{}", name), *value);
    } else {
      ++skipped;
    }
  }
  return skipped;
}

std::size_t write_pressure(std::string_view resource, std::string_view text, MetricWriter& out) {
  std::size_t skipped = 0;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view kind = next_word(line);
    const std::size_t at = line.rfind("total=");
    const auto total =
        at == std::string_view::npos ? std::nullopt : to_decimal(line.substr(at + 6));
    if (!total || (kind != "some" && kind != "full")) {
      ++skipped;
      continue;
    }
    // "full" of the whole machine has no meaning for cpu [kernel: accounting/psi.rst].
    if (resource == "cpu" && kind == "full") continue;
    out.counter(fmt::format("node_pressure_{}_{}_seconds_total", resource,
                            kind == "some" ? "waiting" : "stalled"),
                *total / 1e6);
  }
  return skipped;
}

std::size_t write_diskstats(std::string_view text, MetricWriter& out) {
  std::size_t skipped = 0;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    static_cast<void>(next_word(line));
    static_cast<void>(next_word(line));
    const std::string_view device = next_word(line);
    if (is_ignored_disk(device)) continue;
    std::size_t columns = 0;
    for (const DiskColumn& column : kDiskColumns) {
      const auto value = to_decimal(next_word(line));
      if (!value) break;
      ++columns;
      if (column.gauge) {
        out.gauge(column.name, *value * column.scale, {{"device", device}});
      } else {
        out.counter(column.name, *value * column.scale, {{"device", device}});
      }
    }
    if (columns < 11) ++skipped;  // the columns of the oldest kernels we run on
  }
  return skipped;
}

std::size_t write_network(std::string_view text, MetricWriter& out) {
  static_cast<void>(next_line(text));
  static_cast<void>(next_line(text));
  std::size_t skipped = 0;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::size_t colon = line.rfind(':');  // names of aliases hold colons
    if (colon == std::string_view::npos) {
      ++skipped;
      continue;
    }
    std::string_view name = line.substr(0, colon);
    const std::string_view device = next_word(name);
    line.remove_prefix(colon + 1);
    for (const std::string_view column : kNetworkColumns) {
      const auto value = to_decimal(next_word(line));
      if (!value) {
        ++skipped;
        break;
      }
      out.counter(fmt::format("node_network_{}_total", column), *value, {{"device", device}});
    }
  }
  return skipped;
}

std::size_t write_sockstat(std::string_view text, std::int64_t page_bytes, MetricWriter& out) {
  std::size_t skipped = 0;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    std::string_view protocol = next_word(line);
    if (!protocol.ends_with(':')) {
      ++skipped;
      continue;
    }
    protocol.remove_suffix(1);
    for (std::string_view key = next_word(line); !key.empty(); key = next_word(line)) {
      const auto value = to_decimal(next_word(line));
      if (!value) {
        ++skipped;
        break;
      }
      out.gauge(fmt::format("node_sockstat_{}_{}", protocol, key), *value);
      if (key == "mem") {
        out.gauge(fmt::format("node_sockstat_{}_mem_bytes", protocol),
                  *value * static_cast<double>(page_bytes));
      }
    }
  }
  return skipped;
}

std::size_t write_netstat(std::string_view text, MetricWriter& out) {
  std::size_t skipped = 0;
  while (!text.empty()) {
    std::string_view names = next_line(text);
    std::string_view values = next_line(text);
    std::string_view protocol = next_word(names);
    if (next_word(values) != protocol || !protocol.ends_with(':')) {
      ++skipped;
      continue;
    }
    protocol.remove_suffix(1);
    for (std::string_view name = next_word(names); !name.empty(); name = next_word(names)) {
      const auto value = to_decimal(next_word(values));
      if (!value) {
        ++skipped;
        break;
      }
      const std::string full = fmt::format("{}_{}", protocol, name);
      if (std::find(kNetstatWanted.begin(), kNetstatWanted.end(), full) == kNetstatWanted.end()) {
        continue;
      }
      const bool gauge = full == "Tcp_CurrEstab" || full == "Ip_Forwarding";
      const std::string series = fmt::format("node_netstat_{}", full);
      gauge ? out.gauge(series, *value) : out.counter(series, *value);
    }
  }
  return skipped;
}

std::size_t write_file_handles(std::string_view text, MetricWriter& out) {
  std::string_view line = next_line(text);
  const auto allocated = to_decimal(next_word(line));
  static_cast<void>(next_word(line));
  const auto maximum = to_decimal(next_word(line));
  if (!allocated || !maximum) return 1;
  out.gauge("node_filefd_allocated", *allocated);
  out.gauge("node_filefd_maximum", *maximum);
  return 0;
}

}  // namespace daytwo::observe
