// Facts about this process and host that are no file: names, ids, the environment, signals.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace daytwo::env {

class System {
 public:
  virtual ~System() = default;
  [[nodiscard]] virtual std::string host_name() const = 0;
  [[nodiscard]] virtual std::uint32_t user_id() const = 0;
  // Login name of a user id, or its number as text.
  [[nodiscard]] virtual std::string user_name(std::uint32_t id) const = 0;
  [[nodiscard]] virtual int process_id() const = 0;
  // Clock ticks a second and page size, for /proc.
  [[nodiscard]] virtual std::int64_t clock_ticks() const = 0;
  [[nodiscard]] virtual std::int64_t page_bytes() const = 0;
  [[nodiscard]] virtual int cpu_count() const = 0;
  // An environment variable.
  [[nodiscard]] virtual std::optional<std::string> variable(const std::string& name) const = 0;
};

}  // namespace daytwo::env
