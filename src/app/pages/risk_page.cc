// GET /risk: what do our risks cost in a year, how bad can a year be, and what would options
// change?
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/pages/decision_pages.h"
#include "app/pages/loop_stages.h"
#include "app/pages/paper_pages.h"
#include "app/pages/risk_view.h"
#include "app/pages/stated.h"
#include "base/text.h"
#include "decide/decider.h"
#include "decide/history.h"
#include "decide/risk/portfolio.h"

namespace daytwo::app {
namespace {

namespace risk = decide::risk;

constexpr const char* kNoFile =
    "# daytwo.yml\n"
    "worries: [risks.yml]\n"
    "\n"
    "# risks.yml\n"
    "appetite: {at_most: 5% a year, loss: \"$1M\"}\n"
    "risks:\n"
    "  - {id: shop-down, service: shop, estimate: \"2 to 6 a year that shop is down, 30m to 4h\"}\n"
    "  - id: records-escape\n"
    "    frequency: 2% to 8% a year\n"
    "    loss: {response: \"$20k to $200k\", fine: {amount: \"$50k to $2M\", chance: 20%}}\n"
    "    harm: {customers: \"$50k to $3M\"}\n"
    "stakes:\n"
    "  - an hour of shop down costs $2k to $20k\n";

constexpr const char* kNoStake =
    "# on the Stakes page, or in a worry file\n"
    "stakes:\n"
    "  - an hour of shop down costs $2k to $20k\n"
    "  - a record costs $5 to $60\n";

Result<void> declared(const model::WorryFile& file, const std::vector<std::string>& with) {
  std::vector<std::string> known;
  for (const model::SharedOption& option : file.options) known.push_back(option.id);
  for (const std::string& id : with) {
    if (std::find(known.begin(), known.end(), id) != known.end()) continue;
    const std::string near = nearest_word(id, known);
    return fail(Code::kInvalid,
                fmt::format("with '{}': no option of that id is declared{}", id,
                            near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near)));
  }
  return {};
}

}  // namespace

Result<api::RiskPage> DecisionPages::risk(const std::vector<std::string>& with) {
  const std::shared_ptr<const Config> config = context_.config();
  TRY_VOID(declared(config->written, with));
  api::RiskPage page;
  if (config->written.worries.empty()) {
    stamp(context_, page);
    page.sentence = "No file states a risk yet: a year's loss is not known.";
    page.teach = kNoFile;
    return page;
  }
  const Timestamp now = context_.clock.wall();
  const facts::Snapshot snapshot = context_.journal.snapshot();
  const model::Stakes stakes = decide::stakes_in(snapshot);
  const decide::History history = decide::history_of(snapshot, now);
  risk::PortfolioOptions options;
  options.seed.value = kPaperSeed;
  options.with = with;
  const double deploys = deploys_a_year(context_.journal, now);
  if (deploys > 0) options.trials_a_year = deploys;
  std::string stated =
      fmt::format("{}\n{}", fmt::join(with, ","), stated_text(stakes, history, deploys));
  // Held while years are simulated: a second viewer waits for them instead of asking for its own.
  const std::lock_guard lock(mutex_);
  if (last_.config != config || last_.stated != stated) {
    auto made = risk::make_portfolio(config->written, stakes, options, now, history);
    if (!made && made.error().code == Code::kNotFound) {
      // Something that only a person can say is missing.
      stamp(context_, page);
      page.sentence = "No year's loss yet: " + made.error().to_string();
      page.teach = kNoStake;
      return page;
    }
    TRY(risk::Portfolio portfolio, std::move(made));
    last_ = {config, std::move(stated),
             std::make_shared<const risk::Portfolio>(std::move(portfolio))};
  }
  page = risk_view(*last_.portfolio, config->written, now);
  stamp(context_, page);
  return page;
}

}  // namespace daytwo::app
