#include "observe/node/socket_table.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "observe/node/text.h"

namespace daytwo::observe {
namespace {

constexpr std::string_view kListen = "0A";
constexpr std::string_view kUnconnected = "07";

// The bytes of one group "0100007F" -> 127 0 0 1.
std::optional<std::uint32_t> group(std::string_view hex) {
  return to_number<std::uint32_t>(hex, 16);
}

std::string to_v4(std::uint32_t group) {
  return fmt::format("{}.{}.{}.{}", group & 0xFFU, group >> 8U & 0xFFU, group >> 16U & 0xFFU,
                     group >> 24U);
}

// RFC 5952: lower case, the longest run of two or more zero groups becomes "::".
std::string to_v6(const std::array<std::uint16_t, 8>& words) {
  std::size_t best = 8;
  std::size_t best_length = 1;
  for (std::size_t i = 0; i < 8; ++i) {
    std::size_t length = 0;
    while (i + length < 8 && words.at(i + length) == 0) ++length;
    if (length > best_length) {
      best = i;
      best_length = length;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += "::";
      i += best_length - 1;
      continue;
    }
    if (!out.empty() && !out.ends_with(':')) out += ':';
    out += fmt::format("{:x}", words.at(i));
  }
  return out;
}

std::optional<ListeningSocket> parse_line(std::string_view protocol, std::string_view line,
                                          bool* listens) {
  // sl local remote st queues timer retransmits uid timeout inode ...
  static_cast<void>(next_word(line));
  const std::string_view local = next_word(line);
  const std::string_view remote = next_word(line);
  const std::string_view state = next_word(line);
  const std::size_t colon = local.rfind(':');
  if (colon == std::string_view::npos || state.empty()) return std::nullopt;
  *listens =
      protocol == "tcp" ? state == kListen : state == kUnconnected && remote.ends_with(":0000");
  if (!*listens) return ListeningSocket{};
  for (int skip = 0; skip < 3; ++skip) static_cast<void>(next_word(line));
  const auto user = to_number<std::uint32_t>(next_word(line));
  static_cast<void>(next_word(line));
  const auto inode = to_number<std::uint64_t>(next_word(line));
  const auto port = to_number<std::int64_t>(local.substr(colon + 1), 16);
  ListeningSocket socket;
  socket.address = to_address(local.substr(0, colon));
  if (!user || !inode || !port || socket.address.empty()) return std::nullopt;
  socket.protocol = protocol;
  socket.port = *port;
  socket.inode = *inode;
  socket.user_id = *user;
  socket.reach = reach_of(socket.address);
  return socket;
}

}  // namespace

PortRange parse_port_range(std::string_view text) {
  PortRange range;
  std::string_view line = next_line(text);
  const auto first = to_number(next_word(line));
  const auto last = to_number(next_word(line));
  if (first && last && *first <= *last) range = {*first, *last};
  return range;
}

std::vector<ListeningSocket> parse_socket_table(std::string_view protocol, std::string_view text,
                                                PortRange clients, std::size_t* skipped) {
  std::vector<ListeningSocket> sockets;
  static_cast<void>(next_line(text));  // the heading
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    if (line.find_first_not_of(' ') == std::string_view::npos) continue;
    bool listens = false;
    auto socket = parse_line(protocol, line, &listens);
    if (!socket) {
      ++*skipped;
      continue;
    }
    if (!listens || socket->port == 0) continue;
    const bool client =
        protocol == "udp" && socket->port >= clients.first && socket->port <= clients.last;
    if (!client) sockets.push_back(*std::move(socket));
  }
  return sockets;
}

std::string to_address(std::string_view hex) {
  if (hex.size() == 8) {
    const auto value = group(hex);
    return value ? to_v4(*value) : std::string();
  }
  if (hex.size() != 32) return {};
  std::array<std::uint32_t, 4> groups{};
  std::array<std::uint16_t, 8> words{};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto value = group(hex.substr(i * 8, 8));
    if (!value) return {};
    groups.at(i) = *value;
    const std::uint32_t b0 = *value & 0xFFU;
    const std::uint32_t b1 = *value >> 8U & 0xFFU;
    const std::uint32_t b2 = *value >> 16U & 0xFFU;
    const std::uint32_t b3 = *value >> 24U;
    words.at(2 * i) = static_cast<std::uint16_t>(b0 << 8U | b1);
    words.at(2 * i + 1) = static_cast<std::uint16_t>(b2 << 8U | b3);
  }
  const bool mapped = groups[0] == 0 && groups[1] == 0 && words[4] == 0 && words[5] == 0xFFFF;
  return mapped ? to_v4(groups[3]) : to_v6(words);
}

std::string endpoint(std::string_view protocol, std::string_view address, std::int64_t port) {
  const bool v6 = address.find(':') != std::string_view::npos;
  return v6 ? fmt::format("{} [{}]:{}", protocol, address, port)
            : fmt::format("{} {}:{}", protocol, address, port);
}

facts::Reach reach_of(std::string_view address) {
  if (address.starts_with("127.") || address == "::1") return facts::Reach::kLoopback;
  const bool link_local = address.starts_with("169.254.") || address.starts_with("fe8") ||
                          address.starts_with("fe9") || address.starts_with("fea") ||
                          address.starts_with("feb");
  return link_local ? facts::Reach::kHost : facts::Reach::kNetwork;
}

}  // namespace daytwo::observe
