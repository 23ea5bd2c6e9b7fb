// A made-up host in the shape of a real one: what the kernel of a Debian 12 server prints, with our
// own names and numbers.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "sim/recorded_tree.h"

namespace daytwo::sim {
namespace {

void put_kernel_files(RecordedTree& tree) {
  tree.put("/proc/stat",
           "cpu  100 0 100 1000 10 0 0 0 0 0\n"
           "cpu0 50 0 50 500 5 0 0 0 0 0\ncpu1 50 0 50 500 5 0 0 0 0 0\n"
           "intr 5000 0 0\nctxt 90000\nbtime 1795300000\nprocesses 4000\nprocs_running 2\n"
           "procs_blocked 0\n");
  tree.put(
      "/proc/meminfo",
      "MemTotal:        8000000 kB\nMemFree:         1000000 kB\n"
      "MemAvailable:    4000000 kB\nBuffers:          100000 kB\nCached:  2000000 kB\n"
      "Active(anon):    1500000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\nHugePages_Total:       0\n");
  tree.put("/proc/loadavg", "0.52 0.40 0.30 2/300 4242\n");
  tree.put("/proc/vmstat", "nr_free_pages 250000\npgfault 1000\npgmajfault 10\noom_kill 0\n");
  for (const char* resource : {"cpu", "io", "memory"}) {
    tree.put(fmt::format("/proc/pressure/{}", resource),
             "some avg10=0.00 avg60=0.10 avg300=0.20 total=1500000\n"
             "full avg10=0.00 avg60=0.00 avg300=0.00 total=500000\n");
  }
  tree.put("/proc/diskstats",
           " 254       0 vda 100 5 2000 30 200 10 4000 60 0 80 90 0 0 0 0 3 4\n");
  tree.put("/proc/net/dev",
           "Inter-|   Receive                            |  Transmit\n"
           " face |bytes packets errs drop fifo frame compressed multicast|bytes packets\n"
           "  eth0: 1000 10 0 1 0 0 0 0 2000 20 0 0 0 0 0 0\n"
           "    lo: 500 5 0 0 0 0 0 0 500 5 0 0 0 0 0 0\n");
  tree.put("/proc/net/sockstat", "sockets: used 120\nTCP: inuse 10 orphan 0 tw 2 alloc 12 mem 3\n");
  tree.put("/proc/net/snmp",
           "Tcp: RtoAlgorithm ActiveOpens PassiveOpens CurrEstab RetransSegs\nTcp: 1 30 40 5 6\n");
  tree.put("/proc/self/mountinfo",
           "22 27 0:21 / /proc rw,relatime - proc proc rw\n"
           "27 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw\n"
           "30 27 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n");
  tree.put_space("/", {100ULL << 30U, 40ULL << 30U, 35ULL << 30U, 6'000'000, 5'000'000, false});
  tree.put("/proc/sys/kernel/osrelease", "6.1.0-31-amd64\n");
  tree.put("/proc/sys/kernel/random/boot_id", "6f1a3c52-2d6e-4f0b-9a77-0c5d1e2f3a4b\n");
  tree.put("/etc/os-release",
           "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\"\n");
  tree.put_link("/proc/self/ns/net", "net:[4026531840]");
}

void put_process(RecordedTree& tree, int number) {
  const int pid = 1000 + number;
  const std::string base = fmt::format("/proc/{}", pid);
  const std::string name = fmt::format("service{}", number);
  tree.put(base + "/stat",
           fmt::format("{} ({}) S 1 {} {} 0 -1 4194560 1000 0 5 0 {} {} 0 0 20 0 4 0 {} "
                       "50000000 {} 18446744073709551615 1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0\n",
                       pid, name, pid, pid, 100 + number, 50, 2000 + number, 2500 + number));
  tree.put(base + "/status", fmt::format("Name:\t{}\nUid:\t33\t33\t33\t33\n", name));
  tree.put(base + "/cmdline",
           fmt::format("/usr/sbin/{0}{1}--port{1}{2}{1}", name, '\0', 8000 + number));
  tree.put(base + "/cgroup", fmt::format("0::/system.slice/{}.service\n", name));
  tree.put(base + "/limits",
           "Limit  Soft Hard Units\nMax open files            1024  4096 files\n");
  std::string maps = fmt::format(
      "55aa00000000-55aa00010000 r--p 0 fe:01 {} /usr/sbin/{}\n"
      "55aa00010000-55aa00020000 r-xp 0 fe:01 {} /usr/sbin/{}\n",
      number, name, number, name);
  for (int library = 0; library < 12; ++library) {
    maps += fmt::format(
        "7f0000{0:02x}0000-7f0000{0:02x}1000 r--p 0 fe:01 9{0} /usr/lib/x/liba{0}.so.1\n"
        "7f0000{0:02x}1000-7f0000{0:02x}2000 r-xp 0 fe:01 9{0} /usr/lib/x/liba{0}.so.1\n"
        "7f0000{0:02x}2000-7f0000{0:02x}3000 rw-p 0 fe:01 9{0} /usr/lib/x/liba{0}.so.1\n",
        library);
  }
  tree.put(base + "/maps", maps);
  tree.put_link(base + "/exe", "/usr/sbin/" + name);
  tree.put_link(base + "/root", "/");
  tree.put_link(base + "/ns/net", "net:[4026531840]");
  tree.put_link(base + "/fd/0", "/dev/null");
  tree.put_size(base + "/fd", 20);
  const std::string cgroup = fmt::format("/sys/fs/cgroup/system.slice/{}.service", name);
  tree.put(cgroup + "/memory.max", "max\n");
  tree.put(cgroup + "/memory.current", "20000000\n");
  tree.put(cgroup + "/memory.stat", "anon 10000000\nfile 8000000\ninactive_file 5000000\n");
  tree.put(cgroup + "/cpu.stat", "usage_usec 1000\nnr_throttled 0\nthrottled_usec 0\n");
  tree.put(cgroup + "/cpu.max", "max 100000\n");
}

}  // namespace

RecordedTree make_recorded_host(int processes, int packages) {
  RecordedTree tree;
  put_kernel_files(tree);
  std::string sockets = "  sl  local_address rem_address   st\n";
  for (int i = 0; i < processes; ++i) put_process(tree, i);
  for (int i = 0; i < std::min(processes, 10); ++i) {
    sockets += fmt::format(
        "  {:2}: 00000000:{:04X} 00000000:0000 0A 00000000:00000000 00:00000000 00000000 33 0 {} "
        "1\n",
        i, 8000 + i, 70000 + i);
    tree.put_link(fmt::format("/proc/{}/fd/3", 1000 + i), fmt::format("socket:[{}]", 70000 + i));
  }
  tree.put("/proc/net/tcp", sockets);
  std::string status;
  for (int i = 0; i < packages; ++i) {
    status += fmt::format(
        "Package: package{0}\nStatus: install ok installed\nArchitecture: amd64\n"
        "Source: source{0}\nVersion: 1.{0}-1\nDescription: made up\n line two\n\n",
        i);
    tree.put(fmt::format("/var/lib/dpkg/info/package{}:amd64.list", i),
             fmt::format("/.\n/usr\n/usr/sbin\n/usr/sbin/service{0}\n/usr/lib\n/usr/lib/x\n"
                         "/usr/lib/x/liba{0}.so.1\n/usr/share/doc/package{0}/copyright\n",
                         i));
  }
  tree.put("/var/lib/dpkg/status", status);
  return tree;
}

}  // namespace daytwo::sim
