// Listening sockets from /proc/net/{tcp,tcp6,udp,udp6} [kernel: networking/proc_net_tcp.rst].
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/sighting.h"

namespace daytwo::observe {

// One socket that waits for peers: tcp in state LISTEN, udp bound and unconnected.
struct ListeningSocket {
  std::string protocol;  // tcp, udp
  std::string address;   // text form: "0.0.0.0", "::1"
  std::int64_t port = 0;
  std::uint64_t inode = 0;
  std::uint32_t user_id = 0;
  facts::Reach reach = facts::Reach::kLoopback;
};

// Ports that the kernel hands out to clients (sys/net/ipv4/ip_local_port_range), both included. A
// udp socket bound to one of them is a client that waits for its answer, no listener.
struct PortRange {
  std::int64_t first = 32768;
  std::int64_t last = 60999;
};

// Reads "32768\t60999".
[[nodiscard]] PortRange parse_port_range(std::string_view text);

// All listening sockets of one table. *skipped counts lines that could not be read.
[[nodiscard]] std::vector<ListeningSocket> parse_socket_table(std::string_view protocol,
                                                              std::string_view text,
                                                              PortRange clients,
                                                              std::size_t* skipped);

// The text form of an address as /proc/net prints it: 8 or 32 hex digits, each group of four bytes
// in the host's (little-endian) order. Mapped v4 addresses become v4. Empty when it is none.
[[nodiscard]] std::string to_address(std::string_view hex);

// "tcp 0.0.0.0:443", "udp [::1]:53".
[[nodiscard]] std::string endpoint(std::string_view protocol, std::string_view address,
                                   std::int64_t port);

// How far `address` reaches: loopback, this host and its link only, or the network.
[[nodiscard]] facts::Reach reach_of(std::string_view address);

}  // namespace daytwo::observe
