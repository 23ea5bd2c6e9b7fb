// The system's threads.
#pragma once

#include "env/threads.h"

namespace daytwo::env::os {

class SystemThreads final : public Threads {
 public:
  [[nodiscard]] std::unique_ptr<Thread> start(std::string name,
                                              std::function<void(std::stop_token)> body) override;
};

}  // namespace daytwo::env::os
