// The system's child processes.
#pragma once

#include "env/processes.h"

namespace daytwo::env::os {

class SystemProcesses final : public Processes {
 public:
  [[nodiscard]] Result<std::unique_ptr<Process>> start(const std::string& program,
                                                       const std::vector<std::string>& arguments,
                                                       const std::string& log_path) override;
  [[nodiscard]] Result<std::string> own_path() const override;
};

}  // namespace daytwo::env::os
