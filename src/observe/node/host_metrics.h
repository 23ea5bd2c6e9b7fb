// Host measurements: the text of one kernel file in, series under node_exporter's names out.
// Each function takes what it can and skips what it cannot; the number of lines skipped is
// returned, and the observer counts it. Names and units: prometheus/node_exporter, README
// "Enabled by default".
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "observe/metric_writer.h"

namespace daytwo::observe {

// /proc/stat. `ticks` = clock ticks a second.
std::size_t write_stat(std::string_view text, std::int64_t ticks, MetricWriter& out);
// Boot time in seconds since the epoch from /proc/stat; 0 when it is not there.
[[nodiscard]] std::int64_t boot_seconds(std::string_view text);
// /proc/meminfo: node_memory_*_bytes.
std::size_t write_meminfo(std::string_view text, MetricWriter& out);
// MemTotal in bytes; 0 when it is not there.
[[nodiscard]] std::int64_t memory_total_bytes(std::string_view text);
// /proc/loadavg: node_load1, 5, 15.
std::size_t write_loadavg(std::string_view text, MetricWriter& out);
// /proc/vmstat: paging, faults and oom_kill only.
std::size_t write_vmstat(std::string_view text, MetricWriter& out);
// /proc/pressure/RESOURCE: totals in seconds.
std::size_t write_pressure(std::string_view resource, std::string_view text, MetricWriter& out);
// /proc/diskstats: whole devices; partitions, loop and ram devices are left out.
std::size_t write_diskstats(std::string_view text, MetricWriter& out);
// /proc/net/dev.
std::size_t write_network(std::string_view text, MetricWriter& out);
// /proc/net/sockstat and sockstat6. `page_bytes` turns "mem" into bytes.
std::size_t write_sockstat(std::string_view text, std::int64_t page_bytes, MetricWriter& out);
// /proc/net/snmp and /proc/net/netstat: pairs of a line of names and a line of values.
std::size_t write_netstat(std::string_view text, MetricWriter& out);
// /proc/sys/fs/file-nr.
std::size_t write_file_handles(std::string_view text, MetricWriter& out);

}  // namespace daytwo::observe
