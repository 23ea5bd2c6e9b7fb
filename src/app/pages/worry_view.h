// From worries and records to what pages show.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "api/view_worry.h"
#include "app/pages/context.h"
#include "chance/estimate.h"
#include "facts/journal.h"
#include "model/stakes.h"
#include "model/worry.h"

namespace daytwo::app {

// One row; the tripwire with its present value.
[[nodiscard]] api::WorryRow to_row(const model::Worry& worry, const facts::Snapshot& snapshot,
                                   const PageContext& context);

// An instant foreseen at `at` as so many days ahead, with its interval in words: to the second when
// it is narrower than ten minutes, none when it is known exactly.
[[nodiscard]] api::When when_after(Timestamp at, const chance::Estimate& days_ahead);

// One record of a thread.
[[nodiscard]] api::ThreadEntry to_entry(const facts::Record& record);

// The line of a thread that says how many of its records could not be read at `now`.
[[nodiscard]] api::ThreadEntry unread_entry(std::size_t unreadable, Timestamp now);

// The question for a stake, with cited offers.
[[nodiscard]] api::Question to_question(model::StakeOf of, const std::string& service);

// The one question that is open now, with cited offers; nothing when none is.
[[nodiscard]] std::optional<api::Question> open_question(const facts::Snapshot& snapshot);

}  // namespace daytwo::app
