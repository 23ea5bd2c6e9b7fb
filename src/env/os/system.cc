#include "env/os/system.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdlib>

namespace daytwo::env::os {

std::string LiveSystem::host_name() const {
  std::array<char, HOST_NAME_MAX + 1> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
  return name.data();
}

std::uint32_t LiveSystem::user_id() const { return ::geteuid(); }

std::string LiveSystem::user_name(std::uint32_t id) const {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(id, &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr) {
    return std::to_string(id);
  }
  return entry.pw_name;
}

int LiveSystem::process_id() const { return ::getpid(); }
std::int64_t LiveSystem::clock_ticks() const { return ::sysconf(_SC_CLK_TCK); }
std::int64_t LiveSystem::page_bytes() const { return ::sysconf(_SC_PAGESIZE); }
int LiveSystem::cpu_count() const { return static_cast<int>(::sysconf(_SC_NPROCESSORS_ONLN)); }

std::optional<std::string> LiveSystem::variable(const std::string& name) const {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

}  // namespace daytwo::env::os
