// Diagnostics in the order in which a reader meets their places.
#pragma once

#include "base/diagnostic.h"

namespace daytwo {

// Puts them in the order of their places, each file's together, files in the order in which they
// come. One without a line stands first in its file.
void sort_by_place(Diagnostics& problems);

}  // namespace daytwo
