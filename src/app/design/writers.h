// How a design check is handed to other tools: SARIF for code hosts, JUnit for CI, Markdown for a
// merge request.
// Thread rule: pure functions.
#pragma once

#include <string>

#include "app/design/page.h"

namespace daytwo::app::design {

// SARIF 2.1.0 [OASIS, 27 March 2020]: one run, each finding a result at its line, with a
// fingerprint that stays while the line moves.
[[nodiscard]] std::string to_sarif(const Page& page);

// JUnit XML as CI servers read it: a test case for each promise, failed where it cannot be kept,
// and one for each finding.
[[nodiscard]] std::string to_junit(const Page& page);

// GitHub-flavoured Markdown: the sentence, the promises, the findings, what changed.
[[nodiscard]] std::string to_markdown(const Page& page);

}  // namespace daytwo::app::design
