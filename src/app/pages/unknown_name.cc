#include "app/pages/unknown_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "base/text.h"

namespace daytwo::app {
namespace {

constexpr std::size_t kNamed = 5;

}  // namespace

Error unknown_name(std::string_view what, std::string_view name,
                   const std::vector<std::string>& known) {
  std::string text = fmt::format("there is no {} {}", what, to_utf8(name));
  const std::string near = nearest_word(name, known);
  if (!near.empty()) {
    text += fmt::format("; did you mean {}?", near);
  } else if (known.empty()) {
    text += ", nor any other";
  } else {
    std::vector<std::string> named(
        known.begin(), known.begin() + static_cast<std::ptrdiff_t>(std::min(kNamed, known.size())));
    if (known.size() > kNamed) named.push_back(fmt::format("{} more", known.size() - kNamed));
    text += fmt::format("; there {} {}", named.size() == 1 ? "is" : "are", join_words(named));
  }
  return make_error(Code::kNotFound, std::move(text));
}

}  // namespace daytwo::app
