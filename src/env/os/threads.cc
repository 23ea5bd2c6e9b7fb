#include "env/os/threads.h"

#include <pthread.h>

#include <thread>
#include <utility>

namespace daytwo::env::os {
namespace {

class SystemThread final : public Thread {
 public:
  SystemThread(std::string name, std::function<void(std::stop_token)> body)
      : thread_([name = std::move(name), body = std::move(body)](const std::stop_token& stop) {
          pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
          body(stop);
        }) {}
  void request_stop() override { thread_.request_stop(); }

 private:
  std::jthread thread_;
};

}  // namespace

std::unique_ptr<Thread> SystemThreads::start(std::string name,
                                             std::function<void(std::stop_token)> body) {
  return std::make_unique<SystemThread>(std::move(name), std::move(body));
}

}  // namespace daytwo::env::os
