// Search: the least value of a function with one valley. Inner header of the room.
#pragma once

#include <functional>

namespace daytwo::chance {

// Where `f` is least in [low, high], to about 1e-9 of the range: golden section [Kiefer 1953,
// Proceedings of the American Mathematical Society 4:502]. With several valleys, one of them.
[[nodiscard]] double lowest(double low, double high, const std::function<double(double)>& f);

}  // namespace daytwo::chance
