#include "env/os/processes.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <optional>

#include "base/check.h"
#include "env/os/clock.h"
#include "env/os/descriptor.h"
#include "env/os/errno.h"

namespace daytwo::env::os {
namespace {

class SystemProcess final : public Process {
 public:
  explicit SystemProcess(pid_t pid) : pid_(pid) {}
  SystemProcess(const SystemProcess&) = delete;
  SystemProcess& operator=(const SystemProcess&) = delete;
  ~SystemProcess() override {
    if (!running()) return;
    ::kill(pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
  }

  [[nodiscard]] int pid() const override { return pid_; }

  [[nodiscard]] bool running() override {
    if (exit_) return false;
    int status = 0;
    const pid_t got = ::waitpid(pid_, &status, WNOHANG);
    if (got == 0) return true;
    exit_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return false;
  }

  Result<void> signal(int number) override {
    if (!running()) return fail(Code::kNotFound, "the process has ended");
    if (::kill(pid_, number) != 0) return fail(errno_error("signalling", "a child", errno));
    return {};
  }

  Result<int> wait(Duration timeout) override {
    SystemClock clock;
    const Duration until = clock.mono() + timeout;
    while (running()) {
      if (clock.mono() >= until) return fail(Code::kTimeout, "the process still runs");
      clock.sleep_until(clock.mono() + milliseconds(10));
    }
    const auto& ended = exit_;
    CHECK(ended.has_value(), "a process that does not run has ended");
    return *ended;
  }

 private:
  const pid_t pid_;
  std::optional<int> exit_;
};

}  // namespace

Result<std::unique_ptr<Process>> SystemProcesses::start(const std::string& program,
                                                        const std::vector<std::string>& arguments,
                                                        const std::string& log_path) {
  if (arguments.empty()) return fail(Code::kInvalid, "a program is started under a name");
  std::vector<char*> raw;
  std::vector<std::string> copies = arguments;
  for (std::string& argument : copies) raw.push_back(argument.data());
  raw.push_back(nullptr);
  const char* log = log_path.empty() ? "/dev/null" : log_path.c_str();
  const Descriptor output(::open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
  if (!output.valid()) return fail(errno_error("opening", log, errno));
  const pid_t pid = ::fork();
  if (pid < 0) return fail(errno_error("starting", program, errno));
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::dup2(output.get(), 1);
    ::dup2(output.get(), 2);
    ::execv(program.c_str(), raw.data());
    ::_exit(127);
  }
  return std::make_unique<SystemProcess>(pid);
}

Result<std::string> SystemProcesses::own_path() const {
  std::array<char, PATH_MAX> buffer{};
  const ssize_t length = ::readlink("/proc/self/exe", buffer.data(), buffer.size());
  if (length < 0) return fail(errno_error("reading", "/proc/self/exe", errno));
  return std::string(buffer.data(), static_cast<std::size_t>(length));
}

}  // namespace daytwo::env::os
