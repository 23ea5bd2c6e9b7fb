// This process as others see it.
#pragma once

#include <string>

namespace daytwo::env::os {

// Its name in ps and /proc/PID/comm; 15 bytes are kept.
void set_process_name(const std::string& name);

}  // namespace daytwo::env::os
