// What to answer to a name that nothing has: never that alone, always what there is.
// Thread rule: pure functions over plain values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace daytwo::app {

// kNotFound: "there is no service serch; did you mean search?". Where none of `known` is near, the
// first five of them are named; where there is none at all, that is said. `name` may be anything.
[[nodiscard]] Error unknown_name(std::string_view what, std::string_view name,
                                 const std::vector<std::string>& known);

}  // namespace daytwo::app
