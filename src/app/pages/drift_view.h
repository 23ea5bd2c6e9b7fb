// Declared against running, in one sentence.
#pragma once

#include "api/view_host.h"
#include "facts/journal.h"
#include "model/service.h"

namespace daytwo::app {

// How much was compared and how many differences are open; what to type when something is compared
// with nothing.
[[nodiscard]] api::DriftView drift_view(const facts::Snapshot& snapshot,
                                        const model::Catalog& catalog);

}  // namespace daytwo::app
