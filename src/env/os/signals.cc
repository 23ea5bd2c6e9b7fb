#include "env/os/signals.h"

#include <pthread.h>

#include <csignal>
#include <ctime>

namespace daytwo::env::os {
namespace {

sigset_t taken() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  return set;
}

}  // namespace

void block_signals() {
  const sigset_t set = taken();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

std::optional<Request> wait_for_request(Duration timeout) {
  const sigset_t set = taken();
  const timespec span{timeout.ms / 1000, timeout.ms % 1000 * 1'000'000};
  const int number = sigtimedwait(&set, nullptr, &span);
  if (number == SIGHUP) return Request::kReload;
  if (number == SIGINT || number == SIGTERM) return Request::kStop;
  return std::nullopt;
}

void let_interrupt_kill() {
  std::signal(SIGINT, SIG_DFL);
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace daytwo::env::os
