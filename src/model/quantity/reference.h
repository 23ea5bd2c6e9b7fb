// The reference of the quantity language: the grammar with an example for each production, and the
// functions. docs/reference/quantities.md is written from it; a test runs every example.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace daytwo::model::quantity {

// One production of the grammar, in the notation of ISO/IEC 14977, and a program that uses it.
struct Production {
  std::string_view name;
  std::string_view is;
  std::string_view example;
};

// The grammar, from the program down to a word.
[[nodiscard]] std::span<const Production> productions();

// The page, as Markdown.
[[nodiscard]] std::string to_reference();

}  // namespace daytwo::model::quantity
