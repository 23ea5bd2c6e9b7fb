#include "env/os/supervisor.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "env/os/descriptor.h"
#include "env/os/errno.h"

namespace daytwo::env::os {
namespace {

std::optional<Duration> half_of(const std::optional<std::string>& microseconds) {
  if (!microseconds) return std::nullopt;
  std::int64_t allowed = 0;
  const char* end = microseconds->data() + microseconds->size();
  const auto read = std::from_chars(microseconds->data(), end, allowed);
  if (read.ec != std::errc() || read.ptr != end || allowed < 2'000) return std::nullopt;
  return milliseconds(allowed / 2'000);
}

}  // namespace

Supervisor::Supervisor(const std::optional<std::string>& socket,
                       const std::optional<std::string>& watchdog_us)
    : path_(socket.value_or("")), watchdog_(half_of(watchdog_us)) {}

Result<void> Supervisor::tell(std::string_view lines) const {
  if (path_.empty()) return {};
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path_.size() >= sizeof(address.sun_path)) {
    return fail(Code::kUnavailable, fmt::format("NOTIFY_SOCKET is too long: {}", path_));
  }
  std::memcpy(address.sun_path, path_.data(), path_.size());
  if (path_.front() == '@') address.sun_path[0] = '\0';
  const Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!socket.valid()) return fail(errno_error("opening a socket for", path_, errno));
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path_.size());
  const ssize_t sent = ::sendto(socket.get(), lines.data(), lines.size(), MSG_NOSIGNAL,
                                reinterpret_cast<const sockaddr*>(&address), length);
  if (sent < 0) {
    Error error = errno_error("telling", path_, errno);
    error.code = Code::kUnavailable;
    return fail(std::move(error));
  }
  return {};
}

}  // namespace daytwo::env::os
