#include "env/os/self.h"

#include <sys/prctl.h>
#include <sys/stat.h>

namespace daytwo::env::os {

void set_process_name(const std::string& name) { ::prctl(PR_SET_NAME, name.c_str()); }

void keep_files_private() { ::umask(0027); }

}  // namespace daytwo::env::os
