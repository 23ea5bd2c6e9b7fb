// This process as others see it.
#pragma once

#include <string>

namespace daytwo::env::os {

// Its name in ps and /proc/PID/comm; 15 bytes are kept.
void set_process_name(const std::string& name);

// Files that this process makes from now on are not for others: what runs here and what things are
// worth is nobody else's business.
void keep_files_private();

}  // namespace daytwo::env::os
