#include "observe/node/listeners.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "observe/node/text.h"

namespace daytwo::observe {
namespace {

constexpr std::size_t kMaxTableBytes = 32U << 20U;
// A socket whose holder is not visible is looked for again only so often.
constexpr Duration kWalkAgain = minutes(5);
// Not at the first walk: a holder may have started after the processes were listed.
constexpr int kWalksToGiveUp = 2;

// The inode in "socket:[1234]".
std::optional<std::uint64_t> socket_inode(std::string_view link) {
  constexpr std::string_view kPrefix = "socket:[";
  if (!link.starts_with(kPrefix) || !link.ends_with(']')) return std::nullopt;
  return to_number<std::uint64_t>(link.substr(kPrefix.size(), link.size() - kPrefix.size() - 1));
}

}  // namespace

void Listeners::scan(const ProcessTable& processes, Timestamp now) {
  listening_.clear();
  skipped_lines_ = 0;
  tables_read_ = false;
  PortRange clients;
  if (const auto text = files_.read("/proc/sys/net/ipv4/ip_local_port_range", 256)) {
    clients = parse_port_range(*text);
  }
  for (const Space& space : spaces(processes)) read_tables(space, clients);
  if (wants_walk(processes, now)) walk(processes, now);
  held_ = 0;
  for (Listening& one : listening_) {
    const auto found = holders_.find(one.socket.inode);
    if (found == holders_.end()) continue;
    for (const std::int64_t pid : found->second.pids) {
      if (processes.find(pid) != nullptr) one.pids.push_back(pid);
    }
    held_ += one.pids.empty() ? 0U : 1U;
  }
}

std::vector<Listeners::Space> Listeners::spaces(const ProcessTable& processes) {
  skipped_spaces_ = 0;
  std::string own;
  if (const auto self = files_.open_directory("/proc/self")) {
    if (const auto link = (*self)->read_link("ns/net")) own = *link;
  }
  std::vector<Space> found = {{"/proc/net", ""}};
  std::set<std::string> known = {own, ""};
  for (const Process& process : processes.all()) {
    if (!known.insert(process.net_space).second) continue;
    if (found.size() >= kMaxNetSpaces) {
      ++skipped_spaces_;
      continue;
    }
    found.push_back({fmt::format("/proc/{}/net", process.pid), process.workload});
  }
  return found;
}

void Listeners::read_tables(const Space& space, PortRange clients) {
  struct Table {
    const char* file;
    const char* protocol;
  };
  constexpr std::array<Table, 4> kTables = {
      {{"tcp", "tcp"}, {"tcp6", "tcp"}, {"udp", "udp"}, {"udp6", "udp"}}};
  for (const Table& table : kTables) {
    const auto text = files_.read(fmt::format("{}/{}", space.path, table.file), kMaxTableBytes);
    if (!text) continue;
    if (space.name.empty()) tables_read_ = true;
    for (ListeningSocket& socket :
         parse_socket_table(table.protocol, *text, clients, &skipped_lines_)) {
      // Another namespace's network is not ours: a published port shows as the host's proxy.
      if (!space.name.empty() && socket.reach == facts::Reach::kNetwork) {
        socket.reach = facts::Reach::kHost;
      }
      listening_.push_back({std::move(socket), space.name, {}});
    }
  }
}

bool Listeners::wants_walk(const ProcessTable& processes, Timestamp now) {
  const bool old = now - walked_all_ >= kWalkAgain || now < walked_all_;
  bool wanted = false;
  std::set<std::uint64_t> inodes;
  for (const Listening& one : listening_) {
    inodes.insert(one.socket.inode);
    const auto found = holders_.find(one.socket.inode);
    if (found == holders_.end()) {
      wanted = true;
      continue;
    }
    const Holders& holders = found->second;
    const bool lost = std::none_of(holders.pids.begin(), holders.pids.end(),
                                   [&](auto pid) { return processes.find(pid) != nullptr; });
    const bool given_up = holders.pids.empty() && holders.walks >= kWalksToGiveUp;
    wanted = wanted || (lost && (!given_up || old));
  }
  std::erase_if(holders_, [&](const auto& each) { return !inodes.contains(each.first); });
  return wanted || (old && !listening_.empty());
}

void Listeners::walk(const ProcessTable& processes, Timestamp now) {
  walked_all_ = now;
  for (const Listening& one : listening_) holders_[one.socket.inode].pids.clear();
  for (const Process& process : processes.all()) {
    if (process.visible) walk_process(process);
  }
  for (auto& [inode, holders] : holders_) {
    std::sort(holders.pids.begin(), holders.pids.end());
    holders.pids.erase(std::unique(holders.pids.begin(), holders.pids.end()), holders.pids.end());
    holders.walks = holders.pids.empty() ? holders.walks + 1 : 0;
  }
}

std::set<std::int64_t> Listeners::holders() const {
  std::set<std::int64_t> pids;
  for (const Listening& one : listening_) pids.insert(one.pids.begin(), one.pids.end());
  return pids;
}

void Listeners::walk_process(const Process& process) {
  const auto directory = files_.open_directory(fmt::format("/proc/{}", process.pid));
  if (!directory) return;
  const auto names = (*directory)->list("fd");
  if (!names) return;
  ++walks_;
  std::size_t walked = 0;
  for (const std::string& name : *names) {
    if (++walked > kMaxDescriptorsWalked) break;
    const auto link = (*directory)->read_link("fd/" + name);
    if (!link) continue;
    const auto inode = socket_inode(*link);
    if (!inode) continue;
    const auto found = holders_.find(*inode);
    if (found != holders_.end()) found->second.pids.push_back(process.pid);
  }
}

}  // namespace daytwo::observe
