#include "env/os/self.h"

#include <sys/prctl.h>

namespace daytwo::env::os {

void set_process_name(const std::string& name) { ::prctl(PR_SET_NAME, name.c_str()); }

}  // namespace daytwo::env::os
