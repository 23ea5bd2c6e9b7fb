// Thirty days of the shop's past, from the same rates as its customers: simulated, and marked so.
#pragma once

#include "base/time.h"
#include "chance/seed.h"
#include "series/sink.h"

namespace daytwo::app {

inline constexpr Duration kHistorySpan = days(30);
inline constexpr Duration kHistoryStep = seconds(60);

// Customers a second at `at`: calm at night, busy in the evening, a little less on Sundays.
[[nodiscard]] double customers_at(Timestamp at);

// Writes the days before `now` into `sink`, a day a batch. Same seed and instant, same bits.
// Errors: the sink's.
[[nodiscard]] Result<std::size_t> write_history(series::Sink& sink, Timestamp now,
                                                chance::Seed seed);

}  // namespace daytwo::app
