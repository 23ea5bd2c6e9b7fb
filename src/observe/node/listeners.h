// Who listens: sockets of every network namespace in sight, joined by inode to all processes that
// hold them (pre-fork servers and socket activation share one socket).
// Cost: the socket tables each scan; descriptors are walked only when a listening inode is new
// (twice if its holder was not seen at once) or lost its holder, and every 5 min for workers that
// joined. Thread rule: one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "env/files.h"
#include "observe/node/process_table.h"
#include "observe/node/socket_table.h"

namespace daytwo::observe {

// Descriptors of one process that are looked through for sockets.
inline constexpr std::size_t kMaxDescriptorsWalked = 8'192;
// Network namespaces that are looked into; more are counted.
inline constexpr std::size_t kMaxNetSpaces = 64;

// A listening socket and its holders.
struct Listening {
  ListeningSocket socket;
  std::string space;  // name of a workload in another namespace; empty = the host's own
  std::vector<std::int64_t> pids;  // sorted; empty when no holder is visible
};

class Listeners {
 public:
  explicit Listeners(const env::Files& files) : files_(files) {}

  // Looks at the sockets. `processes` was scanned at `now`.
  void scan(const ProcessTable& processes, Timestamp now);

  [[nodiscard]] const std::vector<Listening>& all() const { return listening_; }
  // Processes that hold any of them.
  [[nodiscard]] std::set<std::int64_t> holders() const;
  [[nodiscard]] bool tables_read() const { return tables_read_; }
  [[nodiscard]] std::size_t held() const { return held_; }  // with a visible holder
  [[nodiscard]] std::size_t skipped_lines() const { return skipped_lines_; }
  [[nodiscard]] std::size_t skipped_spaces() const { return skipped_spaces_; }
  // How often descriptors of a process were walked, so far.
  [[nodiscard]] std::uint64_t walks() const { return walks_; }

 private:
  struct Holders {
    std::vector<std::int64_t> pids;
    int walks = 0;  // that found none
  };
  struct Space {
    std::string path;  // "/proc/net" or "/proc/PID/net"
    std::string name;
  };
  [[nodiscard]] std::vector<Space> spaces(const ProcessTable& processes);
  void read_tables(const Space& space, PortRange clients);
  [[nodiscard]] bool wants_walk(const ProcessTable& processes, Timestamp now);
  void walk(const ProcessTable& processes, Timestamp now);
  void walk_process(const Process& process);

  const env::Files& files_;
  std::vector<Listening> listening_;
  std::unordered_map<std::uint64_t, Holders> holders_;  // by socket inode
  Timestamp walked_all_;
  bool tables_read_ = false;
  std::size_t held_ = 0;
  std::size_t skipped_lines_ = 0;
  std::size_t skipped_spaces_ = 0;
  std::uint64_t walks_ = 0;
};

}  // namespace daytwo::observe
