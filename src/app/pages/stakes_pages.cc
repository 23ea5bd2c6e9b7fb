#include "app/pages/stakes_pages.h"

#include <fmt/format.h>

#include "app/pages/unknown_name.h"
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

// What to add when the service that is priced is not among those known: a misspelt name would never
// price anything. It may also be one that daytwo has yet to learn of, so the stake is taken.
std::string doubt_of(const std::string& service, const model::Catalog& catalog) {
  if (service.empty() || catalog.all().empty() || catalog.find(ServiceId(service)) != nullptr) {
    return {};
  }
  std::vector<std::string> names;
  for (const model::Service& each : catalog.all()) names.push_back(each.id.value);
  return fmt::format(" ({})", unknown_name("service", service, names).text);
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
  const std::string understood =
      fmt::format("{}: {}{}", record.subject.empty() ? "any service" : record.subject,
                  model::to_words(amount), doubt_of(record.subject, context_.config()->catalog));
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
