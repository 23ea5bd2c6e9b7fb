// How answers of the API read on a terminal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "api/view_base.h"

namespace daytwo::app {

// "$3.9k to $31k a day, median $11k (90 %)"; "" for nothing.
[[nodiscard]] std::string amount_words(const std::optional<api::Amount>& amount);

// "14 in 20"; "" for nothing.
[[nodiscard]] std::string chance_words(const std::optional<double>& chance);

// `text` as one word of a shell, in single quotes: in double ones a shell reads $2k as its own.
[[nodiscard]] std::string shell_quoted(std::string_view text);

// Prints what to write or run next, each line indented as the first; nothing when it is empty.
void print_teach(std::string_view teach);

// Prints the one question, the command that answers it, and what is offered; nothing when none is
// open.
void print_question(const std::optional<api::Question>& question);

}  // namespace daytwo::app
