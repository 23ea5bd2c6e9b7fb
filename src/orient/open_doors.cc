#include "orient/open_doors.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace daytwo::orient {
namespace {

struct Door {
  std::string_view protocol;
  std::int64_t port;
  std::string_view words;
};

// Ports as the IANA registry or the product's manual gives them; what they ask for as the manual's
// page on security says of a fresh installation.
constexpr std::array<Door, 12> kDoors = {{
    {"tcp", 21, "FTP, which sends passwords in clear text"},           // RFC 959
    {"tcp", 23, "Telnet, which sends passwords in clear text"},        // RFC 854
    {"tcp", 873, "rsync, which asks for no password unless told"},     // rsyncd.conf(5)
    {"tcp", 2049, "NFS, which trusts the addresses it was given"},     // exports(5)
    {"tcp", 2375, "Docker without TLS: who reaches it is root here"},  // docs.docker.com, "Protect
                                                                       // the Docker daemon socket"
    {"tcp", 2379, "etcd, which asks for no password unless told"},  // etcd.io, "Role-based access
                                                                    // control"
    {"tcp", 5900, "VNC, whose password is eight characters at most"},  // RFC 6143, 7.2.2
    {"tcp", 6379, "Redis, which asks for no password unless told"},    // redis.io, "Redis security"
    {"tcp", 9200, "Elasticsearch, open until version 8 unless told"},  // elastic.co, "Configure
                                                                       // security"
    {"tcp", 11211, "memcached, which asks for no password"},           // memcached(1)
    {"udp", 11211, "memcached, which asks for no password"},
    {"tcp", 27017, "MongoDB, which asks for no password unless told"},  // mongodb.com, "Security
                                                                        // checklist"
}};

}  // namespace

std::string_view open_door(std::string_view protocol, std::int64_t port) {
  for (const Door& door : kDoors) {
    if (door.protocol == protocol && door.port == port) return door.words;
  }
  return {};
}

}  // namespace daytwo::orient
