// The option of a worry for which nobody has stated one.
#pragma once

#include <string_view>

namespace daytwo::model {

// What stands for the option where what could be done is assumed, not stated.
inline constexpr std::string_view kAssumedRemedy = "a remedy";

}  // namespace daytwo::model
