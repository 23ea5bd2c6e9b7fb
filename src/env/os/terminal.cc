#include "env/os/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>

namespace daytwo::env::os {

std::size_t terminal_columns() {
  winsize size{};
  if (::isatty(1) == 0 || ::ioctl(1, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

bool can_draw_progress() { return ::isatty(2) == 1; }

std::optional<std::string> read_typed_line() {
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line;
}

}  // namespace daytwo::env::os
