#include "app/pages/paper_pages.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <utility>

#include "app/pages/loop_stages.h"
#include "app/pages/plan_limits.h"
#include "app/pages/plan_view.h"
#include "app/pages/stated.h"
#include "base/text.h"
#include "decide/decider.h"
#include "decide/history.h"
#include "decide/plan/planner.h"
#include "model/quantity/evaluate.h"

namespace daytwo::app {
namespace {

namespace plan = decide::plan;

constexpr const char* kNoFile =
    "# daytwo.yml\n"
    "worries: [risks.yml]\n"
    "\n"
    "# risks.yml\n"
    "risks:\n"
    "  - {id: provider-lost, service: payments,\n"
    "     estimate: \"30% a year that payments is down, 2h to 8h\"}\n"
    "options:\n"
    "  - {id: second-provider, kind: reliability, once: \"$40k\", days: 5 to 15,\n"
    "     cuts: {provider-lost: 60% to 90%}}\n"
    "stakes:\n"
    "  - an hour of payments down costs $2k to $20k\n";

constexpr const char* kNoOption =
    "# beside the risks of a file that daytwo.yml names in `worries:`\n"
    "options:\n"
    "  - {id: second-provider, kind: reliability, once: \"$40k\", days: 5 to 15,\n"
    "     cuts: {provider-lost: 60% to 90%}}\n";

constexpr const char* kNoStake =
    "# on the Stakes page, or in a worry file\n"
    "stakes:\n"
    "  - an hour of payments down costs $2k to $20k\n"
    "  - a record costs $5 to $60\n";

}  // namespace

Result<model::quantity::Evaluation> PaperPages::calc(const api::CalcRequest& request) {
  model::quantity::EvaluationOptions options;
  options.seed.value = kPaperSeed;
  return model::quantity::evaluate(request.expression, options);
}

int PaperPages::drawn() const {
  const std::lock_guard lock(mutex_);
  return drawn_;
}

Result<PaperPages::Drawn> PaperPages::read(const std::shared_ptr<const Config>& config,
                                           plan::Horizon horizon, const api::PlanQuery& query) {
  const Timestamp now = context_.clock.wall();
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const model::Stakes stakes = decide::stakes_in(snapshot);
  const decide::History history = decide::history_of(snapshot, now);
  const double changes = deploys_a_year(context_.journal, now);
  std::string stated = fmt::format("{} {}\n{}", horizon.years, horizon.discount,
                                   stated_text(stakes, history, changes));
  // Held while worlds are drawn: a second slider waits for them instead of drawing its own.
  const std::lock_guard lock(mutex_);
  const std::optional<double> trials = changes > 0 ? std::optional(changes) : std::nullopt;
  if (last_.config != config || last_.stated != stated) {
    TRY(plan::Register reg,
        plan::read_register(config->written, stakes, horizon, trials, {kPaperSeed}, now, history));
    ++drawn_;
    last_ = {config, std::move(stated), std::make_shared<const plan::Register>(std::move(reg)), {}};
  }
  TRY(const std::optional<plan::TailLimit> limit, tail_of(query, config->written, *last_.reg));
  if (limit && (last_.tail == nullptr || last_.tail->limit != *limit)) {
    TRY(plan::Tail tail,
        plan::read_tail(*last_.reg, {config->written, stakes, trials, {kPaperSeed}, now, history},
                        *limit));
    last_.tail = std::make_shared<const plan::Tail>(std::move(tail));
  }
  Drawn out = last_;
  if (!limit) out.tail = nullptr;
  return out;
}

Result<api::PlanPage> PaperPages::plan(const api::PlanQuery& query) {
  api::PlanPage page;
  const std::shared_ptr<const Config> config = context_.config();
  TRY(const plan::Horizon horizon, horizon_of(query));
  if (config->written.options.empty()) {
    stamp(context_, page);
    const bool none = config->written.worries.empty();
    page.sentence = none ? "Nothing to choose from yet: no file states a risk or an option."
                         : fmt::format("{} but no option: a plan chooses among options.",
                                       counted(config->written.worries.size(), "risk is stated",
                                               "risks are stated"));
    page.teach = none ? kNoFile : kNoOption;
    return page;
  }
  auto found = read(config, horizon, query);
  if (!found && found.error().code == Code::kNotFound) {
    // Something that only a person can say is missing.
    stamp(context_, page);
    page.sentence = "No plan yet: " + found.error().to_string();
    page.teach = kNoStake;
    return page;
  }
  TRY(const Drawn drawn, std::move(found));
  const auto& reg = drawn.reg;
  TRY(const plan::Problem limits, limits_of(query, *reg));
  TRY(const plan::Plan made, plan::make_plan(*reg, limits, {kPaperSeed}, drawn.tail.get()));
  page = plan_view(made, horizon.years, context_.clock.wall());
  take_inputs(page, *reg);
  stamp(context_, page);
  return page;
}

}  // namespace daytwo::app
