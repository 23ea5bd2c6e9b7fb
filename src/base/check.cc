#include "base/check.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace daytwo {

void check_failed(const char* expression, const char* message, const char* file, int line) {
  std::array<char, 512> text{};
  const int length = std::snprintf(text.data(), text.size(), "CHECK failed: %s (%s) at %s:%d\n",
                                   expression, message, file, line);
  if (length > 0) {
    const auto size = static_cast<std::size_t>(length);
    const auto written = ::write(2, text.data(), size < text.size() ? size : text.size() - 1);
    static_cast<void>(written);
  }
  std::abort();
}

}  // namespace daytwo
