#include "app/pages/stakes_pages.h"

#include <fmt/format.h>

#include "app/pages/worry_view.h"
#include "base/text.h"
#include "facts/written.h"
#include "model/stakes.h"

namespace daytwo::app {
namespace {

api::StakeRow to_row(const facts::Record& record, const facts::Choice& choice) {
  api::StakeRow row;
  row.subject = record.subject;
  row.text = choice.text;
  if (const model::Amount* amount = record.find_amount("stake")) row.amount = api::to_view(*amount);
  row.by = choice.by;
  row.ts = record.ts;
  row.source = choice.source;
  return row;
}

}  // namespace

Result<api::StakesPage> StakesPages::stakes() {
  api::StakesPage page;
  stamp(context_, page);
  const facts::Snapshot snapshot = context_.journal.snapshot();
  for (const facts::RecordPtr& record : snapshot.open("stake")) {
    if (const auto* choice = facts::body_as<facts::Choice>(*record)) {
      page.stakes.push_back(to_row(*record, *choice));
    }
  }
  page.sentence = page.stakes.empty()
                      ? "Nothing has a price yet: worries rank in natural units, and no money is "
                        "shown."
                      : counted(page.stakes.size(), "stake", "stakes") + " stated.";
  page.question = open_question(snapshot);
  for (const model::BaseRate& rate : model::base_rates()) {
    page.offers.push_back({std::string(model::to_string(rate.of)), std::string(rate.sentence),
                           fmt::format("{}, {}: {}", rate.source, rate.year, rate.caveat)});
  }
  return page;
}

Result<api::StakesPage> StakesPages::state(const api::StakesRequest& request,
                                           const std::string& by) {
  const Timestamp now = context_.clock.wall();
  TRY(facts::Record record, facts::stated_stake(std::string(trim(request.text)), by, now));
  const model::Amount amount =
      record.find_amount("stake") != nullptr ? *record.find_amount("stake") : model::Amount();
  const std::string understood = fmt::format(
      "{}: {}", record.subject.empty() ? "any service" : record.subject, model::to_words(amount));
  const bool dry_run = request.dry_run.value_or(false);
  if (!dry_run) {
    TRY_VOID(context_.journal.append({std::move(record)}));
    context_.wake();
  }
  TRY(api::StakesPage page, stakes());
  // The next question comes with the next verdicts, a moment later: this one may just have been
  // answered.
  if (!dry_run) page.question.reset();
  page.understood = {understood};
  return page;
}

}  // namespace daytwo::app
