// GET /masking: restarts, kills and idle copies that cover for a faulty application.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "api/view_masking.h"
#include "app/pages/answer_pages.h"
#include "base/text.h"
#include "model/amount.h"
#include "orient/masking.h"

namespace daytwo::app {
namespace {

constexpr std::string_view kEngine = "orient.masking/1";

api::MaskRow to_row(const orient::Mask& mask, Timestamp now) {
  api::MaskRow row;
  row.service = mask.service;
  row.covered = mask.covers();
  row.watched = mask.watched;
  row.restarts = mask.restarts;
  row.planned = mask.planned;
  if (mask.a_week) {
    row.a_week =
        api::to_view(model::Amount{*mask.a_week, "restarts", "a week", now, std::string(kEngine)});
  }
  row.kills = mask.kills;
  row.copies = mask.copies;
  row.processors = mask.used;
  row.idle_copies = mask.idle_copies;
  row.noticed = mask.noticed;
  row.has_objective = mask.has_objective;
  row.sentence = mask.sentence;
  return row;
}

}  // namespace

Result<api::MaskingPage> AnswerPages::masking(Duration window) {
  api::MaskingPage page;
  stamp(context_, page);
  const Timestamp now = context_.clock.wall();
  page.since = now - window;
  const auto config = context_.config();
  const facts::Snapshot snapshot = context_.journal.snapshot();
  TRY(const auto found,
      orient::masks({snapshot, context_.source, config->catalog, now}, context_.journal, window));
  std::size_t covered = 0;
  for (const orient::Mask& mask : found) {
    page.services.push_back(to_row(mask, now));
    covered += mask.covers() ? 1 : 0;
  }
  if (page.services.empty()) {
    page.sentence = "no service of the catalog was seen running";
    page.teach = "runs: [UNIT, EXECUTABLE or COMMAND] in a service's file";
    return page;
  }
  page.sentence = covered == 0 ? fmt::format("nothing covers for {} in {}",
                                             counted(page.services.size(), "service", "services"),
                                             to_string(window))
                               : page.services.front().sentence;
  if (covered > 1) {
    page.sentence += fmt::format("; something covers for {} more", covered - 1);
  }
  page.coverage.emplace_back("retries: no counter says the same of them everywhere");
  return page;
}

}  // namespace daytwo::app
