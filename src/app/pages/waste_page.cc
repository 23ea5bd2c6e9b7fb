// GET /waste: what can be cleaned up, and what does it save?
#include <fmt/format.h>

#include <map>
#include <optional>
#include <string>
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

// The first objective of each service that counted good events.
std::vector<Served> served_of(const std::vector<orient::ObjectiveStatus>& statuses) {
  std::map<std::string, Served> out;
  for (const orient::ObjectiveStatus& status : statuses) {
    const model::Objective& objective = status.objective;
    const double good = status.sums.total - status.sums.bad;
    if (objective.kind != model::ObjectiveKind::kRatio || objective.service.value.empty() ||
        good <= 0) {
      continue;
    }
    const double window_days = objective.window.seconds() / days(1).seconds();
    out.try_emplace(objective.service.value, Served{objective.service.value, objective.name, good,
                                                    window_days * status.sums.known_share});
  }
  std::vector<Served> all;
  for (auto& [service, served] : out) all.push_back(std::move(served));
  return all;
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
  const WasteFacts facts{std::move(idle),
                         decide::waste::running_costs(snapshot),
                         names,
                         {},
                         restore,
                         question.idle,
                         view.now,
                         context_.seed,
                         served_of(sources_.objectives())};
  fill_waste(page, facts);
  page.invoices = invoices_of(snapshot, facts);
  return page;
}

}  // namespace daytwo::app
