// GET /waste: what can be cleaned up, and what does it save?
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "app/pages/answer_pages.h"
#include "app/pages/waste_view.h"

namespace daytwo::app {
namespace {

// What putting something back costs. Errors: kInvalid for what is no money.
Result<std::optional<model::Quantity>> restore_of(const std::string& text) {
  if (text.empty()) return std::optional<model::Quantity>();
  TRY(const model::Quantity read, model::parse_quantity(text));
  if (read.unit.size() != 3) {
    return fail(Code::kInvalid,
                fmt::format("restore '{}': expected money such as $500 to $2k", text));
  }
  return std::optional(read);
}

}  // namespace

Result<api::WastePage> AnswerPages::waste(const api::WasteQuestion& question) {
  if (question.idle.ms <= 0) return fail(Code::kInvalid, "idle: expected more than 0");
  TRY(const auto restore, restore_of(question.restore));
  api::WastePage page;
  stamp(context_, page);
  const std::shared_ptr<const Config> config = context_.config();
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const orient::View view{snapshot, context_.source, config->catalog, context_.clock.wall()};
  TRY(auto idle, orient::find_idle(view, question.idle));
  const orient::RunningNames names(view);
  const WasteFacts facts{std::move(idle), decide::waste::running_costs(snapshot),
                         names,           {},
                         restore,         question.idle,
                         view.now,        context_.seed};
  fill_waste(page, facts);
  page.invoices = invoices_of(snapshot, facts);
  return page;
}

}  // namespace daytwo::app
