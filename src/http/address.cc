#include "http/address.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>

#include "base/text.h"

namespace daytwo::http {
namespace {

Result<std::uint16_t> parse_port(std::string_view text, std::string_view whole) {
  std::uint16_t port = 0;
  const auto done = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || done.ec != std::errc() || done.ptr != text.data() + text.size()) {
    return fail(Code::kInvalid, fmt::format("'{}' has no port from 0 to 65535", whole));
  }
  return port;
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
         c == ':' || c == '%';
}

// Cuts host from port. `port` stays empty when no port is given.
bool cut(std::string_view text, std::string_view& host, std::string_view& port, bool& has_port) {
  has_port = false;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return false;
    host = text.substr(1, close - 1);
    text.remove_prefix(close + 1);
    if (text.empty()) return true;
    if (text.front() != ':') return false;
    has_port = true;
    port = text.substr(1);
    return true;
  }
  const std::size_t colon = text.find(':');
  host = text.substr(0, colon);
  if (colon == std::string_view::npos) return true;
  has_port = true;
  port = text.substr(colon + 1);
  return port.find(':') == std::string_view::npos;
}

bool is_loopback_v4(std::string_view host) {
  if (!host.starts_with("127.")) return false;
  const auto digit_or_dot = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
  return std::all_of(host.begin(), host.end(), digit_or_dot) &&
         std::count(host.begin(), host.end(), '.') == 3;
}

}  // namespace

std::string ListenAddress::to_string() const {
  const bool v6 = host.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

Result<ListenAddress> parse_listen_address(std::string_view text) {
  std::string_view host;
  std::string_view port;
  bool has_port = false;
  if (!cut(text, host, port, has_port) || !has_port) {
    return fail(Code::kInvalid,
                fmt::format("'{}' is no listen address such as 127.0.0.1:9420", text));
  }
  const std::string name = to_lower(host);
  if (!std::all_of(name.begin(), name.end(), is_host_character)) {
    return fail(Code::kInvalid, fmt::format("'{}' holds no host name or address", text));
  }
  TRY(const std::uint16_t number, parse_port(port, text));
  return ListenAddress{name, number};
}

bool is_loopback_host(std::string_view host) {
  if (host == "localhost" || host == "::1" || is_loopback_v4(host)) return true;
  return host.starts_with("::ffff:") && is_loopback_v4(host.substr(7));
}

Result<void> check_exposure(std::span<const ListenAddress> addresses, bool has_credentials) {
  if (has_credentials) return {};
  for (const ListenAddress& address : addresses) {
    if (is_loopback_host(address.host)) continue;
    return fail(Code::kDenied,
                fmt::format("{} can be reached from other machines, and nothing asks them for a "
                            "password: give --web.config.file with basic_auth_users (and "
                            "tls_server_config), or listen at 127.0.0.1:{}",
                            address.to_string(), address.port));
  }
  return {};
}

Result<ListenAddress> parse_host_header(std::string_view text) {
  std::string_view host;
  std::string_view port;
  bool has_port = false;
  if (!cut(text, host, port, has_port) || host.empty()) {
    return fail(Code::kInvalid, "the Host header names no host");
  }
  std::string name = to_lower(host);
  if (!std::all_of(name.begin(), name.end(), is_host_character)) {
    return fail(Code::kInvalid, "the Host header names no host");
  }
  if (name.size() > 1 && name.ends_with('.')) name.pop_back();
  std::uint16_t number = 0;
  if (has_port && !port.empty()) {
    TRY(number, parse_port(port, text));
  }
  return ListenAddress{name, number};
}

}  // namespace daytwo::http
