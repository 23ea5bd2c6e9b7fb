// How answers of the API read on a terminal.
#pragma once

#include <optional>
#include <string>

#include "api/view_base.h"

namespace daytwo::app {

// "$3.9k to $31k a day, median $11k (90 %)"; "" for nothing.
[[nodiscard]] std::string amount_words(const std::optional<api::Amount>& amount);

// "14 in 20"; "" for nothing.
[[nodiscard]] std::string chance_words(const std::optional<double>& chance);

// Prints the one question, the command that answers it, and what is offered; nothing when none is
// open.
void print_question(const std::optional<api::Question>& question);

}  // namespace daytwo::app
