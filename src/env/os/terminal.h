// The terminal behind stdout, and what is typed into stdin.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace daytwo::env::os {

// Its columns; 0 when stdout is no terminal.
[[nodiscard]] std::size_t terminal_columns();

// True when stderr is a terminal, so that progress can be drawn.
[[nodiscard]] bool can_draw_progress();

// The next line of stdin, without its end; nothing at its end.
[[nodiscard]] std::optional<std::string> read_typed_line();

}  // namespace daytwo::env::os
