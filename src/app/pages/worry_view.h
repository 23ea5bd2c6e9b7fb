// From worries and records to what pages show.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "api/view_worry.h"
#include "app/pages/context.h"
#include "facts/journal.h"
#include "model/worry.h"

namespace daytwo::app {

// One row; the tripwire with its present value.
[[nodiscard]] api::WorryRow to_row(const model::Worry& worry, const facts::Snapshot& snapshot,
                                   const PageContext& context);

// One record of a thread.
[[nodiscard]] api::ThreadEntry to_entry(const facts::Record& record);

// The one question that is open now, with cited offers; nothing when none is.
[[nodiscard]] std::optional<api::Question> open_question(const facts::Snapshot& snapshot);

}  // namespace daytwo::app
