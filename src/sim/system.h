// A host with the facts that a test gives it.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "env/system.h"

namespace daytwo::sim {

// Plain fields behind env::System. Thread rule: set up before use, then any thread.
class System final : public env::System {
 public:
  std::string name = "host-1";
  std::uint32_t user = 1000;
  std::map<std::uint32_t, std::string> users = {{0, "root"}, {1000, "daytwo"}};
  int pid = 42;
  std::int64_t ticks = 100;
  std::int64_t page_size_bytes = 4096;
  int cpus = 2;
  std::map<std::string, std::string> variables;

  [[nodiscard]] std::string host_name() const override { return name; }
  [[nodiscard]] std::uint32_t user_id() const override { return user; }
  [[nodiscard]] std::string user_name(std::uint32_t id) const override {
    const auto found = users.find(id);
    return found != users.end() ? found->second : std::to_string(id);
  }
  [[nodiscard]] int process_id() const override { return pid; }
  [[nodiscard]] std::int64_t clock_ticks() const override { return ticks; }
  [[nodiscard]] std::int64_t page_bytes() const override { return page_size_bytes; }
  [[nodiscard]] int cpu_count() const override { return cpus; }
  [[nodiscard]] std::optional<std::string> variable(const std::string& key) const override {
    const auto found = variables.find(key);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  }
};

}  // namespace daytwo::sim
