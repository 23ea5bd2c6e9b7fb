#include "observe/node/node_observer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "sim/recorded_tree.h"
#include "sim/system.h"

namespace daytwo::observe {
namespace {

constexpr Timestamp kStart{1'795'305'600'000};

class Node : public ::testing::Test {
 protected:
  Node() : tree_(sim::make_recorded_host(3, 30)) { system_.users[33] = "www-data"; }

  void start() { node_ = std::make_unique<NodeObserver>(NodeOptions{}, tree_, system_, own_); }
  // What a look saw; kept to the end of the test.
  Observation& step() {
    if (!node_) start();
    seen_.push_back(node_->step(now_));
    now_ = now_ + seconds(10);
    return seen_.back();
  }
  static std::optional<double> value(const Observation& seen, const std::string& name,
                                     const std::string& label = "", const std::string& is = "") {
    for (const auto& one : seen.batch.series) {
      if (one.labels.metric_name() == name && (label.empty() || one.labels.get(label) == is)) {
        return one.samples.at(0).value.number;
      }
    }
    return std::nullopt;
  }
  template <typename T>
  static std::vector<const facts::Record*> records(const Observation& seen) {
    std::vector<const facts::Record*> found;
    for (const facts::Record& record : seen.records) {
      if (facts::body_as<T>(record) != nullptr) found.push_back(&record);
    }
    return found;
  }

  sim::RecordedTree tree_;
  sim::System system_;
  Registry own_;
  std::unique_ptr<NodeObserver> node_;
  Timestamp now_ = kStart;
  std::deque<Observation> seen_;
};

TEST_F(Node, TellsWhoRunsWhatListensAndWhatIsInstalled) {
  const Observation& seen = step();
  ASSERT_EQ(records<facts::HostSeen>(seen).size(), 1U);
  EXPECT_EQ(facts::body_as<facts::HostSeen>(*records<facts::HostSeen>(seen)[0])->ecosystem,
            "Debian:12");
  ASSERT_EQ(records<facts::ProcessSeen>(seen).size(), 3U);
  const auto* process = facts::body_as<facts::ProcessSeen>(*records<facts::ProcessSeen>(seen)[0]);
  EXPECT_EQ(process->name, "service0");
  EXPECT_EQ(process->executable, "/usr/sbin/service0");
  EXPECT_EQ(process->user, "www-data");
  EXPECT_EQ(process->command, "/usr/sbin/service0 --port 8000");
  EXPECT_EQ(process->workload, "service0.service");
  EXPECT_EQ(process->package, "package0");
  EXPECT_EQ(process->started, Timestamp{1'795'300'020'000});  // boot + 2,000 ticks of 10 ms
  ASSERT_EQ(records<facts::ListenerSeen>(seen).size(), 3U);
  const auto* listener =
      facts::body_as<facts::ListenerSeen>(*records<facts::ListenerSeen>(seen)[0]);
  EXPECT_EQ(listener->port, 8000);
  EXPECT_EQ(listener->reach, facts::Reach::kNetwork);
  EXPECT_EQ(listener->pids, std::vector<std::int64_t>{1000});
  EXPECT_EQ(listener->package, "package0");
  EXPECT_EQ(records<facts::PackageSeen>(seen).size(), 30U);
  EXPECT_EQ(records<facts::MappingSeen>(seen).size(),
            12U);  // 12 libraries, 3 of them with programs
  EXPECT_EQ(records<facts::FilesystemSeen>(seen).size(), 1U);
  EXPECT_TRUE(records<facts::CoverageSeen>(seen).empty());
  EXPECT_EQ(value(seen, "up"), 1.0);
  EXPECT_EQ(value(seen, "node_filesystem_avail_bytes", "mountpoint", "/"), 35.0 * (1U << 30U));
  EXPECT_EQ(value(seen, "daytwo_process_resident_memory_bytes", "name", "service1"), 2501.0 * 4096);
  EXPECT_EQ(value(seen, "daytwo_process_open_descriptors", "name", "service1"), 20.0);
}

TEST_F(Node, SaysNothingTwice) {
  step();
  EXPECT_TRUE(step().records.empty());
  EXPECT_TRUE(step().records.empty());
}

TEST_F(Node, ReadsPressureEverySecondAndTheRestEveryTen) {
  start();
  EXPECT_TRUE(value(node_->step(now_), "node_load1").has_value());
  const Observation second = node_->step(now_ + seconds(1));
  EXPECT_FALSE(value(second, "node_load1").has_value());
  EXPECT_EQ(value(second, "node_pressure_io_waiting_seconds_total"), 1.5);
  EXPECT_EQ(node_->next_due(), now_ + seconds(2));
  EXPECT_TRUE(node_->step(now_ + milliseconds(1500)).batch.series.empty());
}

TEST_F(Node, NoticesANewListenerAndWhoHoldsItAndItsEnd) {
  step();
  const std::string before = *tree_.read("/proc/net/tcp", 100'000);
  tree_.put("/proc/net/tcp",
            before + "  9: 00000000:1F99 00000000:0000 0A 0:0 00:0 0 33 0 99999 1\n");
  tree_.put_link("/proc/1001/fd/7", "socket:[99999]");
  tree_.put_link("/proc/1002/fd/7", "socket:[99999]");
  const Observation& seen = step();
  ASSERT_EQ(records<facts::ListenerSeen>(seen).size(), 1U);
  const auto* listener =
      facts::body_as<facts::ListenerSeen>(*records<facts::ListenerSeen>(seen)[0]);
  EXPECT_EQ(listener->port, 8089);
  EXPECT_EQ(listener->pids, (std::vector<std::int64_t>{1001, 1002}));
  tree_.put("/proc/net/tcp", before);
  const Observation& after = step();
  ASSERT_EQ(records<facts::ListenerSeen>(after).size(), 1U);
  EXPECT_EQ(records<facts::ListenerSeen>(after)[0]->state, facts::State::kClosed);
}

// One process more, born at `born`, that holds the socket `inode`.
void put_newborn(sim::RecordedTree& tree, Timestamp born, const std::string& inode) {
  tree.put("/proc/1009/stat",
           fmt::format("1009 (shop) S 1 1 1 0 -1 0 0 0 0 0 1 0 0 0 20 0 4 0 {} 1 100 0 0\n",
                       (born - Timestamp{1'795'300'000'000}).ms / 10));
  tree.put("/proc/1009/cmdline", std::string("/usr/bin/shop\0checkout\0", 23));
  tree.put_link("/proc/1009/exe", "/usr/bin/shop");
  tree.put_link("/proc/1009/fd/7", "socket:[" + inode + "]");
}

TEST_F(Node, NamesANewbornProcessAtOnceIfItListens) {
  step();
  put_newborn(tree_, now_ - seconds(1), "1");
  EXPECT_TRUE(records<facts::ProcessSeen>(step()).empty()) << "it may be gone at the next look";
  tree_.drop("/proc/1009");
  step();
  tree_.put("/proc/net/tcp", *tree_.read("/proc/net/tcp", 100'000) +
                                 "  9: 00000000:1F99 00000000:0000 0A 0:0 00:0 0 33 0 99999 1\n");
  put_newborn(tree_, now_ - seconds(1), "99999");
  const Observation& seen = step();
  ASSERT_EQ(records<facts::ProcessSeen>(seen).size(), 1U);
  EXPECT_EQ(facts::body_as<facts::ProcessSeen>(*records<facts::ProcessSeen>(seen)[0])->command,
            "/usr/bin/shop checkout");
}

TEST_F(Node, FindsAHolderThatStartedAfterTheProcessesWereListed) {
  step();
  tree_.put("/proc/net/tcp", *tree_.read("/proc/net/tcp", 100'000) +
                                 "  9: 00000000:1F99 00000000:0000 0A 0:0 00:0 0 33 0 99999 1\n");
  const Observation& before = step();
  ASSERT_EQ(records<facts::ListenerSeen>(before).size(), 1U);
  EXPECT_EQ(records<facts::ListenerSeen>(before)[0]->coverage, "holder not visible");
  put_newborn(tree_, now_ - seconds(9), "99999");
  const Observation& after = step();
  ASSERT_EQ(records<facts::ListenerSeen>(after).size(), 1U);
  EXPECT_EQ(facts::body_as<facts::ListenerSeen>(*records<facts::ListenerSeen>(after)[0])->pids,
            std::vector<std::int64_t>{1009});
}

TEST_F(Node, CountsCpuOverRestartsAndForgetsSeriesWithTheProcess) {
  step();
  const auto stat = [](int ticks, int start) {
    return fmt::format("1000 (service0) S 1 1 1 0 -1 0 0 0 0 0 {} 0 0 0 20 0 4 0 {} 1 100 0 0\n",
                       ticks, start);
  };
  const double first = *value(step(), "daytwo_process_cpu_seconds_total", "name", "service0");
  tree_.put("/proc/1000/stat", stat(250, 2000));  // 150 before: one second more
  EXPECT_DOUBLE_EQ(*value(step(), "daytwo_process_cpu_seconds_total", "name", "service0"),
                   first + 1);
  // The same pid with a later start is another process: it counts from its own birth.
  tree_.put("/proc/1000/stat",
            stat(40, static_cast<int>((now_ - Timestamp{1'795'300'000'000}).ms / 10)));
  const Observation& restarted = step();
  EXPECT_DOUBLE_EQ(*value(restarted, "daytwo_process_cpu_seconds_total", "name", "service0"),
                   first + 1.4);
  tree_.drop("/proc/1000");
  for (int i = 0; i < 31; ++i) step();
  const Observation& gone = step();
  EXPECT_FALSE(value(gone, "daytwo_process_cpu_seconds_total", "name", "service0").has_value());
}

TEST_F(Node, SaysWhatAnOrdinaryUserCannotSee) {
  for (const char* name : {"exe", "maps", "fd", "root", "ns"}) {
    tree_.deny(fmt::format("/proc/1001/{}", name));
  }
  const Observation& seen = step();
  const auto gaps = records<facts::CoverageSeen>(seen);
  ASSERT_EQ(gaps.size(), 2U);
  EXPECT_EQ(gaps[0]->sentence, "saw 2 of 3 processes: run as root or grant capabilities");
  EXPECT_EQ(gaps[1]->sentence,
            "saw the holders of 2 of 3 listening sockets: run as root or grant capabilities");
  EXPECT_EQ(node_->view()->coverage.size(), 2U);
  EXPECT_EQ(value(seen, "daytwo_node_seen", "what", "processes"), 2.0);
  EXPECT_EQ(value(seen, "daytwo_node_total", "what", "processes"), 3.0);
  for (const auto* record : records<facts::ListenerSeen>(seen)) {
    const auto* listener = facts::body_as<facts::ListenerSeen>(*record);
    EXPECT_EQ(listener->pids.empty(), listener->port == 8001);
    EXPECT_EQ(record->coverage.empty(), listener->port != 8001);
  }
}

TEST_F(Node, SurvivesAHostWithNothingToSee) {
  tree_ = sim::RecordedTree();
  const Observation& seen = step();
  EXPECT_EQ(value(seen, "up"), 0.0);
  EXPECT_TRUE(records<facts::HostSeen>(seen).empty());
  EXPECT_TRUE(records<facts::ProcessSeen>(seen).empty());
  const auto gaps = records<facts::CoverageSeen>(seen);
  ASSERT_EQ(gaps.size(), 4U);
  EXPECT_EQ(gaps[0]->sentence, "no /proc here: processes of this host are unknown");
  EXPECT_NE(gaps[2]->sentence.find("psi=1"), std::string::npos);
}

TEST_F(Node, ALostProcIsNoEndOfItsProcesses) {
  step();
  for (int pid = 1000; pid < 1003; ++pid) tree_.drop(fmt::format("/proc/{}", pid));
  tree_.deny("/proc");
  const Observation& seen = step();
  EXPECT_TRUE(records<facts::ProcessSeen>(seen).empty());
  EXPECT_TRUE(records<facts::ListenerSeen>(seen).empty());
  EXPECT_FALSE(records<facts::CoverageSeen>(seen).empty());
}

TEST_F(Node, ACutPackageDatabaseUninstallsNothing) {
  step();
  const std::string status = *tree_.read("/var/lib/dpkg/status", 1U << 20U);
  tree_.put("/var/lib/dpkg/status", status.substr(0, status.size() / 2 + 5));
  const Observation& seen = step();
  EXPECT_TRUE(records<facts::PackageSeen>(seen).empty());
  const auto gaps = records<facts::CoverageSeen>(seen);
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_NE(gaps[0]->sentence.find("dpkg --audit"), std::string::npos);
}

TEST_F(Node, FollowsInstallationsAndRemovals) {
  step();
  std::string status = *tree_.read("/var/lib/dpkg/status", 1U << 20U);
  const std::size_t second = status.find("Package: package1\n");
  status = "Package: fresh\nStatus: install ok installed\nArchitecture: all\nVersion: 9\n\n" +
           status.substr(second);
  tree_.put("/var/lib/dpkg/status", status);
  const Observation& seen = step();
  const auto packages = records<facts::PackageSeen>(seen);
  ASSERT_EQ(packages.size(), 2U);
  EXPECT_EQ(packages[0]->state, facts::State::kOpen);
  EXPECT_EQ(packages[1]->state, facts::State::kClosed);
  EXPECT_EQ(packages[1]->subject, "package0");
}

TEST_F(Node, TellsAMappingThatWasReplacedOnDisk) {
  std::string maps = *tree_.read("/proc/1002/maps", 100'000);
  const std::string library = "/usr/lib/x/liba3.so.1\n";
  for (std::size_t at = maps.find(library); at != std::string::npos;
       at = maps.find(library, at + 40)) {
    maps.insert(at + library.size() - 1, " (deleted)");
  }
  tree_.put("/proc/1002/maps", maps);
  for (const auto* record : records<facts::MappingSeen>(step())) {
    const auto* mapping = facts::body_as<facts::MappingSeen>(*record);
    EXPECT_EQ(mapping->stale, mapping->package == "package3") << mapping->package;
  }
}

TEST_F(Node, ReportsAMemoryLimitOfAnAncestorAndItsKills) {
  const std::string slice = "/sys/fs/cgroup/system.slice";
  tree_.put(slice + "/memory.max", "1000000000\n");
  tree_.put(slice + "/memory.current", "900000000\n");
  tree_.put(slice + "/memory.stat", "anon 700000000\nfile 150000000\ninactive_file 100000000\n");
  tree_.put(slice + "/memory.events", "max 5\noom_kill 0\n");
  const Observation& seen = step();
  const auto limits = records<facts::LimitSeen>(seen);
  ASSERT_EQ(limits.size(), 1U);
  const auto* limit = facts::body_as<facts::LimitSeen>(*limits[0]);
  EXPECT_EQ(limit->cgroup, "/system.slice");
  EXPECT_EQ(limit->used_bytes, 800'000'000);
  EXPECT_EQ(limit->processes, 3);
  EXPECT_EQ(value(seen, "daytwo_cgroup_memory_working_set_bytes"), 8e8);
  EXPECT_TRUE(step().records.empty());
  tree_.put(slice + "/memory.events", "max 9\noom_kill 1\n");
  EXPECT_EQ(records<facts::LimitSeen>(step()).size(), 1U);
}

TEST_F(Node, MeasuresOnAPathOnlyWhatIsSeenThere) {
  tree_.put("/proc/self/mountinfo",
            "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"
            "2 1 8:17 / /mnt rw - ext4 /dev/sdb1 rw\n"
            "3 1 0:40 / /mnt rw - tmpfs tmpfs rw\n");
  tree_.put_space("/mnt", {.size_bytes = 1000, .free_bytes = 600, .available_bytes = 500});
  const Observation& seen = step();
  EXPECT_EQ(value(seen, "node_filesystem_avail_bytes", "device", "tmpfs"), 500);
  EXPECT_EQ(value(seen, "node_filesystem_avail_bytes", "device", "/dev/sdb1"), std::nullopt)
      << "it lies below, and what is asked of its path is the other's";
}

TEST_F(Node, SurvivesHostileProcesses) {
  tree_.put("/proc/1000/cmdline", std::string(1U << 20U, 'x') + std::string("\0\xFF\n", 3));
  tree_.put("/proc/1001/stat", "1001 (cut");
  tree_.put("/proc/1002/stat",
            "1002 (a) S 9 (\n\xFF) S 1 1 1 0 -1 0 0 0 0 0 5 0 0 0 20 0 4 0 2000 1 100 0 0\n");
  tree_.put("/proc/1002/cmdline", std::string("\xFF\0\xFE\0", 4));
  tree_.put("/proc/1002/cgroup", "0::/\xFF.service\n9:bad\n");
  tree_.put_link("/proc/1002/exe", "/tmp/\xFF\xFE (deleted)");
  tree_.put("/proc/77777777777777777777/stat", "x");
  tree_.put("/proc/net/tcp", "heading\ngarbage\n");
  const Observation& seen = step();
  EXPECT_EQ(records<facts::ProcessSeen>(seen).size(), 2U);
  EXPECT_GT(own_.counter("daytwo_node_skipped_lines_total", "").value(), 0);
  for (const facts::Record& record : seen.records) {
    EXPECT_TRUE(is_utf8(record.sentence)) << record.key.value;
    EXPECT_TRUE(is_utf8(record.key.value));
    if (const auto* process = facts::body_as<facts::ProcessSeen>(record)) {
      EXPECT_TRUE(is_utf8(process->command) && is_utf8(process->executable) &&
                  is_utf8(process->cgroup) && is_utf8(process->workload));
    }
  }
  for (const auto& one : seen.batch.series) {
    EXPECT_TRUE(series::check_labels(one.labels.all()).has_value()) << one.labels.to_string();
  }
}

TEST_F(Node, BoundsItsSeriesOnAHostOfAThousandProcesses) {
  tree_ = sim::make_recorded_host(300, 10);
  const Observation& seen = step();
  std::size_t own = 0;
  for (const auto& one : seen.batch.series) {
    own += one.labels.metric_name() == "daytwo_process_count" ? 1U : 0U;
  }
  EXPECT_EQ(own, kMaxGroups + 1);
  EXPECT_EQ(value(seen, "daytwo_process_count", "name", "rest"),
            300.0 - static_cast<double>(kMaxGroups));
}

TEST_F(Node, RepeatsNothingAfterARestart) {
  std::vector<facts::RecordPtr> journal;
  for (facts::Record& record : step().records) {
    journal.push_back(std::make_shared<facts::Record>(std::move(record)));
  }
  start();
  node_->restore(journal);
  EXPECT_TRUE(step().records.empty());
}

TEST_F(Node, EndsItsSeriesWhenItStops) {
  const std::size_t count = step().batch.series.size();
  const Observation last = node_->stop(now_);
  EXPECT_EQ(last.batch.series.size(), count);
  for (const auto& one : last.batch.series) EXPECT_TRUE(one.samples[0].value.is_stale());
}

}  // namespace
}  // namespace daytwo::observe
