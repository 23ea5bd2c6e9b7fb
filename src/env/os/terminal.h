// The terminal behind stdout.
#pragma once

#include <cstddef>

namespace daytwo::env::os {

// Its columns; 0 when stdout is no terminal.
[[nodiscard]] std::size_t terminal_columns();

// True when stderr is a terminal, so that progress can be drawn.
[[nodiscard]] bool can_draw_progress();

}  // namespace daytwo::env::os
