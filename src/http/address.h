// Where a server listens, and which addresses are this host alone.
// Thread rule: pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace daytwo::http {

// One place to listen at. An empty host is every interface.
struct ListenAddress {
  std::string host;  // "127.0.0.1", "::1", "localhost", "" = all
  std::uint16_t port = 0;

  // "127.0.0.1:9420", "[::1]:9420", ":9420".
  [[nodiscard]] std::string to_string() const;
};

// Reads "127.0.0.1:9420", "[::1]:9420", "localhost:9420", ":9420" (every interface), "9420" is
// refused: it does not say where. Errors: kInvalid.
[[nodiscard]] Result<ListenAddress> parse_listen_address(std::string_view text);

// True for "localhost", 127.0.0.0/8 and ::1 (also ::ffff:127.x.y.z): hosts that only this machine
// reaches. Names other than localhost count as outside.
[[nodiscard]] bool is_loopback_host(std::string_view host);

// The rule "safe by default": an address beyond loopback needs a web configuration file with users.
// Errors: kDenied, naming the address and what to write.
[[nodiscard]] Result<void> check_exposure(std::span<const ListenAddress> addresses,
                                          bool has_credentials);

// Cuts "host:port", "[v6]:port", "host" of a Host header. The host comes in lower case without
// brackets and without a trailing dot; port 0 if absent. Errors: kInvalid.
[[nodiscard]] Result<ListenAddress> parse_host_header(std::string_view text);

}  // namespace daytwo::http
