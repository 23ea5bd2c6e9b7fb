// Workloads: what a process belongs to, and what it is called.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace daytwo::observe {

// The workload named by a cgroup path, the first of: Kubernetes pod and container ("pod
// 1f2e.../3c4d5e6f7a8b"), container ("container 3c4d5e6f7a8b"), systemd service or other unit of
// the system ("nginx.service"). Empty for login sessions, user managers and paths that name none.
[[nodiscard]] std::string workload_of_cgroup(std::string_view path);

// The workload of a process outside of any unit: its executable (or name) and user.
[[nodiscard]] std::string workload_of_executable(std::string_view executable, std::string_view name,
                                                 std::string_view user);

// What people call the process: the executable's base name; the script's for interpreters
// ("app.py", not "python3"); for daytwo itself its verbs too. `name` is what the kernel has, used
// when the executable is not visible.
[[nodiscard]] std::string process_name(std::string_view name, std::string_view executable,
                                       std::span<const std::string> arguments);

}  // namespace daytwo::observe
