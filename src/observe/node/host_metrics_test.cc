#include "observe/node/host_metrics.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace daytwo::observe {
namespace {

// What a function wrote, by name and labels without the common ones.
class HostMetrics : public ::testing::Test {
 protected:
  std::map<std::string, double> taken() {
    std::map<std::string, double> all;
    for (const auto& one : out_.take().series) {
      all[one.labels.to_string()] = one.samples.at(0).value.number;
    }
    return all;
  }
  MetricWriter out_{{}};
};

TEST_F(HostMetrics, TakeCpuTimesInSeconds) {
  EXPECT_EQ(write_stat("cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 100 200 300 400 500 600 700 800 90 10\n"
                       "ctxt 77\nbtime 1795300000\nprocs_blocked 3\n",
                       100, out_),
            0U);
  const auto all = taken();
  EXPECT_DOUBLE_EQ(all.at(R"(node_cpu_seconds_total{cpu="0", mode="user"})"), 1);
  EXPECT_DOUBLE_EQ(all.at(R"(node_cpu_seconds_total{cpu="0", mode="steal"})"), 8);
  EXPECT_DOUBLE_EQ(all.at(R"(node_cpu_guest_seconds_total{cpu="0", mode="nice"})"), .1);
  EXPECT_DOUBLE_EQ(all.at("node_context_switches_total"), 77);
  EXPECT_DOUBLE_EQ(all.at("node_procs_blocked"), 3);
  EXPECT_EQ(boot_seconds("btime 1795300000\n"), 1'795'300'000);
  EXPECT_EQ(boot_seconds("nothing\n"), 0);
  EXPECT_EQ(boot_seconds("btime 9223372036854775807\n"), 0) << "no kernel's: times 1000 overflows";
}

TEST_F(HostMetrics, NameMemoryAsNodeExporterDoes) {
  EXPECT_EQ(write_meminfo("MemTotal: 2048 kB\nActive(anon): 1 kB\nHugePages_Total: 5\nbad\n", out_),
            1U);
  const auto all = taken();
  EXPECT_DOUBLE_EQ(all.at("node_memory_MemTotal_bytes"), 2'097'152);
  EXPECT_DOUBLE_EQ(all.at("node_memory_Active_anon_bytes"), 1024);
  EXPECT_DOUBLE_EQ(all.at("node_memory_HugePages_Total"), 5);
  EXPECT_EQ(memory_total_bytes("MemTotal: 2048 kB\n"), 2'097'152);
  EXPECT_EQ(memory_total_bytes("MemTotal: 9223372036854775807 kB\n"), 0);
}

TEST_F(HostMetrics, TakePressureTotalsInSeconds) {
  const std::string_view text =
      "some avg10=0.00 avg60=0.00 avg300=0.00 total=2500000\n"
      "full avg10=0.00 avg60=0.00 avg300=0.00 total=1000000\n";
  EXPECT_EQ(write_pressure("memory", text, out_), 0U);
  EXPECT_EQ(write_pressure("cpu", text, out_), 0U);
  const auto all = taken();
  EXPECT_DOUBLE_EQ(all.at("node_pressure_memory_waiting_seconds_total"), 2.5);
  EXPECT_DOUBLE_EQ(all.at("node_pressure_memory_stalled_seconds_total"), 1);
  EXPECT_FALSE(all.contains("node_pressure_cpu_stalled_seconds_total"));
  EXPECT_EQ(write_pressure("io", "some total\nfull\n", out_), 2U);
}

TEST_F(HostMetrics, LeavePartitionsLoopAndRamDevicesOut) {
  const std::string rest = " 100 5 2000 30 200 10 4000 60 1 80 90\n";
  EXPECT_EQ(write_diskstats("8 0 sda" + rest + "8 1 sda1" + rest + "7 0 loop0" + rest + "1 0 ram0" +
                                rest + "259 0 nvme0n1" + rest + "259 1 nvme0n1p1" + rest +
                                "253 0 dm-0" + rest + "9 9 cut 1 2\n",
                            out_),
            1U);
  const auto all = taken();
  EXPECT_DOUBLE_EQ(all.at(R"(node_disk_read_bytes_total{device="sda"})"), 2000 * 512.0);
  EXPECT_DOUBLE_EQ(all.at(R"(node_disk_io_time_seconds_total{device="nvme0n1"})"), .08);
  EXPECT_DOUBLE_EQ(all.at(R"(node_disk_io_now{device="dm-0"})"), 1);
  EXPECT_FALSE(all.contains(R"(node_disk_io_now{device="sda1"})"));
  EXPECT_FALSE(all.contains(R"(node_disk_io_now{device="nvme0n1p1"})"));
  EXPECT_FALSE(all.contains(R"(node_disk_io_now{device="loop0"})"));
}

TEST_F(HostMetrics, TakeNetworkAndSockets) {
  EXPECT_EQ(write_network("h\nh\n eth0:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n", out_), 0U);
  EXPECT_EQ(write_sockstat("TCP: inuse 5 mem 3\n", 4096, out_), 0U);
  EXPECT_EQ(
      write_netstat("Tcp: RtoMin CurrEstab RetransSegs\nTcp: 200 5 6\nUdp: a\nTcp: 1\n", out_), 1U);
  const auto all = taken();
  EXPECT_DOUBLE_EQ(all.at(R"(node_network_receive_bytes_total{device="eth0"})"), 1);
  EXPECT_DOUBLE_EQ(all.at(R"(node_network_transmit_errs_total{device="eth0"})"), 11);
  EXPECT_DOUBLE_EQ(all.at("node_sockstat_TCP_mem_bytes"), 3 * 4096);
  EXPECT_DOUBLE_EQ(all.at("node_netstat_Tcp_RetransSegs"), 6);
  EXPECT_FALSE(all.contains("node_netstat_Tcp_RtoMin"));
}

TEST_F(HostMetrics, SurviveGarbage) {
  const std::string garbage = "\xFF\xFE cpu0 x\ncpu1\n:::\n=\n\n cpu2 1 2\n";
  write_stat(garbage, 100, out_);
  write_meminfo(garbage, out_);
  write_loadavg(garbage, out_);
  write_vmstat("oom_kill many\n", out_);
  write_diskstats(garbage, out_);
  write_network(garbage, out_);
  write_sockstat(garbage, 4096, out_);
  write_netstat(garbage, out_);
  write_file_handles(garbage, out_);
  for (const auto& [labels, value] : taken()) {
    EXPECT_TRUE(labels.starts_with("node_")) << labels;
    EXPECT_GE(value, 0) << labels;
  }
}

}  // namespace
}  // namespace daytwo::observe
